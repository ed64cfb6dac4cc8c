use std::collections::HashMap;

use luban_api::Object;
use luban_yaml::Path;

use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "project-duplicate",
    kinds: &["AppProject"],
    title: "an entry of an AppProject that is there twice",
    why: "Argo CD refuses a project that lists a destination, a repository, a namespace, a role, or in a role a \
          policy or a group twice.",
    fix: "Keep one.",
    source: "argo-cd v3.5.1 `AppProject.ValidateProject`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/acme/*', ⟦'https://git.example.com/acme/*'⟧]
  destinations:
  - {server: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  - {⟦server⟧: 'https://kubernetes.default.svc', namespace: 'shop-*'}
  roles:
  - {name: ci, groups: [a, ⟦a⟧]}
  - {name: ⟦ci⟧}
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
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::AppProject(project)) = &entry.object else { return };
    let (spec, path) = (&project.spec, entry.path.key("spec"));
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let destinations = spec.destinations.iter().map(|of| {
        let (server, name) = (text(&of.server), text(&of.name));
        let cluster = if server.is_empty() && !name.is_empty() { name } else { server };
        format!("{cluster}/{}", text(&of.namespace))
    });
    twice(entry, sink, "destination", destinations, &path.key("destinations"));
    twice(entry, sink, "repository", spec.source_repos.iter().cloned(), &path.key("sourceRepos"));
    twice(entry, sink, "namespace", spec.source_namespaces.iter().cloned(), &path.key("sourceNamespaces"));
    let accounts = spec.destination_service_accounts.iter();
    let accounts = accounts.map(|of| format!("{}/{}", of.server, text(&of.namespace)));
    twice(entry, sink, "service account of", accounts, &path.key("destinationServiceAccounts"));
    let roles = path.key("roles");
    let names = spec.roles.iter().map(|role| role.name.clone());
    // A role is known by its name.
    let mut seen = HashMap::new();
    for (index, name) in names.enumerate() {
        say(entry, sink, "role", &mut seen, name, roles.index(index).key("name"));
    }
    for (index, role) in spec.roles.iter().enumerate() {
        let at = roles.index(index);
        twice(entry, sink, "policy", role.policies.iter().cloned(), &at.key("policies"));
        twice(entry, sink, "group", role.groups.iter().cloned(), &at.key("groups"));
    }
}

fn twice(entry: &Entry, sink: &mut Sink<'_>, what: &str, names: impl Iterator<Item = String>, path: &Path) {
    let mut seen = HashMap::new();
    for (index, name) in names.enumerate() {
        say(entry, sink, what, &mut seen, name, path.index(index));
    }
}

fn say(entry: &Entry, sink: &mut Sink<'_>, what: &str, seen: &mut HashMap<String, Path>, name: String, at: Path) {
    if let Some(first) = seen.get(&name) {
        let finding = sink.finding(format!("{what} `{name}` is there already")).at(entry.document.locate_head(&at));
        sink.push(finding.related("here", entry.document.locate_head(first)));
    } else {
        seen.insert(name, at);
    }
}
