//! Text of outsiders on its way over several objects: where it is found, and which way is shown.

use luban_check::{Objects, Options, check};
use luban_diagnostic::Finding;
use luban_yaml::{Budget, Document, parse};

fn documents(yaml: &str) -> Vec<Document> {
    parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap()
}

fn only(rule: &str) -> Options {
    Options {
        only: [rule.to_owned()].into(),
        ..Options::default()
    }
}

fn found(yaml: &str, rule: &str) -> Vec<Finding> {
    check(&Objects::new(documents(yaml)), &only(rule))
}

/// `text` at the finding, and at each place of its way.
fn way(yaml: &str, finding: &Finding) -> Vec<String> {
    let related = finding.related.iter().map(|related| &related.place);
    let places = finding.place.iter().chain(related);
    places
        .map(|place| {
            let (start, end) = (place.span.start.offset, place.span.end.offset);
            yaml[start as usize..end as usize].to_owned()
        })
        .collect()
}

/// A Sensor that sets the first parameter of a Workflow made of `spec`.
fn sensor(src: &str, spec: &str) -> String {
    format!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {{name: push, namespace: events}}
spec:
  dependencies: [{{name: push, eventSourceName: hooks, eventName: push}}]
  triggers:
  - template:
      name: build
      argoWorkflow:
        operation: submit
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {{generateName: build-, namespace: ci}}
            spec:
              arguments: {{parameters: [{{name: ref}}]}}
{spec}
        parameters:
        - src: {{dependencyName: push, {src}}}
          dest: spec.arguments.parameters.0.value
"
    )
}

const SCRIPT: &str = "              entrypoint: main
              templates:
              - name: main
                script: {image: 'alpine:3.23', command: [sh], source: 'echo {{workflow.parameters.ref}}'}";

fn source(event: &str) -> String {
    format!(
        "---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {{name: hooks, namespace: events}}
spec:
{event}
"
    )
}

#[test]
fn the_way_leads_over_templates_of_other_objects_loops_and_inline_templates() {
    let yaml = sensor("dataKey: body.ref", "              workflowTemplateRef: {name: build}")
        + "---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  entrypoint: main
  arguments: {parameters: [{name: ref}]}
  templates:
  - name: main
    dag:
      tasks:
      - name: each
        templateRef: {name: lib, template: outer}
        withParam: '[\"{{workflow.parameters.ref}}\"]'
        arguments: {parameters: [{name: branch, value: 'x{{item}}'}]}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib, namespace: ci}
spec:
  templates:
  - name: outer
    inputs: {parameters: [{name: branch}]}
    steps:
    - - name: run
        inline:
          script: {image: 'alpine:3.23', command: [bash], source: 'git fetch {{inputs.parameters.branch}}'}
";
    let found = found(&yaml, "event-to-script");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        way(&yaml, &found[0]),
        [
            "{{inputs.parameters.branch}}",
            "body.ref",
            "ref",
            "{{workflow.parameters.ref}}",
        ]
    );
}

#[test]
fn variables_of_the_workflow_are_known_in_templates_of_others() {
    let yaml = sensor(
        "dataKey: body.ref",
        "              entrypoint: main
              templates:
              - name: main
                steps: [[{name: a, templateRef: {name: lib, template: run}}]]",
    ) + "---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib}
spec:
  templates:
  - name: run
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{workflow.parameters.ref}}'}
";
    assert_eq!(found(&yaml, "event-to-script").len(), 1);
}

#[test]
fn who_may_send_an_event_decides_which_fields_are_free() {
    let github = "  github:
    push: {webhook: {endpoint: /, port: '1'}, webhookSecret: {name: a, key: b}}";
    let open = "  webhook:
    push: {endpoint: /, port: '1'}";
    let signed = "  webhook:
    push: {endpoint: /, port: '1', authSecret: {name: a, key: b}}";
    let calendar = "  calendar:
    push: {interval: 1h}";
    for (event, src, count) in [
        (github, "dataKey: body.ref", 1),
        (github, "dataKey: body.after", 0),
        (signed, "dataKey: body.after", 0),
        (open, "dataKey: body.after", 1),
        (open, "dataTemplate: '{{ .Input.body.after | trunc 7 }}'", 1),
        (
            open,
            "dataTemplate: '{{ .Input.body.after | sha256sum }}'",
            0,
        ),
        (open, "contextKey: id", 0),
        (calendar, "dataKey: eventTime", 0),
    ] {
        let yaml = sensor(src, SCRIPT) + &source(event);
        assert_eq!(
            found(&yaml, "event-to-script").len(),
            count,
            "{event} {src}"
        );
    }
}

