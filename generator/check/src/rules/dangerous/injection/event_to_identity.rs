use crate::rules::prelude::*;

use super::with_way;

pub(crate) static RULE: Rule = Rule {
    id: "event-to-identity",
    title: "an event chooses as whom something runs, or what it may read",
    why: "A ServiceAccount, a namespace, a Secret or the kind of an object is named by a field of an event that people write: they \
          choose credentials that are not theirs.",
    fix: "Write these names down, one trigger for each, and choose the trigger by a filter.",
    source: "tektoncd/triggers v0.37 docs/triggertemplates.md; argo-events v1.9 docs/sensors/trigger-conditions.md",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: github, namespace: ci}
spec:
  serviceAccountName: triggers
  triggers:
  - interceptors:
    - ref: {name: github}
      params:
      - name: secretRef
        value: {secretName: github, secretKey: secret}
    bindings: [{name: team, value: '$(body.issue.labels[0].name)'}]
    template:
      spec:
        params: [{name: team}]
        resourcetemplates:
        - apiVersion: tekton.dev/v1
          kind: TaskRun
          metadata: {generateName: greet-}
          spec:
            serviceAccountName: team-⟦$(tt.params.team)⟧
            taskRef: {name: greet}
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: greet, namespace: ci}
spec:
  steps:
  - {name: greet, image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: github, namespace: ci}
spec:
  serviceAccountName: triggers
  triggers:
  - interceptors:
    - ref: {name: github}
      params:
      - name: secretRef
        value: {secretName: github, secretKey: secret}
    bindings: [{name: team, value: $(body.issue.number)}]
    template:
      spec:
        params: [{name: team}]
        resourcetemplates:
        - apiVersion: tekton.dev/v1
          kind: TaskRun
          metadata: {generateName: greet-}
          spec:
            serviceAccountName: greeter
            taskRef: {name: greet}
            params: [{name: number, value: $(tt.params.team)}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: greet, namespace: ci}
spec:
  params: [{name: number}]
  steps:
  - {name: greet, image: 'alpine:3.23'}
",
    )],
    check: Check::Flows(check),
    ..DANGEROUS
};

fn check(flows: &[Flow], sink: &mut Sink<'_>) {
    for flow in flows.iter().filter(|flow| flow.is_event && flow.used_as == Use::Identity) {
        let message = format!("`{}` of an event says as whom this runs or what it may read", flow.what);
        sink.push(with_way(sink.finding(message), flow));
    }
}
