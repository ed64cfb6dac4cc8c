//! What the API server would say to an object: the policies' CEL, evaluated.

use super::{add_buildkit, add_workflows, policies_folder};
use crate::context::Context;
use crate::testing;
use crate::tree::Folder;
use luban_platform::lock::Lock;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;

/// The digest of an image.
const DIGEST: &str = "@sha256:4bc453b53cb3d914b45f4b250294236adba2c0e09ff6f03793949e7e39fd4cc1";

/// The policy called `name` in `folder`.
fn policy(folder: Folder, name: &str) -> Value {
    let files = folder.finish().unwrap();
    let end = format!("/validatingadmissionpolicy-{name}.yaml");
    let file = files.iter().find(|file| file.path.ends_with(&end)).unwrap();
    serde_yaml::from_str(&file.text).unwrap()
}

fn policy_on_images() -> Value {
    let platform = testing::platform();
    let context = Context::new(&platform, &Lock::default()).unwrap();
    let cluster = platform
        .clusters
        .iter()
        .find(|one| one.name.as_str() == "workers");
    policy(
        policies_folder(&context, cluster.unwrap()).unwrap(),
        "luban-images",
    )
}

fn policy_of(add: impl Fn(&mut Folder)) -> Folder {
    let mut folder = Folder::new("acme", "namespaces");
    add(&mut folder);
    folder
}

fn policy_on_buildkit() -> Value {
    policy(
        policy_of(|folder| add_buildkit(folder).unwrap()),
        "luban-buildkit",
    )
}

fn policy_on_workflows() -> Value {
    policy(
        policy_of(|folder| add_workflows(folder).unwrap()),
        "luban-workflows",
    )
}

/// A request: its fields by their names in CEL.
struct Request {
    object: Value,
    old: Value,
    user: &'static str,
}

impl Request {
    fn create(object: Value) -> Self {
        Self {
            object,
            old: Value::Null,
            user: "system:serviceaccount:kube-system:replicaset-controller",
        }
    }

    fn evaluate(&self, expression: &str, variables: &HashMap<String, cel::Value>) -> cel::Value {
        let env = Arc::new(cel::Env::stdlib());
        let program = env.compile(expression).unwrap();
        let mut context = cel::Context::with_env(env);
        context.add_variable("object", self.object.clone()).unwrap();
        context.add_variable("oldObject", self.old.clone()).unwrap();
        let request = json!({"userInfo": {"username": self.user}});
        context.add_variable("request", request).unwrap();
        context.add_variable_from_value("variables", variables.clone());
        let value = program.execute(&context);
        value.unwrap_or_else(|error| panic!("{error}: {expression}"))
    }

    /// The messages of what `policy` refuses of it.
    fn refused_by(&self, policy: &Value) -> Vec<String> {
        let spec = &policy["spec"];
        let list = |key: &str| spec[key].as_array().cloned().unwrap_or_default();
        let text = |of: &Value, key: &str| of[key].as_str().unwrap().to_owned();
        let mut variables = HashMap::new();
        for variable in list("variables") {
            let value = self.evaluate(&text(&variable, "expression"), &variables);
            variables.insert(text(&variable, "name"), value);
        }
        let is_true = |of: &Value| {
            self.evaluate(&text(of, "expression"), &variables) == cel::Value::Bool(true)
        };
        if !list("matchConditions").iter().all(is_true) {
            return Vec::new();
        }
        let validations = list("validations");
        let refusals = validations.iter().filter(|validation| !is_true(validation));
        refusals.map(|refusal| text(refusal, "message")).collect()
    }
}

/// `object` with the value at `pointer`, whose parent must be there.
fn with(object: &Value, pointer: &str, value: Value) -> Value {
    let mut object = object.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match object.pointer_mut(parent).unwrap() {
        Value::Array(items) => items.push(value),
        parent => parent[key] = value,
    }
    object
}

