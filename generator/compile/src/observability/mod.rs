//! What watches over the platform: alerts, the scraping that they rest on, and a dashboard.
//!
//! Every expression is over metrics that upstream's programs have by themselves; [`metric`] names each with its source.

mod alerts;
mod dashboard;
mod metric;
mod runbook;
mod scrape;

use crate::CompileError;
use crate::context::Context;
use crate::delivery::delivery_path;
use crate::tree::Folder;

/// The folder of alerts and dashboards.
pub(crate) fn folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let mut folder = context.folder(delivery_path("observability"));
    if context.platform.prometheus {
        folder.add(alerts::rule(context.platform))?;
        scrape::add(&mut folder, context.platform)?;
    }
    if context.platform.grafana {
        folder.add(dashboard::config_map(context.platform)?)?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use luban_platform::lock::Lock;

    fn files(edits: &[(&str, &str)]) -> Vec<(String, String)> {
        let platform = testing::edited(edits);
        let context = Context::new(&platform, &Lock::default()).unwrap();
        let files = folder(&context).unwrap().finish().unwrap();
        files
            .into_iter()
            .map(|file| (file.path, file.text))
            .collect()
    }

    fn names(files: &[(String, String)]) -> Vec<&str> {
        files
            .iter()
            .filter_map(|(path, _)| path.rsplit('/').next())
            .collect()
    }

    const BOTH: &str = "alerts: {prometheus: true, grafana: true}";

    #[test]
    fn alerts_and_the_dashboard_are_there_as_the_platform_says() {
        let all = files(&[]);
        assert!(names(&all).contains(&"prometheusrule-luban.yaml"));
        assert!(names(&all).contains(&"configmap-luban-dashboard.yaml"));
        let alerts = files(&[(BOTH, "alerts: {prometheus: true}")]);
        assert!(!names(&alerts).contains(&"configmap-luban-dashboard.yaml"));
        let dashboard = files(&[(BOTH, "alerts: {grafana: true}")]);
        assert_eq!(
            names(&dashboard),
            ["configmap-luban-dashboard.yaml", "kustomization.yaml"]
        );
    }

    #[test]
    fn every_alert_says_how_bad_it_is_and_what_to_do() {
        let platform = testing::platform();
        let rule = alerts::rule(&platform);
        let alerts: Vec<_> = rule
            .spec
            .groups
            .iter()
            .flat_map(|group| &group.rules)
            .collect();
        assert!(alerts.len() >= 8);
        for alert in alerts {
            let name = alert.alert.as_deref().unwrap();
            assert!(alert.labels.contains_key("severity"), "{name}");
            for key in ["summary", "description", "runbook_url"] {
                assert!(!alert.annotations[key].is_empty(), "{name} lacks {key}");
            }
            let runbook = &alert.annotations["runbook_url"];
            assert!(
                runbook.ends_with(&format!("#{}", name.to_lowercase())),
                "{runbook}"
            );
        }
    }

    #[test]
    fn builds_of_a_kind_that_no_application_has_are_not_watched() {
        let platform = testing::platform();
        let text = |platform: &luban_platform::Platform| format!("{:?}", alerts::rule(platform));
        assert!(text(&platform).contains("tekton_pipelines_controller"));
        let mut without = platform.clone();
        without.railpack = None;
        assert!(!text(&without).contains("tekton_pipelines_controller"));
        without = platform;
        without.kpack = None;
        assert!(!text(&without).contains("kpack"));
    }

    #[test]
    fn an_alert_on_duration_fires_before_builds_time_out() {
        let slow = |minutes: u32| {
            let edit = format!("      version: v0.37.0\n      timeoutMinutes: {minutes}");
            let platform = testing::edited(&[("      version: v0.37.0", &edit)]);
            format!("{:?}", alerts::rule(&platform))
        };
        assert!(slow(40).contains("> 1200"), "half of 40 minutes");
        assert!(slow(10).contains("> 300"), "half of 10 minutes");
    }

    #[test]
    fn the_first_event_that_is_lost_is_seen() {
        let platform = testing::platform();
        let rule = alerts::rule(&platform);
        let events = rule
            .spec
            .groups
            .iter()
            .find(|group| group.name == "luban-events")
            .unwrap();
        for alert in &events.rules {
            // `increase` of a counter that has just appeared is nothing.
            assert!(
                format!("{:?}", alert.expr).contains("unless"),
                "{:?}",
                alert.alert
            );
        }
    }

    #[test]
    fn the_dashboard_is_json_whose_panels_have_their_own_ids() {
        let all = files(&[]);
        let (_, text) = all
            .iter()
            .find(|(path, _)| path.ends_with("dashboard.yaml"))
            .unwrap();
        let object: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
        assert_eq!(object["metadata"]["labels"]["grafana_dashboard"], "1");
        let json: serde_json::Value =
            serde_json::from_str(object["data"]["luban.json"].as_str().unwrap()).unwrap();
        let panels = json["panels"].as_array().unwrap();
        let mut ids: Vec<i64> = panels
            .iter()
            .map(|panel| panel["id"].as_i64().unwrap())
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        assert!(count >= 6);
    }
}
