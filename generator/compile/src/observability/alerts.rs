//! The PrometheusRule: what somebody must look at.

use super::metric;
use super::runbook;
use crate::names::{self, template};
use luban_api_cluster::{PrometheusRule, PrometheusRuleSpec, Rule, RuleGroup};
use luban_api_core::{IntOrString, named_in};
use luban_platform::Platform;
use std::collections::BTreeMap;

/// Share of builds that fail before somebody looks: teams break their own builds all day, the platform breaks all of them.
const FAILED_SHARE: &str = "0.5";
/// Builds in an hour below which a share says nothing.
const ENOUGH_BUILDS: u32 = 5;
/// How much longer than last week a build takes when its caches are not found: a cold build is at least twice a warm one.
const COLD_FACTOR: u32 = 2;
/// Seconds of a kpack build that are too many: one that installs all its dependencies anew takes about half of it.
const SLOW_KPACK: u32 = 1800;
/// How full a quota is when builds begin to wait.
const FULL_QUOTA: &str = "0.95";
/// kpack's Deployment, as upstream installs it (kpack v0.17 `config/controller.yaml`).
const KPACK_CONTROLLER: &str = r#"{namespace="kpack",deployment="kpack-controller"}"#;

/// The rule of this platform.
pub(super) fn rule(platform: &Platform) -> PrometheusRule {
    let alerts = Alerts(platform);
    PrometheusRule {
        metadata: named_in(names::SYSTEM, "luban"),
        spec: PrometheusRuleSpec {
            groups: [
                ("luban-builds", alerts.builds()),
                ("luban-events", alerts.events()),
                ("luban-controllers", alerts.controllers()),
            ]
            .map(|(name, rules)| RuleGroup {
                name: name.to_owned(),
                rules,
                ..RuleGroup::default()
            })
            .into(),
        },
        ..PrometheusRule::default()
    }
}

struct Alerts<'a>(&'a Platform);