#[test]
fn a_field_that_the_event_sets_itself_is_found_where_the_event_is_read() {
    let yaml = sensor("dataKey: body.ref", SCRIPT).replace(
        "dest: spec.arguments.parameters.0.value",
        "dest: spec.templates.0.script.source",
    );
    let found = found(&yaml, "event-to-script");
    assert_eq!(
        way(&yaml, &found[0]),
        ["body.ref", "'echo {{workflow.parameters.ref}}'"]
    );
}

#[test]
fn parameters_of_triggers_that_are_set_in_the_template_are_followed_too() {
    let yaml = sensor("dataKey: body.ref", SCRIPT).replace(
        "        parameters:
        - src: {dependencyName: push, dataKey: body.ref}
          dest: spec.arguments.parameters.0.value",
        "    parameters:
    - src: {dependencyName: push, dataKey: body.ref}
      dest: argoWorkflow.source.resource.spec.arguments.parameters.0.value",
    );
    assert_eq!(found(&yaml, "event-to-script").len(), 1);
}

/// A trigger that passes `value` on to `run`, which is made of the rest.
fn trigger(interceptors: &str, value: &str, rest: &str) -> String {
    format!(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {{name: hooks, namespace: ci}}
spec:
  triggers:
  - interceptors: {interceptors}
    bindings: [{{ref: push}}]
    template: {{ref: build}}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {{name: push, namespace: ci}}
spec:
  params: [{{name: ref, value: {value}}}]
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {{name: build, namespace: ci}}
spec:
  params: [{{name: ref}}]
  resourcetemplates:
  - apiVersion: tekton.dev/v1
    kind: PipelineRun
    metadata: {{generateName: build-}}
    spec:
      params: [{{name: branch, value: refs/$(tt.params.ref)}}]
      pipelineRef: {{name: build}}
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {{name: build, namespace: ci}}
spec:
  params: [{{name: branch}}]
  tasks:
{rest}"
    )
}

const BY_RESOLVER: &str = "  - name: clone
    taskRef:
      resolver: cluster
      params: [{name: kind, value: task}, {name: name, value: clone}, {name: namespace, value: tasks}]
    params: [{name: refs, value: [main, $(params.branch)]}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: clone, namespace: tasks}
spec:
  params: [{name: refs, type: array}]
  steps:
  - name: clone
    ref: {name: fetch}
    params: [{name: ref, value: '$(params.refs[1])'}]
---
apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: fetch, namespace: tasks}
spec:
  params: [{name: ref}]
  image: alpine/git:v2.49.1
  command: [sh]
  args: [-c, git fetch origin $(params.ref)]
";

#[test]
fn the_way_leads_from_a_binding_through_a_pipeline_and_a_resolver_to_a_step_action() {
    let yaml = trigger("[]", "$(body.ref)", BY_RESOLVER);
    let found = found(&yaml, "event-to-script");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        way(&yaml, &found[0]),
        [
            "$(params.ref)",
            "$(body.ref)",
            "$(tt.params.ref)",
            "branch",
            "$(params.branch)",
            "$(params.refs[1])",
        ]
    );
}

#[test]
fn what_an_interceptor_computes_is_free_if_what_it_reads_is() {
    let overlay = |expression: &str| {
        format!(
            "[{{ref: {{name: cel}}, params: [{{name: overlays, value: [{{key: short, expression: \"{expression}\"}}]}}]}}]"
        )
    };
    for (expression, count) in [
        ("body.ref.split('/')[2]", 1),
        ("body.head_commit.id.truncate(7)", 0),
    ] {
        let yaml = trigger(&overlay(expression), "$(extensions.short)", BY_RESOLVER);
        assert_eq!(found(&yaml, "event-to-script").len(), count, "{expression}");
    }
}

