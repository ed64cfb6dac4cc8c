//! From a layout and upstream's fields to Rust source.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::fields::{Field, Upstream};
use crate::known::{KUBERNETES, RE_EXPORTED, SPECIAL, TEKTON_CORE};
use crate::layout::{Item, Kind, Layout, Phrases, Presence, Token};
use crate::naming::{camel, snake};

/// The drafted files of a crate: path below `src`, formatted text.
pub(crate) fn files(
    layout: &Layout,
    upstream: &Upstream,
    phrases: &Phrases,
) -> Result<Vec<(String, String)>, Vec<String>> {
    let mut crate_types = Types::of(layout, upstream);
    let mut files = Vec::new();
    for file in &layout.files {
        crate_types.imports.clear();
        crate_types.file = file.path.clone();
        let mut body = String::new();
        for item in &file.items {
            crate_types.item(&mut body, item, phrases);
        }
        let mut text = String::new();
        let _ = writeln!(
            text,
            "//! {}\n//!\n//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.\n",
            file.doc
        );
        text.push_str(&imports(&crate_types.imports));
        let _ = writeln!(text, "\n{body}");
        files.push((file.path.clone(), text));
    }
    if !crate_types.errors.is_empty() {
        return Err(crate_types.errors);
    }
    files
        .into_iter()
        .map(|(path, text)| Ok((path, formatted(&text)?)))
        .collect()
}

/// One `use` for each module, the standard library's first and the crate's own last.
fn imports(paths: &BTreeSet<String>) -> String {
    let mut modules: BTreeMap<(u8, &str), Vec<&str>> = BTreeMap::new();
    for path in paths {
        let (module, name) = path.rsplit_once("::").unwrap_or(("", path));
        let place = if module.starts_with("std") {
            0
        } else if module == "crate" {
            2
        } else {
            1
        };
        modules.entry((place, module)).or_default().push(name);
    }
    let mut text = String::new();
    let mut last = None;
    for ((place, module), names) in modules {
        if last.is_some_and(|last| last != place) {
            text.push('\n');
        }
        last = Some(place);
        let _ = writeln!(text, "use {module}::{{{}}};", names.join(", "));
    }
    text
}

/// What is known of a crate's types while its files are written.
struct Types<'a> {
    upstream: &'a Upstream,
    /// Struct name and file of each upstream definition.
    by_definition: BTreeMap<&'a str, &'a str>,
    /// The file of each struct.
    by_name: BTreeMap<&'a str, &'a str>,
    imports: BTreeSet<String>,
    file: String,
    errors: Vec<String>,
}

