//! What the written YAML looks like.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{
    ConfigMap, Container, EmptyDirVolumeSource, EnvVar, PodSpec, Volume,
};
use k8s_openapi::api::rbac::v1::RoleBinding;
use luban_yaml::{WriteError, to_string, write_to};
use serde::Serialize;
use serde_json::json;

fn written(value: &impl Serialize) -> String {
    to_string(value).unwrap()
}

#[test]
fn a_deployment_comes_out_in_upstreams_order_with_lists_not_indented() {
    let deployment: Deployment = serde_json::from_value(json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "api", "namespace": "shop", "labels": {"b": "1", "a": "x"}},
        "spec": {
            "selector": {"matchLabels": {"app": "api"}}, "replicas": 2,
            "template": {"metadata": {"labels": {"app": "api"}}, "spec": {
                "containers": [{
                    "args": ["--port", "8080", "--on"], "name": "api", "image": "registry.example/api:1.0",
                    "env": [{"valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}, "name": "TOKEN"}],
                    "resources": {"limits": {"cpu": "1", "memory": "64Mi"}, "requests": {"cpu": "100m"}},
                    "volumeMounts": [{"mountPath": "/tmp", "name": "tmp"}],
                }],
                "automountServiceAccountToken": false,
                "volumes": [{"emptyDir": {}, "name": "tmp"}],
            }},
        },
    }))
    .unwrap();
    assert_eq!(
        written(&deployment),
        r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
  labels:
    a: x
    b: "1"
spec:
  replicas: 2
  selector:
    matchLabels:
      app: api
  template:
    metadata:
      labels:
        app: api
    spec:
      volumes:
      - name: tmp
        emptyDir: {}
      containers:
      - name: api
        image: registry.example/api:1.0
        args:
        - --port
        - "8080"
        - --on
        env:
        - name: TOKEN
          valueFrom:
            secretKeyRef:
              name: s
              key: k
        resources:
          limits:
            cpu: "1"
            memory: 64Mi
          requests:
            cpu: 100m
        volumeMounts:
        - name: tmp
          mountPath: /tmp
      automountServiceAccountToken: false
"#
    );
}

#[test]
fn kind_comes_before_data_in_a_config_map_and_subjects_before_the_role() {
    let map = ConfigMap {
        data: Some(BTreeMap::from([(
            "run.sh".to_owned(),
            "#!/bin/sh\n\nexec a\n".to_owned(),
        )])),
        immutable: Some(true),
        ..ConfigMap::default()
    };
    assert_eq!(
        written(&map),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\nimmutable: true\ndata:\n  run.sh: |\n    #!/bin/sh\n\n    exec a\n"
    );
    let binding: RoleBinding = serde_json::from_value(json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "b"},
        "roleRef": {"name": "r", "kind": "Role", "apiGroup": "rbac.authorization.k8s.io"},
        "subjects": [{"namespace": "shop", "name": "s", "kind": "ServiceAccount"}],
    }))
    .unwrap();
    assert_eq!(
        written(&binding),
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: b\nsubjects:\n- kind: ServiceAccount\n  \
         name: s\n  namespace: shop\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: Role\n  name: r\n"
    );
}

#[test]
fn a_type_of_our_own_keeps_its_order_even_under_a_name_of_kubernetes() {
    #[derive(Serialize)]
    struct Volume {
        size: u8,
        name: &'static str,
    }
    assert_eq!(
        written(&vec![Volume { size: 1, name: "v" }]),
        "- size: 1\n  name: v\n"
    );
}

#[test]
fn an_objects_type_comes_first_whatever_declares_it_where() {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Own {
        spec: u8,
        kind: &'static str,
        metadata: u8,
        api_version: &'static str,
    }
    assert_eq!(
        written(&Own {
            spec: 1,
            kind: "Own",
            metadata: 2,
            api_version: "a/v1"
        }),
        "apiVersion: a/v1\nkind: Own\nmetadata: 2\nspec: 1\n"
    );
}

#[test]
fn a_field_that_is_none_is_left_out_and_an_empty_one_that_is_there_stays() {
    #[derive(Serialize)]
    struct Inner {
        none: Option<u8>,
    }
    #[derive(Serialize)]
    struct Outer {
        none: Option<Inner>,
        some: Option<Inner>,
        list: Vec<u8>,
        nulls: Vec<Option<u8>>,
        unit: (),
    }
    assert_eq!(
        written(&Outer {
            none: None,
            some: Some(Inner { none: None }),
            list: vec![],
            nulls: vec![None],
            unit: ()
        }),
        "some: {}\nlist: []\nnulls:\n- null\nunit: null\n"
    );
    let volume = Volume {
        empty_dir: Some(EmptyDirVolumeSource::default()),
        ..Volume::default()
    };
    assert_eq!(written(&volume), "name: \"\"\nemptyDir: {}\n");
}

#[test]
fn lists_in_lists_and_maps_in_lists_carry_their_dashes() {
    assert_eq!(
        written(&json!([[1, [2]], [], {}, [{"a": [{"b": 1, "c": []}]}], [[]], null])),
        "- - 1\n  - - 2\n- []\n- {}\n- - a:\n    - b: 1\n      c: []\n- - []\n- null\n"
    );
    assert_eq!(written(&json!({})), "{}\n");
    assert_eq!(written(&json!("yes")), "\"yes\"\n");
}

