use crate::tasks::{Tasks, Use};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-unused-param",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a parameter that the task does not use",
    why: "Who gives it a value expects something of it.",
    fix: "Use it, or remove it from the task and from those who give it.",
    source: "tektoncd/pipeline v1.15 docs/tasks.md, Specifying Parameters",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}, {name: ⟦tag⟧, default: latest}]
  steps:
  - name: build
    image: $(params.image)
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}, {name: build.tag, default: '1'}]
  steps:
  - name: build
    image: $(params.image):$(params[\"build.tag\"])
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for param in &body.params {
            let used = |used: &Use<'_>| used.is_one_of(std::iter::once(param.name));
            // The older form: `$(inputs.params.image)`.
            let is_old = body.uses_of("inputs").any(|used| used.path.names().nth(2) == Some(param.name));
            if !is_old && !body.uses_of("params").any(used) && !body.mentions(&format!("params.{}", param.name)) {
                let message = format!("parameter `{}` is not used by this task", param.name);
                sink.push(sink.finding(message).at(Some(param.place())));
            }
        }
    }
}
