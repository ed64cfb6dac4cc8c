use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "stored-credential",
    profile: Profile::Strict,
    title: "credentials that a step leaves behind",
    why: "What a step writes to `~/.git-credentials`, into the URL of a remote or into `.docker/config.json` of a shared \
          volume is there for every later step, and in artifacts.",
    fix: "Mount the Secret where it is used, in the one step that uses it; Tekton's isolated workspaces do that.",
    source: "zizmor v1.30 audit `artipacked`; git 2.49 git-credential-store(1)",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: git, key: token}}}]
    script: |
      ⟦git config --global credential.helper store⟧
      git fetch
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: git, key: token}}}]
    script: |
      git -c credential.helper='!f() { cat /run/secrets/git; }; f' fetch
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

const TRACES: &[&str] = &["credential.helper store", "credential.helper 'store", "credential.helper \"store", ".git-credentials", ".netrc"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs() {
        let mut line = 0;
        for part in program.text.split_inclusive('\n') {
            let statement = part.trim();
            let start = line + part.find(statement).unwrap_or(0);
            line += part.len();
            let is_writing = statement.contains("credential.helper") || statement.contains('>');
            if is_writing && !statement.starts_with('#') && TRACES.iter().any(|trace| statement.contains(trace)) {
                let place = program.value.scalar().map(|scalar| scalar.place_of(start..start + statement.len()));
                sink.push(sink.finding("this leaves credentials behind for whatever runs next").at(place));
                break;
            }
        }
    }
}
