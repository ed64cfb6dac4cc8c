use luban_api_core::k8s_openapi::api::core::v1::ResourceRequirements;
use luban_yaml::{Document, Path};

use crate::argo::Site;
use crate::quantity::is_quantity;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "quantity",
    kinds: WORKFLOWS,
    title: "a resource quantity that Kubernetes cannot read",
    why: "Quantities are decoded with the object, before variables are put in: `{{…}}` cannot stand there.",
    fix: "Write a number with a suffix such as `m`, `Mi` or `Gi`; to set resources by a variable, use `podSpecPatch`.",
    source: "argo-workflows v4.1 workflow/common/parse.go; apimachinery `resource.Quantity.UnmarshalJSON`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: memory}]
    container:
      image: alpine:3.23
      resources:
        limits: {memory: ⟦'{{inputs.parameters.memory}}'⟧, cpu: ⟦1core⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container:
      image: alpine:3.23
      resources:
        limits: {memory: 1.5Gi, cpu: 1, ephemeral-storage: 1e9}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check<'v>(view: &'v View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let mut all: Vec<(Site, &ResourceRequirements, Path)> = Vec::new();
    let here = own.spec.pod_resources.as_ref();
    all.extend(here.map(|resources| (Site::own(), resources, own.path.key("podResources"))));
    for (visit, _) in view.templates() {
        let template = visit.template;
        let path = &visit.path;
        let mut add = |resources: Option<&'v ResourceRequirements>, path: Path| {
            all.extend(resources.map(|resources| (visit.site.clone(), resources, path)));
        };
        add(template.pod_resources.as_ref(), path.key("podResources"));
        let container = template.container.as_ref();
        add(container.and_then(|container| container.resources.as_ref()), path.key("container").key("resources"));
        let script = template.script.as_ref();
        add(script.and_then(|script| script.resources.as_ref()), path.key("script").key("resources"));
        for (field, containers) in [("sidecars", &template.sidecars), ("initContainers", &template.init_containers)] {
            for (at, container) in containers.iter().enumerate() {
                add(container.resources.as_ref(), path.key(field).index(at).key("resources"));
            }
        }
        let set = template.container_set.iter().flat_map(|set| &set.containers);
        for (at, container) in set.enumerate() {
            let path = path.key("containerSet").key("containers").index(at);
            add(container.resources.as_ref(), path.key("resources"));
        }
    }
    let mut found: Vec<(Site, &str, Path)> = Vec::new();
    for (site, resources, path) in &all {
        for (field, quantities) in [
            ("limits", &resources.limits),
            ("requests", &resources.requests),
        ] {
            for (name, quantity) in quantities.iter().flatten() {
                found.push((site.clone(), &quantity.0, path.key(field).key(name)));
            }
        }
    }
    storage(own.document(), &Site::own(), &own.path, &mut found);
    for (visit, base) in view.templates() {
        storage(base.document(), &visit.site, &visit.path, &mut found);
    }
    for (site, quantity, path) in found {
        let Some(base) = view.base(&site).filter(|_| !is_quantity(quantity)) else {
            continue;
        };
        let message = if quantity.contains("{{") {
            "a quantity cannot be a variable: the object is refused before variables are put in".to_owned()
        } else {
            format!("`{quantity}` is no quantity")
        };
        let finding = sink.finding(message).at(base.value(&path));
        sink.push_in(view.foreign(&site), finding);
    }
}

/// Sizes of the volumes of a workflow or template.
fn storage<'d>(document: &'d Document, site: &Site, path: &Path, found: &mut Vec<(Site, &'d str, Path)>) {
    let mut add = |path: Path| {
        found.extend(document.text_at(&path).map(|text| (site.clone(), text, path.clone())));
    };
    let claims = path.key("volumeClaimTemplates");
    for at in 0..document.length_at(&claims).unwrap_or_default() {
        for field in ["limits", "requests"] {
            let path = claims.index(at).key("spec").key("resources").key(field);
            for name in document.keys(&path) {
                add(path.key(name));
            }
        }
    }
    let volumes = path.key("volumes");
    for at in 0..document.length_at(&volumes).unwrap_or_default() {
        let path = volumes.index(at).key("emptyDir").key("sizeLimit");
        if document.has_value(&path) {
            add(path);
        }
    }
}