#[test]
fn enums_are_written_with_their_variant_as_key() {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    enum Step {
        Rest,
        Run(Vec<u8>),
        Wait { seconds: u8, why: Option<u8> },
        Pair(u8, u8),
        Maybe(Option<u8>),
    }
    assert_eq!(
        written(&vec![
            Step::Rest,
            Step::Run(vec![1]),
            Step::Wait {
                seconds: 1,
                why: None
            },
            Step::Pair(1, 2),
            Step::Maybe(None)
        ]),
        "- rest\n- run:\n  - 1\n- wait:\n    seconds: 1\n- pair:\n  - 1\n  - 2\n- maybe: null\n"
    );
    assert_eq!(
        written(&BTreeMap::from([
            (
                "s",
                Step::Wait {
                    seconds: 1,
                    why: None
                }
            ),
            ("p", Step::Pair(1, 2))
        ])),
        "p:\n  pair:\n  - 1\n  - 2\ns:\n  wait:\n    seconds: 1\n"
    );
}

#[test]
fn text_of_several_lines_is_a_block_that_keeps_its_last_line_breaks() {
    assert_eq!(written(&json!({"a": "x\ny"})), "a: |-\n  x\n  y\n");
    assert_eq!(written(&json!({"a": "x\ny\n"})), "a: |\n  x\n  y\n");
    assert_eq!(
        written(&json!({"a": "x\n\n\n", "b": 1})),
        "a: |+\n  x\n\n\nb: 1\n"
    );
    assert_eq!(
        written(&json!({"a": ["  x\ny \n"]})),
        "a:\n- |2\n    x\n  y \n"
    );
    assert_eq!(written(&json!({"a": "\n  x"})), "a: |2-\n\n    x\n");
    assert_eq!(written(&json!({"a": "x\n\ty"})), "a: \"x\\n\\ty\"\n");
    assert_eq!(written(&json!({"a": "x\r\ny"})), "a: \"x\\r\\ny\"\n");
    assert_eq!(written(&json!({"a": "\n"})), "a: \"\\n\"\n");
    assert_eq!(written(&json!({"a": "ä\n😀"})), "a: |-\n  ä\n  😀\n");
}

#[test]
fn what_hides_or_breaks_lines_is_escaped() {
    assert_eq!(
        written(&"a\u{85}b\u{2028}\u{feff}\u{202e}\u{7f}\0"),
        "\"a\\u0085b\\u2028\\ufeff\\u202e\\u007f\\u0000\"\n"
    );
}

#[test]
fn numbers_are_numbers_to_every_reader() {
    assert_eq!(
        written(&(
            1.0,
            0.1,
            1e16,
            1.5e-9,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
            u64::MAX,
            i64::MIN,
            0.1_f32
        )),
        "- 1.0\n- 0.1\n- 1.0e+16\n- 1.5e-9\n- .inf\n- -.inf\n- .nan\n- 18446744073709551615\n- -9223372036854775808\n- 0.1\n"
    );
}

#[test]
fn a_key_is_a_string_whatever_it_looks_like() {
    assert_eq!(written(&BTreeMap::from([(1, 2)])), "\"1\": 2\n");
    assert_eq!(
        written(&json!({"on": 1, "": 2, "a b": 3, "a: b": 4})),
        "\"on\": 1\n\"\": 2\na b: 3\n\"a: b\": 4\n"
    );
    assert_eq!(
        to_string(&BTreeMap::from([(vec![1], 2)])),
        Err(WriteError::Key)
    );
    let long = "k".repeat(2000);
    assert_eq!(
        written(&json!({"a": {&long: [1]}})),
        format!("a:\n  ? \"{long}\"\n  :\n  - 1\n")
    );
}

#[test]
fn values_nested_without_end_are_an_error() {
    let mut value = json!(1);
    for _ in 0..300 {
        value = json!([value]);
    }
    assert_eq!(to_string(&value), Err(WriteError::Depth));
    let mut out = "kept".to_owned();
    write_to(&mut out, &value).unwrap_err();
    assert_eq!(out, "kept");
    write_to(&mut out, &1).unwrap();
    assert_eq!(out, "kept1\n");
}

#[test]
fn containers_of_a_pod_are_sorted_inside_and_out() {
    let pod = PodSpec {
        containers: vec![Container {
            name: "c".into(),
            command: Some(vec!["x".into()]),
            env: Some(vec![EnvVar {
                name: "E".into(),
                value: Some("1".into()),
                value_from: None,
            }]),
            ..Container::default()
        }],
        init_containers: Some(vec![Container {
            name: "i".into(),
            ..Container::default()
        }]),
        service_account_name: Some("s".into()),
        ..PodSpec::default()
    };
    assert_eq!(
        written(&pod),
        "initContainers:\n- name: i\ncontainers:\n- name: c\n  command:\n  - x\n  env:\n  - name: E\n    value: \"1\"\nserviceAccountName: s\n"
    );
}
