use luban_expression::quantity;
use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-quantity",
    kinds: tekton::RUNS_AND_TASKS,
    title: "a resource quantity that Kubernetes cannot read",
    why: "Quantities are decoded with the object, before variables are put in: `$(…)` cannot stand there.",
    fix: "Write a number with a suffix such as `m`, `Mi` or `Gi`.",
    source: "tektoncd/pipeline v1.15 the webhook decodes objects; apimachinery `resource.Quantity.UnmarshalJSON`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: memory}]
  volumes:
  - {name: cache, emptyDir: {sizeLimit: ⟦1giga⟧}}
  steps:
  - image: alpine:3.23
    computeResources:
      limits: {memory: ⟦$(params.memory)⟧, cpu: ⟦1core⟧}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  workspaces:
  - name: source
    volumeClaimTemplate:
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: ⟦1GB⟧}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    computeResources:
      limits: {memory: 1.5Gi, cpu: 1, ephemeral-storage: 1e9}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let of_containers = if view.is_beta { "resources" } else { "computeResources" };
    let mut resources: Vec<Cursor<'_>> = Vec::new();
    let mut quantities: Vec<Cursor<'_>> = Vec::new();
    for task in &view.tasks {
        let containers = ["steps", "sidecars"].into_iter().flat_map(|list| tekton::items_of(task.at, list));
        for container in containers.chain(task.at.get("stepTemplate")) {
            resources.extend(container.get(of_containers));
            let variables = tekton::items_of(container, "env").filter_map(|variable| variable.get("valueFrom")?.get("resourceFieldRef")?.get("divisor"));
            quantities.extend(variables);
        }
        for volume in tekton::items_of(task.at, "volumes") {
            of_volume(volume, &mut resources, &mut quantities);
            let claim = volume.get("ephemeral").and_then(|volume| volume.get("volumeClaimTemplate")?.get("spec")?.get("resources"));
            resources.extend(claim);
        }
    }
    for binding in &view.bindings {
        of_volume(binding.at, &mut resources, &mut quantities);
    }
    if let Some(spec) = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun) {
        resources.extend(spec.get("computeResources"));
        let overrides = view.overrides().flat_map(|list| list.items());
        resources.extend(overrides.filter_map(|item| item.get(of_containers)));
    }
    for of in resources {
        let lists = ["limits", "requests"].into_iter().filter_map(|field| of.get(field));
        quantities.extend(lists.flat_map(|list| list.entries()).map(|(_, value)| value));
    }
    for quantity in quantities {
        let text = quantity.text().unwrap_or_default();
        if quantity::check(text).is_ok() || tekton::is_placeholder(text) || !quantity.is_scalar() {
            continue;
        }
        let message = if text.contains("$(") {
            "a quantity cannot be a variable: the object is refused before variables are put in".to_owned()
        } else {
            format!("`{text}` is no quantity")
        };
        sink.push(sink.finding(message).at(quantity.place()));
    }
}

fn of_volume<'a>(volume: Cursor<'a>, resources: &mut Vec<Cursor<'a>>, quantities: &mut Vec<Cursor<'a>>) {
    quantities.extend(volume.get("emptyDir").and_then(|volume| volume.get("sizeLimit")));
    let claim = volume.get("volumeClaimTemplate").and_then(|claim| claim.get("spec")?.get("resources"));
    resources.extend(claim);
}
