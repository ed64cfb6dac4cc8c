//! The way through a JSON Schema, field by field.

use serde_json::{Map, Value};

/// A JSON Schema with its definitions.
pub(crate) struct Walk<'a> {
    root: &'a Value,
}

/// A value in a schema.
pub(crate) struct Node<'a> {
    schema: &'a Value,
    /// Whether the mapping around it must have it.
    pub(crate) is_required: bool,
}

impl<'a> Walk<'a> {
    pub(crate) fn of(root: &'a Value) -> Self {
        Self { root }
    }

    pub(crate) fn root(&self) -> Node<'a> {
        Node {
            schema: self.root,
            is_required: true,
        }
    }

    /// The field `name` of a mapping, or of a list's items.
    pub(crate) fn field(&self, node: &Node<'a>, name: &str) -> Option<Node<'a>> {
        let body = self.items(node.schema);
        if let Some(schema) = properties(body).and_then(|fields| fields.get(name)) {
            return Some(Node {
                schema,
                is_required: is_required(body, name),
            });
        }
        let schema = body.get("additionalProperties")?;
        (*schema != Value::Bool(false)).then_some(Node {
            schema,
            is_required: false,
        })
    }

    /// The fields of a mapping, or of a list's items, in their order.
    pub(crate) fn fields(&self, node: &Node<'a>) -> impl Iterator<Item = (&'a str, Node<'a>)> {
        let body = self.items(node.schema);
        let fields = properties(body).into_iter().flatten();
        fields.map(move |(name, schema)| {
            let is_required = is_required(body, name);
            (
                name.as_str(),
                Node {
                    schema,
                    is_required,
                },
            )
        })
    }

    pub(crate) fn names(&self, node: &Node<'a>) -> impl Iterator<Item = &'a str> {
        let fields = properties(self.items(node.schema)).into_iter().flatten();
        fields.map(|(name, _)| name.as_str())
    }

    /// What is said about a value: at the field, or else of its type.
    pub(crate) fn words(&self, node: &Node<'a>) -> &'a str {
        let said = |schema: &'a Value| schema.get("description")?.as_str();
        said(node.schema)
            .or_else(|| said(self.items(node.schema)))
            .unwrap_or_default()
    }

    /// The values that are allowed, where only some are.
    pub(crate) fn values(&self, node: &Node<'a>) -> Vec<String> {
        let body = self.body(node.schema);
        let listed = body.get("enum").and_then(Value::as_array);
        let constants = body.get("oneOf").and_then(Value::as_array);
        let constants = constants.into_iter().flatten();
        let constants = constants.filter_map(|one| one.get("const"));
        listed
            .into_iter()
            .flatten()
            .chain(constants)
            .chain(body.get("const"))
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    }

    /// The type in words.
    pub(crate) fn type_name(&self, node: &Node<'a>) -> String {
        self.name_of(node.schema)
    }

    fn name_of(&self, schema: &'a Value) -> String {
        let named = reference(schema).and_then(|path| path.rsplit(['/', '.']).next());
        let body = self.body(schema);
        let types: Vec<&str> = match body.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let types: Vec<&str> = types.into_iter().filter(|name| *name != "null").collect();
        match (types.as_slice(), named) {
            (["object"], Some(name)) if body.get("properties").is_some() => name.to_owned(),
            (["object"], _) => match body.get("additionalProperties") {
                Some(values) if values.is_object() => format!("map of {}", self.name_of(values)),
                _ => "object".to_owned(),
            },
            (["array"], _) => match body.get("items") {
                Some(items) => format!("list of {}", self.name_of(items)),
                None => "list".to_owned(),
            },
            ([], _) => "any value".to_owned(),
            (types, _) => types.join(" or "),
        }
    }

    /// The schema itself, where it only refers to one.
    fn body(&self, schema: &'a Value) -> &'a Value {
        match reference(schema) {
            Some("#") => self.root,
            Some(path) => {
                let pointer = path.trim_start_matches('#');
                self.root.pointer(pointer).unwrap_or(schema)
            }
            None => schema,
        }
    }

    /// What the items of a list are, of lists of lists too; other schemas as they are.
    fn items(&self, schema: &'a Value) -> &'a Value {
        let body = self.body(schema);
        match body.get("items") {
            Some(items) => self.items(items),
            None => body,
        }
    }
}

/// The definition that a schema refers to, alone or beside null.
fn reference(schema: &Value) -> Option<&str> {
    if let Some(Value::String(path)) = schema.get("$ref") {
        return Some(path);
    }
    let choices = ["allOf", "anyOf"];
    let choices = choices
        .iter()
        .find_map(|word| schema.get(word)?.as_array())?;
    let mut references = choices.iter().filter_map(reference);
    let first = references.next()?;
    references.next().is_none().then_some(first)
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties")?.as_object()
}

fn is_required(schema: &Value, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|names| names.iter().any(|required| required == name))
}
