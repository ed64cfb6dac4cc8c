use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-destination",
    kinds: &["Application"],
    title: "a destination with both a server and a name, or neither",
    why: "The cluster is meant by the URL of its API or by its name in Argo CD. With both, or neither, the \
          application is in error.",
    fix: "Keep one.",
    source: "argo-cd v3.5.1 util/argo/argo.go, `GetDestinationServer`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', ⟦name⟧: in-cluster, namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  ⟦destination⟧: {namespace: shop}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.example.com/acme/gitops', path: apps/web, targetRevision: main}
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::Application(application)) = &entry.object else { return };
    let at = entry.path.key("spec").key("destination");
    let destination = &application.spec.destination;
    let given = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
    match (given(&destination.server), given(&destination.name)) {
        (true, true) => {
            let finding = sink.finding("a destination has a `server` or a `name`, not both");
            let finding = finding.at(entry.document.locate_key(&at.key("name")));
            sink.push(finding.related("the other is here", entry.document.locate_key(&at.key("server"))));
        }
        (false, false) => {
            let is_misspelt = ["server", "name"].iter().any(|field| sink.is_misspelt(entry, &at, field));
            if !is_misspelt && !sink.is_misspelt(entry, &entry.path.key("spec"), "destination") {
                let finding = sink.finding(format!("`{at}` has neither `server` nor `name`: there is no cluster to sync to"));
                sink.push(finding.at(entry.key_or_head(&at)));
            }
        }
        _ => {}
    }
}
