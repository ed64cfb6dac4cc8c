//! Which Rust type each of upstream's types is.

use std::collections::{BTreeMap, BTreeSet};

use crate::fields::Upstream;
use crate::known::{KUBERNETES, RE_EXPORTED, SPECIAL, TEKTON_CORE};
use crate::layout::{Layout, Same};

/// A struct by its module and name.
pub(crate) type Struct<'a> = (&'a str, &'a str);

/// What is known of a crate's types while its files are written.
pub(crate) struct Types<'a> {
    pub(crate) upstream: &'a Upstream,
    /// The struct of each upstream definition.
    by_definition: BTreeMap<&'a str, Struct<'a>>,
    /// The file of each struct.
    by_name: BTreeMap<Struct<'a>, &'a str>,
    /// What fields are for, by struct and field, whatever the module: versions of a kind share words.
    pub(crate) words: BTreeMap<(&'a str, &'a str), &'a str>,
    /// The crates of structs that other crates have.
    elsewhere: &'a BTreeMap<String, String>,
    pub(crate) imports: BTreeSet<String>,
    pub(crate) file: String,
    pub(crate) module: String,
    pub(crate) errors: Vec<String>,
}

impl<'a> Types<'a> {
    pub(crate) fn of(layout: &'a Layout, upstream: &'a Upstream) -> Types<'a> {
        let mut types = Types {
            upstream,
            by_definition: BTreeMap::new(),
            by_name: BTreeMap::new(),
            words: BTreeMap::new(),
            elsewhere: &layout.elsewhere,
            imports: BTreeSet::new(),
            file: String::new(),
            module: String::new(),
            errors: Vec::new(),
        };
        for file in &layout.files {
            for item in &file.items {
                let place = (file.module.as_str(), item.name.as_str());
                if let Some(definition) = &item.definition {
                    types.by_definition.insert(definition, place);
                }
                if types.by_name.insert(place, &file.path).is_some() {
                    types
                        .errors
                        .push(format!("`{}` stands twice in the layout", item.name));
                }
                for (field, words) in &item.docs {
                    types.words.entry((&item.name, field)).or_insert(words);
                }
            }
        }
        for same in &layout.same {
            types.add_same(same);
        }
        types
    }

    /// Lets a struct serve a further definition; an error if their fields differ.
    fn add_same(&mut self, same: &'a Same) {
        let found = self.find(&same.module, &same.name);
        let first = found.and_then(|found| {
            let made = self
                .by_definition
                .iter()
                .find(|(_, place)| **place == found);
            made.map(|(definition, _)| *definition)
        });
        let (Some(place), Some(first)) = (found, first) else {
            self.errors.push(format!(
                "`{}` cannot serve `{}`: no such struct",
                same.name, same.definition
            ));
            return;
        };
        let plain = |definition: &str| -> Option<Vec<(String, String)>> {
            let fields = self.upstream.fields(definition)?;
            let last = |name: &str| {
                name.rsplit(['.', '/'])
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            };
            let mut fields: Vec<_> = fields
                .iter()
                .map(|field| (field.name.clone(), last(&field.type_name)))
                .collect();
            fields.sort();
            Some(fields)
        };
        if plain(first).is_none() || plain(first) != plain(&same.definition) {
            self.errors.push(format!(
                "`{}` cannot serve `{}`: its fields differ from those of `{first}`",
                same.name, same.definition
            ));
        }
        self.by_definition.insert(&same.definition, place);
    }

    /// The struct of a name as a module sees it: its own, or else the crate's, or else the only one of that name.
    fn find(&self, module: &str, name: &str) -> Option<Struct<'a>> {
        let seen = [module, ""].into_iter().find_map(|module| {
            let mut places = self.by_name.keys();
            places.find(|place| **place == (module, name)).copied()
        });
        seen.or_else(|| {
            let mut named = self.by_name.keys().filter(|place| place.1 == name);
            let only = named.next().copied();
            only.filter(|_| named.next().is_none())
        })
    }

    pub(crate) fn import(&mut self, path: &str) {
        self.imports.insert(path.to_owned());
    }

    pub(crate) fn rust_type(&mut self, owner: &str, name: &str) -> String {
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
            "object" | "io.argoproj.events.v1alpha1.K8SResource" => return self.shared("Embedded"),
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
            .copied()
            .or_else(|| self.find(&self.module, name))
            .or_else(|| self.same_shape(name));
        if let Some(own) = own {
            return self.own(own);
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
            if let Some(own) = self.find(&self.module, last) {
                return self.own(own);
            }
            if let Some(path) = self.elsewhere.get(last) {
                self.import(&format!("{path}::{last}"));
                return last.to_owned();
            }
            if SPECIAL.contains(&last) {
                self.import(&format!("crate::{last}"));
                return last.to_owned();
            }
        }
        self.errors.push(format!(
            "`{owner}` uses `{name}`, which the layout leaves out"
        ));
        "()".to_owned()
    }

    /// A struct of the crate, imported if another file has it.
    fn own(&mut self, (module, name): Struct<'_>) -> String {
        if self
            .by_name
            .get(&(module, name))
            .is_some_and(|file| *file != self.file)
        {
            self.import(&match module {
                "" => format!("crate::{name}"),
                module => format!("crate::{module}::{name}"),
            });
        }
        name.to_owned()
    }

    pub(crate) fn shared(&mut self, name: &str) -> String {
        self.import(&format!("luban_api_core::{name}"));
        name.to_owned()
    }

    /// The struct of a path whose definition has the same fields, by the path's last word where several do.
    fn same_shape(&mut self, path: &str) -> Option<Struct<'a>> {
        let shape = self.upstream.shape(path)?;
        let mut same: Vec<(&str, Struct<'a>)> = self
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
            [(_, place)] => Some(*place),
            _ => None,
        }
    }
}
