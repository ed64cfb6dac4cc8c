//! Who may talk to whom.

use super::{objects, texts};
use crate::testing;
use luban_platform::Platform;
use serde_yaml::Value;

fn egress(platform: &Platform) -> Value {
    let objects = objects(platform);
    let path = "pipelines/projects/storefront/build/networkpolicy-egress-outside.yaml";
    objects.get(path).cloned().unwrap_or(Value::Null)
}

const EGRESS: &str =
    "    registryEgress: {cidrs: [10.20.0.0/16, 140.82.112.0/20, 185.199.108.0/22]}\n";

#[test]
fn builds_reach_what_the_platform_says_and_nothing_else() {
    let rule = egress(&testing::platform())["spec"]["egress"][0].clone();
    let ranges: Vec<_> = rule["to"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|to| to["ipBlock"]["cidr"].as_str().unwrap())
        .collect();
    assert_eq!(
        ranges,
        ["10.20.0.0/16", "140.82.112.0/20", "185.199.108.0/22"]
    );
    assert_eq!(rule["ports"].as_sequence().unwrap().len(), 1);
    assert_eq!(rule["ports"][0]["port"], 443);

    let anywhere = egress(&testing::edited(&[(EGRESS, "")]));
    let block = &anywhere["spec"]["egress"][0]["to"][0]["ipBlock"];
    assert_eq!(block["cidr"], "0.0.0.0/0");
    for range in [
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
    ] {
        assert!(texts(&block["except"]).contains(&range), "{range}");
    }

    let port = testing::edited(&[("host: harbor.acme.dev", "host: harbor.acme.dev:8443")]);
    let ports = egress(&port)["spec"]["egress"][0]["ports"].clone();
    assert_eq!(ports[1]["port"], 8443);
}

#[test]
fn builds_behind_a_proxy_reach_the_proxy_alone() {
    let proxy = "    registryEgress: {proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.7/32, noProxy: [git.acme.internal, 10.8.0.0/16]}}\n";
    let platform = testing::edited(&[(EGRESS, proxy)]);
    let objects = objects(&platform);
    let path = "pipelines/projects/storefront/build/networkpolicy-egress-proxy.yaml";
    let rule = &objects[path]["spec"]["egress"][0];
    assert_eq!(rule["to"][0]["ipBlock"]["cidr"], "10.9.0.7/32");
    assert_eq!(rule["ports"][0]["port"], 3128);
    let direct = egress(&platform);
    assert_eq!(
        direct["spec"]["egress"][0]["to"]
            .as_sequence()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        direct["spec"]["egress"][0]["to"][0]["ipBlock"]["cidr"],
        "10.8.0.0/16"
    );
}

#[test]
fn where_cilium_runs_hosts_are_named() {
    let cilium = "    registryEgress: {ciliumFqdns: [ghcr.io, \"*.github.com\"]}\n";
    let objects = objects(&testing::edited(&[(EGRESS, cilium)]));
    let policy =
        &objects["pipelines/projects/storefront/build/ciliumnetworkpolicy-egress-outside.yaml"];
    let names = &policy["spec"]["egress"][1]["toFQDNs"];
    assert_eq!(names[0]["matchName"], "ghcr.io");
    assert_eq!(names[1]["matchPattern"], "*.github.com");
    let dns = &policy["spec"]["egress"][0]["toPorts"][0]["rules"]["dns"];
    assert_eq!(dns[0]["matchPattern"], "*");
    let api =
        &objects["pipelines/projects/payments/ci/ciliumnetworkpolicy-egress-kubernetes-api.yaml"];
    assert_eq!(
        texts(&api["spec"]["egress"][0]["toEntities"]),
        ["kube-apiserver"]
    );
}

