//! What findings say, and where, over several objects.

use luban_check::{As, Crds, Objects, Options, check};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, Document, parse};

fn documents(file: &str, yaml: &str) -> Vec<Document> {
    parse(file, yaml.as_bytes(), &Budget::default()).unwrap()
}

/// Findings as `file:line:column severity rule text`.
fn shown(findings: &[Finding], texts: &[(&str, &str)]) -> Vec<String> {
    let shown = findings.iter().map(|finding| {
        let place = finding.place.as_ref().unwrap();
        let (start, end) = (place.span.start, place.span.end);
        let (_, text) = texts
            .iter()
            .find(|(file, _)| *file == &*place.file)
            .unwrap();
        let text = &text[start.offset as usize..end.offset as usize];
        format!(
            "{}:{}:{} {} {} {text}",
            place.file, start.line, start.column, finding.severity, finding.rule
        )
    });
    shown.collect()
}

const LIBRARY: &str = "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: lib, namespace: ci}
spec:
  templates:
  - name: echo
    inputs:
      parameters: [{name: text}]
    container: {image: 'alpine:3.23', args: ['{{workflow.parameters.greeting}} {{inputs.parameters.txt}}']}
";

const CALLER: &str = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-, namespace: ci}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        templateRef: {name: lib, template: echo}
        arguments: {parameters: [{name: text, value: x}]}
";

#[test]
fn a_mistake_in_a_library_is_said_there_once_and_what_is_only_wrong_together_at_the_reference() {
    let texts = [("lib.yaml", LIBRARY), ("a.yaml", CALLER)];
    let mut all = documents("a.yaml", CALLER);
    all.extend(documents("lib.yaml", LIBRARY));
    let findings = check(&Objects::new(all), &Options::default());
    assert_eq!(
        shown(&findings, &texts),
        [
            "a.yaml:10:44 error unknown-variable echo",
            "lib.yaml:9:80 error unknown-variable {{inputs.parameters.txt}}",
        ]
    );
    assert!(
        findings[0]
            .message
            .contains("`workflow.parameters.greeting`")
    );
    assert_eq!(&*findings[0].related[0].place.file, "lib.yaml");
    assert_eq!(
        findings[0].related[0].message,
        "here, in WorkflowTemplate `lib`"
    );
    assert!(
        findings[1]
            .message
            .ends_with("(did you mean `inputs.parameters.text`?)")
    );
}

#[test]
fn what_is_given_apart_is_found_but_not_checked() {
    let objects =
        Objects::new(documents("a.yaml", CALLER)).with_given(documents("lib.yaml", LIBRARY));
    let findings = check(&objects, &Options::default());
    assert!(
        findings
            .iter()
            .all(|finding| &*finding.place.as_ref().unwrap().file == "a.yaml")
    );
    assert_eq!(findings.len(), 2);
}

#[test]
fn a_reference_to_what_is_not_given_is_an_error_only_if_all_is_given() {
    let severity = |is_closed| {
        let options = Options {
            is_closed,
            only: ["unknown-workflow-template".to_owned()].into(),
            ..Options::default()
        };
        let findings = check(&Objects::new(documents("a.yaml", CALLER)), &options);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, "unknown-workflow-template");
        findings[0].severity
    };
    assert_eq!(severity(false), Severity::Warning);
    assert_eq!(severity(true), Severity::Error);
}

#[test]
fn a_template_of_another_namespace_is_not_found() {
    let other = LIBRARY.replace("namespace: ci", "namespace: other");
    let mut all = documents("a.yaml", CALLER);
    all.extend(documents("lib.yaml", &other));
    let findings = check(&Objects::new(all), &Options::default());
    assert!(
        findings
            .iter()
            .any(|finding| finding.rule == "unknown-workflow-template")
    );
}

#[test]
fn a_misspelt_field_is_the_only_finding_of_its_absence() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {imagee: 'alpine:3.23'}
";
    let findings = check(
        &Objects::new(documents("a.yaml", yaml)),
        &Options::default(),
    );
    assert_eq!(
        shown(&findings, &[("a.yaml", yaml)]),
        ["a.yaml:8:17 error unknown-field imagee"]
    );
}

