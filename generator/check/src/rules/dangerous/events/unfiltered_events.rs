use crate::rules::prelude::*;
use crate::taint::raw_reads;
use luban_yaml::Value;

/// Fields that only an event about a push has, in the words of the providers.
const PUSH: &[&str] = &["ref", "after", "checkout_sha", "head_commit", "refUpdates"];

pub(crate) static RULE: Rule = Rule {
    id: "unfiltered-events",
    kinds: &["Sensor"],
    title: "a build for every event of a webhook",
    why: "A provider also sends pings, deleted branches (a commit of forty zeros) and pushes of branches that nobody wants \
          built: each starts a run, and what it makes may overwrite what the main branch made.",
    fix: "Filter the dependency: the kind of event, the branch, and a commit that is not all zeros.",
    source: "argo-events v1.9 docs/sensors/filters/intro.md; GitHub docs, Webhook events and payloads, `push`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - name: ⟦push⟧
    eventSourceName: github
    eventName: push
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
              arguments: {parameters: [{name: revision}]}
              templates:
              - name: main
                container: {image: 'alpine:3.23', args: ['{{workflow.parameters.revision}}']}
        parameters:
        - src: {dependencyName: push, dataKey: body.after}
          dest: spec.arguments.parameters.0.value
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  template: {serviceAccountName: sensor}
  dependencies:
  - name: push
    eventSourceName: github
    eventName: push
    filters: {data: [{path: body.ref, type: string, value: [refs/heads/main]}]}
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
              arguments: {parameters: [{name: revision}]}
              templates:
              - name: main
                container: {image: 'alpine:3.23', args: ['{{workflow.parameters.revision}}']}
        parameters:
        - src: {dependencyName: push, dataKey: body.after}
          dest: spec.arguments.parameters.0.value
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
    for dependency in spec.items_of("dependencies") {
        let Some(name) = dependency.get("name") else {
            continue;
        };
        let is_filtered = ["filters", "transform"].iter().any(|key| dependency.get(key).is_some());
        if is_filtered || source_filters(surface, dependency) {
            continue;
        }
        let builds = spec.items_of("triggers").filter_map(|trigger| trigger.get("template"));
        let reads = builds.filter(|template| template.get("conditions").is_none()).find_map(|template| {
            let mut actions = ["k8s", "argoWorkflow"].iter().filter_map(|action| template.get(action));
            actions.find_map(|action| action.items_of("parameters").find_map(|it| reads_commit(it, name.text().unwrap_or_default())))
        });
        if let Some(read) = reads {
            let finding = sink.finding("every event of this webhook starts a run: pings, deleted branches and any branch too").at(name.place());
            sink.push(finding.related("it is taken for a push here", read.place()));
        }
    }
}

/// Whether the source itself lets only some events through.
fn source_filters(surface: &Surface<'_>, dependency: Value<'_>) -> bool {
    let source = dependency.text_of("eventSourceName").unwrap_or_default();
    let entry = surface.objects.find("argoproj.io/v1alpha1", "EventSource", surface.entry.namespace(), source);
    let spec = entry.and_then(|entry| entry.document.value(&entry.path)?.get("spec"));
    let event = dependency.text_of("eventName").unwrap_or_default();
    let mut kinds = spec.into_iter().flat_map(|spec| spec.entries());
    kinds.any(|(kind, events)| {
        let is_asked_for = matches!(kind, "resource" | "calendar" | "kafka" | "nats" | "sqs" | "sns" | "pubSub" | "amqp");
        events.get(event).is_some_and(|event| is_asked_for || event.get("filter").is_some())
    })
}

/// What a parameter reads, if it is the commit or the ref of a push as it is. What is encoded is for its reader to judge.
fn reads_commit<'a>(parameter: Value<'a>, dependency: &str) -> Option<Value<'a>> {
    let src = parameter.get("src")?;
    if src.text_of("dependencyName") != Some(dependency) {
        return None;
    }
    let read = src.get("dataTemplate").or_else(|| src.get("dataKey"))?;
    let text = read.text()?;
    let reads = if src.get("dataTemplate").is_some() {
        raw_reads(text)
    } else {
        vec![text.split('.').map(str::to_owned).collect()]
    };
    let is_push = reads.iter().any(|names| {
        let mut names = names.iter().map(String::as_str);
        names.next() == Some("body") && names.any(|name| PUSH.contains(&name))
    });
    is_push.then_some(read)
}
