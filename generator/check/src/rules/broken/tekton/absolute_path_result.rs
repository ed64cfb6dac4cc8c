use crate::rules::prelude::*;
use crate::surface::Language;

pub(crate) static RULE: Rule = Rule {
    id: "absolute-path-result",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a result that says where a file is in this pod",
    why: "The task that reads it mounts the workspace where its own declaration says, which is another folder as soon as the \
          workspace has another name there.",
    fix: "Put the path below the workspace into the result, and join it with `$(workspaces.….path)` where it is read.",
    source: "tektoncd/pipeline v1.15 docs/workspaces.md, Using Workspaces in Tasks, `mountPath`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  workspaces: [{name: source}]
  results: [{name: plan}, {name: info}]
  steps:
  - name: plan
    image: alpine:3.23
    workingDir: $(workspaces.source.path)
    script: |
      printf '%s' \"⟦$(pwd)/plan.json⟧\" > $(results.plan.path)
      echo -n ⟦$(workspaces.source.path)/info.json⟧ | tee \"$(results.info.path)\"
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  workspaces: [{name: source}]
  results: [{name: plan}, {name: info}]
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      printf '%s' plan.json > $(results.plan.path)
      echo \"$(cat $(workspaces.source.path)/info.json)\" > $(results.info.path)
      cat $(workspaces.source.path)/a > $(results.plan.path)
      echo $(pwd) > /tmp/folder
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    if !surface.is_of("tekton.dev") {
        return;
    }
    for program in surface.programs().iter().filter(|it| it.language == Language::Shell && it.text.contains("$(results.")) {
        let mut start = 0;
        for line in program.text.split_inclusive('\n') {
            let base = start;
            start += line.len();
            let Some(written) = line.find("$(results.") else { continue };
            let text = line.get(..written).unwrap_or_default();
            let command = text.trim_start();
            let is_written = command.starts_with("echo ") || command.starts_with("printf ");
            let target = text.trim_end_matches(['"', '\'', ' ']);
            if !is_written || !(target.ends_with('>') || target.ends_with("| tee")) {
                continue;
            }
            if let Some((at, length)) = path(text) {
                let place = program.value.scalar().map(|scalar| scalar.place_of(base + at..base + at + length));
                let message = "this path is that of this pod: another task mounts the workspace elsewhere";
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}

/// The absolute path that a line begins a word with.
fn path(text: &str) -> Option<(usize, usize)> {
    const STARTS: [&str; 5] = ["$(pwd)", "$PWD", "${PWD}", "$(workspaces.", "/workspace/"];
    let at = STARTS.iter().filter_map(|start| text.find(start)).min()?;
    let before = text.get(..at)?;
    let is_start = before.ends_with([' ', '"', '\'']);
    // What another command makes of a path is no path.
    let is_inside = before.matches('(').count() != before.matches(')').count();
    let rest = text.get(at..)?;
    let length = rest.find([' ', '"', '\'', '\n', ';', '>', '|']).unwrap_or(rest.len());
    (is_start && !is_inside).then_some((at, length))
}
