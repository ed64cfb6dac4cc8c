use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-git-option",
    title: "text of an event can be an option of git",
    why: "An argument that begins with `-` is an option: a branch or a path called `--upload-pack=…` makes git run a program.",
    fix: "Put `--` (or `--end-of-options` before revisions) in front of it, or write it behind text of your own: `refs/heads/{{…}}`.",
    source: "git 2.49 gitcli(7); CVE-2017-1000117",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - name: push
    eventSourceName: github
    eventName: push
    filters: {data: [{path: body.deleted, type: bool, value: ['false']}]}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              serviceAccountName: build
              arguments: {parameters: [{name: branch}]}
              templates:
              - name: main
                container:
                  image: alpine/git:v2.49.1
                  command: [git]
                  args: [fetch, origin, '⟦{{workflow.parameters.branch}}⟧']
        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
          dest: spec.arguments.parameters.0.value
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - name: push
    eventSourceName: github
    eventName: push
    filters: {data: [{path: body.deleted, type: bool, value: ['false']}]}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-, namespace: ci}
            spec:
              entrypoint: main
              serviceAccountName: build
              arguments: {parameters: [{name: branch}]}
              templates:
              - name: main
                container:
                  image: alpine/git:v2.49.1
                  command: [git]
                  args: [fetch, origin, 'refs/heads/{{workflow.parameters.branch}}', --, '{{workflow.parameters.branch}}']
        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
          dest: spec.arguments.parameters.0.value
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event && flow.used_as == Use::Option) {
        let message = format!("`{}` of an event is a word of its own here: if it begins with `-`, git takes it for an option", flow.what);
        sink.push(with_way(sink.finding(message), flow));
    }
}
