use crate::objects::Objects;
use crate::rules::prelude::*;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "unauthenticated-listener",
    title: "a trigger that takes events from anyone",
    why: "Whoever reaches the listener starts its runs with data of theirs. A CEL filter looks at what the event says, not \
          at who sent it.",
    fix: "Put an interceptor with a secret first: `github`, `gitlab`, `bitbucket`, `slack` with `secretRef`, or CEL with \
          `compareSecret`.",
    source: "tektoncd/triggers v0.37 docs/interceptors.md and pkg/interceptors/github/github.go",
    bad: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: hooks}
spec:
  serviceAccountName: triggers
  triggers:
  - ⟦name⟧: push
    interceptors:
    - ref: {name: cel}
      params: [{name: filter, value: \"header.match('X-GitHub-Event', 'push')\"}]
    bindings: [{name: revision, value: $(body.after)}]
    template: {ref: build}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: revision}]
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: TaskRun
    metadata: {generateName: build-}
    spec:
      serviceAccountName: builder
      taskSpec:
        params: [{name: revision}]
        steps: [{name: build, image: 'alpine:3.23', args: [$(params.revision)]}]
      params: [{name: revision, value: $(tt.params.revision)}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: hooks}
spec:
  serviceAccountName: triggers
  triggers:
  - interceptors:
    - ref: {name: github}
      params: [{name: secretRef, value: {secretName: github, secretKey: secret}}]
    bindings: []
    template: {ref: build}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: TaskRun
    metadata: {generateName: build-}
    spec:
      serviceAccountName: builder
      taskSpec: {steps: [{name: build, image: 'alpine:3.23'}]}
",
        ),
    ],
    check: Check::All(check),
    ..DANGEROUS
};

fn check(objects: &Objects, sink: &mut Sink<'_>) {
    let entries = objects.entries().iter().filter(|entry| matches!(entry.name.kind.as_str(), "EventListener" | "Trigger"));
    let specs = entries.filter_map(|entry| Some((entry, entry.document.value(&entry.path)?.get("spec")?)));
    let specs: Vec<_> = specs.collect();
    // A listener's groups pick Triggers by their labels.
    let groups = specs.iter().flat_map(|(_, spec)| spec.items_of("triggerGroups"));
    let groups_do = groups.into_iter().any(|group| group.items_of("interceptors").any(authenticates));
    for (entry, spec) in &specs {
        let is_trigger = entry.name.kind == "Trigger";
        if !(entry.is_given_apart || is_trigger && groups_do) {
            listener(*spec, is_trigger, sink);
        }
    }
}

fn listener(spec: Value<'_>, is_trigger: bool, sink: &mut Sink<'_>) {
    let triggers = if is_trigger {
        vec![spec]
    } else {
        // What only refers to a Trigger has that one's interceptors.
        let own = spec.items_of("triggers").filter(|trigger| trigger.get("triggerRef").is_none());
        own.chain(spec.items_of("triggerGroups")).collect()
    };
    let open = triggers.into_iter().filter(|trigger| !trigger.items_of("interceptors").any(authenticates));
    let mut open = open.filter(|trigger| trigger.get("bindings").is_some() || trigger.get("template").is_some());
    let Some(first) = open.next() else { return };
    let finding = sink.finding("nothing here looks at who sent an event: anyone who reaches the listener starts this").at(first.head());
    let finding = open.fold(finding, |finding, other| finding.related("nor here", other.head()));
    sink.push(finding);
}

/// Whether an interceptor looks at who sent the event. Of one that is not known, it is taken for granted.
fn authenticates(interceptor: Value<'_>) -> bool {
    let params = || interceptor.items_of("params");
    for known in ["github", "gitlab", "bitbucket", "slack"] {
        if let Some(old) = interceptor.get(known) {
            return old.get("secretRef").is_some();
        }
    }
    let name = match interceptor.at(&["ref", "name"]) {
        Some(name) => name.text().unwrap_or_default(),
        None if interceptor.get("cel").is_some() => "cel",
        None => return interceptor.get("webhook").is_some(),
    };
    match name {
        "github" | "gitlab" | "bitbucket" | "slack" => params().any(|param| param.text_of("name") == Some("secretRef")),
        "cel" => {
            let texts = interceptor.get("cel").into_iter().flat_map(|cel| cel.entries().map(|(_, value)| value));
            let values = params().filter_map(|param| param.get("value"));
            texts.chain(values).any(|value| value.text().is_some_and(|text| text.contains("compareSecret")))
        }
        _ => true,
    }
}
