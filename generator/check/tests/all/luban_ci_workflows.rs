//! Mistakes of a real platform's workflows, written out as that platform had them: each is found.

use luban_check::{Objects, Options, Profile, check};
use luban_diagnostic::Finding;
use luban_yaml::{Budget, parse};

fn found(files: &[(&str, &str)], profile: Profile) -> Vec<String> {
    let mut documents = Vec::new();
    for (file, text) in files {
        documents.extend(parse(file, text.as_bytes(), &Budget::default()).unwrap());
    }
    let options = Options {
        profile,
        ..Options::default()
    };
    let findings = check(&Objects::new(documents), &options);
    findings
        .iter()
        .map(|finding| shown(finding, files))
        .collect()
}

/// File, rule and the text that is underlined.
fn shown(finding: &Finding, files: &[(&str, &str)]) -> String {
    let place = finding.place.as_ref().unwrap();
    let text = files.iter().find(|(file, _)| **file == *place.file);
    let bytes = place.span.start.offset as usize..place.span.end.offset as usize;
    let text = text.map_or("", |(_, text)| &text[bytes]);
    format!("{} {} {text}", place.file, finding.rule)
}

#[test]
fn an_input_that_one_step_of_a_setup_never_declared_is_found() {
    let setup = "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: luban-python-app-setup-template, namespace: luban-ci}
spec:
  entrypoint: setup
  arguments:
    parameters: [{name: git_provider, value: azure}, {name: app_name, value: shop}]
  templates:
  - name: setup
    dag:
      tasks:
      - {name: generate-config, template: generate-config}
      - {name: gitops, template: gitops, depends: generate-config}
  - name: generate-config
    container:
      image: luban-provisioner:1.0.0
      args: [config, --app, '{{workflow.parameters.app_name}}', --provider, '{{inputs.parameters.git_provider}}']
  - name: gitops
    container: {image: 'luban-provisioner:1.0.0', args: [gitops]}
";
    assert_eq!(
        found(&[("setup.yaml", setup)], Profile::Regular),
        ["setup.yaml unknown-variable {{inputs.parameters.git_provider}}"]
    );
}

const LIBRARY: &str = "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: luban-infra-template, namespace: luban-ci}
spec:
  templates:
  - name: update
    inputs: {parameters: [{name: project_name}]}
    container:
      image: '{{workflow.parameters.luban_provisioner_image}}'
      args: [infra, ci, update, '{{inputs.parameters.project_name}}']
      volumeMounts: [{name: luban-ca-cert, mountPath: /var/run/luban/ca}]
";

const PROVISION: &str = "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: ci-infra-provision-template, namespace: luban-ci}
spec:
  entrypoint: provision
  arguments:
    parameters: [{name: project_name}]
  templates:
  - name: provision
    steps:
    - - name: update
        templateRef: {name: luban-infra-template, template: update}
        arguments:
          parameters: [{name: project_name, value: '{{workflow.parameters.project_name}}'}]
";

#[test]
fn what_a_template_of_another_object_needs_of_the_workflow_is_found_at_the_reference() {
    let files = [("library.yaml", LIBRARY), ("provision.yaml", PROVISION)];
    assert_eq!(
        found(&files, Profile::Regular),
        [
            "provision.yaml undeclared-workflow-parameter update",
            "provision.yaml unknown-volume update",
        ]
    );
}

#[test]
fn a_template_that_declares_what_others_need_of_it_is_right() {
    let provision = PROVISION
        .replace(
            "[{name: project_name}]",
            "[{name: project_name}, {name: luban_provisioner_image, value: 'luban-provisioner:1.0.0'}]",
        )
        .replace(
            "  templates:",
            "  volumes: [{name: luban-ca-cert, secret: {secretName: luban-ca-cert, optional: true}}]\n  templates:",
        );
    let files = [("library.yaml", LIBRARY), ("provision.yaml", &provision)];
    assert_eq!(found(&files, Profile::Regular), [""; 0]);
}

#[test]
fn a_service_account_of_the_build_namespace_is_not_found_where_the_application_runs() {
    let account = "apiVersion: v1
kind: ServiceAccount
metadata: {name: workflow-runner, namespace: ci-shop}
";
    let deployment = "apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      serviceAccountName: workflow-runner
      containers: [{name: shop, image: 'shop:1.0.0'}]
";
    let base = "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [deployment.yaml]
";
    let overlay = "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: snd-shop
resources: [../../base]
";
    let files = [
        ("infra/ci/account.yaml", account),
        ("app/base/deployment.yaml", deployment),
        ("app/base/kustomization.yaml", base),
        ("app/overlays/snd/kustomization.yaml", overlay),
    ];
    let elsewhere: Vec<String> = found(&files, Profile::Regular)
        .into_iter()
        .filter(|shown| shown.contains("service-account"))
        .collect();
    assert_eq!(
        elsewhere,
        ["app/base/deployment.yaml unknown-service-account workflow-runner"]
    );
    let there = [
        (
            "infra/ci/account.yaml",
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: workflow-runner, namespace: snd-shop}\n",
        ),
        files[1],
        files[2],
        files[3],
    ];
    let found = found(&there, Profile::Regular);
    assert!(!found.iter().any(|shown| shown.contains("service-account")));
}

#[test]
fn parameters_that_are_set_by_their_place_and_a_label_of_any_text_are_found() {
    let sensor = "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: github-push, namespace: luban-ci}
spec:
  eventBusName: default
  dependencies:
  - {name: push, eventSourceName: github, eventName: push}
  triggers:
  - template:
      name: dispatch
      k8s:
        operation: create
        source:
          resource:
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              generateName: luban-ci-dispatch-
              labels: {app: placeholder}
            spec:
              workflowTemplateRef: {name: luban-pipeline-dispatcher-template}
              arguments:
                parameters:
                - {name: repo_url, value: ''}
                - {name: revision, value: ''}
                - {name: app_name, value: ''}
        parameters:
        - {src: {dependencyName: push, dataKey: body.repository.clone_url}, dest: spec.arguments.parameters.0.value}
        - {src: {dependencyName: push, dataKey: body.repository.name}, dest: spec.arguments.parameters.2.value}
        - {src: {dependencyName: push, dataKey: body.repository.name}, dest: metadata.labels.app}
";
    let files = [("sensor.yaml", sensor)];
    let of_mine = |profile| -> Vec<String> {
        let rules = ["parameter-by-position", "label-from-event"];
        let all = found(&files, profile).into_iter();
        all.filter(|shown| rules.iter().any(|rule| shown.contains(rule)))
            .collect()
    };
    assert_eq!(
        of_mine(Profile::Regular),
        ["sensor.yaml label-from-event metadata.labels.app"]
    );
    assert_eq!(
        of_mine(Profile::Strict),
        [
            "sensor.yaml parameter-by-position 0",
            "sensor.yaml parameter-by-position 2",
            "sensor.yaml label-from-event metadata.labels.app",
        ]
    );
}
