//! Upstream's field lists.

use std::collections::BTreeMap;

/// Every definition of one or more lists, with its fields in the list's order.
#[derive(Default)]
pub(crate) struct Upstream {
    definitions: BTreeMap<String, Vec<Field>>,
}

/// One field: its name in YAML and its type as the list writes it.
#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) type_name: String,
}

impl Upstream {
    /// Adds a list; a definition that an earlier list has stays that list's. In a list by path (`spec.items[].name`, `status.stages{}.since`) an `object` becomes a reference to the path's own definition.
    pub(crate) fn add(&mut self, list: &str) {
        let mut added = Upstream::default();
        for line in list.lines() {
            let Some((path, type_name)) = line.split_once(": ") else {
                continue;
            };
            let path = path.replace("[]", "").replace("{}", "");
            let Some((definition, name)) = path.rsplit_once('.') else {
                continue;
            };
            let type_name = type_name.split(" enum(").next().unwrap_or(type_name);
            // A pointer of Go's is no more than an optional field.
            let type_name = type_name.replace('*', "");
            let type_name = match type_name.strip_suffix("object") {
                Some(prefix) if prefix.is_empty() || prefix.ends_with(']') => {
                    format!("{prefix}{path}")
                }
                _ => type_name.to_owned(),
            };
            let name = name.to_owned();
            added
                .definitions
                .entry(definition.to_owned())
                .or_default()
                .push(Field { name, type_name });
        }
        for (definition, fields) in added.definitions {
            self.definitions.entry(definition).or_insert(fields);
        }
    }

    /// The fields of a definition.
    pub(crate) fn fields(&self, definition: &str) -> Option<&[Field]> {
        self.definitions.get(definition).map(Vec::as_slice)
    }

    /// What makes two definitions of a list by path the same: names and types, nested paths apart.
    pub(crate) fn shape(&self, definition: &str) -> Option<Vec<(String, String)>> {
        let fields = self.fields(definition)?;
        let mut shape: Vec<_> = fields
            .iter()
            .map(|field| {
                let nested = format!("{definition}.{}", field.name);
                (
                    field.name.clone(),
                    field.type_name.replace(&nested, "object"),
                )
            })
            .collect();
        shape.sort();
        Some(shape)
    }
}
