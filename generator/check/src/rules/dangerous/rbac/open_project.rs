use crate::rules::prelude::*;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "open-project",
    kinds: &["AppProject"],
    title: "an AppProject that permits everything",
    why: "A project keeps teams apart only by what it leaves out: with any source, any destination or every kind of the \
          whole cluster its Applications can do what Argo CD can, which is everything.",
    fix: "List the repositories, the namespaces and the kinds that the team uses.",
    source: "argo-cd v3.5 docs/operator-manual/declarative-setup.md and docs/user-guide/projects.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec:
  sourceRepos: [⟦'*'⟧]
  destinations: [{server: '*', namespace: ⟦'*'⟧}]
  clusterResourceWhitelist: [{group: '*', kind: ⟦'*'⟧}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec:
  sourceRepos: ['https://git.example.com/shop/*']
  destinations: [{server: 'https://kubernetes.default.svc', namespace: shop-*}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    // The project that Argo CD makes itself.
    if surface.entry.object_name() == "default" {
        return;
    }
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let is_any = |value: &Value<'_>| value.text() == Some("*");
    if let Some(source) = spec.items_of("sourceRepos").find(is_any) {
        sink.push(sink.finding("Applications of this project may come from any repository").at(source.place()));
    }
    for destination in spec.items_of("destinations") {
        let of = |key: &str| destination.get(key).filter(is_any);
        if let Some(namespace) = of("namespace")
            && (of("server").is_some() || of("name").is_some())
        {
            sink.push(sink.finding("Applications of this project may go anywhere").at(namespace.place()));
        }
    }
    for kinds in spec.items_of("clusterResourceWhitelist") {
        if let Some(kind) = kinds.get("kind").filter(is_any)
            && kinds.get("group").as_ref().is_some_and(is_any)
        {
            let message = "Applications of this project may make every kind of the whole cluster, ClusterRoles too";
            sink.push(sink.finding(message).at(kind.place()));
        }
    }
}
