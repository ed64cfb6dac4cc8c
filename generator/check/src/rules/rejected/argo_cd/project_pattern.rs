use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "project-pattern",
    kinds: &["AppProject"],
    title: "an entry of an AppProject that denies everything, or a service account that is none",
    why: "`!*` would deny whatever the other entries allow; servers and namespaces of `destinationServiceAccounts` \
          have no `!`, and the account is one name, with its namespace and `:` before it if need be.",
    fix: "Deny what is meant, such as `!kube-system`.",
    source: "argo-cd v3.5.1 `AppProject.ValidateProject`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: [⟦'!*'⟧, 'https://git.example.com/acme/*']
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: ⟦'!*'⟧}
  destinationServiceAccounts:
  - {server: '*', namespace: ⟦'!a'⟧, defaultServiceAccount: ⟦'sync*'⟧}
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
  - {server: '*', namespace: '!kube-system'}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::AppProject(project)) = &entry.object else { return };
    let path = entry.path.key("spec");
    let mut wrong = Vec::new();
    for (index, of) in project.spec.destinations.iter().enumerate() {
        let at = path.key("destinations").index(index);
        let fields = [("name", &of.name), ("server", &of.server), ("namespace", &of.namespace)];
        let denying = fields.into_iter().filter(|(_, text)| text.as_deref() == Some("!*"));
        wrong.extend(denying.map(|(field, _)| (at.key(field), "`!*` denies everything")));
    }
    let denying = project.spec.source_repos.iter().enumerate().filter(|(_, of)| *of == "!*");
    wrong.extend(denying.map(|(index, _)| (path.key("sourceRepos").index(index), "`!*` denies everything")));
    for (index, of) in project.spec.destination_service_accounts.iter().enumerate() {
        let at = path.key("destinationServiceAccounts").index(index);
        let fields = [("server", Some(&of.server)), ("namespace", of.namespace.as_ref())];
        let denying = fields.into_iter().filter(|(_, text)| text.is_some_and(|text| text.contains('!')));
        wrong.extend(denying.map(|(field, _)| (at.key(field), "what is denied cannot be named here")));
        let account = of.default_service_account.trim_matches(' ');
        if account.is_empty() && entry.document.has(&at.key("defaultServiceAccount")) || account.contains(['!', '*', '[', ']', '{', '}', '\\', '/']) {
            wrong.push((at.key("defaultServiceAccount"), "a service account is one name, without patterns and `/`"));
        }
    }
    for (at, message) in wrong {
        sink.push(sink.finding(message).at(entry.document.locate(&at)));
    }
}
