use crate::argo::What;
use crate::rules::broken::expressions::{KINDS, say};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "misspelt-variable",
    kinds: KINDS,
    title: "a tag that is nearly a variable, and stays as it is",
    why: "Only names that begin with `inputs.`, `outputs.`, `steps.`, `tasks.`, `item.`, `pod.` and `workflow.` are looked up. A slip in that first word makes the tag text like any other: the program gets the braces.",
    fix: "Write the variable that is meant.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `resolveAllVariables`; issue 12899",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}]
    script:
      image: alpine:3.23
      command: [sh]
      source: |
        echo \"{{⟦input⟧.parameters.text}} {{⟦worklow⟧.name}} {{⟦parameters⟧.text}}\"
        echo ⟦$(inputs.parameters.text)⟧
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}]
    script:
      image: alpine:3.23
      command: [sh]
      source: |
        echo \"{{inputs.parameters.text}} {{ .Values.name }} {{user.name}} {{ input | upper }} {{page.title}}\"
        echo $(date) ${{inputs.parameters.text}}
",
        )],
    check: Check::Perhaps(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    say(subject, view, sink, What::Misspelt);
}