impl Alerts<'_> {
    fn builds(&self) -> Vec<Rule> {
        let mut rules = Vec::new();
        if let Some(railpack) = &self.0.railpack {
            let count = format!("{}_count", metric::PIPELINE_RUN);
            let ended = |selector: &str, window: &str| {
                format!("sum by (namespace) (increase({count}{selector}[{window}]))")
            };
            let builds = r#"{namespace=~".+-build"}"#;
            rules.push(self.alert(
                "BuildsFail",
                "warning",
                "15m",
                format!(
                    "{} / {} > {FAILED_SHARE} and {} >= {ENOUGH_BUILDS}",
                    ended(r#"{namespace=~".+-build",status="failed"}"#, "1h"),
                    ended(builds, "1h"),
                    ended(builds, "1h"),
                ),
                "most builds in {{ $labels.namespace }} fail",
                "{{ $value | humanizePercentage }} of the PipelineRuns of the last hour in {{ $labels.namespace }} failed.",
            ));
            let quantile = |share: &str, window: &str| {
                format!(
                    r#"histogram_quantile({share}, sum by (namespace, le) (rate({}_bucket{{namespace=~".+-build",status="success"}}[{window}])))"#,
                    metric::PIPELINE_RUN
                )
            };
            // Half of the time after which a build is ended.
            let slow = railpack.timeout_minutes * 60 / 2;
            rules.push(self.alert(
                "BuildsSlow",
                "warning",
                "30m",
                format!("{} > {slow}", quantile("0.95", "1h")),
                "builds in {{ $labels.namespace }} are slow",
                "One build in twenty in {{ $labels.namespace }} takes {{ $value | humanizeDuration }}, more than half of the time after which a build is ended.",
            ));
            rules.push(self.alert(
                "BuildCacheMisses",
                "info",
                "1h",
                format!("{} > {COLD_FACTOR} * {}", quantile("0.5", "6h"), quantile("0.5", "7d")),
                "builds in {{ $labels.namespace }} do not find their caches",
                "The usual build in {{ $labels.namespace }} takes {{ $value | humanizeDuration }}, more than twice as long as in the last week: its layers are not found in the registry's cache.",
            ));
        }
        let workflows = |phase: &str| {
            format!(
                r#"sum by (namespace) (increase({}{{namespace=~".+-ci",phase=~"{phase}"}}[1h]))"#,
                metric::WORKFLOWS
            )
        };
        rules.push(self.alert(
            "WorkflowsFail",
            "warning",
            "15m",
            format!(
                "{} / {} > {FAILED_SHARE} and {} >= {ENOUGH_BUILDS}",
                workflows("Failed|Error"),
                workflows("Succeeded|Failed|Error"),
                workflows("Succeeded|Failed|Error"),
            ),
            "most runs in {{ $labels.namespace }} fail",
            "{{ $value | humanizePercentage }} of the Workflows of the last hour in {{ $labels.namespace }} failed: builds, releases or promotions.",
        ));
        if self.0.kpack.is_some() {
            rules.push(self.alert(
                "KpackBuildsSlow",
                "warning",
                "30m",
                format!(
                    r#"histogram_quantile(0.95, sum by (le) (rate({}_bucket{{name="{}"}}[1h]))) > {SLOW_KPACK}"#,
                    metric::TEMPLATE_RUNTIME,
                    template::KPACK_BUILD
                ),
                "kpack builds are slow",
                "One kpack build in twenty takes {{ $value | humanizeDuration }}.",
            ));
        }
        rules.push(self.alert(
            "QuotaFull",
            "info",
            "30m",
            format!(
                r#"{quota}{{type="used",namespace=~".+-(ci|build)",resource=~"requests[.].+|pods|count/.+"}} / ignoring(type) ({quota}{{type="hard",namespace=~".+-(ci|build)",resource=~"requests[.].+|pods|count/.+"}} > 0) > {FULL_QUOTA}"#,
                quota = metric::QUOTA
            ),
            "the quota of {{ $labels.namespace }} is used up",
            "{{ $value | humanizePercentage }} of `{{ $labels.resource }}` in {{ $labels.namespace }} is used: builds wait.",
        ));
        rules
    }

    fn events(&self) -> Vec<Rule> {
        // A counter appears with its first event, of which `increase` knows nothing: it is counted by being new.
        let counted = |series: &str, by: &str| {
            format!(
                "sum by ({by}) (increase({series}[15m])) > 0 or sum by ({by}) ({series} unless {series} offset 15m) > 0"
            )
        };
        let of_events = |metric: &str| format!(r#"{metric}{{namespace="{}"}}"#, names::EVENTS);
        let failed_dispatch = format!(
            r#"{}{{namespace="{}",phase=~"Failed|Error"}}"#,
            metric::WORKFLOWS,
            names::DISPATCH
        );
        vec![
            self.alert(
                "EventsUndelivered",
                "critical",
                "0m",
                counted(&of_events(metric::TRIGGERS_FAILED), "sensor_name, trigger_name"),
                "events could not be delivered",
                "{{ $value | humanize }} events of sensor {{ $labels.sensor_name }} reached no dispatch in 15 minutes, however often it was tried. Each is recorded for a replay.",
            ),
            self.alert(
                "EventsLost",
                "critical",
                "0m",
                counted(&of_events(metric::EVENTS_FAILED), "eventsource_name, event_name"),
                "events of a provider did not reach the bus",
                "{{ $value | humanize }} events of event source {{ $labels.eventsource_name }} could not be processed in 15 minutes. Have the provider deliver them again.",
            ),
            self.alert(
                "DispatchFails",
                "critical",
                "5m",
                counted(&failed_dispatch, "namespace"),
                "dispatch fails",
                "{{ $value | humanize }} runs of dispatch failed in 15 minutes: pushes start no builds.",
            ),
        ]
    }

    fn controllers(&self) -> Vec<Rule> {
        let down = |name: &str, expression: String, what: &str, effect: &str| {
            self.alert(
                name,
                "critical",
                "10m",
                expression,
                &format!("{what} is down"),
                &format!("{what} has not been seen for 10 minutes: {effect}."),
            )
        };
        let mut rules = vec![
            down(
                "WorkflowControllerDown",
                format!("absent({} == 1)", metric::WORKFLOW_LEADER),
                "the controller of Argo Workflows",
                "nothing is dispatched, released or promoted",
            ),
            down(
                "EventSourcesDown",
                format!(
                    r#"absent({}{{namespace="{}"}} > 0)"#,
                    metric::EVENT_SERVICES,
                    names::EVENTS
                ),
                "the service of every event source",
                "webhooks are refused",
            ),
        ];
        if self.0.railpack.is_some() {
            rules.push(down(
                "TektonControllerDown",
                format!("absent({})", metric::RUNNING_PIPELINE_RUNS),
                "the controller of Tekton Pipelines",
                "no railpack build starts",
            ));
        }
        if self.0.kpack.is_some() {
            rules.push(down(
                "KpackControllerDown",
                format!(
                    "absent({}{KPACK_CONTROLLER} > 0)",
                    metric::DEPLOYMENT_AVAILABLE
                ),
                "the controller of kpack",
                "no kpack build starts",
            ));
        }
        rules
    }

    fn alert(
        &self,
        name: &str,
        severity: &str,
        lasting: &str,
        expression: String,
        summary: &str,
        description: &str,
    ) -> Rule {
        let runbook = runbook::address(&self.0.gitops, &name.to_lowercase());
        let map = |entries: &[(&str, &str)]| -> BTreeMap<String, String> {
            entries
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect()
        };
        Rule {
            alert: Some(name.to_owned()),
            expr: IntOrString::String(expression),
            for_: Some(lasting.to_owned()),
            labels: map(&[("severity", severity)]),
            annotations: map(&[
                ("summary", summary),
                ("description", description),
                ("runbook_url", &runbook),
            ]),
            ..Rule::default()
        }
    }
}
