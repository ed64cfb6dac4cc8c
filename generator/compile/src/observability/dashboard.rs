//! The Grafana dashboard: a ConfigMap that Grafana's sidecar finds by its label.

use super::metric;
use crate::CompileError;
use crate::names::{self, template};
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_core::named_in;
use luban_platform::Platform;
use serde::Serialize;
use std::collections::BTreeMap;

/// Label that Grafana's sidecar looks for (grafana/helm-charts `charts/grafana/values.yaml`, `sidecar.dashboards.label`).
const LABEL: (&str, &str) = ("grafana_dashboard", "1");

/// Version of the dashboard's schema that Grafana 12 writes; older ones are read by migration.
const SCHEMA_VERSION: u32 = 41;

/// Columns of Grafana's grid.
const COLUMNS: u32 = 24;
/// Size of a panel: two in a row.
const WIDTH: u32 = COLUMNS / 2;
const HEIGHT: u32 = 8;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dashboard {
    uid: &'static str,
    title: String,
    tags: [&'static str; 1],
    schema_version: u32,
    version: u32,
    editable: bool,
    refresh: &'static str,
    time: Range,
    templating: Templating,
    panels: Vec<Panel>,
}

#[derive(Serialize)]
struct Range {
    from: &'static str,
    to: &'static str,
}

#[derive(Serialize)]
struct Templating {
    list: Vec<Variable>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Variable {
    name: &'static str,
    #[serde(rename = "type")]
    type_: &'static str,
    label: &'static str,
    query: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    datasource: Option<DataSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh: Option<u32>,
    multi: bool,
    include_all: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    all_value: Option<&'static str>,
}

#[derive(Clone, Serialize)]
struct DataSource {
    #[serde(rename = "type")]
    type_: &'static str,
    uid: &'static str,
}

const PROMETHEUS: DataSource = DataSource {
    type_: "prometheus",
    uid: "${datasource}",
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Panel {
    id: u32,
    #[serde(rename = "type")]
    type_: &'static str,
    title: &'static str,
    description: &'static str,
    datasource: DataSource,
    grid_pos: Position,
    field_config: FieldConfig,
    targets: Vec<Target>,
}

#[derive(Serialize)]
struct Position {
    h: u32,
    w: u32,
    x: u32,
    y: u32,
}

#[derive(Serialize)]
struct FieldConfig {
    defaults: Defaults,
    overrides: [(); 0],
}

#[derive(Serialize)]
struct Defaults {
    unit: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Target {
    ref_id: String,
    expr: String,
    legend_format: &'static str,
}

/// What a panel shows: title, what it means, unit, and expressions with their legends.
struct Shows(
    &'static str,
    &'static str,
    &'static str,
    Vec<(String, &'static str)>,
);

/// The ConfigMap with the dashboard.
pub(super) fn config_map(platform: &Platform) -> Result<ConfigMap, CompileError> {
    let panels = shows(platform)
        .into_iter()
        .zip(1..)
        .map(|(shows, id)| panel(shows, id))
        .collect();
    let dashboard = Dashboard {
        uid: "luban-delivery",
        title: format!("Delivery of {}", platform.name),
        tags: ["luban"],
        schema_version: SCHEMA_VERSION,
        version: 1,
        editable: false,
        refresh: "1m",
        time: Range {
            from: "now-24h",
            to: "now",
        },
        templating: Templating { list: variables() },
        panels,
    };
    let mut json = serde_json::to_string_pretty(&dashboard)?;
    json.push('\n');
    let mut metadata = named_in(names::SYSTEM, "luban-dashboard");
    metadata.labels = Some(crate::labels::map([LABEL]));
    Ok(ConfigMap {
        metadata,
        data: Some(BTreeMap::from([("luban.json".to_owned(), json)])),
        ..ConfigMap::default()
    })
}

fn variables() -> Vec<Variable> {
    vec![
        Variable {
            name: "datasource",
            type_: "datasource",
            label: "Data source",
            query: "prometheus".to_owned(),
            datasource: None,
            refresh: None,
            multi: false,
            include_all: false,
            all_value: None,
        },
        Variable {
            name: "namespace",
            type_: "query",
            label: "Namespace",
            query: format!("label_values({}, namespace)", metric::WORKFLOWS),
            datasource: Some(PROMETHEUS),
            // When the time range changes: a namespace that built nothing yet appears.
            refresh: Some(2),
            multi: true,
            include_all: true,
            all_value: Some(".+"),
        },
    ]
}

fn panel(Shows(title, description, unit, targets): Shows, id: u32) -> Panel {
    let place = id - 1;
    let ids = 'A'..='Z';
    let targets = targets
        .into_iter()
        .zip(ids)
        .map(|((expr, legend_format), id)| Target {
            ref_id: id.to_string(),
            expr,
            legend_format,
        });
    Panel {
        id,
        type_: "timeseries",
        title,
        description,
        datasource: PROMETHEUS,
        grid_pos: Position {
            h: HEIGHT,
            w: WIDTH,
            x: place % 2 * WIDTH,
            y: place / 2 * HEIGHT,
        },
        field_config: FieldConfig {
            defaults: Defaults { unit },
            overrides: [],
        },
        targets: targets.collect(),
    }
}

fn shows(platform: &Platform) -> Vec<Shows> {
    let in_namespace = r#"namespace=~"$namespace""#;
    let mut shows = vec![
        Shows(
            "Events",
            "Events that reached the bus, that failed on the way, and that no trigger took.",
            "short",
            vec![
                (
                    format!(
                        "sum by (eventsource_name) (increase({}[$__rate_interval]))",
                        metric::EVENTS_SENT
                    ),
                    "{{eventsource_name}}",
                ),
                (
                    format!(
                        "sum by (eventsource_name) (increase({}[$__rate_interval]))",
                        metric::EVENTS_FAILED
                    ),
                    "{{eventsource_name}} failed",
                ),
                (
                    format!(
                        "sum by (sensor_name) (increase({}[$__rate_interval]))",
                        metric::TRIGGERS_FAILED
                    ),
                    "{{sensor_name}} undelivered",
                ),
            ],
        ),
        Shows(
            "Workflows by phase",
            "Dispatch, kpack builds, releases and promotions as they end.",
            "short",
            vec![(
                format!(
                    "sum by (phase) (increase({}{{{in_namespace}}}[$__rate_interval]))",
                    metric::WORKFLOWS
                ),
                "{{phase}}",
            )],
        ),
        Shows(
            "Workflows now",
            "Workflows in the cluster; pending ones wait for a semaphore.",
            "short",
            vec![(
                format!("sum by (phase) ({})", metric::WORKFLOWS_NOW),
                "{{phase}}",
            )],
        ),
        Shows(
            "Quota",
            "Share of each quota that is used.",
            "percentunit",
            vec![(
                format!(
                    r#"{quota}{{type="used",{in_namespace}}} / ignoring(type) ({quota}{{type="hard",{in_namespace}}} > 0)"#,
                    quota = metric::QUOTA
                ),
                "{{namespace}} {{resource}}",
            )],
        ),
    ];
    if platform.railpack.is_some() {
        let quantile = |share: &str, metric: &str, by: &str| {
            format!(
                "histogram_quantile({share}, sum by ({by}, le) (rate({metric}_bucket{{{in_namespace}}}[$__rate_interval])))"
            )
        };
        shows.extend([
            Shows(
                "Railpack builds by result",
                "PipelineRuns as they end.",
                "short",
                vec![(
                    format!("sum by (status) (increase({}_count{{{in_namespace}}}[$__rate_interval]))", metric::PIPELINE_RUN),
                    "{{status}}",
                )],
            ),
            Shows(
                "Railpack build duration",
                "The usual build, and one in twenty. A jump of the usual build is a cache that is not found.",
                "s",
                vec![
                    (quantile("0.5", metric::PIPELINE_RUN, "namespace"), "{{namespace}} p50"),
                    (quantile("0.95", metric::PIPELINE_RUN, "namespace"), "{{namespace}} p95"),
                ],
            ),
            Shows(
                "Railpack task duration",
                "Where the time of a build goes.",
                "s",
                vec![(quantile("0.95", metric::TASK_RUN, "task"), "{{task}} p95")],
            ),
            Shows(
                "Railpack builds now",
                "PipelineRuns that run, and TaskRuns that wait for a quota.",
                "short",
                vec![
                    (format!("sum({})", metric::RUNNING_PIPELINE_RUNS), "running"),
                    (format!("sum({})", metric::THROTTLED), "waiting for a quota"),
                ],
            ),
        ]);
    }
    if platform.kpack.is_some() {
        shows.push(Shows(
            "kpack build duration",
            "Runs of the kpack template, from start to release.",
            "s",
            ["0.5", "0.95"]
                .into_iter()
                .zip(["p50", "p95"])
                .map(|(share, legend)| {
                    (
                        format!(
                            r#"histogram_quantile({share}, sum by (le) (rate({}_bucket{{name="{}"}}[$__rate_interval])))"#,
                            metric::TEMPLATE_RUNTIME,
                            template::KPACK_BUILD
                        ),
                        legend,
                    )
                })
                .collect(),
        ));
    }
    shows
}
