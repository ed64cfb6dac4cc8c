use crate::rules::prelude::*;
use crate::surface::{spec_of, templates};
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "secret-parameter",
    confidence: Confidence::Low,
    profile: Profile::Strict,
    kinds: &["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow", "Task", "Pipeline", "StepAction"],
    title: "a parameter that asks for a secret",
    why: "Values of parameters stand in the object of the run and in its pods: whoever may read runs reads the secret.",
    fix: "Ask for the name of a Secret, or for a workspace, and read it by `secretKeyRef` or from a file.",
    source: "tektoncd/pipeline v1.15 docs/auth.md; argo-workflows v4.1 docs/walk-through/secrets.md",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  params: [{name: ⟦registry-password⟧}]
  steps: [{name: push, image: 'alpine:3.23', env: [{name: PASSWORD, value: $(params.registry-password)}]}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  params: [{name: registry-password-secret}]
  steps: [{name: push, image: 'alpine:3.23', env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: $(params.registry-password-secret), key: password}}}]}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let workflow = spec_of(surface.entry, surface.root);
    let mut lists: Vec<Value<'_>> = Vec::new();
    if let Some(workflow) = workflow {
        lists.extend(workflow.at(&["arguments", "parameters"]));
        lists.extend(templates(workflow).iter().filter_map(|template| template.value.at(&["inputs", "parameters"])));
    } else if surface.is_of("tekton.dev") {
        lists.extend(spec.get("params"));
    }
    for name in lists.iter().flat_map(|list| list.items()).filter_map(|parameter| parameter.get("name")) {
        let text = name.text().unwrap_or_default().to_ascii_lowercase().replace('_', "-");
        let ends = ["password", "passwd", "api-key", "apikey", "private-key", "access-token", "auth-token"];
        if text == "token" || ends.iter().any(|end| text.ends_with(end)) {
            let message = format!("`{}` asks for a secret: runs show the values of their parameters", name.text().unwrap_or_default());
            sink.push(sink.finding(message).at(name.place()));
        }
    }
}