impl<'a> Types<'a> {
    fn of(layout: &'a Layout, upstream: &'a Upstream) -> Types<'a> {
        let mut types = Types {
            upstream,
            by_definition: BTreeMap::new(),
            by_name: BTreeMap::new(),
            imports: BTreeSet::new(),
            file: String::new(),
            errors: Vec::new(),
        };
        for file in &layout.files {
            for item in &file.items {
                if let Some(definition) = &item.definition {
                    types.by_definition.insert(definition, &item.name);
                }
                if types.by_name.insert(&item.name, &file.path).is_some() {
                    types
                        .errors
                        .push(format!("`{}` stands twice in the layout", item.name));
                }
            }
        }
        types
    }

    fn item(&mut self, body: &mut String, item: &Item, phrases: &Phrases) {
        self.import("serde::Deserialize");
        self.import("serde::Serialize");
        let mut fields = String::new();
        let mut any_option = false;
        if let Some(kind) = &item.kind {
            for shared in ["ApiVersion", "Kind", "ObjectMeta", "resource"] {
                self.shared(shared);
            }
            let name = &item.name;
            let default = if kind.group == KUSTOMIZE {
                "#[serde(default)]\n"
            } else {
                ""
            };
            let _ = writeln!(
                fields,
                "/// Always `{}/{}`.\n{default}pub api_version: ApiVersion<{name}>,\n/// Always `{name}`.\n{default}\
                 pub kind: Kind<{name}>,\n/// Name, namespace, labels, annotations.\n\
                 #[serde(default, skip_serializing_if = \"luban_api_core::is_default\")]\npub metadata: ObjectMeta,",
                kind.group, kind.version
            );
        }
        let ordered = self.fields(item);
        for described in item.docs.keys() {
            if !ordered.iter().any(|(field, _)| field.name == *described) {
                self.errors.push(format!(
                    "`{}` has no field `{described}` to describe",
                    item.name
                ));
            }
        }
        for (field, presence) in ordered {
            let doc = item
                .docs
                .get(&field.name)
                .or_else(|| phrases.0.get(&field.name));
            if let Some(doc) = doc {
                let _ = writeln!(fields, "/// {doc}");
            }
            let rust = snake(&field.name);
            let mut attributes = Vec::new();
            if camel(&rust) != field.name {
                attributes.push(format!("rename = \"{}\"", field.name));
            }
            let type_name = self.rust_type(&item.name, &field.type_name);
            let collection = match type_name.as_str() {
                name if name.starts_with("Vec<") => Some("Vec::is_empty"),
                name if name.starts_with("BTreeMap<") => Some("BTreeMap::is_empty"),
                _ => None,
            };
            let type_name = match (presence, collection) {
                (Presence::Required, _) => type_name,
                (Presence::Optional, Some(is_empty)) => {
                    attributes.push("default".to_owned());
                    attributes.push(format!("skip_serializing_if = \"{is_empty}\""));
                    type_name
                }
                _ => {
                    any_option = true;
                    format!("Option<{type_name}>")
                }
            };
            if field.type_name == "anystring" {
                attributes.push("default".to_owned());
                attributes.push("deserialize_with = \"luban_api_core::any_string\"".to_owned());
            }
            if field.type_name == "anystrings" {
                attributes.push("deserialize_with = \"luban_api_core::any_strings\"".to_owned());
            }
            if field.type_name == "container" {
                attributes
                    .push("serialize_with = \"luban_api_core::without_empty_name\"".to_owned());
            }
            if !attributes.is_empty() {
                let _ = writeln!(fields, "#[serde({})]", attributes.join(", "));
            }
            let _ = writeln!(fields, "pub {rust}: {type_name},");
        }
        let _ = writeln!(body, "/// {}", item.doc);
        if any_option {
            self.import("serde_with::skip_serializing_none");
            let _ = writeln!(body, "#[skip_serializing_none]");
        }
        let _ = writeln!(
            body,
            "#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]\n#[serde(rename_all = \"camelCase\")]\n\
             pub struct {} {{\n{fields}}}\n",
            item.name
        );
        if let Some(Kind {
            group,
            version,
            plural,
            scope,
        }) = &item.kind
        {
            let _ = writeln!(
                body,
                "resource!({}, group: \"{group}\", version: \"{version}\", plural: \"{plural}\", scope: {scope});\n",
                item.name
            );
        }
    }

    /// The fields of a struct in the layout's order, then the list's.
    fn fields(&mut self, item: &Item) -> Vec<(Field, Presence)> {
        let mut rest: Vec<Field> = match &item.definition {
            None => item.tokens.iter().map(own_field).collect(),
            Some(definition) => match self.upstream.fields(definition) {
                Some(fields) => fields.to_vec(),
                None => {
                    self.errors
                        .push(format!("no list has a definition `{definition}`"));
                    Vec::new()
                }
            },
        };
        if item.definition.is_some() {
            rest.extend(
                item.tokens
                    .iter()
                    .filter(|token| token.added)
                    .map(own_field),
            );
        }
        if item.kind.is_some() {
            rest.retain(|field| {
                !["apiVersion", "kind", "metadata", "status"].contains(&field.name.as_str())
            });
        }
        let mut ordered = Vec::new();
        for token in &item.tokens {
            let Some(index) = rest.iter().position(|field| field.name == token.name) else {
                self.errors
                    .push(format!("`{}` has no field `{}`", item.name, token.name));
                continue;
            };
            let mut field = rest.remove(index);
            if let Some(type_name) = &token.type_name {
                field.type_name.clone_from(type_name);
            }
            if token.presence != Presence::Removed {
                ordered.push((field, token.presence));
            }
        }
        ordered.extend(rest.into_iter().map(|field| (field, Presence::Optional)));
        ordered
    }

    fn import(&mut self, path: &str) {
        self.imports.insert(path.to_owned());
    }

    fn rust_type(&mut self, owner: &str, name: &str) -> String {
        if let Some(inner) = name.strip_prefix("[]") {
            return format!("Vec<{}>", self.rust_type(owner, inner));
        }
        if let Some(inner) = name.strip_prefix("map[string]") {
            self.import("std::collections::BTreeMap");
            return format!("BTreeMap<String, {}>", self.rust_type(owner, inner));
        }
        if let Some(inner) = name.strip_prefix('*') {
            return format!("Box<{}>", self.rust_type(owner, inner));
        }
        match name {
            "string" | "anystring" | "v1.Duration" => return "String".to_owned(),
            "anystrings" => return "Vec<String>".to_owned(),
            "boolean" | "bool" => return "bool".to_owned(),
            "integer" | "int" | "int64" => return "i64".to_owned(),
            "int32" => return "i32".to_owned(),
            "number" => return "f64".to_owned(),
            "any" | "any-object" | "k8s.io.apimachinery.pkg.runtime.RawExtension" => {
                self.import("serde_json::Value");
                return "Value".to_owned();
            }
            "intstr" | "int-or-string" => return self.shared("IntOrString"),
            "quantity" => return self.shared("Quantity"),
            "time" => return self.shared("Time"),
            "container" => return self.rust_type(owner, "core.Container"),
            "volumeclaim" => return self.shared("VolumeClaimTemplate"),
            "pod.Template" => return self.rust_type(owner, "PodTemplate"),
            _ => {}
        }
        let own = self
            .by_definition
            .get(name)
            .or_else(|| self.by_name.get_key_value(name).map(|(name, _)| name));
        if let Some(own) = own.copied().or_else(|| self.same_shape(name)) {
            if self.by_name.get(own).is_some_and(|file| *file != self.file) {
                self.import(&format!("crate::{own}"));
            }
            return own.to_owned();
        }
        for (prefix, module) in KUBERNETES {
            let Some(type_name) = name.strip_prefix(prefix) else {
                continue;
            };
            if type_name.contains('.') || prefix == "v1." && !TEKTON_CORE.contains(&type_name) {
                continue;
            }
            if RE_EXPORTED.contains(&type_name) {
                return self.shared(type_name);
            }
            self.import(&format!(
                "luban_api_core::k8s_openapi::{module}::{type_name}"
            ));
            return type_name.to_owned();
        }
        if let Some(last) = name.rsplit('.').next() {
            let own_file = self.by_name.get(last);
            if own_file.is_some() || SPECIAL.contains(&last) {
                if own_file.is_none_or(|file| *file != self.file) {
                    self.import(&format!("crate::{last}"));
                }
                return last.to_owned();
            }
        }
        self.errors.push(format!(
            "`{owner}` uses `{name}`, which the layout leaves out"
        ));
        "()".to_owned()
    }

    fn shared(&mut self, name: &str) -> String {
        self.import(&format!("luban_api_core::{name}"));
        name.to_owned()
    }

    /// The struct of a path whose definition has the same fields, by the path's last word where several do.
    fn same_shape(&mut self, path: &str) -> Option<&'a str> {
        let shape = self.upstream.shape(path)?;
        let mut same: Vec<(&str, &str)> = self
            .by_definition
            .iter()
            .filter(|(definition, _)| self.upstream.shape(definition).as_ref() == Some(&shape))
            .map(|(definition, name)| (*definition, *name))
            .collect();
        if same.len() > 1 {
            let last = path.rsplit('.').next();
            same.retain(|(definition, _)| definition.rsplit('.').next() == last);
        }
        match same.as_slice() {
            [(_, name)] => Some(name),
            _ => None,
        }
    }
}

fn own_field(token: &Token) -> Field {
    let type_name = token
        .type_name
        .clone()
        .unwrap_or_else(|| "string".to_owned());
    Field {
        name: token.name.clone(),
        type_name,
    }
}

/// The group whose files may leave `apiVersion` and `kind` out.
const KUSTOMIZE: &str = "kustomize.config.k8s.io";

fn formatted(text: &str) -> Result<String, Vec<String>> {
    let failure = |error: std::io::Error| vec![format!("rustfmt: {error}")];
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failure)?;
    if let Some(mut input) = rustfmt.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failure)?;
    }
    let output = rustfmt.wait_with_output().map_err(failure)?;
    if !output.status.success() {
        return Err(vec!["rustfmt refuses a drafted file".to_owned()]);
    }
    String::from_utf8(output.stdout).map_err(|error| vec![format!("rustfmt: {error}")])
}
