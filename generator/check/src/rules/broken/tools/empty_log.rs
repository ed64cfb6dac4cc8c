use crate::rules::prelude::*;
use crate::surface::{Command, Language, commands, is_word_of};

pub(crate) static RULE: Rule = Rule {
    id: "empty-log",
    title: "a log that stays empty",
    why: "The tool writes how its build goes to standard error; what a pipe takes is standard output, and there is nothing \
          in it.",
    fix: "Join them with `2>&1`; for the digest take the file that the tool writes (`--metadata-file`).",
    source: "moby/buildkit v0.32.2 cmd/buildctl/build.go, `progresswriter.NewPrinter(…, os.Stderr, …)`; docker/buildx \
             commands/build.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --output type=image,name=$IMAGE | ⟦tee /tmp/log⟧ > /dev/null
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --output type=image,name=$IMAGE 2>&1 | tee /tmp/log
      buildctl build --output type=tar | tee /tmp/image.tar
      buildctl du | tee /tmp/usage
      docker buildx build --output=- . | tee /tmp/image.tar
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs().iter().filter(|program| program.language == Language::Shell) {
        if !program.text.contains("buildctl") && !program.text.contains("buildx") {
            continue;
        }
        let all = commands(program.text);
        for command in &all {
            let reader = command.reader.and_then(|at| all.get(at)).map_or(&[][..], Command::call);
            let [(at, first), (file_at, file), ..] = reader else { continue };
            // What reads it keeps it or looks for something in it.
            if !is_word_of(first, "tee") && !is_word_of(first, "grep") || !is_silent(command) {
                continue;
            }
            let place = program.value.scalar().map(|scalar| scalar.place_of(*at..file_at + file.len()));
            let message = "nothing comes here: the build says how it goes on standard error";
            sink.push(sink.finding(message).at(place));
        }
    }
}

/// Whether a command is a build that writes nothing to standard output.
fn is_silent(command: &Command<'_>) -> bool {
    let texts: Vec<&str> = command.call().iter().map(|(_, word)| *word).collect();
    let is_build = match texts.split_first() {
        Some((first, rest)) if is_word_of(first, "buildctl") => rest.contains(&"build"),
        Some((first, rest)) if is_word_of(first, "docker") => rest.starts_with(&["buildx", "build"]),
        _ => false,
    };
    // An image may come out of it as an archive; and standard error may be joined.
    let other = |word: &&str| {
        word.starts_with("2>") || word.starts_with("&>") || ["type=tar", "type=oci", "type=docker", "type=local", "=-", "--help", "--print", "--call", "-q", "--quiet"].iter().any(|it| word.contains(it))
    };
    is_build && !texts.iter().any(other) && !texts.contains(&"-")
}
