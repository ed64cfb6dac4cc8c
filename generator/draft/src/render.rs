//! From a layout and upstream's fields to Rust source.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::fields::{Field, Upstream};
use crate::layout::{Item, Kind, Layout, Phrases, Presence, Token};
use crate::naming::{camel, snake};
use crate::types::Types;

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
        crate_types.module = file.module.clone();
        let mut body = String::new();
        for item in &file.items {
            crate_types.item(&mut body, item, phrases);
        }
        let mut text = String::new();
        let _ = writeln!(
            text,
            "//! {}\n//!\n//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.\n",
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

impl Types<'_> {
    fn item(&mut self, body: &mut String, item: &Item, phrases: &Phrases) {
        self.import("serde::Deserialize");
        self.import("serde::Serialize");
        let mut fields = String::new();
        let mut any_option = false;
        let mut required = Vec::new();
        if let Some(kind) = &item.kind {
            for shared in ["ApiVersion", "Kind", "ObjectMeta", "resource"] {
                self.shared(shared);
            }
            let name = &item.name;
            let _ = writeln!(
                fields,
                "/// Always `{}/{}`.\n#[serde(default)]\npub api_version: ApiVersion<{name}>,\n/// Always `{name}`.\n#[serde(default)]\n\
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
                .map(String::as_str)
                .or_else(|| {
                    let words = self.words.get(&(item.name.as_str(), field.name.as_str()));
                    words.copied()
                })
                .or_else(|| phrases.0.get(&field.name).map(String::as_str));
            match doc {
                Some(doc) => {
                    let _ = writeln!(fields, "/// {doc}");
                }
                None => self
                    .errors
                    .push(format!("`{}.{}` has no words", item.name, field.name)),
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
                (Presence::Required, _) => {
                    attributes.push("default".to_owned());
                    required.push(format!("\"{}\"", field.name));
                    type_name
                }
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
            let mut schema = None;
            if field.type_name == "anystring" {
                attributes.push("default".to_owned());
                attributes.push("deserialize_with = \"luban_api_core::any_string\"".to_owned());
                schema = Some("Option<luban_api_core::AnyString>");
            }
            if field.type_name == "anystrings" {
                attributes.push("deserialize_with = \"luban_api_core::any_strings\"".to_owned());
                schema = Some("Vec<luban_api_core::AnyString>");
            }
            if field.type_name == "container" {
                attributes
                    .push("serialize_with = \"luban_api_core::without_empty_name\"".to_owned());
            }
            if !attributes.is_empty() {
                let _ = writeln!(fields, "#[serde({})]", attributes.join(", "));
            }
            if let Some(schema) = schema {
                let _ = writeln!(
                    fields,
                    "#[cfg_attr(feature = \"schema\", schemars(with = \"{schema}\"))]"
                );
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
            "#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]\n\
             #[cfg_attr(feature = \"schema\", derive(schemars::JsonSchema))]\n#[serde(rename_all = \"camelCase\")]"
        );
        // schemars takes a field with a default for an optional one.
        if !required.is_empty() {
            if item
                .kind
                .as_ref()
                .is_some_and(|kind| kind.group != KUSTOMIZE)
            {
                required.splice(0..0, ["\"apiVersion\"".to_owned(), "\"kind\"".to_owned()]);
            }
            let _ = writeln!(
                body,
                "#[cfg_attr(feature = \"schema\", schemars(extend(\"required\" = [{}])))]",
                required.join(", ")
            );
        }
        let _ = writeln!(body, "pub struct {} {{\n{fields}}}\n", item.name);
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
            rest.retain(|field| !["apiVersion", "kind", "metadata"].contains(&field.name.as_str()));
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
