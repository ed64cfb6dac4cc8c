use luban_diagnostic::Place;

use crate::argo::Site;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "definition-limit",
    kinds: WORKFLOWS,
    title: "more of something than the definitions allow",
    why: "Full definitions of Argo Workflows v4 have limits: 200 templates, 200 tasks, 500 parameters, 100 metrics, modes of files \
          from 0 to 0777.",
    fix: "Split the workflow, or pass one parameter with JSON.",
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
    for (visit, base) in view.templates() {
        let mut say = |message: String, place: Option<Place>| found.push((visit.site.clone(), message, place));
        let tasks = visit.template.dag.as_ref().map_or(0, |dag| dag.tasks.len());
        if tasks > 200 {
            say(format!("{tasks} tasks, more than 200"), base.key(&visit.path.key("dag").key("tasks")));
        }
        let metrics = visit.template.metrics.as_ref().map_or(0, |metrics| metrics.prometheus.len());
        if metrics > 100 {
            say(format!("{metrics} metrics, more than 100"), base.key(&visit.path.key("metrics").key("prometheus")));
        }
        let inputs = visit.template.inputs.iter().map(|inputs| ("inputs", inputs.parameters.len(), &inputs.artifacts));
        let outputs = visit.template.outputs.iter().map(|outputs| ("outputs", outputs.parameters.len(), &outputs.artifacts));
        for (group, parameters, artifacts) in inputs.chain(outputs) {
            let path = visit.path.key(group);
            if parameters > 500 {
                say(format!("{parameters} parameters, more than 500"), base.key(&path.key("parameters")));
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
