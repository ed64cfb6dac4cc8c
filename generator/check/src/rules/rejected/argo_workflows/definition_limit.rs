use luban_diagnostic::Place;

use crate::argo::{Site, is_placeholder};
use crate::rules::prelude::*;

/// Parameters of arguments, of inputs and of outputs.
const MOST_PARAMETERS: usize = 500;
/// How `kubectl patch` merges.
const STRATEGIES: [&str; 3] = ["strategic", "merge", "json"];

pub(crate) static RULE: Rule = Rule {
    id: "definition-limit",
    kinds: WORKFLOWS,
    title: "more or less of something than the definitions allow",
    why: "Full definitions of Argo Workflows v4 have limits: 200 templates, 200 tasks, 500 parameters, 100 metrics, modes of files \
          from 0 to 0777, at least one group of steps, and three ways to merge a patch.",
    fix: "Split the workflow, pass one parameter with JSON, or use a value within the limit.",
    source: "argo-workflows v4.1 manifests/base/crds/full",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /source, mode: ⟦755⟧, raw: {data: x}}]
    container: {image: 'alpine:3.23'}
",
    ),
    Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - {name: main, ⟦steps⟧: []}
",
    ),
    Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resource: {action: patch, mergeStrategy: ⟦jsn⟧, manifest: '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /source, mode: 0755, raw: {data: x}}]
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let mut found: Vec<(Site, String, Option<Place>)> = Vec::new();
    let templates = own.spec.templates.len();
    if templates > 200 {
        found.push((Site::own(), format!("{templates} templates, more than 200"), own.key(&own.path.key("templates"))));
    }
    let arguments = own.spec.arguments.as_ref().map_or(0, |arguments| arguments.parameters.len());
    if arguments > MOST_PARAMETERS {
        let path = own.path.key("arguments").key("parameters");
        found.push((Site::own(), format!("{arguments} parameters, more than {MOST_PARAMETERS}"), own.key(&path)));
    }
    for (visit, base) in view.templates() {
        let mut say = |message: String, place: Option<Place>| found.push((visit.site.clone(), message, place));
        let tasks = visit.template.dag.as_ref().map_or(0, |dag| dag.tasks.len());
        if tasks > 200 {
            say(format!("{tasks} tasks, more than 200"), base.key(&visit.path.key("dag").key("tasks")));
        }
        let steps = visit.path.key("steps");
        if visit.template.steps.is_empty() && base.document().has(&steps) {
            say("no group of steps, and there must be one".to_owned(), base.key(&steps));
        }
        let strategy = visit.template.resource.iter().filter_map(|resource| resource.merge_strategy.as_deref());
        for strategy in strategy.filter(|strategy| !strategy.is_empty() && !STRATEGIES.contains(strategy) && !is_placeholder(strategy)) {
            let path = visit.path.key("resource").key("mergeStrategy");
            say(format!("there is no way `{strategy}` to merge a patch, only `{}`", STRATEGIES.join("`, `")), base.value(&path));
        }
        let metrics = visit.template.metrics.as_ref().map_or(0, |metrics| metrics.prometheus.len());
        if metrics > 100 {
            say(format!("{metrics} metrics, more than 100"), base.key(&visit.path.key("metrics").key("prometheus")));
        }
        let inputs = visit.template.inputs.iter().map(|inputs| ("inputs", inputs.parameters.len(), &inputs.artifacts));
        let outputs = visit.template.outputs.iter().map(|outputs| ("outputs", outputs.parameters.len(), &outputs.artifacts));
        for (group, parameters, artifacts) in inputs.chain(outputs) {
            let path = visit.path.key(group);
            if parameters > MOST_PARAMETERS {
                say(format!("{parameters} parameters, more than {MOST_PARAMETERS}"), base.key(&path.key("parameters")));
            }
            for (at, artifact) in artifacts.iter().enumerate() {
                if artifact.mode.is_some_and(|mode| !(0..=0o777).contains(&mode)) {
                    let path = path.key("artifacts").index(at).key("mode");
                    say("the mode of a file is from 0 to 0777, with a 0 in front".to_owned(), base.value(&path));
                }
            }
        }
    }
    for (site, message, place) in found {
        if let Some(finding) = sink.refused_by_definitions(sink.finding(message).at(place)) {
            sink.push_in(view.foreign(&site), finding);
        }
    }
}
