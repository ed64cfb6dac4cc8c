use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "executor-plugin",
    kinds: WORKFLOWS,
    title: "an executor plugin that lacks what its container needs",
    why: "A plugin runs beside the agent: it needs a name, a port to be called at, and a container with requests, limits and a \
          security context.",
    fix: "Add what the message names.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, executor plugins",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  executorPlugins:
  - metadata: {name: notify}
    spec:
      sidecar:
        ⟦container⟧: {name: notify, image: 'notify:1.0'}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  executorPlugins:
  - metadata: {name: notify}
    spec:
      sidecar:
        container:
          name: notify
          image: notify:1.0
          ports: [{containerPort: 4355}]
          resources: {requests: {cpu: 100m}, limits: {memory: 64Mi}}
          securityContext: {runAsNonRoot: true}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for (at, plugin) in own.spec.executor_plugins.iter().enumerate() {
        let path = own.path.key("executorPlugins").index(at);
        let name = plugin.metadata.as_ref().and_then(|metadata| metadata.name.as_deref());
        if !value_is(name) {
            let message = format!("`{}` is missing: a plugin needs a name", path.key("metadata").key("name"));
            sink.push(sink.finding(message).at(own.head(&path)));
        }
        let container = plugin.spec.as_ref().and_then(|spec| spec.sidecar.as_ref()?.container.as_ref());
        let path = path.key("spec").key("sidecar").key("container");
        let resources = container.and_then(|container| container.resources.as_ref());
        let requests = resources.and_then(|resources| resources.requests.as_ref());
        let limits = resources.and_then(|resources| resources.limits.as_ref());
        let lacks = [
            ("ports", container.is_none_or(|container| container.ports.as_ref().is_none_or(Vec::is_empty))),
            ("resources.requests", requests.is_none_or(std::collections::BTreeMap::is_empty)),
            ("resources.limits", limits.is_none_or(std::collections::BTreeMap::is_empty)),
            ("securityContext", container.is_none_or(|container| container.security_context.is_none())),
        ];
        let lacks: Vec<String> = lacks.iter().filter(|(_, lacks)| *lacks).map(|(field, _)| format!("`{field}`")).collect();
        if !lacks.is_empty() {
            let message = format!("the container of a plugin needs {}", lacks.join(", "));
            sink.push(sink.finding(message).at(own.key(&path)));
        }
    }
}
