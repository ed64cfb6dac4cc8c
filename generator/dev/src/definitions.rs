//! The table of what CustomResourceDefinitions and the API of Kubernetes refuse, made of upstream's files.
//!
//! Facts only: names of fields, limits and patterns. Equal parts are there once, so that a container is one line for all kinds.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Map, Value, json};

/// Where to read from and write to.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Go's module cache (`go env GOMODCACHE`), with the modules of `tests/conformance`
    #[arg(long)]
    modules: PathBuf,
    /// The table
    #[arg(long, default_value = "generator/check/src/definitions/table.jsonl")]
    out: PathBuf,
}

/// Files and folders with CustomResourceDefinitions.
const DEFINITIONS: &[&str] = &[
    "github.com/argoproj/argo-workflows/v3@v3.7.4/manifests/base/crds/full",
    "github.com/argoproj/argo-cd/v3@v3.5.1/manifests/crds",
    "github.com/argoproj/argo-events@v1.9.11/manifests/install.yaml",
    "github.com/argoproj/argo-rollouts@v1.10.2/manifests/crds",
    "github.com/akuity/kargo@v1.11.2/charts/kargo/resources/crds",
    "github.com/pivotal/kpack@v0.17.2/config",
    "github.com/tektoncd/pipeline@v1.15.0/config/300-crds",
    "github.com/tektoncd/triggers@v0.37.0/config",
    "github.com/external-secrets/external-secrets@v0.19.2/config/crds/bases/external-secrets.io_externalsecrets.yaml",
    "github.com/sigstore/policy-controller@v0.13.1/config/300-clusterimagepolicy.yaml",
    "github.com/cilium/cilium@v1.20.2/pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml",
    "sigs.k8s.io/gateway-api@v1.6.3/config/crd/experimental/gateway.networking.k8s.io_httproutes.yaml",
    "sigs.k8s.io/kueue@v0.15.0/config/components/crd/bases",
];

/// The folder of the API of Kubernetes.
const KUBERNETES: &str = "k8s.io/kubernetes@v1.36.1/api/openapi-spec/v3";

/// Fields that the API server sets where they are empty, although its description says that they are required.
const SET_BY_SERVER: &[(&str, &str)] = &[("RoleRef", "apiGroup"), ("Subject", "apiGroup")];

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut table = Table::default();
    for source in DEFINITIONS {
        let is_filled_in = [
            "github.com/tektoncd/",
            "github.com/argoproj/argo-workflows/",
        ];
        table.has_required = !is_filled_in.iter().any(|prefix| source.starts_with(prefix));
        table.definitions(&arguments.modules.join(source))?;
    }
    table.has_required = true;
    table.kubernetes(&arguments.modules.join(KUBERNETES))?;
    let mut out = String::new();
    for ((api_version, kind), node) in &table.kinds {
        writeln!(out, "{}", json!([api_version, kind, node]))?;
    }
    for node in &table.nodes {
        writeln!(out, "{node}")?;
    }
    std::fs::write(&arguments.out, out).with_context(|| arguments.out.display().to_string())?;
    println!("{} kinds, {} parts", table.kinds.len(), table.nodes.len());
    Ok(ExitCode::SUCCESS)
}

#[derive(Default)]
struct Table {
    kinds: BTreeMap<(String, String), usize>,
    /// Each refuses something, itself or in a part of it.
    nodes: Vec<String>,
    /// Whether fields that must be there are taken. Tekton's webhook writes all fields of its types, empty ones too, before the
    /// definition sees the object; Argo Workflows takes locations of artifacts from elsewhere, and has rules of its own.
    has_required: bool,
    known: HashMap<String, usize>,
}

