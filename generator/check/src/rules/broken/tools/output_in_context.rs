use crate::rules::prelude::*;
use crate::surface::{Language, commands};

pub(crate) static RULE: Rule = Rule {
    id: "output-in-context",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a plan inside of what it is the plan of",
    why: "The plan becomes a part of the sources: it is copied into the image, and whenever it changes the layers of the \
          sources are built again.",
    fix: "Write it to a folder beside the sources, and give that to the build as a place of its own (`--local dockerfile=…`).",
    source: "railpack v0.37 cli/prepare.go, `--plan-out`; buildkit/frontend.go, the local `dockerfile`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      railpack prepare . --plan-out ⟦plan.json⟧ --info-out=/tmp/info.json
      railpack prepare /src/app --plan-out=/tmp/plan.json --info-out ⟦/src/app/info.json⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      railpack prepare . --plan-out ../plan/plan.json --info-out /tmp/info.json
      railpack prepare app --plan-out plan.json
      railpack prepare /src/app --plan-out /src/application/plan.json
      railpack prepare \"$DIR\" --plan-out \"$PLAN\"
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let programs = surface.programs().iter();
    for program in programs.filter(|it| it.language == Language::Shell && it.text.contains("railpack")) {
        for command in commands(program.text) {
            let Some(rest) = command.arguments_of("railpack") else { continue };
            for (at, file, directory) in outputs(rest) {
                if is_inside(file, directory) {
                    let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + file.len()));
                    let message = format!("`{file}` lies in `{directory}`, which it is the plan of");
                    sink.push(sink.finding(message).at(place));
                }
            }
        }
    }
}

/// The files that a call writes, each with the folder of the sources.
fn outputs<'a>(words: &[(usize, &'a str)]) -> Vec<(usize, &'a str, &'a str)> {
    const FILES: [&str; 2] = ["--plan-out", "--info-out"];
    const VALUED: [&str; 6] = ["--env", "-e", "--previous", "--build-cmd", "--start-cmd", "--config-file"];
    let mut words = words.iter();
    if words.next().is_none_or(|(_, word)| !matches!(*word, "prepare" | "p")) {
        return Vec::new();
    }
    let mut directory = None;
    let mut files = Vec::new();
    while let Some((at, word)) = words.next() {
        let (name, value) = word.split_once('=').map_or((*word, None), |(name, value)| (name, Some(value)));
        if FILES.contains(&name) {
            match value {
                Some(value) => files.push((at + name.len() + 1, value)),
                None => files.extend(words.next().copied()),
            }
        } else if VALUED.contains(&name) {
            if value.is_none() {
                words.next();
            }
        } else if !word.starts_with('-') && !word.contains('$') {
            directory = directory.or(Some(*word));
        }
    }
    let with = |directory| files.iter().map(move |(at, file)| (*at, *file, directory));
    directory.into_iter().flat_map(with).collect()
}

/// Whether a file is below a folder; no if a variable decides it.
fn is_inside(file: &str, directory: &str) -> bool {
    let is_known = !file.starts_with(['$', '~', '"', '\'']) && !file.contains("..") && !file.is_empty();
    let directory = directory.trim_end_matches('/');
    let below = |file: &str, directory: &str| {
        file.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
    };
    is_known && match directory {
        "." | "./" => !file.starts_with('/'),
        _ => below(file, directory),
    }
}
