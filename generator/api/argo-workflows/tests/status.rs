//! The examples have no status: what a controller writes is read and written without loss.

use luban_api_argo_workflows::{CronWorkflow, Workflow};
use serde_json::Value;

const RUN: &str = "
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: build-x7k2p, namespace: shop-ci}
spec:
  workflowTemplateRef: {name: build}
status:
  phase: Running
  progress: 1/2
  startedAt: '2026-08-21T10:00:00Z'
  finishedAt: null
  estimatedDuration: 90
  conditions: [{type: PodRunning, status: 'True'}]
  resourcesDuration: {cpu: 12, memory: 340}
  nodes:
    build-x7k2p:
      id: build-x7k2p
      name: build-x7k2p
      displayName: build-x7k2p
      type: DAG
      templateName: main
      templateScope: local/build-x7k2p
      phase: Running
      startedAt: '2026-08-21T10:00:00Z'
      finishedAt: null
      children: [build-x7k2p-1]
    build-x7k2p-1:
      id: build-x7k2p-1
      name: build-x7k2p.clone
      type: Pod
      templateRef: {name: git, template: clone, clusterScope: true}
      boundaryID: build-x7k2p
      phase: Succeeded
      nodeFlag: {retried: true}
      hostNodeName: node-1
      memoizationStatus: {hit: false, key: abc, cacheName: clones}
      synchronizationStatus: {waiting: shop-ci/Mutex/clone}
      failedPodRestarts: 1
      restartingPodUID: 5f0c
      taskResultSynced: true
      outboundNodes: [build-x7k2p-1]
      inputs: {parameters: [{name: url, value: 'https://git.example.org/shop.git'}]}
      outputs:
        exitCode: '0'
        parameters: [{name: commit, value: 0f1e, valueFrom: {path: /tmp/commit}}]
        artifacts: [{name: main-logs, s3: {key: build/main.log}}]
  storedTemplates:
    cluster/git/clone: {name: clone, container: {image: 'git:1', resources: {}}}
  storedWorkflowTemplateSpec: {entrypoint: main, templates: [{name: main, dag: {tasks: [{name: clone, inline: {suspend: {}}}]}}]}
  persistentVolumeClaims: [{name: work, persistentVolumeClaim: {claimName: build-x7k2p-work}}]
  artifactRepositoryRef:
    configMap: repositories
    key: s3
    namespace: shop-ci
    artifactRepository: {archiveLogs: true, s3: {bucket: runs, keyFormat: '{{pod.name}}'}}
  artifactGCStatus: {notSpecified: true, strategiesProcessed: {OnWorkflowDeletion: true}, podsRecouped: {gc-1: false}}
  synchronization:
    semaphore: {holding: [{semaphore: shop-ci/ConfigMap/limits/build, holders: [build-x7k2p-1]}]}
    mutex: {waiting: [{mutex: shop-ci/Mutex/clone, holder: build-aaaaa/build-aaaaa-1}]}
  taskResultsCompletionStatus: {build-x7k2p-1: true}
";

const SCHEDULE: &str = "
apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec: {schedules: [0 3 * * *], workflowSpec: {workflowTemplateRef: {name: build}}}
status:
  phase: Active
  active: [{apiVersion: argoproj.io/v1alpha1, kind: Workflow, name: nightly-1, namespace: shop-ci, uid: u}]
  lastScheduledTime: '2026-08-21T03:00:00Z'
  succeeded: 7
  failed: 0
  conditions: [{type: SubmissionError, status: 'True', message: no template}]
";

/// Null says as much as a missing field.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        value => value,
    }
}

#[test]
fn a_run_keeps_what_the_controller_reports() {
    let before: Value = serde_yaml::from_str(RUN).unwrap();
    let run: Workflow = serde_yaml::from_str(RUN).unwrap();
    let status = run.status.as_ref().unwrap();
    let clone = status.nodes.get("build-x7k2p-1").unwrap();
    assert_eq!(clone.phase.as_deref(), Some("Succeeded"));
    assert_eq!(
        status
            .stored_workflow_template_spec
            .as_ref()
            .unwrap()
            .templates
            .len(),
        1
    );
    assert_eq!(serde_json::to_value(run).unwrap(), without_nulls(before));
}

#[test]
fn a_schedule_keeps_what_the_controller_reports() {
    let before: Value = serde_yaml::from_str(SCHEDULE).unwrap();
    let schedule: CronWorkflow = serde_yaml::from_str(SCHEDULE).unwrap();
    assert_eq!(serde_json::to_value(schedule).unwrap(), before);
}