/// A pod beside BuildKit as Luban compiles them.
fn pod() -> Value {
    let unconfined = json!({"seccompProfile": {"type": "Unconfined"}, "appArmorProfile": {"type": "Unconfined"}, "runAsNonRoot": true});
    let restricted = json!({"runAsNonRoot": true, "capabilities": {"drop": ["ALL"]}});
    json!({"spec": {
        "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
        "volumes": [{"name": "work", "emptyDir": {}}],
        "containers": [
            {"name": "step-build", "securityContext": restricted, "ports": [{"containerPort": 8080}]},
            {"name": "sidecar-buildkitd", "securityContext": unconfined},
        ],
        "initContainers": [
            {"name": "prepare", "securityContext": restricted},
            {"name": "buildkitd", "securityContext": unconfined},
        ],
        "ephemeralContainers": [
            {"name": "debug", "securityContext": restricted},
            {"name": "again", "securityContext": restricted},
        ],
    }})
}

/// Asserts that `pod` with `value` at `pointer` is refused for one reason, which has `reason` in it.
fn is_refused(pointer: &str, value: Value, reason: &str) {
    let changed = with(&pod(), pointer, value.clone());
    let refusals = Request::create(changed).refused_by(&policy_on_buildkit());
    assert_eq!(refusals.len(), 1, "{pointer} {value}: {refusals:?}");
    assert!(
        refusals[0].contains(reason),
        "{pointer} {value}: {refusals:?}"
    );
}

fn is_allowed(object: Value) {
    let refusals = Request::create(object.clone()).refused_by(&policy_on_buildkit());
    assert_eq!(refusals, Vec::<String>::new(), "{object}");
}

#[test]
fn beside_buildkit_a_pod_has_nothing_of_its_node() {
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        is_refused(&format!("/spec/{field}"), json!(true), "of the node");
        is_allowed(with(&pod(), &format!("/spec/{field}"), json!(false)));
    }
    let volume = json!({"name": "node", "hostPath": {"path": "/"}});
    is_refused("/spec/volumes/-", volume, "hostPath");
    let mut without = pod();
    without["spec"].as_object_mut().unwrap().remove("volumes");
    is_allowed(without);
}

#[test]
fn beside_buildkit_no_container_of_any_kind_is_more_than_it_needs() {
    for list in ["containers", "initContainers", "ephemeralContainers"] {
        let at = |rest: &str| format!("/spec/{list}/0/{rest}");
        let security = |rest: &str| at(&format!("securityContext/{rest}"));
        is_refused(
            &at("ports"),
            json!([{"containerPort": 1}, {"hostPort": 80}]),
            "hostPort",
        );
        is_refused(&security("privileged"), json!(true), "privileged");
        is_refused(&security("procMount"), json!("Unmasked"), "privileged");
        let added = json!({"drop": ["ALL"], "add": ["SYS_ADMIN"]});
        is_refused(&security("capabilities"), added, "privileged");
        is_refused(&security("runAsNonRoot"), json!(false), "root");
        for profile in ["seccompProfile", "appArmorProfile"] {
            is_refused(
                &security(profile),
                json!({"type": "Unconfined"}),
                "Unconfined",
            );
        }
        is_allowed(with(
            &pod(),
            &at("ports"),
            json!([{"containerPort": 1, "hostPort": 0}]),
        ));
        is_allowed(with(&pod(), &security("privileged"), json!(false)));
        is_allowed(with(&pod(), &security("procMount"), json!("Default")));
    }
    // BuildKit's own container has its two exceptions and no other.
    for daemon in ["/spec/containers/1", "/spec/initContainers/1"] {
        let security = |rest: &str| format!("{daemon}/securityContext/{rest}");
        is_refused(&security("privileged"), json!(true), "privileged");
        is_refused(&security("runAsNonRoot"), json!(false), "root");
    }
}

