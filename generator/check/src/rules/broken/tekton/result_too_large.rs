use crate::rules::prelude::*;
use crate::surface::{Language, commands, is_word_of};
use luban_diagnostic::Place;

pub(crate) static RULE: Rule = Rule {
    id: "result-too-large",
    confidence: Confidence::Medium,
    title: "a whole document as a result",
    why: "All results of a container together have 4096 bytes, less what Tekton itself writes there: with more the TaskRun \
          fails after the work is done.",
    fix: "Write the document to a workspace, and its path below that to the result.",
    source: "tektoncd/pipeline v1.15 pkg/termination/write.go, `MaxContainerTerminationMessageLength`",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  results: [{name: plan}]
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      railpack prepare /src --plan-out ⟦$(results.plan.path)⟧
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  results: [{name: plan}]
  steps:
  - name: plan
    image: 'ghcr.io/acme/railpack:v0.37.0'
    command: [railpack]
    args: [prepare, /src, --plan-out, ⟦$(results.plan.path)⟧]
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  results: [{name: digest}]
  workspaces: [{name: plan}]
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      railpack prepare /src --plan-out $(workspaces.plan.path)/plan.json
      crane digest example.com/a > $(results.digest.path)
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

/// Tools, and the options for files that hold whole documents.
const DOCUMENTS: &[(&str, &[&str])] = &[
    ("railpack", &["--plan-out", "--info-out"]),
    ("syft", &["--output", "-o", "--file"]),
    ("trivy", &["--output", "-o"]),
    ("grype", &["--file"]),
    ("docker", &["--metadata-file"]),
];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    if !surface.is_of("tekton.dev") {
        return;
    }
    for container in surface.containers() {
        let values = container.words();
        let texts: Vec<(usize, &str)> = values.iter().enumerate().map(|(at, value)| (at, value.text().unwrap_or_default())).collect();
        judge(&texts, |at, _, _| values.get(at).map(luban_yaml::Value::place), sink);
    }
    for program in surface.programs().iter().filter(|it| it.language == Language::Shell && it.text.contains("$(results.")) {
        // A variable of Tekton is no command, but is written like one.
        let text = program.text.replace("$(results.", "$<results.");
        for command in commands(&text) {
            let place = |_: usize, from: usize, to: usize| program.value.scalar().map(|scalar| scalar.place_of(from..to));
            judge(command.call(), place, sink);
        }
    }
}

fn judge(words: &[(usize, &str)], place: impl Fn(usize, usize, usize) -> Option<Place>, sink: &mut Sink<'_>) {
    let Some(((_, program), rest)) = words.split_first() else { return };
    let Some((tool, options)) = DOCUMENTS.iter().find(|(tool, _)| is_word_of(program, tool)) else { return };
    let mut option = "";
    for (at, word) in rest {
        let (name, value) = word.split_once('=').unwrap_or((option, word));
        if options.contains(&name) && ["$(results.", "$<results."].iter().any(|start| value.starts_with(start)) {
            let message = format!("all that `{tool}` writes becomes a result, and results have 4096 bytes");
            // The parenthesis at its end was cut off.
            let is_cut = value.starts_with("$<");
            let end = at + word.len() + usize::from(is_cut);
            sink.push(sink.finding(message).at(place(*at, end - value.len() - usize::from(is_cut), end)));
        }
        option = word;
    }
}
