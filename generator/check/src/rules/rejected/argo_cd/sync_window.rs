use luban_api::Object;
use luban_expression::{cron, duration};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "sync-window",
    kinds: &["AppProject"],
    title: "a sync window that Argo CD refuses",
    why: "A window is of kind `allow` or `deny`, has a schedule of five fields, a duration, and applications, \
          namespaces or clusters that it is for.",
    fix: "Complete the window.",
    source: "argo-cd v3.5.1 `SyncWindow.Validate`, `AppProject.ValidateProject`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  syncWindows:
  - {kind: ⟦allowed⟧, schedule: '0 1 * * *', duration: 1h, applications: ['*']}
  - {kind: allow, schedule: ⟦'@daily'⟧, duration: ⟦1d⟧, applications: ['*']}
  - {⟦kind⟧: deny, schedule: '0 1 * * *', duration: 1h}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  syncWindows:
  - {kind: allow, schedule: '0 1 * * *', duration: 1h, applications: ['*'], timeZone: Europe/Berlin}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::AppProject(project)) = &entry.object else { return };
    for (index, window) in project.spec.sync_windows.iter().enumerate() {
        let at = entry.path.key("spec").key("syncWindows").index(index);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (kind, schedule, duration) = (text(&window.kind), text(&window.schedule), text(&window.duration));
        let mut say = |field: &str, message: String| {
            let at = at.key(field);
            let place = if entry.document.has(&at) { entry.document.locate(&at) } else { entry.document.locate_head(&at[..at.len() - 1]) };
            let finding = sink.finding(message).at(place);
            sink.push(finding);
        };
        if !["allow", "deny"].contains(&kind.as_str()) {
            say("kind", format!("the kind of a window is `allow` or `deny`, not `{kind}`"));
        }
        if let Err(problem) = cron::parse_fields(&schedule) {
            say("schedule", format!("schedule `{schedule}` cannot be read: {}", problem.message));
        }
        if let Err(problem) = duration::parse(&duration) {
            say("duration", format!("duration `{duration}` cannot be read: {}", problem.message));
        }
        if window.applications.is_empty() && window.namespaces.is_empty() && window.clusters.is_empty() {
            let finding = sink.finding("a window needs `applications`, `namespaces` or `clusters`");
            sink.push(finding.at(entry.document.locate_head(&at)));
        }
    }
}
