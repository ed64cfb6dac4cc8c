use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-step-when",
    kinds: tekton::TASKS,
    title: "a condition of a step that says nothing, or not how to compare with what",
    why: "A condition has `input`, `operator` and `values`, or `cel` alone.",
    fix: "Write the three fields; the operator is `in` or `notin`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/when_validation.go, `validateWhenExpressionFields`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    when:
    - {input: a, operator: ⟦is⟧, values: [a]}
    - {input: a, operator: in, ⟦values⟧: []}
    - ⟦{}⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    when: [{input: a, operator: notin, values: [a]}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for when in view.whens.iter().flat_map(|list| list.items()) {
        let text = |field| tekton::text_of(when, field);
        if !text("cel").is_empty() {
            continue;
        }
        let values = when.get("values").filter(|values| !values.is_empty());
        let misspelt = |field| sink.is_misspelt_in(view.entry, when, field);
        let (message, place) = match text("operator") {
            "" if text("input").is_empty() && values.is_none() => {
                if ["input", "operator", "values", "cel"].into_iter().any(misspelt) {
                    continue;
                }
                ("a condition is empty: it has `input`, `operator` and `values`".to_owned(), when.head())
            }
            "" => {
                if misspelt("operator") {
                    continue;
                }
                ("`operator` of a condition is missing: it is `in` or `notin`".to_owned(), when.head())
            }
            "in" | "notin" if values.is_some() || misspelt("values") => continue,
            "in" | "notin" => {
                let place = when.key_place("values").unwrap_or_else(|| when.head());
                ("`values` of a condition are missing: there is nothing to compare with".to_owned(), place)
            }
            operator => {
                let place = when.get("operator").map_or_else(|| when.head(), Cursor::place);
                let near = did_you_mean(operator, ["in", "notin"]);
                let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                (format!("operator `{operator}` does not exist: it is `in` or `notin`{near}"), place)
            }
        };
        sink.push(sink.finding(message).at(place));
    }
}
