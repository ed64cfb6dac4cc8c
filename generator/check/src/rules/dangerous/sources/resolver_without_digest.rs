use crate::rules::prelude::*;
use super::unpinned_resolver::{for_each_reference, param};
use crate::surface::has_variable;

pub(crate) static RULE: Rule = Rule {
    id: "resolver-without-digest",
    profile: Profile::Strict,
    kinds: &["Task", "TaskRun", "Pipeline", "PipelineRun"],
    title: "a task or pipeline that is fetched by a name that can be given again",
    why: "A tag of Git or of a registry can be moved, and what a URL gives is anything: who can do that runs a program \
          with the run's credentials.",
    fix: "Write the full commit (40 hex digits) in `revision`, the digest in `bundle`.",
    source: "tektoncd/pipeline v1.15 docs/git-resolver.md, docs/bundle-resolver.md, docs/http-resolver.md",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: a-}
spec:
  serviceAccountName: a
  taskRef:
    resolver: git
    params:
    - {name: url, value: 'https://github.com/tektoncd/catalog.git'}
    - {name: revision, value: ⟦v0.9.0⟧}
    - {name: pathInRepo, value: task/git-clone/0.9/git-clone.yaml}
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: a-}
spec:
  serviceAccountName: a
  taskRef:
    resolver: http
    params: [{name: url, value: ⟦'https://tasks.example.com/git-clone.yaml'⟧}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: a-}
spec:
  serviceAccountName: a
  taskRef:
    resolver: git
    params:
    - {name: url, value: 'https://github.com/tektoncd/catalog.git'}
    - {name: revision, value: 4d5b1a3f8d1c2e1b7a0f5c3e9d8b7a6c5d4e3f2a}
    - {name: pathInRepo, value: task/git-clone/0.9/git-clone.yaml}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for_each_reference(surface, &mut |reference| {
        let (value, message) = match reference.text_of("resolver") {
            Some("git") => (param(reference, "revision"), "this can be moved to another commit"),
            Some("bundles") => (param(reference, "bundle"), "this bundle has no digest: its tag can be pushed again"),
            Some("http") => (param(reference, "url"), "what this URL gives can be anything"),
            _ => return,
        };
        let Some(value) = value else { return };
        let text = value.text().unwrap_or_default();
        let is_commit = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        // Branches are another rule's.
        let is_branch = !text.bytes().any(|byte| byte.is_ascii_digit()) && message.starts_with("this can");
        if !is_commit && !is_branch && !text.contains('@') && !has_variable(text) {
            sink.push(sink.finding(message).at(value.place()));
        }
    });
}