#[test]
fn a_misspelt_field_in_a_step_is_an_error_only_where_upstream_misses_it() {
    let yaml = |field: &str| {
        format!(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {{generateName: a-}}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments: {{parameters: [{{name: text, {field}: x}}]}}
  - name: echo
    inputs: {{parameters: [{{name: text}}]}}
    container: {{image: 'alpine:3.23'}}
"
        )
    };
    for (field, expected) in [
        ("vlaue", "a.yaml:11:47 error ignored-field vlaue"),
        (
            "value: x, descripton",
            "a.yaml:11:57 warning ignored-field descripton",
        ),
    ] {
        let yaml = yaml(field);
        let findings = check(
            &Objects::new(documents("a.yaml", &yaml)),
            &Options::default(),
        );
        assert_eq!(shown(&findings, &[("a.yaml", &yaml)]), [expected]);
    }
}

#[test]
fn what_only_definitions_refuse_weighs_as_the_cluster_has_them() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    inputs: {artifacts: [{name: a, path: /a, s3: {key: a}, gcs: {key: a}}]}
    container: {image: 'alpine:3.23'}
";
    let found = |crds| {
        let options = Options {
            crds,
            ..Options::default()
        };
        let findings = check(&Objects::new(documents("a.yaml", yaml)), &options);
        findings
            .iter()
            .map(|finding| (finding.rule, finding.severity))
            .collect::<Vec<_>>()
    };
    assert_eq!(found(Crds::Full), [("several-locations", Severity::Error)]);
    assert_eq!(
        found(Crds::Unknown),
        [("several-locations", Severity::Warning)]
    );
    assert_eq!(found(Crds::Minimal), []);
}

#[test]
fn items_of_a_list_are_checked_in_their_places() {
    let yaml = "apiVersion: v1
kind: List
items:
- apiVersion: argoproj.io/v1alpha1
  kind: WorkflowTemplate
  metadata: {name: a}
  spec:
    templates:
    - name: a_b
      suspend: {}
";
    let findings = check(
        &Objects::new(documents("a.yaml", yaml)),
        &Options::default(),
    );
    assert_eq!(
        shown(&findings, &[("a.yaml", yaml)]),
        ["a.yaml:9:13 error invalid-name a_b"]
    );
}

#[test]
fn a_chain_of_thousands_of_templates_overflows_no_stack() {
    let mut yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: t0
  templates:
"
    .to_owned();
    for at in 0..3000 {
        yaml += &format!(
            "  - {{name: t{at}, steps: [[{{name: a, template: t{}}}]]}}\n",
            at + 1
        );
    }
    let options = Options {
        judged_as: As::Lint,
        ..Options::default()
    };
    let findings = check(&Objects::new(documents("a.yaml", &yaml)), &options);
    let unknown: Vec<_> = findings
        .iter()
        .filter(|finding| finding.rule == "unknown-template")
        .collect();
    assert_eq!(unknown.len(), 1);
    assert!(
        unknown[0]
            .message
            .starts_with("template `t3000` does not exist")
    );
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let forth = [documents("a.yaml", CALLER), documents("lib.yaml", LIBRARY)];
    let back = [documents("lib.yaml", LIBRARY), documents("a.yaml", CALLER)];
    let of = |all: [Vec<Document>; 2]| {
        let all = all.into_iter().flatten().collect();
        check(&Objects::new(all), &Options::default())
    };
    assert_eq!(of(forth), of(back));
}

/// A workflow whose template `main` is `body`, beside templates that it can call.
fn workflow(body: &str) -> String {
    format!(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {{generateName: a-, labels: {{app.kubernetes.io/name: a}}}}
spec:
  entrypoint: main
  arguments: {{parameters: [{{name: list, value: '[1]'}}, {{name: late, value: '{{{{item.x}}}}'}}]}}
  templates:
  - name: echo
    inputs: {{parameters: [{{name: text, default: x}}]}}
    script: {{image: 'alpine:3.23', command: [sh], source: 'true'}}
    outputs: {{parameters: [{{name: out, globalName: all, valueFrom: {{path: /out}}}}]}}
  - name: main
{body}"
    )
}

fn unknown_variables(yaml: &str) -> Vec<String> {
    let mut findings = check(
        &Objects::new(documents("a.yaml", yaml)),
        &Options::default(),
    );
    // What upstream accepts, right or not, is not asked here.
    findings.retain(|finding| {
        let family = luban_check::rule(finding.rule).map(|rule| rule.family);
        family == Some(luban_check::Family::Rejected)
    });
    let other: Vec<_> = findings
        .iter()
        .filter(|finding| finding.rule != "unknown-variable")
        .collect();
    assert!(other.is_empty(), "{yaml}\n{other:#?}");
    let spans = findings
        .iter()
        .map(|finding| finding.place.as_ref().unwrap().span);
    spans
        .map(|span| yaml[span.start.offset as usize..span.end.offset as usize].to_owned())
        .collect()
}

