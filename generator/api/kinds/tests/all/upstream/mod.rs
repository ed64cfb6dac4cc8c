//! Upstream's lists of fields as documents that set one field each.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

/// A document that sets one field.
#[derive(Clone)]
pub(crate) struct Probe {
    pub(crate) document: Value,
    /// Where the field is, as a JSON pointer.
    pub(crate) pointer: String,
    pub(crate) value: Value,
}

impl Probe {
    pub(crate) fn is_spec(&self) -> bool {
        self.pointer.starts_with("/spec/")
    }
}

/// A list of fields, and the kinds that it is about.
pub(crate) struct List {
    fields: Vec<Field>,
    /// Fields by definition.
    definitions: BTreeMap<String, Vec<usize>>,
    /// Definitions that are kinds, with their documents' first fields.
    roots: Vec<(String, Value)>,
}

struct Field {
    definition: String,
    name: String,
    type_name: String,
    line: String,
}

/// Definitions that stand inside another without a field of their own (Go embeds them, or reads them by hand), and where.
const INLINED: &[(&str, &str, &[&str])] = &[
    ("WorkflowStep", "Template", &["steps", "[]", "[]"]),
    ("PipelineRunStatusFields", "PipelineRunStatus", &[]),
    ("TaskRunStatusFields", "TaskRunStatus", &[]),
    ("ResolverRef", "TaskRef", &[]),
    (
        "ResolutionRequestStatusFields",
        "ResolutionRequestStatus",
        &[],
    ),
    ("TypeMeta", "Kustomization", &[]),
    (
        "GeneratorArgs",
        "Kustomization",
        &["configMapGenerator", "[]"],
    ),
    (
        "KvPairSources",
        "Kustomization",
        &["configMapGenerator", "[]"],
    ),
    ("Replacement", "ReplacementField", &[]),
    ("BuilderSpec", "NamespacedBuilderSpec", &[]),
    ("ResolvedClusterStack", "ClusterStackStatus", &[]),
    ("BuildpackInfo", "BuilderBuildpackRef", &[]),
    ("Status", "EventSourceStatus", &[]),
    ("Status", "Image", &["status"]),
];

/// One step from a value to a value inside it.
#[derive(Clone)]
enum Step {
    Field(String),
    Item,
    Entry,
}

impl List {
    pub(crate) fn of(text: &str, prefixes: &[(&str, &str)]) -> Self {
        let fields: Vec<Field> = text.lines().filter_map(field).collect();
        let mut definitions: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, field) in fields.iter().enumerate() {
            definitions
                .entry(field.definition.clone())
                .or_default()
                .push(index);
        }
        let mut roots = Vec::new();
        for definition in definitions.keys() {
            let Some((prefix, api_version)) = prefixes
                .iter()
                .find(|(prefix, _)| definition.starts_with(prefix))
            else {
                continue;
            };
            let start = prefix.rfind('.').map_or(0, |dot| dot + 1);
            let kind = &definition[start..];
            let of = kind.strip_suffix("List").unwrap_or(kind);
            let is_known = luban_api::Kind::of(api_version, of).is_some();
            if is_known {
                let root = json!({"apiVersion": api_version, "kind": kind});
                roots.push((definition.clone(), root));
            }
        }
        Self {
            fields,
            definitions,
            roots,
        }
    }

    /// Each line of the list, and documents that set its field to values that could be its type's; none if no kind reaches it. Of
    /// several ways to a definition the shortest counts, ways through `spec` before others.
    pub(crate) fn probes(&self) -> Vec<(String, Vec<Probe>)> {
        let ways = self.ways();
        self.fields
            .iter()
            .map(|field| {
                let way = ways.get(field.definition.as_str());
                let probes = way.into_iter().flat_map(|(root, way)| {
                    let mut steps = way.clone();
                    steps.push(Step::Field(field.name.clone()));
                    let values = samples(&field.type_name);
                    values.into_iter().flat_map(move |value| {
                        [false, true].map(|dated| probe(root, &steps, value.clone(), dated))
                    })
                });
                (field.line.clone(), probes.collect())
            })
            .collect()
    }

    /// The way to each definition.
    fn ways(&self) -> BTreeMap<&str, (&Value, Vec<Step>)> {
        let mut ways: BTreeMap<&str, (&Value, Vec<Step>)> = BTreeMap::new();
        let mut queue = VecDeque::new();
        for (definition, root) in &self.roots {
            ways.insert(definition, (root, Vec::new()));
            queue.push_back(definition.as_str());
        }
        // Status last: what a spec reaches is tested there.
        let mut late = VecDeque::new();
        while let Some(definition) = queue.pop_front().or_else(|| late.pop_front()) {
            let (root, way) = ways[definition].clone();
            let name = definition.rsplit('.').next().unwrap_or_default();
            for (inlined, _, steps) in INLINED.iter().filter(|(_, within, _)| *within == name) {
                let near = definition.strip_suffix(name).unwrap_or_default();
                let to = self.definitions.keys().find(|of| {
                    of.strip_suffix(inlined)
                        .is_some_and(|prefix| prefix == near || prefix == "kpack.core.v1alpha1.")
                });
                if let Some(to) = to.filter(|to| !ways.contains_key(to.as_str())) {
                    let mut way = way.clone();
                    way.extend(steps.iter().map(|step| match *step {
                        "[]" => Step::Item,
                        name => Step::Field(name.to_owned()),
                    }));
                    ways.insert(to, (root, way));
                    queue.push_back(to);
                }
            }
            for index in &self.definitions[definition] {
                let field = &self.fields[*index];
                let (steps, to) = self.target(field);
                let Some(to) = to else { continue };
                if ways.contains_key(to) {
                    continue;
                }
                let mut way = way.clone();
                way.extend(steps);
                let is_status = matches!(way.first(), Some(Step::Field(name)) if name == "status");
                ways.insert(to, (root, way));
                if is_status {
                    late.push_back(to);
                } else {
                    queue.push_back(to);
                }
            }
        }
        ways
    }

    /// The definition that a field's type names, and the steps to it.
    fn target<'a>(&'a self, field: &'a Field) -> (Vec<Step>, Option<&'a str>) {
        let mut steps = vec![Step::Field(field.name.clone())];
        let mut name = field.type_name.as_str();
        loop {
            if let Some(rest) = name.strip_prefix("[]") {
                steps.push(Step::Item);
                name = rest;
            } else if let Some(rest) = name.strip_prefix("map[string]") {
                steps.push(Step::Entry);
                name = rest;
            } else if let Some(rest) = name.strip_prefix('*') {
                name = rest;
            } else {
                break;
            }
        }
        (steps, self.definition(field, name))
    }

    fn definition(&self, field: &Field, name: &str) -> Option<&str> {
        let path = format!("{}.{}", field.definition, field.name);
        let prefix = field
            .definition
            .rsplit_once('.')
            .map_or("", |(prefix, _)| prefix);
        let near = format!("{prefix}.{name}");
        let candidates = if name == "object" {
            vec![path]
        } else {
            vec![name.to_owned(), near, format!("v1{name}")]
        };
        candidates
            .iter()
            .find_map(|name| Some(self.definitions.get_key_value(name)?.0.as_str()))
    }
}