#[test]
fn inline_tasks_see_parameters_of_the_pipeline_and_of_the_run() {
    let rest = "  - name: clone
    taskSpec:
      steps: [{name: clone, image: 'alpine:3.23', script: 'echo $(params.branch)'}]
";
    let yaml = trigger("[]", "$(body.ref)", rest);
    assert_eq!(found(&yaml, "event-to-script").len(), 1);
    // A parameter of the same name that the task declares itself is another.
    let own = yaml.replace(
        "taskSpec:\n",
        "taskSpec:\n      params: [{name: branch, default: main}]\n",
    );
    assert_eq!(found(&own, "event-to-script"), []);
}

#[test]
fn what_is_only_given_to_be_referred_to_is_said_at_the_reference() {
    let (own, given) = {
        let yaml = trigger("[]", "$(body.ref)", BY_RESOLVER);
        let at = yaml
            .find("---\napiVersion: tekton.dev/v1\nkind: Task")
            .unwrap();
        (yaml[..at].to_owned(), yaml[at + 4..].to_owned())
    };
    let given = parse("given.yaml", given.as_bytes(), &Budget::default()).unwrap();
    let objects = Objects::new(documents(&own)).with_given(given);
    let found = check(&objects, &only("event-to-script"));
    assert_eq!(found.len(), 1);
    assert_eq!(way(&own, &found[0])[0], "$(params.branch)");
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let yaml = trigger("[]", "$(body.ref)", BY_RESOLVER);
    let mut back: Vec<Document> = documents(&yaml);
    back.reverse();
    let forth = found(&yaml, "event-to-script");
    assert_eq!(check(&Objects::new(back), &only("event-to-script")), forth);
}

#[test]
fn templates_that_call_themselves_and_each_other_end() {
    let yaml = sensor(
        "dataKey: body.ref",
        "              entrypoint: a
              templates:
              - name: a
                inputs: {parameters: [{name: ref}]}
                steps: [[{name: b, template: b, arguments: {parameters: [{name: x, value: '{{inputs.parameters.ref}}'}]}}]]
              - name: b
                inputs: {parameters: [{name: x}]}
                dag: {tasks: [{name: a, template: a, arguments: {parameters: [{name: ref, value: '{{inputs.parameters.x}}'}]}}, {name: c, template: c, arguments: {parameters: [{name: y, value: '{{inputs.parameters.x}}'}]}}]}
              - name: c
                inputs: {parameters: [{name: y}]}
                container: {image: 'alpine:3.23', command: [python3, -c], args: ['print(\"{{inputs.parameters.y}}\")']}",
    );
    let found = found(&yaml, "event-to-script");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].related.len(), 4);
    assert!(found[0].message.contains("Python"));
}

#[test]
fn what_a_listener_makes_is_made_in_its_own_namespace() {
    let pipeline = |namespace: &str, script: &str| {
        format!(
            "---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {{name: build, namespace: {namespace}}}
spec:
  params: [{{name: branch}}]
  tasks:
  - name: clone
    params: [{{name: ref, value: $(params.branch)}}]
    taskSpec:
      params: [{{name: ref}}]
      steps: [{{name: clone, image: 'alpine:3.23', script: '{script}'}}]
"
        )
    };
    let yaml = trigger("[]", "$(body.ref)", "");
    let at = yaml
        .find("---\napiVersion: tekton.dev/v1\nkind: Pipeline\n")
        .unwrap();
    let other = pipeline("other", "echo $(params.ref)");
    let own = pipeline("ci", "true");
    let yaml = format!("{}{other}{own}", &yaml[..at]);
    assert_eq!(found(&yaml, "event-to-script"), []);
}

#[test]
fn of_two_events_that_reach_a_script_the_first_of_the_file_is_shown() {
    let first = sensor(
        "dataKey: body.ref",
        "              workflowTemplateRef: {name: build}",
    );
    let second = first
        .replace(
            "name: push, namespace: events",
            "name: later, namespace: events",
        )
        .replace("body.ref", "body.title");
    let library = "---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  entrypoint: main
  arguments: {parameters: [{name: ref}]}
  templates:
  - name: main
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{workflow.parameters.ref}}'}
";
    let yaml = format!("{first}---\n{second}{library}");
    let mut back = documents(&yaml);
    back.reverse();
    let forth = found(&yaml, "event-to-script");
    assert_eq!(forth.len(), 1);
    assert!(forth[0].message.contains("`body.ref`"));
    assert_eq!(check(&Objects::new(back), &only("event-to-script")), forth);
}
