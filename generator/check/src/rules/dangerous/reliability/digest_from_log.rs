use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "digest-from-log",
    title: "a digest that is looked for in a log",
    why: "The first `sha256:` of a build's log is that of its base image or frontend, not that of what it made; and \
          another version of the tool writes another log.",
    fix: "Take it from a file that the tool writes: `buildctl --metadata-file`, `docker buildx build --iidfile`.",
    source: "moby/buildkit v0.32 README, `--metadata-file`",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --output type=image,name=$IMAGE > /tmp/log 2>&1
      digest=$(⟦grep -Eo 'sha256:[0-9a-f]+' /tmp/log⟧ | head -n1)
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      grep -q \"$(cat /tmp/digest)\" sums.txt
      echo 'sha256:x' | head -n1
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs().iter().filter(|program| program.text.contains("sha256:")) {
        let mut line = 0;
        for part in program.text.split_inclusive('\n') {
            let start = line;
            line += part.len();
            let Some(at) = part.find("grep ") else { continue };
            let rest = part.get(at..).unwrap_or_default();
            let length = rest.find('|').unwrap_or(rest.len());
            let command = rest.get(..length).unwrap_or_default().trim_end();
            let is_first = rest.contains("head -n1") || rest.contains("head -1") || rest.contains("head -n 1") || command.contains("-m1") || command.contains("-m 1");
            if command.contains("sha256:") && is_first {
                let place = program.value.scalar().map(|scalar| scalar.place_of(start + at..start + at + command.len()));
                sink.push(sink.finding("the first digest of a log is not that of the image that was made").at(place));
            }
        }
    }
}
