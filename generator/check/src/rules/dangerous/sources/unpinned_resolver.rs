use crate::rules::prelude::*;
use crate::surface::has_variable;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "unpinned-resolver",
    confidence: Confidence::High,
    kinds: &["Task", "TaskRun", "Pipeline", "PipelineRun"],
    title: "a task or pipeline that is fetched from a moving place",
    why: "What a resolver fetches is run with the run's credentials: from a branch, from a bundle without a version or \
          from a catalog's newest it is another program tomorrow.",
    fix: "Write the full commit in `revision`, the digest in `bundle`, the `version` of the catalog.",
    source: "tektoncd/pipeline v1.15 docs/git-resolver.md, docs/bundle-resolver.md, docs/hub-resolver.md",
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
    - {name: revision, value: ⟦main⟧}
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
    resolver: ⟦git⟧
    params:
    - {name: url, value: 'https://github.com/tektoncd/catalog.git'}
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
    resolver: bundles
    params: [{name: bundle, value: ⟦'ghcr.io/tektoncd/catalog/git-clone'⟧}, {name: name, value: git-clone}, {name: kind, value: task}]
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: a-}
spec:
  serviceAccountName: a
  taskRef:
    resolver: hub
    params: [{name: version, value: ⟦latest⟧}, {name: name, value: git-clone}, {name: kind, value: task}]
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
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: a-}
spec:
  serviceAccountName: a
  taskRef:
    resolver: bundles
    params: [{name: bundle, value: 'ghcr.io/tektoncd/catalog/git-clone@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1'}, {name: name, value: git-clone}, {name: kind, value: task}]
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: a-}
spec:
  serviceAccountName: a
  taskRef:
    resolver: hub
    params: [{name: version, value: '0.9'}, {name: name, value: git-clone}, {name: kind, value: task}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for_each_reference(surface, &mut |reference| {
        let resolver = reference.get("resolver");
        let Some((resolver, kind)) = resolver.and_then(|it| Some((it, it.text()?))) else {
            return;
        };
        let finding = match kind {
            "git" => match param(reference, "revision") {
                None => sink.finding("no `revision` is named, so the newest commit is fetched and run").at(resolver.place()),
                Some(value) if moves(value) => {
                    let message = format!("`{}` names no commit: whoever pushes to it changes what runs", value.text().unwrap_or_default());
                    sink.finding(message).at(value.place())
                }
                Some(_) => return,
            },
            "bundles" => match param(reference, "bundle") {
                Some(value) if is_moving_image(value) => {
                    let message = "this bundle has no version: whoever pushes it changes what runs";
                    sink.finding(message).at(value.place())
                }
                _ => return,
            },
            "hub" => match param(reference, "version") {
                Some(value) if value.text() != Some("latest") => return,
                version => {
                    let place = version.unwrap_or(resolver).place();
                    sink.finding("no version is named, so the newest of the catalog is fetched and run").at(place)
                }
            },
            _ => return,
        };
        sink.push(finding);
    });
}

/// Whether a revision is a branch: neither a commit nor a version.
fn moves(value: Value<'_>) -> bool {
    let text = value.text().unwrap_or_default();
    !has_variable(text) && !text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_moving_image(value: Value<'_>) -> bool {
    let text = value.text().unwrap_or_default();
    let last = text.rsplit('/').next().unwrap_or_default();
    let tag = last.split_once(':').map(|(_, tag)| tag);
    !has_variable(text) && !text.contains('@') && tag.is_none_or(|tag| tag == "latest")
}

/// The value of a resolver's parameter.
pub(super) fn param<'a>(reference: Value<'a>, name: &str) -> Option<Value<'a>> {
    let mut params = reference.items_of("params");
    params.find(|param| param.text_of("name") == Some(name))?.get("value")
}

/// Every reference of an object of Tekton that has a resolver.
pub(super) fn for_each_reference<'a>(surface: &Surface<'a>, found: &mut dyn FnMut(Value<'a>)) {
    let mut pending: Vec<Value<'a>> = surface.root.get("spec").into_iter().collect();
    while let Some(value) = pending.pop() {
        pending.extend(value.items());
        for (key, inner) in value.entries() {
            if matches!(key, "taskRef" | "pipelineRef" | "ref") && inner.get("resolver").is_some() {
                found(inner);
            } else if inner.is_mapping() || inner.is_list() {
                pending.push(inner);
            }
        }
    }
}
