use super::*;
use crate::testing;
use crate::tree::File;
use luban_command::DISPATCH;
use luban_platform::Platform;
use luban_platform::lock::Lock;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

fn files(platform: &Platform) -> BTreeMap<String, String> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let files: Vec<File> = folder(&context).unwrap().finish().unwrap();
    let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    files
        .into_iter()
        .map(|file| (name(&file.path), file.text))
        .collect()
}

fn objects(platform: &Platform, kind: &str) -> BTreeMap<String, Value> {
    let files = files(platform);
    let objects = files
        .values()
        .map(|text| serde_yaml::from_str::<Value>(text).unwrap());
    objects
        .filter(|object| object["kind"] == kind)
        .map(|object| {
            let name = object["metadata"]["name"].as_str().unwrap_or_default();
            (name.to_owned(), object)
        })
        .collect()
}

/// Names of files that are not the same in both.
fn changed(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    names
        .into_iter()
        .filter(|name| one.get(*name) != other.get(*name))
        .cloned()
        .collect()
}

fn changed_by(edits: &[(&str, &str)]) -> Vec<String> {
    changed(
        &files(&testing::platform()),
        &files(&testing::edited(edits)),
    )
}

const GATEWAY: &str = "gateway: {name: public, namespace: gateway}";
const TUNNEL: &str = "cloudflareTunnel: {secret: tunnel}";

/// The triggers of a Sensor, dead letters among them.
fn triggers(sensor: &Value) -> Vec<&Value> {
    let triggers = sensor["spec"]["triggers"].as_array().unwrap();
    triggers
        .iter()
        .flat_map(|trigger| [trigger, &trigger["dlqTrigger"]])
        .collect()
}

fn parameters(trigger: &Value) -> &Vec<Value> {
    trigger["template"]["k8s"]["parameters"].as_array().unwrap()
}

/// Defect S2: the token stood in a field that the event source does not know, so that anybody could send events.
/// Defect S11: the secret of a webhook was optional, and hooks were made without.
#[test]
fn an_event_without_the_providers_token_is_refused_by_its_source() {
    let platform = testing::platform();
    let sources = objects(&platform, "EventSource");
    for provider in &platform.providers {
        let spec = &sources[provider.name.as_str()]["spec"];
        let secret = match (spec.get("github"), spec.get("webhook")) {
            (Some(github), None) => &github["push"]["webhookSecret"],
            (None, Some(webhook)) => &webhook["push"]["authSecret"],
            other => panic!("{other:?}"),
        };
        assert_eq!(secret["name"], provider.webhook.as_str());
        assert_eq!(secret["key"], "token");
        assert!(secret.get("optional").is_none());
    }
    let github = &sources["github"]["spec"]["github"]["push"];
    assert!(github.get("apiToken").is_none());
}