#[test]
fn variables_of_steps_are_known_from_the_step_on() {
    let steps = |first: &str, loops: &str, second: &str| {
        workflow(&format!(
            "    steps:
    - - {{name: a, template: echo, arguments: {{parameters: [{{name: text, value: '{first}'}}]}}{loops}}}
    - - {{name: b, template: echo, arguments: {{parameters: [{{name: text, value: '{second}'}}]}}}}
"
        ))
    };
    let of_loop = ", withParam: '{{workflow.parameters.list}}'";
    for (first, loops, second, unknown) in [
        (
            "x",
            "",
            "{{steps.a.outputs.result}} {{steps.a.status}} {{steps.a.id}}",
            "",
        ),
        (
            "x",
            "",
            "{{steps.a.outputs.parameters.out}} {{workflow.outputs.parameters.all}}",
            "",
        ),
        (
            "x",
            "",
            "{{steps.a.outputs.parameters}}",
            "{{steps.a.outputs.parameters}}",
        ),
        (
            "x",
            of_loop,
            "{{steps.a.outputs.parameters}} {{item.any}}",
            "",
        ),
        ("{{item.any}}", of_loop, "x", ""),
        ("{{item.any}}", "", "x", "{{item.any}}"),
        ("{{item.k}}", ", withItems: [{k: 1}]", "{{item.k}}", ""),
        ("{{item.z}}", ", withItems: [{k: 1}]", "x", "{{item.z}}"),
        (
            "{{steps.b.outputs.result}}",
            "",
            "x",
            "{{steps.b.outputs.result}}",
        ),
        (
            "{{steps.a.status}}",
            "",
            "{{tasks.a.status}}",
            "{{tasks.a.status}}",
        ),
        (
            "{{workflow.labels.app.kubernetes.io/name}}",
            "",
            "{{workflow.labels.none}}",
            "{{workflow.labels.none}}",
        ),
        (
            "{{worklow.name}} {{item}} {{=inputs.x}} {{ user }}",
            "",
            "{{outputs.x}} {{steps.name}}",
            "",
        ),
        (
            "{{workflow.parameters.late}}",
            "",
            "x",
            "{{workflow.parameters.late}}",
        ),
        (
            "{{inputs.parameters.{{workflow.name}}}}",
            "",
            "x",
            "{{inputs.parameters.{{workflow.name}}}}",
        ),
        (
            "x",
            "",
            "{{inputs.parameters.text}",
            "{{inputs.parameters.text",
        ),
    ] {
        let yaml = steps(first, loops, second);
        let expected: Vec<_> = Some(unknown)
            .filter(|unknown| !unknown.is_empty())
            .into_iter()
            .collect();
        assert_eq!(unknown_variables(&yaml), expected, "{yaml}");
    }
}

#[test]
fn outcomes_of_tasks_are_known_in_tasks_after_them() {
    for (depends, text, unknown) in [
        ("a", "x {{tasks.a.status}}", ""),
        ("c", "x {{tasks.a.status}}", ""),
        ("''", "x {{tasks.a.status}}", "{{tasks.a.status}}"),
        ("''", "x {{tasks.a.outputs.result}}", ""),
        (
            "a",
            "x {{steps.a.outputs.result}}",
            "{{steps.a.outputs.result}}",
        ),
    ] {
        let yaml = workflow(&format!(
            "    dag:
      tasks:
      - {{name: b, depends: {depends}, template: echo, arguments: {{parameters: [{{name: text, value: '{text}'}}]}}}}
      - {{name: c, depends: a, template: echo}}
      - {{name: a, template: echo}}
"
        ));
        let expected: Vec<_> = Some(unknown)
            .filter(|unknown| !unknown.is_empty())
            .into_iter()
            .collect();
        assert_eq!(unknown_variables(&yaml), expected, "{yaml}");
    }
}

#[test]
fn labels_of_all_pods_are_looked_at_in_each_template() {
    let yaml = workflow("    container: {image: 'alpine:3.23', args: ['{{pod.name}}']}\n");
    assert!(unknown_variables(&yaml).is_empty());
    let yaml = yaml.replace(
        "  entrypoint: main",
        "  entrypoint: main\n  podMetadata: {labels: {a: '{{inputs.parameters.none}}'}}",
    );
    assert_eq!(unknown_variables(&yaml), ["{{inputs.parameters.none}}"]);
}