impl Table {
    fn definitions(&mut self, path: &Path) -> Result<()> {
        let mut files: Vec<PathBuf> = if path.is_dir() {
            let files = std::fs::read_dir(path).with_context(|| path.display().to_string())?;
            files.map(|file| Ok(file?.path())).collect::<Result<_>>()?
        } else {
            vec![path.to_owned()]
        };
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| extension == "yaml")
        });
        files.sort();
        for file in files {
            let text =
                std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            for document in serde_yaml::Deserializer::from_str(&text) {
                // Templates of charts beside definitions are no YAML.
                let Ok(value) = <Value as serde::Deserialize>::deserialize(document) else {
                    continue;
                };
                if value["kind"] == "CustomResourceDefinition" {
                    self.definition(&value["spec"]);
                }
            }
        }
        Ok(())
    }

    fn definition(&mut self, spec: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for version in spec["versions"].as_array().into_iter().flatten() {
            let api_version = format!("{}/{}", text(&spec["group"]), text(&version["name"]));
            let mut schema = version["schema"]["openAPIV3Schema"].clone();
            strip(&mut schema);
            if let Some(node) = self.node(&schema, &Map::new(), &mut Vec::new(), true) {
                self.kinds
                    .insert((api_version, text(&spec["names"]["kind"])), node);
            }
        }
    }

    fn kubernetes(&mut self, folder: &Path) -> Result<()> {
        for kind in luban_api::KINDS
            .iter()
            .filter(|kind| kind.upstream.starts_with("Kubernetes"))
        {
            let file = match kind.api_version {
                "v1" => "api__v1_openapi.json".to_owned(),
                api_version => format!("apis__{}_openapi.json", api_version.replace('/', "__")),
            };
            let path = folder.join(&file);
            // A version that this release does not serve any more.
            if !path.exists() {
                continue;
            }
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let api: Value = serde_json::from_str(&text)?;
            let Some(schemas) = api["components"]["schemas"].as_object() else {
                continue;
            };
            let schema = schemas.values().find(|schema| {
                let kinds = schema["x-kubernetes-group-version-kind"]
                    .as_array()
                    .into_iter()
                    .flatten();
                let mut kinds =
                    kinds.filter(|of| of["kind"] == kind.name && of["version"] == kind.version());
                kinds.any(|of| of["group"] == kind.group())
            });
            let Some(mut schema) = schema.cloned() else {
                continue;
            };
            strip(&mut schema);
            if let Some(node) = self.node(&schema, schemas, &mut Vec::new(), false) {
                self.kinds
                    .insert((kind.api_version.to_owned(), kind.name.to_owned()), node);
            }
        }
        Ok(())
    }

    /// The number of a part; none if it refuses nothing. `is_custom` for definitions, whose lists with keys are checked.
    fn node(
        &mut self,
        schema: &Value,
        schemas: &Map<String, Value>,
        within: &mut Vec<String>,
        is_custom: bool,
    ) -> Option<usize> {
        let reference = schema["$ref"]
            .as_str()
            .or_else(|| schema["allOf"][0]["$ref"].as_str());
        if let Some(name) = reference.and_then(|reference| reference.rsplit('/').next()) {
            if within.iter().any(|outer| outer == name) {
                return None;
            }
            let target = schemas.get(name)?.clone();
            within.push(name.to_owned());
            let node = self.node(&target, schemas, within, is_custom);
            within.pop();
            return node;
        }
        let mut node = BTreeMap::new();
        let properties = schema["properties"].as_object();
        let has_required = self.has_required;
        let needed = |field: &&str| {
            let of = &schema["properties"][*field];
            let owner = within
                .last()
                .map(|name| name.rsplit('.').next().unwrap_or(name))
                .unwrap_or_default();
            // Kubernetes' own API gives the empty value of a type as its default; definitions give what is set.
            let default = &of["default"];
            let is_empty =
                *default == "" || *default == json!({}) || *default == 0 || *default == false;
            (default.is_null() || !is_custom && is_empty)
                && has_required
                && of["nullable"] != true
                && !SET_BY_SERVER.contains(&(owner, field))
        };
        let required: Vec<String> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(needed)
            .map(str::to_owned)
            .collect();
        if !required.is_empty() {
            node.insert("r", json!(required));
        }
        let mut below = BTreeMap::new();
        for (name, property) in properties.into_iter().flatten() {
            if let Some(of) = self.node(property, schemas, within, is_custom) {
                below.insert(name.as_str(), of);
            }
        }
        if !below.is_empty() {
            node.insert("p", json!(below));
        }
        for (key, field) in [("i", "items"), ("a", "additionalProperties")] {
            if schema[field].is_object() {
                node.extend(
                    self.node(&schema[field], schemas, within, is_custom)
                        .map(|of| (key, json!(of))),
                );
            }
        }
        let limits = [
            ("min", "minimum"),
            ("max", "maximum"),
            ("minl", "minLength"),
            ("maxl", "maxLength"),
            ("mini", "minItems"),
            ("maxi", "maxItems"),
            ("minp", "minProperties"),
            ("maxp", "maxProperties"),
            ("t", "pattern"),
        ];
        for (key, field) in limits {
            if !schema[field].is_null() {
                node.insert(key, schema[field].clone());
            }
        }
        if let Some(values) = schema["enum"]
            .as_array()
            .filter(|values| values.iter().all(Value::is_string))
        {
            node.insert("e", json!(values));
        }
        if is_custom && schema["x-kubernetes-list-type"] == "map" {
            node.insert("k", schema["x-kubernetes-list-map-keys"].clone());
        }
        if is_custom && schema["x-kubernetes-list-type"] == "set" {
            node.insert("u", json!(1));
        }
        if node.is_empty() {
            return None;
        }
        let text = json!(node).to_string();
        if let Some(known) = self.known.get(&text) {
            return Some(*known);
        }
        self.nodes.push(text.clone());
        self.known.insert(text, self.nodes.len() - 1);
        Some(self.nodes.len() - 1)
    }
}

/// Leaves out what is not of the author: metadata, which is checked by itself, and the status.
fn strip(schema: &mut Value) {
    if let Some(properties) = schema["properties"].as_object_mut() {
        for field in ["metadata", "status", "apiVersion", "kind"] {
            properties.remove(field);
        }
    }
    if let Some(required) = schema["required"].as_array_mut() {
        required.retain(|field| {
            !["metadata", "status", "apiVersion", "kind"]
                .iter()
                .any(|own| field == own)
        });
    }
}