#[test]
fn beside_buildkit_what_a_container_does_not_say_its_pod_must() {
    let bare = with(&pod(), "/spec/containers/0", json!({"name": "bare"}));
    is_allowed(bare.clone());
    let said_by_pod = |pointer: &str, value: Value, reason: &str| {
        let refusals =
            Request::create(with(&bare, pointer, value)).refused_by(&policy_on_buildkit());
        assert_eq!(refusals.len(), 1, "{pointer}: {refusals:?}");
        assert!(refusals[0].contains(reason), "{pointer}: {refusals:?}");
    };
    let seccomp = json!({"type": "RuntimeDefault"});
    said_by_pod(
        "/spec/securityContext",
        json!({"seccompProfile": seccomp}),
        "root",
    );
    said_by_pod("/spec/securityContext/runAsNonRoot", json!(false), "root");
    said_by_pod(
        "/spec/securityContext",
        json!({"runAsNonRoot": true}),
        "Unconfined",
    );
    for profile in ["seccompProfile", "appArmorProfile"] {
        let pointer = format!("/spec/securityContext/{profile}");
        said_by_pod(&pointer, json!({"type": "Unconfined"}), "Unconfined");
    }
    let mut nothing = bare;
    nothing["spec"]
        .as_object_mut()
        .unwrap()
        .remove("securityContext");
    let refusals = Request::create(nothing).refused_by(&policy_on_buildkit());
    assert_eq!(refusals.len(), 2, "{refusals:?}");
}

#[test]
fn where_promotions_go_an_image_of_elsewhere_or_without_digest_runs_in_no_container_and_no_volume()
{
    let ours = format!("harbor.acme.dev/payments/api{DIGEST}");
    let pod = |image: &str| json!({"spec": {"containers": [{"name": "api", "image": image}]}});
    let policy = policy_on_images();
    let refused = |object: Value| Request::create(object).refused_by(&policy).len();
    assert_eq!(refused(pod(&ours)), 0);
    // A project whose name begins like ours, a tag, and a digest that is not the image's end.
    assert_eq!(
        refused(pod(&format!("harbor.acme.dev/payments-evil/api{DIGEST}"))),
        1
    );
    assert_eq!(refused(pod("harbor.acme.dev/payments/api:1.0")), 1);
    assert_eq!(refused(pod(&format!("{ours}0"))), 1);
    assert_eq!(refused(pod(&format!("evil.dev/{ours}"))), 1);
    assert_eq!(refused(pod("docker.io/library/nginx")), 2);
    let beside = json!([{"name": "x", "image": "docker.io/library/nginx"}]);
    for list in ["initContainers", "ephemeralContainers"] {
        assert_eq!(
            refused(with(&pod(&ours), &format!("/spec/{list}"), beside.clone())),
            2,
            "{list}"
        );
    }
    let mounted = json!([{"name": "x", "image": {"reference": "docker.io/library/nginx"}}, {"name": "y", "emptyDir": {}}]);
    assert_eq!(refused(with(&pod(&ours), "/spec/volumes", mounted)), 2);
    let old = pod("docker.io/library/nginx");
    let update = |object: Value| Request {
        old: old.clone(),
        ..Request::create(object)
    };
    assert!(update(old.clone()).refused_by(&policy).is_empty());
    assert_eq!(
        update(pod("docker.io/library/redis"))
            .refused_by(&policy)
            .len(),
        2
    );
}

#[test]
fn a_person_starts_the_compiled_promotion_with_arguments_and_programs_start_what_is_compiled() {
    let policy = policy_on_workflows();
    let promotion = json!({"spec": {"workflowTemplateRef": {"name": "promote"}, "arguments": {"parameters": []}}});
    let refused = |object: Value, user: &'static str| {
        Request {
            user,
            ..Request::create(object)
        }
        .refused_by(&policy)
        .len()
    };
    assert_eq!(refused(promotion.clone(), "ann@acme.dev"), 0);
    let others = [
        with(&promotion, "/spec/serviceAccountName", json!("release")),
        with(
            &promotion,
            "/spec/workflowTemplateRef/name",
            json!("publish-stack"),
        ),
        with(
            &promotion,
            "/spec/workflowTemplateRef/clusterScope",
            json!(true),
        ),
        json!({"spec": {"arguments": {}}}),
    ];
    for other in others {
        assert_eq!(refused(other.clone(), "ann@acme.dev"), 1, "{other}");
        assert_eq!(
            refused(other, "system:serviceaccount:luban-dispatch:dispatch"),
            0
        );
    }
}
