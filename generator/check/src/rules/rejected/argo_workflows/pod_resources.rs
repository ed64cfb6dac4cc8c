use luban_api_core::k8s_openapi::api::core::v1::ResourceRequirements;
use luban_yaml::Path;

use crate::argo::{Base, Site, TemplateKind};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pod-resources",
    kinds: WORKFLOWS,
    title: "resources of a whole pod that pods cannot have",
    why: "A pod as a whole takes `cpu`, `memory` and `hugepages-*` only, no claims, and HTTP and plugin templates have no pod of \
          their own.",
    fix: "Give other resources and claims to the container.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, pod-level resources",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  podResources:
    limits: {⟦nvidia.com/gpu⟧: 1}
  templates:
  - name: main
    podResources:
      ⟦claims⟧: [{name: gpu}]
    container: {image: 'alpine:3.23'}
  - name: call
    ⟦podResources⟧: {limits: {cpu: 1}}
    http: {url: 'https://example.com'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  podResources:
    limits: {cpu: 1, memory: 1Gi, hugepages-2Mi: 100Mi}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    if let Some(own) = view.own()
        && let Some(resources) = &own.spec.pod_resources
    {
        of_pod(view, sink, &Site::own(), own, resources, &own.path.key("podResources"));
    }
    for (visit, base) in view.templates() {
        let Some(resources) = &visit.template.pod_resources else {
            continue;
        };
        let path = visit.path.key("podResources");
        if let Some(kind @ (TemplateKind::Http | TemplateKind::Plugin)) = visit.kind() {
            let message = format!("`podResources` does nothing for a template of kind `{}`, which has no pod of its own", kind.field());
            sink.push_in(view.foreign(&visit.site), sink.finding(message).at(base.key(&path)));
        } else {
            of_pod(view, sink, &visit.site, base, resources, &path);
        }
    }
}

fn of_pod(view: &View<'_>, sink: &mut Sink<'_>, site: &Site, base: &Base<'_>, resources: &ResourceRequirements, path: &Path) {
    if resources.claims.as_ref().is_some_and(|claims| !claims.is_empty()) {
        let finding = sink.finding("a pod as a whole takes no `claims`").at(base.key(&path.key("claims")));
        sink.push_in(view.foreign(site), finding.help("give the claims to the container"));
    }
    for (field, quantities) in [("limits", &resources.limits), ("requests", &resources.requests)] {
        for name in quantities.iter().flatten().map(|(name, _)| name) {
            if !matches!(name.as_str(), "cpu" | "memory") && !name.starts_with("hugepages-") {
                let finding = sink.finding(format!("a pod as a whole takes no `{name}`, only `cpu`, `memory` and `hugepages-*`"));
                sink.push_in(view.foreign(site), finding.at(base.key(&path.key(field).key(name))));
            }
        }
    }
}
