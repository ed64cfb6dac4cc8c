//! Names of upstream's metrics, each once, with where upstream defines it.

/// Seconds that PipelineRuns took, by namespace and status: `success`, `failed` or `cancelled` (tektoncd/pipeline v1.15
/// `pkg/pipelinerunmetrics/metrics.go`; a histogram unless its ConfigMap says otherwise).
pub(super) const PIPELINE_RUN: &str = "tekton_pipelines_controller_pipelinerun_duration_seconds";
/// PipelineRuns that run (as above).
pub(super) const RUNNING_PIPELINE_RUNS: &str = "tekton_pipelines_controller_running_pipelineruns";
/// Seconds that TaskRuns of PipelineRuns took, by task (tektoncd/pipeline v1.15 `pkg/taskrunmetrics/metrics.go`).
pub(super) const TASK_RUN: &str =
    "tekton_pipelines_controller_pipelinerun_taskrun_duration_seconds";
/// TaskRuns that wait for a quota (as above).
pub(super) const THROTTLED: &str =
    "tekton_pipelines_controller_running_taskruns_throttled_by_quota";

/// Workflows that entered a phase, by namespace (argo-workflows v4.1 `util/telemetry/builder/values.yaml`, TotalCount).
pub(super) const WORKFLOWS: &str = "argo_workflows_total_count";
/// Seconds that Workflows of a template took, by its name (as above, WorkflowtemplateRuntime).
pub(super) const TEMPLATE_RUNTIME: &str = "argo_workflows_workflowtemplate_runtime";
/// Workflows now, by phase (as above, Gauge).
pub(super) const WORKFLOWS_NOW: &str = "argo_workflows_gauge";
/// 1 for the controller that works (as above, IsLeader).
pub(super) const WORKFLOW_LEADER: &str = "argo_workflows_is_leader";

/// Events that an event source handed to the bus (argo-events v1.9 `pkg/metrics/metrics.go`).
pub(super) const EVENTS_SENT: &str = "argo_events_events_sent_total";
/// Events that an event source could not process, those that the bus did not take among them (as above).
pub(super) const EVENTS_FAILED: &str = "argo_events_events_processing_failed_total";
/// Triggers that still failed when all retries were spent (as above).
pub(super) const TRIGGERS_FAILED: &str = "argo_events_action_retries_failed_total";
/// Services of event sources that run (as above).
pub(super) const EVENT_SERVICES: &str = "argo_events_event_service_running_total";

/// Replicas of a Deployment that are ready for work (kube-state-metrics v2 `docs/metrics/workload/deployment-metrics.md`).
/// kpack has no metrics of its own builds.
pub(super) const DEPLOYMENT_AVAILABLE: &str = "kube_deployment_status_replicas_available";
/// How much of a quota is used, and how much there is (kube-state-metrics v2 `docs/metrics/policy/resourcequota-metrics.md`).
pub(super) const QUOTA: &str = "kube_resourcequota";