#[test]
fn dispatch_reaches_providers_only_if_it_asks_them_for_changes() {
    const DISPATCH: &str = "pipelines/delivery/namespaces/luban-dispatch";
    let plain = format!("{DISPATCH}/networkpolicy-egress-providers.yaml");
    let named = format!("{DISPATCH}/ciliumnetworkpolicy-egress-providers.yaml");
    let dns = format!("{DISPATCH}/networkpolicy-egress-dns.yaml");
    // The registry's port is not one of a provider.
    let port = ("host: harbor.acme.dev", "host: harbor.acme.dev:8443");
    let asks = objects(&testing::edited(&[port]));
    let rule = &asks[&plain]["spec"]["egress"][0];
    assert_eq!(rule["to"].as_sequence().unwrap().len(), 3);
    assert_eq!(rule["ports"].as_sequence().unwrap().len(), 1);
    assert_eq!(rule["ports"][0]["port"], 443);
    assert!(asks.contains_key(&dns));

    let port = (
        "url: https://git.acme.internal",
        "url: https://git.acme.internal:3000",
    );
    let moved = [testing::STOREFRONT_ON_GITEA, port];
    let own = objects(&testing::filtered(&moved, &["recommend"]));
    assert_eq!(own[&plain]["spec"]["egress"][0]["ports"][0]["port"], 3000);

    let cilium = "    registryEgress: {ciliumFqdns: [\"*.github.com\"]}\n";
    let by_name = objects(&testing::edited(&[(EGRESS, cilium)]));
    let names = &by_name[&named]["spec"]["egress"][1]["toFQDNs"];
    assert_eq!(names[0]["matchPattern"], "*.github.com");
    assert!(!by_name.contains_key(&dns));

    for egress in [EGRESS, cilium] {
        let asks_nobody = objects(&testing::filtered(&[(EGRESS, egress)], &[]));
        assert!(!asks_nobody.contains_key(&plain) && !asks_nobody.contains_key(&named));
        assert!(asks_nobody.contains_key(&dns));
    }
}

#[test]
fn only_pods_of_our_own_programs_reach_the_kubernetes_api() {
    let objects = objects(&testing::platform());
    for (path, object) in &objects {
        if !path.contains("egress-kubernetes-api") {
            continue;
        }
        assert!(!path.contains("/build/"), "{path}");
        assert_ne!(
            object["spec"]["podSelector"],
            Value::Mapping(Default::default()),
            "{path}"
        );
    }
    let builds = &objects["pipelines/delivery/namespaces/luban-events/networkpolicy-egress-kubernetes-api-of-builds.yaml"];
    let selector = &builds["spec"]["podSelector"];
    assert_eq!(
        selector["matchLabels"]["controller"],
        "eventsource-controller"
    );
    assert_eq!(selector["matchExpressions"][0]["key"], "eventsource-name");
    assert_eq!(selector["matchExpressions"][0]["operator"], "In");
    assert_eq!(
        texts(&selector["matchExpressions"][0]["values"]),
        ["kpack-builds"]
    );
    let ci = &objects["pipelines/projects/payments/ci/networkpolicy-egress-kubernetes-api.yaml"];
    let selector = &ci["spec"]["podSelector"]["matchExpressions"][0];
    assert_eq!(selector["key"], "workflows.argoproj.io/workflow");
}

#[test]
fn webhooks_come_in_by_the_way_that_the_platform_names() {
    let path = "pipelines/delivery/namespaces/luban-events/networkpolicy-ingress-webhooks.yaml";
    let gateway = objects(&testing::platform());
    let from = &gateway[path]["spec"]["ingress"][0]["from"][0];
    assert_eq!(
        from["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"],
        "gateway"
    );
    let tunnel = objects(&testing::edited(&[(
        "    gateway: {name: public, namespace: gateway}",
        "    cloudflareTunnel: {secret: tunnel-token}",
    )]));
    let from = &tunnel[path]["spec"]["ingress"][0]["from"][0];
    assert_eq!(
        from["podSelector"]["matchLabels"]["app.kubernetes.io/name"],
        "cloudflared"
    );
    assert!(tunnel.contains_key(
        "pipelines/delivery/namespaces/luban-events/networkpolicy-egress-tunnel.yaml"
    ));
}

#[test]
fn applications_hear_the_gateway_on_the_ports_that_are_routed() {
    let objects = objects(&testing::platform());
    let policy = &objects["pipelines/projects/storefront/prd/networkpolicy-ingress-gateway.yaml"];
    let rule = &policy["spec"]["ingress"][0];
    // `recommend` listens on 8000 and has no route.
    let ports: Vec<_> = rule["ports"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|port| port["port"].as_i64().unwrap())
        .collect();
    assert_eq!(ports, [3000, 4321]);
}
