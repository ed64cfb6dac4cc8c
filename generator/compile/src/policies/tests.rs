use super::*;
use crate::testing;
use luban_platform::lock::Lock;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// A public key of a pair that was made for this test and thrown away.
const KEY: &str = "    sign: {key: {secret: cosign-key}, publicKey: \"-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\\n-----END PUBLIC KEY-----\\n\"}";

fn objects(platform: &Platform, cluster: &str) -> BTreeMap<String, Value> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let cluster = platform
        .clusters
        .iter()
        .find(|known| known.name.as_str() == cluster)
        .unwrap();
    let files = policies_folder(&context, cluster)
        .unwrap()
        .finish()
        .unwrap();
    files
        .into_iter()
        .map(|file| {
            let name = file.path.rsplit('/').next().unwrap().to_owned();
            (name, serde_yaml::from_str(&file.text).unwrap())
        })
        .collect()
}

#[test]
fn where_promotions_go_only_images_of_the_platform_s_projects_are_pulled() {
    let objects = objects(&testing::platform(), "workers");
    let policy = &objects["validatingadmissionpolicy-luban-images.yaml"]["spec"];
    assert_eq!(policy["failurePolicy"], "Fail");
    let places = policy["variables"][2]["expression"].as_str().unwrap();
    // What stands after the project keeps `harbor.acme.dev/payments-evil/api` out.
    assert_eq!(
        places,
        "['ghcr.io/acme/storefront/', 'harbor.acme.dev/payments/', 'quay.io/acme/ledger-']"
    );
    let images = policy["variables"][0]["expression"].as_str().unwrap();
    for containers in ["containers", "initContainers", "ephemeralContainers"] {
        assert!(
            images.contains(&format!("object.spec.{containers}.map")),
            "{containers}"
        );
    }
    let unchanged = policy["variables"][1]["expression"].as_str().unwrap();
    for (pod, expression) in [("object", images), ("oldObject", unchanged)] {
        let mounted = format!(
            "(has({pod}.spec.volumes) ? {pod}.spec.volumes.filter(v, has(v.image) && has(v.image.reference)).map(v, v.image.reference) : [])"
        );
        assert!(expression.contains(&mounted), "{expression}");
    }
    let digest = policy["validations"][1]["expression"].as_str().unwrap();
    assert!(digest.contains("@sha256:[0-9a-f]{64}$"));
    let binding = &objects["validatingadmissionpolicybinding-luban-images.yaml"]["spec"];
    let selector = &binding["matchResources"]["namespaceSelector"]["matchExpressions"][0];
    assert_eq!(selector["key"], "luban.dev/environment");
    assert_eq!(
        selector["values"].as_sequence().unwrap(),
        &[Value::from("prd")]
    );
    assert_eq!(binding["validationActions"][0], "Deny");
}

#[test]
fn images_of_each_project_that_signs_must_be_signed_with_its_key() {
    let all = objects(&testing::platform(), "workers");
    let policy = &all["clusterimagepolicy-payments-signed.yaml"]["spec"];
    let globs: Vec<_> = policy["images"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|image| image["glob"].as_str().unwrap())
        .collect();
    assert_eq!(
        globs,
        [
            "harbor.acme.dev/payments/api@**",
            "harbor.acme.dev/payments/api:**",
            "harbor.acme.dev/payments/worker@**",
            "harbor.acme.dev/payments/worker:**"
        ]
    );
    let key = &policy["authorities"][0]["key"];
    assert_eq!(key["secretRef"]["name"], "cosign-key");
    assert!(key["secretRef"].get("namespace").is_none());
    assert_eq!(
        all["externalsecret-cosign-key.yaml"]["metadata"]["namespace"],
        "cosign-system"
    );
    assert_eq!(
        all["externalsecret-cosign-key.yaml"]["spec"]["data"]
            .as_sequence()
            .unwrap()
            .len(),
        1
    );

    let inline = objects(
        &testing::edited(&[("    sign: {key: {secret: cosign-key}}", KEY)]),
        "workers",
    );
    let key = &inline["clusterimagepolicy-payments-signed.yaml"]["spec"]["authorities"][0]["key"];
    assert!(
        key["data"]
            .as_str()
            .unwrap()
            .starts_with("-----BEGIN PUBLIC KEY")
    );
    assert!(!inline.contains_key("externalsecret-cosign-key.yaml"));
}

#[test]
fn environments_that_builds_reach_directly_are_not_guarded() {
    let platform = testing::platform();
    let project = &platform.projects[0];
    let [snd, prd] = platform.environments.as_slice() else {
        panic!()
    };
    assert!(!wants_signatures(project, snd));
    assert!(wants_signatures(project, prd));
    assert_eq!(key_in_secret(project, snd), None);
}

#[test]
fn beside_buildkit_nothing_is_privileged_or_the_node_s_or_root() {
    let platform = testing::platform();
    let context = Context::new(&platform, &Lock::default()).unwrap();
    let mut folder = context.folder("namespaces");
    add_buildkit(&mut folder).unwrap();
    let files = folder.finish().unwrap();
    let file = files.iter().find(|file| {
        file.path
            .ends_with("validatingadmissionpolicy-luban-buildkit.yaml")
    });
    let policy: Value = serde_yaml::from_str(&file.unwrap().text).unwrap();
    let spec = &policy["spec"];
    assert_eq!(spec["failurePolicy"], "Fail");
    let rules = spec["matchConstraints"]["resourceRules"]
        .as_sequence()
        .unwrap();
    assert_eq!(rules[0]["resources"][0], "pods");
    assert_eq!(rules[0]["operations"][0], "CREATE");
    assert_eq!(rules[1]["resources"][0], "pods/ephemeralcontainers");
    assert_eq!(rules[1]["operations"][0], "UPDATE");
    let expressions: Vec<_> = spec["validations"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|validation| validation["expression"].as_str().unwrap())
        .collect();
    let all = expressions.join("\n");
    for field in [
        "!object.spec.hostNetwork",
        "!object.spec.hostPID",
        "!object.spec.hostIPC",
        "!has(v.hostPath)",
        "p.hostPort == 0",
        "!c.securityContext.privileged",
        "variables.nonRoot",
    ] {
        assert!(all.contains(field), "{field}");
    }
    let unconfined = expressions.last().unwrap();
    // As Tekton and Argo Workflows name the daemon's container.
    for containers in ["containers", "initContainers", "ephemeralContainers"] {
        assert!(unconfined.contains(&format!(
            "object.spec.{containers}.all(c, c.name in ['buildkitd', 'sidecar-buildkitd'] ||"
        )));
    }
    for expression in expressions {
        let count = |c: char| expression.matches(c).count();
        assert_eq!(count('('), count(')'), "{expression}");
    }
}

#[test]
fn people_start_promotions_and_nothing_else() {
    let text = |platform: &Platform| {
        let context = Context::new(platform, &Lock::default()).unwrap();
        let folder = crate::tenancy::platform_namespaces(&context).unwrap();
        let files = folder.finish().unwrap();
        let policy = files.into_iter().find(|file| {
            file.path
                .ends_with("namespaces/validatingadmissionpolicy-luban-workflows.yaml")
        });
        policy.map(|file| file.text)
    };
    let policy = text(&testing::platform()).unwrap();
    assert!(policy.contains("workflowTemplateRef.name == 'promote'"));
    assert!(policy.contains("!request.userInfo.username.startsWith('system:serviceaccount:')"));
    let by_tag_only = testing::edited(&[("on: [manual, git-tag]", "on: [git-tag]")]);
    assert_eq!(text(&by_tag_only), None);
}
