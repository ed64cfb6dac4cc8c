use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-when",
    kinds: PIPELINES,
    title: "a condition that says nothing, or not how to compare with what",
    why: "A condition has `input`, `operator` and `values`, or `cel` alone.",
    fix: "Write the three fields; the operator is `in` or `notin`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/when_validation.go, `validateWhenExpressionFields`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    when:
    - {input: a, operator: ⟦exists⟧, values: [a]}
    - {⟦input⟧: a, operator: in}
    - {⟦input⟧: a, values: [a]}
    - ⟦{}⟧
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    when:
    - {input: a, operator: notin, values: [a]}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        for (at, when) in task.when.iter().enumerate() {
            let path = task.path.key("when").index(at);
            let operator = when.operator.as_deref().unwrap_or_default();
            let is = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
            if is(&when.cel) {
                continue;
            }
            let head = || pipelines.entry.document.locate_head(&path).or_else(|| pipelines.value(&path));
            let misspelt = |field: &str| sink.is_misspelt(pipelines.entry, &path, field);
            if !is(&when.input) && operator.is_empty() && when.values.is_empty() {
                if !["input", "operator", "values", "cel"].into_iter().any(misspelt) {
                    let message = format!("`{path}` is empty: a condition has `input`, `operator` and `values`");
                    sink.push(sink.finding(message).at(head()));
                }
                continue;
            }
            let operator_path = path.key("operator");
            if operator.is_empty() {
                if !misspelt("operator") {
                    let message = format!("`{operator_path}` is missing: it is `in` or `notin`");
                    sink.push(sink.finding(message).at(head()));
                }
            } else if !matches!(operator, "in" | "notin") {
                let near = meant(operator, ["in", "notin"]);
                let message = format!("operator `{operator}` does not exist: it is `in` or `notin`{near}");
                sink.push(sink.finding(message).at(pipelines.value(&operator_path)));
            } else if when.values.is_empty() && !misspelt("values") {
                let message = format!("`{}` is missing: there is nothing to compare with", path.key("values"));
                let place = if pipelines.entry.document.has(&path.key("values")) { pipelines.key(&path.key("values")) } else { head() };
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}
