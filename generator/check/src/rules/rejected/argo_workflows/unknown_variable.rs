use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-variable",
    kinds: WORKFLOWS,
    title: "a variable that does not exist where it is used",
    why: "A variable that begins with `inputs.`, `outputs.`, `steps.`, `tasks.`, `item.`, `pod.` or `workflow.` must exist in \
          the template; otherwise the workflow is refused. Outputs of steps are known in later steps, those of tasks in tasks \
          that depend on them.",
    fix: "Write a variable that exists here; the message says which is nearest.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `resolveAllVariables`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: text, value: hello}]
  templates:
  - name: main
    inputs:
      parameters: [{name: text}]
    script:
      image: alpine:3.23
      command: [sh]
      source: |
        set -e
        echo \"⟦{{inputs.parameters.txt}}⟧\"
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', args: ['⟦{{workflow.failures}}⟧']}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - {name: a, template: echo}
    - - name: b
        template: print
        arguments:
          parameters: [{name: text, value: '{{steps.a.outputs.result}} {{user.name}}'}]
  - name: echo
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{workflow.name}}'}
  - name: print
    inputs:
      parameters: [{name: text}]
    container: {image: 'alpine:3.23', args: ['{{ inputs.parameters.text }}']}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for unresolved in &view.unresolved {
        let tag = &unresolved.tag;
        let near = unresolved.meant.as_ref();
        let near = near.map_or_else(String::new, |meant| format!(" (did you mean `{meant}`?)"));
        let message = if unresolved.is_open {
            format!("`{{{{{tag}` is not closed by `}}}}`")
        } else if tag == "workflow.failures" {
            format!("variable `{tag}` is only known in templates that run when the workflow ends")
        } else {
            let template = &unresolved.template;
            format!("variable `{tag}` is not known in template `{template}`{near}")
        };
        let finding = sink.finding(message).at(unresolved.place.clone());
        sink.push_in(view.foreign(&unresolved.site), finding);
    }
}
