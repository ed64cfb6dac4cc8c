use luban_api::Object;
use luban_diagnostic::Place;
use luban_expression::selector;
use luban_yaml::Path;

use crate::definitions::is_filled_in_later;
use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "label-syntax",
    title: "a label or an annotation that Kubernetes refuses",
    why: "Keys are names of at most 63 characters, with the domain of their owner and `/` before them if need be; \
          values of labels are such names too, or empty. Values of annotations may be anything.",
    fix: "Write letters, digits, `-`, `_` and `.`; put other texts in annotations.",
    source: "k8s.io/kubernetes v1.36 apimachinery `ValidateLabels`, `ValidateAnnotations`",
    bad: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: {team: ⟦shop floor⟧, ⟦a/b/c⟧: d}
  annotations: {⟦what is it⟧: \"a text\"}
data: {a: b}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: {team: shop, example.com/team: \"\"}
  annotations: {example.com/what: \"a text: anything\"}
data: {a: b}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if entry.name.api_version.is_empty() || matches!(entry.object, None | Some(Object::List(_))) {
        return;
    }
    // What `argo lint` does not look at weighs as what only definitions refuse.
    let is_workflow = WORKFLOWS.contains(&entry.name.kind.as_str());
    let mut say = |message: String, place: Place| {
        let finding = sink.finding(message).at(place);
        let finding = if is_workflow { sink.refused_by_definitions(finding) } else { Some(finding) };
        finding.into_iter().for_each(|finding| sink.push(finding));
    };
    for at in metadata(entry) {
        for field in ["labels", "annotations"] {
            let at = at.key(field);
            let mut scalars = entry.document.scalars(&at);
            while let Some(key) = scalars.next() {
                if !key.is_key || is_filled_in_later(key.text()) {
                    continue;
                }
                // Prefixes of annotations may have capital letters.
                let name = if field == "annotations" { key.text().to_ascii_lowercase() } else { key.text().to_owned() };
                if let Err(problem) = selector::check_key(&name) {
                    say(problem.message, key.place());
                }
                if field == "annotations" {
                    continue;
                }
                let Some(value) = scalars.next().filter(|value| !value.is_key) else { continue };
                if is_filled_in_later(value.text()) {
                    continue;
                }
                if let Err(problem) = selector::check_value(value.text()) {
                    say(problem.message, value.place());
                }
            }
        }
    }
}

/// The metadata of an object and of the pods of a workload.
fn metadata(entry: &Entry) -> Vec<Path> {
    let mut all = vec![entry.path.key("metadata")];
    all.extend(crate::definitions::pods::template(entry).map(|template| template.key("metadata")));
    all
}
