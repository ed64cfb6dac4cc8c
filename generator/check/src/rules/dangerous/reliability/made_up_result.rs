use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "made-up-result",
    title: "a result that says something although nothing is known",
    why: "A run whose result is `unknown` succeeds, and what comes after it deploys, signs or records that word.",
    fix: "Let the step fail when it has no value.",
    source: "tektoncd/pipeline v1.15 docs/tasks.md, Emitting results",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - name: build
    image: alpine:3.23
    script: |
      digest=$(cat /tmp/digest)
      printf '%s' \"⟦${digest:-unknown}⟧\" > $(results.digest.path)
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: digest}]
  steps:
  - name: build
    image: alpine:3.23
    script: |
      digest=$(cat /tmp/digest)
      printf '%s' \"${digest:?no digest}\" > $(results.digest.path)
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs().iter().filter(|program| program.text.contains("results.")) {
        let mut line = 0;
        for part in program.text.split_inclusive('\n') {
            let start = line;
            line += part.len();
            let Some((before, _)) = part.split_once("$(results.").or_else(|| part.split_once("$(step.results.")) else {
                continue;
            };
            for word in ["unknown", "none", "null", "latest", "N/A", "n/a"] {
                let end = format!(":-{word}}}");
                let Some(at) = before.find(&end) else { continue };
                let Some(open) = before.get(..at).and_then(|before| before.rfind("${")) else {
                    continue;
                };
                let place = program.value.scalar().map(|scalar| scalar.place_of(start + open..start + at + end.len()));
                sink.push(sink.finding(format!("`{word}` becomes the result when there is none, and the step succeeds")).at(place));
            }
        }
    }
}