#[test]
fn free_text_of_an_event_leaves_a_sensor_in_base64_only() {
    for (name, sensor) in objects(&testing::platform(), "Sensor") {
        for parameter in triggers(&sensor).into_iter().flat_map(parameters) {
            let src = &parameter["src"];
            let template = src["dataTemplate"].as_str().unwrap();
            assert!(src.get("dataKey").is_none(), "{name}: {src}");
            assert!(src.get("useRawData").is_none(), "{name}: {src}");
            assert_eq!(src["value"], "", "{name}: {src}");
            assert!(template.contains(r#"default """#), "{name}: {template}");
            if name.starts_with("kpack-builds") {
                assert!(template.contains(r#"regexFind "^["#), "{name}: {template}");
            } else {
                assert!(template.contains("| b64enc }}"), "{name}: {template}");
            }
            // One action prints, and it is the last of its pipeline.
            assert_eq!(
                template.matches("b64enc }}").count() + template.matches("regexFind").count(),
                1
            );
        }
    }
}

#[test]
fn every_field_of_an_event_is_a_parameter_of_dispatch() {
    for (name, sensor) in objects(&testing::platform(), "Sensor") {
        if name.starts_with("kpack-builds") {
            continue;
        }
        let run = &sensor["spec"]["triggers"][0];
        let resource = &run["template"]["k8s"]["source"]["resource"];
        let arguments = resource["spec"]["arguments"]["parameters"]
            .as_array()
            .unwrap();
        for argument in arguments {
            let is_flag = |flag: &luban_command::Flag| argument["name"] == flag.name;
            assert!(DISPATCH.flags.iter().any(is_flag), "{argument}");
        }
        assert_eq!(arguments[0]["name"], "provider");
        assert_eq!(arguments[0]["value"], name.as_str());
        assert_eq!(resource["metadata"]["generateName"], "dispatch-");
        assert_eq!(resource["metadata"]["namespace"], "luban-dispatch");
        assert_eq!(run["atLeastOnce"], true);
    }
}

/// Key (argument or entry) and template of each value that a trigger sets.
fn wiring(trigger: &Value) -> BTreeMap<String, String> {
    let resource = &trigger["template"]["k8s"]["source"]["resource"];
    let arguments = resource["spec"]["arguments"]["parameters"].as_array();
    parameters(trigger)
        .iter()
        .map(|parameter| {
            let dest = parameter["dest"].as_str().unwrap();
            let key = match (dest.strip_prefix("data."), arguments) {
                (Some(key), None) => key.to_owned(),
                (None, Some(arguments)) => {
                    let index = dest
                        .strip_prefix("spec.arguments.parameters.")
                        .and_then(|rest| rest.strip_suffix(".value"))
                        .unwrap();
                    let index: usize = index.parse().unwrap();
                    arguments[index]["name"].as_str().unwrap().to_owned()
                }
                other => panic!("{other:?}"),
            };
            let template = parameter["src"]["dataTemplate"].as_str().unwrap();
            (key, template.to_owned())
        })
        .collect()
}

#[test]
fn a_dead_letter_records_what_dispatch_would_have_got() {
    for (name, sensor) in objects(&testing::platform(), "Sensor") {
        for trigger in sensor["spec"]["triggers"].as_array().unwrap() {
            let record = &trigger["dlqTrigger"];
            assert_eq!(wiring(trigger), wiring(record), "{name}");
            assert_eq!(record["atLeastOnce"], true);
            let resource = &record["template"]["k8s"]["source"]["resource"];
            assert_eq!(resource["metadata"]["generateName"], "dead-letter-");
            let meant_for = &resource["metadata"]["labels"]["luban.dev/dead-letter"];
            if name.starts_with("kpack-builds") {
                assert_eq!(meant_for, "rebuilt");
                assert!(resource["data"]["namespace"].is_string());
            } else {
                assert_eq!(meant_for, "dispatch");
                assert_eq!(resource["data"]["provider"], name.as_str());
            }
        }
    }
}

#[test]
fn each_argument_gets_the_field_of_its_name() {
    let sensors = objects(&testing::platform(), "Sensor");
    let wired = wiring(&sensors["github"]["spec"]["triggers"][0]);
    assert_eq!(
        wired["ref"],
        r#"{{ .Input.body.ref | default "" | b64enc }}"#
    );
    assert_eq!(
        wired["after"],
        r#"{{ .Input.body.after | default "" | b64enc }}"#
    );
    assert!(wired["repository-id"].contains("int64"));
    let wired = wiring(&sensors["azure"]["spec"]["triggers"][0]);
    assert!(wired["updates"].contains(".refUpdates"));
    assert!(!wired.contains_key("ref"));
    let wired = wiring(&sensors["gitea"]["spec"]["triggers"][0]);
    assert!(wired["kind"].contains(r#".Input.header "X-Gitea-Event""#));
}

/// Defect E1: a release in the GitOps repository started a build of it.
#[test]
fn the_gitops_repository_is_dropped_where_it_is_hosted_and_only_there() {
    let sensors = objects(&testing::platform(), "Sensor");
    let filters = |name: &str| {
        sensors[name]["spec"]["dependencies"][0]
            .get("filters")
            .cloned()
    };
    let github = filters("github").unwrap();
    assert_eq!(github["data"][0]["value"][0], "(?i)^acme/platform$");
    assert_eq!(github["data"][0]["comparator"], "!=");
    for name in ["azure", "onprem", "gitea"] {
        assert_eq!(filters(name), None);
    }
    let changed = changed_by(&[("github.com/acme/platform", "github.com/acme/delivery")]);
    assert_eq!(changed, ["sensor-github.yaml"]);
}

#[test]
fn the_bus_takes_what_the_sources_accept_and_both_follow_one_setting() {
    let platform =
        testing::edited(&[(GATEWAY, &format!("maxPayloadBytes: 4194304\n    {GATEWAY}"))]);
    for platform in [testing::platform(), platform] {
        let body = i64::from(platform.events.max_payload_bytes);
        let buses = objects(&platform, "EventBus");
        let bus = buses["default"]["spec"]["jetstream"]["maxPayload"]
            .as_str()
            .unwrap();
        assert!(bus.parse::<i64>().unwrap() > body * 4 / 3);
        let sources = objects(&platform, "EventSource");
        let push = &sources["gitea"]["spec"]["webhook"]["push"];
        assert_eq!(push["maxPayloadSize"], body);
        let push = &sources["github"]["spec"]["github"]["push"];
        assert_eq!(push["webhook"]["maxPayloadSize"], body);
    }
}

/// Defect W7: event source, route and settings named three hosts.
#[test]
fn a_gateway_has_routes_and_a_tunnel_has_none() {
    let gateway = testing::platform();
    let routes = objects(&gateway, "HTTPRoute");
    assert_eq!(routes.len(), gateway.providers.len());
    let spec = &routes["gitea"]["spec"];
    assert_eq!(spec["hostnames"][0], "events.acme.dev");
    assert_eq!(spec["rules"][0]["matches"][0]["path"]["type"], "Exact");
    assert_eq!(spec["rules"][0]["matches"][0]["path"]["value"], "/gitea");
    assert_eq!(spec["rules"][0]["matches"][0]["method"], "POST");
    assert!(objects(&gateway, "Deployment").is_empty());

    let tunnel = testing::edited(&[(GATEWAY, TUNNEL)]);
    assert!(objects(&tunnel, "HTTPRoute").is_empty());
    let config = &objects(&tunnel, "ConfigMap")["cloudflared"]["data"]["config.yaml"];
    let config: Value = serde_yaml::from_str(config.as_str().unwrap()).unwrap();
    let rules = config["ingress"].as_array().unwrap();
    assert_eq!(rules[0]["path"], "^/github$");
    assert_eq!(rules[0]["hostname"], "events.acme.dev");
    assert_eq!(
        rules[0]["service"],
        "http://github-eventsource-svc.luban-events.svc:12000"
    );
    assert_eq!(rules.last().unwrap()["service"], "http_status:404");
    let pod = &objects(&tunnel, "Deployment")["cloudflared"]["spec"]["template"]["spec"];
    let token = &pod["containers"][0]["env"][0]["valueFrom"]["secretKeyRef"];
    assert_eq!(token["name"], "tunnel");
}

#[test]
fn the_namespace_of_a_released_rebuild_is_compiled() {
    let platform = testing::platform();
    let sensor = &objects(&platform, "Sensor")["kpack-builds"];
    let source = &objects(&platform, "EventSource")["kpack-builds"];
    let watched: Vec<_> = source["spec"]["resource"]
        .as_object()
        .unwrap()
        .values()
        .map(|entry| entry["namespace"].as_str().unwrap())
        .collect();
    assert_eq!(watched, ["ledger-ci", "payments-ci"]);
    for trigger in sensor["spec"]["triggers"].as_array().unwrap() {
        let template = &trigger["template"];
        let name = template["name"].as_str().unwrap();
        let resource = &template["k8s"]["source"]["resource"];
        assert_eq!(resource["metadata"]["namespace"], format!("{name}-ci"));
        assert_eq!(template["conditions"], format!("project-{name}"));
        let own = wiring(trigger);
        assert_eq!(own.keys().collect::<Vec<_>>(), ["build", "image"]);
        for parameter in parameters(trigger) {
            assert_eq!(
                parameter["src"]["dependencyName"],
                format!("project-{name}")
            );
        }
    }
}

#[test]
fn a_sensor_of_many_projects_fits_the_variable_that_it_is_passed_in() {
    let mut platform = testing::platform();
    let first = platform.projects[0].clone();
    platform.projects = (0..40)
        .map(|i| {
            let mut project = first.as_ref().clone();
            // As long as names may be: 63 characters less `-ci`.
            let name = format!("{}-{i:02}", "p".repeat(57));
            project.name = luban_platform::names::DnsLabel::new(name).unwrap();
            project.into()
        })
        .collect();
    for kind in ["Sensor", "EventSource"] {
        let objects = objects(&platform, kind);
        let names: Vec<_> = objects
            .keys()
            .filter(|name| name.starts_with("kpack"))
            .collect();
        assert_eq!(names, ["kpack-builds", "kpack-builds-2", "kpack-builds-3"]);
        for (name, object) in &objects {
            let in_base64 = serde_json::to_string(object).unwrap().len() * 4 / 3;
            assert!(in_base64 < 128 << 10, "{name}: {in_base64}");
        }
    }
}

#[test]
fn a_platform_without_kpack_watches_no_builds() {
    let text = include_str!("../../../../platform.yaml");
    let text = text
        .replace("{kpack: {python: true}}", "{railpack: {}}")
        .replace(
            "{kpack: {python: true, env: {BP_PYTHON_VERSION: \"3.13\"}}}",
            "{railpack: {}}",
        );
    let files = files(&testing::load(&text));
    let about_kpack: Vec<_> = files
        .keys()
        .filter(|name| name.contains("kpack") || name.contains("build"))
        .collect();
    assert!(about_kpack.is_empty(), "{about_kpack:?}");
}

#[test]
fn every_pod_is_restricted_and_has_an_account_of_its_job() {
    for platform in [testing::platform(), testing::edited(&[(GATEWAY, TUNNEL)])] {
        let accounts = objects(&platform, "ServiceAccount");
        for kind in ["Sensor", "EventSource"] {
            for (name, object) in objects(&platform, kind) {
                let template = &object["spec"]["template"];
                let account = template["serviceAccountName"].as_str().unwrap();
                assert!(accounts.contains_key(account), "{name}: {account}");
                assert_eq!(template["securityContext"]["runAsNonRoot"], true);
                let container = &template["container"];
                let security = &container["securityContext"];
                assert_eq!(security["allowPrivilegeEscalation"], false, "{name}");
                assert_eq!(security["readOnlyRootFilesystem"], true, "{name}");
                assert!(container["resources"]["limits"]["memory"].is_string());
            }
        }
        for (account, has_token) in [
            ("event-source", false),
            ("event-bus", false),
            ("sensor", true),
        ] {
            assert_eq!(accounts[account]["automountServiceAccountToken"], has_token);
        }
    }
}

#[test]
fn each_setting_changes_its_objects_and_no_other() {
    assert_eq!(
        changed_by(&[("host: events.acme.dev", "host: hooks.acme.dev")]),
        [
            "httproute-azure.yaml",
            "httproute-gitea.yaml",
            "httproute-github.yaml",
            "httproute-onprem.yaml"
        ]
    );
    assert_eq!(
        changed_by(&[("secret: gitea-webhook", "secret: other-webhook")]),
        ["eventsource-gitea.yaml"]
    );
    assert_eq!(
        changed_by(&[("repositoryProject: railwayapp", "repositoryProject: other")]),
        ["eventsource-github.yaml"]
    );
    assert_eq!(
        changed_by(&[(
            "type: GitHub\n",
            "type: GitHub\n      url: https://github.acme.internal\n"
        )]),
        ["eventsource-github.yaml"],
    );
    let section = GATEWAY.replace("}", ", section: https}");
    assert_eq!(changed_by(&[(GATEWAY, &section)]).len(), 4);
    let payload = format!("maxPayloadBytes: 4194304\n    {GATEWAY}");
    let of_payload = changed_by(&[(GATEWAY, &payload)]);
    assert!(of_payload.contains(&"eventbus-default.yaml".to_owned()));
    assert!(!of_payload.contains(&"httproute-github.yaml".to_owned()));
    assert!(!of_payload.contains(&"sensor-kpack-builds.yaml".to_owned()));
}

#[test]
fn a_provider_cannot_take_the_name_of_another_event_source_or_outgrow_its_service() {
    let text = include_str!("../../../../platform.yaml");
    let too_long = "g".repeat(48);
    for (name, is_fine) in [
        ("kpack-builds", false),
        ("kpack-builds-2", false),
        ("kpack-builds-at-home", true),
        (&too_long, false),
        (&too_long[1..], true),
    ] {
        let text = text
            .replace("    gitea:", &format!("    {name}:"))
            .replace("provider: gitea", &format!("provider: {name}"));
        let loaded = luban_platform::load("platform.yaml", text.as_bytes());
        assert_eq!(loaded.platform.is_some(), is_fine, "{name}");
    }
}
