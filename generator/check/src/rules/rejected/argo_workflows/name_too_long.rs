use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "name-too-long",
    kinds: WORKFLOWS,
    title: "a name that is too long for a label",
    why: "The name of a workflow becomes a label of its pods, and labels have at most 63 characters; the workflows of a \
          CronWorkflow have a number after its name, which leaves 52.",
    fix: "Choose a shorter name.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `Workflow`, `CronWorkflow`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata:
  name: ⟦rebuild-every-image-of-every-application-of-the-platform⟧
spec:
  schedules: ['0 3 * * *']
  workflowSpec:
    entrypoint: main
    templates:
    - name: main
      container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  name: rebuild-every-image-of-every-application-of-the-platform
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let most = if entry.name.kind == "CronWorkflow" { 52 } else { 63 };
    let name = entry.object_name();
    if name.len() > most {
        let kind = &entry.name.kind;
        let message = format!("`{name}` is too long for the name of a {kind}: {} characters, more than {most}", name.len());
        let path = entry.path.key("metadata").key("name");
        sink.push(sink.finding(message).at(entry.document.locate(&path)));
    }
}
