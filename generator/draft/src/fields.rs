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

#[cfg(test)]
mod tests {
    use super::Upstream;

    #[test]
    fn paths_lead_through_lists_and_maps() {
        let mut upstream = Upstream::default();
        upstream.add(
            "k.Freight.status: object\n\
             k.Freight.status.verifiedIn: map[string]object\n\
             k.Freight.status.verifiedIn{}.stages: []object\n\
             k.Freight.status.verifiedIn{}.stages[].name: string",
        );
        for (definition, field, type_name) in [
            ("k.Freight", "status", "k.Freight.status"),
            (
                "k.Freight.status",
                "verifiedIn",
                "map[string]k.Freight.status.verifiedIn",
            ),
            (
                "k.Freight.status.verifiedIn",
                "stages",
                "[]k.Freight.status.verifiedIn.stages",
            ),
            ("k.Freight.status.verifiedIn.stages", "name", "string"),
        ] {
            let [found] = upstream.fields(definition).unwrap() else {
                panic!("{definition} has one field")
            };
            assert_eq!(
                (found.name.as_str(), found.type_name.as_str()),
                (field, type_name)
            );
        }
    }
}
