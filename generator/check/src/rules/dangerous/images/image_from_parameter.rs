use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "image-from-parameter",
    confidence: Confidence::Low,
    profile: Profile::Strict,
    title: "a parameter that callers choose says which image runs",
    why: "Whoever calls the task or template chooses the program that runs with its workspaces and credentials.",
    fix: "Name the image here, or restrict the parameter by `enum`.",
    source: "tektoncd/pipeline v1.15 docs/tasks.md",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: run}
spec:
  params: [{name: image}]
  steps: [{name: run, image: ⟦$(params.image)⟧}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: run}
spec:
  steps: [{name: run, image: 'alpine:3.23'}]
",
        ),
    ],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| !flow.is_event && flow.used_as == Use::Image) {
        let message = format!("parameter `{}` says which image runs here", flow.what);
        sink.push(sink.finding(message).at(flow.place.clone()));
    }
}