/// `definition.field: type`; lines of embedded types are none.
fn field(line: &str) -> Option<Field> {
    let (path, type_name) = line.split_once(": ")?;
    if type_name.starts_with("inline ") {
        return None;
    }
    // Lists by path have `[]` and `{}` in them; a definition is a path without these.
    let plain = path.replace("[]", "").replace("{}", "");
    let (definition, name) = plain.rsplit_once('.')?;
    if definition.ends_with(".ParamValue") {
        // Fields of the Go type behind a value that is written as itself.
        return None;
    }
    Some(Field {
        definition: definition.to_owned(),
        name: name.to_owned(),
        type_name: type_name.to_owned(),
        line: path.to_owned(),
    })
}

/// Values of which one is a type's: lists say `string` for times too, and do not say what upstream reads in its own way.
fn samples(type_name: &str) -> Vec<Value> {
    if let Some((_, values)) = type_name.split_once(" enum(") {
        let first = values.trim_end_matches(')').split(',').next();
        return vec![json!(first.unwrap_or_default())];
    }
    if type_name == "[]byte" {
        return vec![json!("eA==")];
    }
    if let Some(rest) = type_name.strip_prefix("[]") {
        return samples(rest)
            .into_iter()
            .map(|value| json!([value]))
            .collect();
    }
    if let Some(rest) = type_name.strip_prefix("map[string]") {
        return samples(rest)
            .into_iter()
            .map(|value| json!({"k": value}))
            .collect();
    }
    if let Some(rest) = type_name.strip_prefix('*') {
        return samples(rest);
    }
    let time = json!("2026-01-02T03:04:05Z");
    match type_name.rsplit(['.', '/']).next().unwrap_or(type_name) {
        "string" => vec![json!("x"), time],
        "any" => vec![json!("x"), json!({})],
        "boolean" | "bool" => vec![json!(true)],
        "integer" | "int" | "int32" | "int64" | "number" | "int-or-string" | "IntOrString" => {
            vec![json!(1)]
        }
        "Time" | "MicroTime" => vec![time],
        "Quantity" => vec![json!("1")],
        "ObjectMeta" | "ListMeta" => vec![json!({"resourceVersion": "1"})],
        _ => vec![
            json!({}),
            json!({"k": {}}),
            json!({"k": "x"}),
            json!({"name": "x"}),
            json!("x"),
            json!([{}]),
            json!([[{}]]),
            json!(1),
        ],
    }
}

/// The document in which `value` stands at the end of `steps`; conditions on the way have a time if `is_dated`.
fn probe(root: &Value, steps: &[Step], value: Value, is_dated: bool) -> Probe {
    let mut document = value.clone();
    let mut pointer = String::new();
    for step in steps.iter().rev() {
        let (word, around) = match step {
            Step::Field(name) => {
                if is_dated && name == "conditions" {
                    date_conditions(&mut document);
                }
                (name.as_str(), json!({name: document}))
            }
            Step::Item => ("0", json!([document])),
            Step::Entry => ("k", json!({"k": document})),
        };
        document = around;
        pointer = format!("/{}{pointer}", word.replace('~', "~0").replace('/', "~1"));
    }
    let mut whole: Map<String, Value> = root.as_object().cloned().unwrap_or_default();
    if let Value::Object(fields) = document {
        for (name, value) in fields {
            // What a kind is called is not for a probe to change.
            if name != "apiVersion" && name != "kind" || pointer.matches('/').count() > 1 {
                whole.insert(name, value);
            }
        }
    }
    let value = match pointer.as_str() {
        "/apiVersion" => root["apiVersion"].clone(),
        "/kind" => root["kind"].clone(),
        _ => value,
    };
    Probe {
        document: Value::Object(whole),
        pointer,
        value,
    }
}

/// Kubernetes' own conditions must have a time.
fn date_conditions(conditions: &mut Value) {
    for condition in conditions.as_array_mut().into_iter().flatten() {
        if let Value::Object(fields) = condition {
            fields
                .entry("lastTransitionTime")
                .or_insert_with(|| json!("2026-01-02T03:04:05Z"));
        }
    }
}
