use crate::rules::prelude::*;
use crate::surface::{spec_of, tasks_of, templates};
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "repository-per-run",
    title: "a repository of images for every run",
    why: "A name of the run in the name of the repository makes a new one each time: nothing is found again, no cache, no \
          image to promote, and the registry fills.",
    fix: "Name the repository by the application, and put what differs into the tag.",
    source: "OCI distribution specification v1.1",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      params: [{name: imageRepository}]
      steps: [{name: build, image: 'alpine:3.23', env: [{name: R, value: $(params.imageRepository)}]}]
    params:
    - {name: imageRepository, value: ⟦acme/$(context.pipelineRun.name)⟧}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      params: [{name: image}]
      steps: [{name: build, image: 'alpine:3.23', env: [{name: R, value: $(params.image)}]}]
    params:
    - {name: image, value: 'ghcr.io/acme/shop:$(context.pipelineRun.name)'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

const RUNS: &[&str] = &["$(context.pipelineRun.name)", "$(context.pipelineRun.uid)", "$(context.taskRun.name)", "$(context.taskRun.uid)", "{{workflow.name}}", "{{workflow.uid}}"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let mut values: Vec<Value<'_>> = Vec::new();
    if let Some(spec) = spec_of(surface.entry, surface.root) {
        for template in templates(spec) {
            for call in template.calls() {
                values.extend(call.get("arguments").into_iter().flat_map(|it| it.items_of("parameters")));
            }
        }
    } else if let Some(spec) = surface.root.get("spec").filter(|_| surface.is_of("tekton.dev")) {
        let pipeline = spec.get("pipelineSpec").unwrap_or(spec);
        values.extend(tasks_of(pipeline).flat_map(|task| task.items_of("params")));
    }
    for parameter in values {
        let name = parameter.text_of("name").unwrap_or_default().to_ascii_lowercase();
        let is_image = name.contains("image") || name.contains("repository") || name == "destination";
        let Some(value) = parameter.get("value").filter(|_| is_image && !name.contains("tag")) else {
            continue;
        };
        let text = value.text().unwrap_or_default();
        let run = RUNS.iter().find_map(|run| text.find(run));
        // Behind a colon it is the tag; alone it may be anything.
        let is_named = run.is_some_and(|at| text.get(..at).is_some_and(|before| before.contains('/') && !before.rsplit('/').next().unwrap_or_default().contains(':')));
        if is_named {
            sink.push(sink.finding("every run makes a repository of its own").at(value.place()));
        }
    }
}
