use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "path-from-parameter",
    confidence: Confidence::Low,
    profile: Profile::Strict,
    title: "a directory that callers choose",
    why: "`..` in the value leads out of the workspace or volume: to files of other runs, or of the image.",
    fix: "Check the value in the step before it is used, or pass one of a few names by `enum`.",
    source: "tektoncd/pipeline v1.15 docs/variables.md; kubernetes v1.35 core/v1 `VolumeMount.subPath`",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: contextPath, default: .}]
  workspaces: [{name: output}]
  steps:
  - name: build
    image: alpine:3.23
    workingDir: $(workspaces.output.path)/⟦$(params.contextPath)⟧
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: output}]
  steps: [{name: build, image: 'alpine:3.23', workingDir: $(workspaces.output.path)}]
",
        ),
    ],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| !flow.is_event && flow.used_as == Use::Path) {
        let message = format!("`..` in parameter `{}` leads out of this directory", flow.what);
        sink.push(sink.finding(message).at(flow.place.clone()));
    }
}