#[test]
fn an_inline_template_sees_the_inputs_of_the_one_that_it_stands_in() {
    let yaml = workflow(
        "    inputs: {parameters: [{name: outer, default: x}]}
    steps:
    - - name: a
        inline:
          container: {image: 'alpine:3.23', args: ['{{inputs.parameters.outer}} {{inputs.parameters.none}}']}
",
    );
    assert_eq!(unknown_variables(&yaml), ["{{inputs.parameters.none}}"]);
}

/// `severity rule message`, with what would be right.
fn said(yaml: &str, options: &Options) -> Vec<String> {
    let findings = check(&Objects::new(documents("a.yaml", yaml)), options);
    let about = findings
        .iter()
        .filter(|finding| finding.rule == "unknown-field");
    about
        .map(|finding| {
            let help = finding.help.as_deref().unwrap_or_default();
            format!("{} {} {help}", finding.severity, finding.message)
        })
        .collect()
}

#[test]
fn a_field_that_argo_workflows_4_removed_is_one_of_version_3() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedule: '0 3 * * *'
  workflowSpec:
    entrypoint: main
    synchronization: {mutex: {name: one}}
    templates:
    - name: main
      synchronization: {semaphore: {configMapKeyRef: {name: limits, key: a}}}
      container: {image: 'alpine:3.23', command: [ls]}
";
    let found = said(yaml, &Options::default());
    assert_eq!(
        found,
        [
            "error unknown field `spec.schedule`: it is gone since Argo Workflows 4.0 write the list `schedules`; or say in the targets that the clusters run 3",
            "error unknown field `spec.workflowSpec.synchronization.mutex`: it is gone since Argo Workflows 4.0 write the list `mutexes`; or say in the targets that the clusters run 3",
            "error unknown field `spec.workflowSpec.templates[0].synchronization.semaphore`: it is gone since Argo Workflows 4.0 write the list `semaphores`; or say in the targets that the clusters run 3",
        ]
    );
    let options = Options {
        has_workflows_3: true,
        ..Options::default()
    };
    let findings = check(&Objects::new(documents("a.yaml", yaml)), &options);
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    assert_eq!(
        errors.map(|finding| finding.rule).collect::<Vec<_>>(),
        Vec::<&str>::new()
    );
}

#[test]
fn a_field_that_argo_events_and_kargo_ignore_is_a_warning_and_the_old_kind_of_an_object_is_nothing()
{
    let sensor = "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: a, namespace: ci}
spec:
  deploymentStrategy: {}
  dependencies: [{name: a, eventSourceName: a, eventName: a}]
  triggers:
  - template:
      name: a
      k8s:
        group: ''
        version: v1
        resource: configmaps
        operation: create
        source: {resource: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}}
";
    let found = said(sensor, &Options::default());
    assert_eq!(found.len(), 1, "{found:?}");
    let start = "warning unknown field `spec.deploymentStrategy`: it is ignored";
    assert!(found[0].starts_with(start), "{found:?}");
    let warehouse = "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: a, namespace: a}
spec:
  subscriptions: [{image: {repoURL: ghcr.io/acme/web, semverConstraint: ^1.0.0}}]
";
    let found = said(warehouse, &Options::default());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("warning unknown field") && found[0].contains(": it is ignored"),
        "{found:?}"
    );
}

#[test]
fn a_number_that_is_none_is_said_once() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  parallelism: many
  templates:
  - {name: main, parallelism: few, steps: [[{name: a, template: list}]]}
  - {name: list, container: {image: 'alpine:3.23', command: [ls]}}
";
    let findings = check(
        &Objects::new(documents("a.yaml", yaml)),
        &Options::default(),
    );
    assert_eq!(
        findings
            .iter()
            .map(|finding| finding.rule)
            .collect::<Vec<_>>(),
        ["wrong-type", "wrong-type"]
    );
}

#[test]
fn a_task_that_pipelines_as_code_fetches_is_not_missing() {
    let run = |annotations: &str| {
        let yaml = format!(
            "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {{generateName: a-, annotations: {{{annotations}}}}}
spec:
  pipelineSpec: {{tasks: [{{name: clone, taskRef: {{name: git-clone}}}}]}}
"
        );
        let findings = check(
            &Objects::new(documents("a.yaml", &yaml)),
            &Options::default(),
        );
        findings
            .iter()
            .any(|finding| finding.rule == "pipeline-unknown-task-ref")
    };
    assert!(run(""));
    assert!(!run("pipelinesascode.tekton.dev/task: git-clone"));
    assert!(!run("pipelinesascode.tekton.dev/task-1: '[git-clone]'"));
}
