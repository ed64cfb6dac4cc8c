//! Parameters: what is declared, what is given, and what texts may refer to.

use std::collections::{BTreeMap, BTreeSet};

use luban_diagnostic::Place;
use luban_yaml::{Cursor, Scalar};

use super::text_of;

/// What a parameter or a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParamType<'a> {
    String,
    Array,
    Object,
    /// Something that there is not.
    Unknown(&'a str),
}

impl<'a> ParamType<'a> {
    fn of(text: &'a str) -> Self {
        match text {
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            other => Self::Unknown(other),
        }
    }

    pub(crate) fn name(self) -> &'a str {
        match self {
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
            Self::Unknown(name) => name,
        }
    }
}

/// A value as `ParamValue.UnmarshalJSON` reads it: what is no list or object of texts is a text.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    String(Cursor<'a>),
    Array,
    Object(Vec<(Scalar<'a>, Option<Cursor<'a>>)>),
}

impl<'a> Value<'a> {
    pub(crate) fn of(cursor: Cursor<'a>) -> Self {
        let is_text = |value: Cursor<'_>| value.is_null() || value.is_string();
        if cursor.is_list() && cursor.items().all(is_text) {
            return Self::Array;
        }
        if cursor.is_mapping() && cursor.entries().all(|(_, value)| value.is_string()) {
            let pairs = cursor.keys().map(|key| (key, cursor.get(key.text())));
            return Self::Object(pairs.collect());
        }
        Self::String(cursor)
    }

    pub(crate) fn kind(&self) -> ParamType<'static> {
        match self {
            Self::String(_) => ParamType::String,
            Self::Array => ParamType::Array,
            Self::Object(_) => ParamType::Object,
        }
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self {
            Self::String(cursor) => cursor.text(),
            _ => None,
        }
    }
}

/// A parameter that is declared.
#[derive(Debug, Clone)]
pub(crate) struct ParamSpec<'a> {
    pub(crate) at: Cursor<'a>,
    pub(crate) name: &'a str,
    /// Its type, also if it is only to be seen from the rest.
    pub(crate) kind: ParamType<'a>,
    pub(crate) default: Option<(Cursor<'a>, Value<'a>)>,
    pub(crate) properties: Option<Cursor<'a>>,
    pub(crate) has_defaults: bool,
}

impl<'a> ParamSpec<'a> {
    /// A parameter after `ParamSpec.SetDefaults`, which does not come to pipelines in pipelines.
    pub(crate) fn new(at: Cursor<'a>, has_defaults: bool) -> Self {
        let default = at.get("default").map(|cursor| (cursor, Value::of(cursor)));
        let properties = at.get("properties");
        let kind = match text_of(at, "type") {
            "" if !has_defaults => ParamType::Unknown(""),
            "" if properties.is_some() => ParamType::Object,
            "" => default
                .as_ref()
                .map_or(ParamType::String, |(_, value)| value.kind()),
            written => ParamType::of(written),
        };
        Self {
            at,
            name: text_of(at, "name"),
            kind,
            default,
            properties,
            has_defaults,
        }
    }

    /// All that a list declares.
    pub(crate) fn all(list: Option<Cursor<'a>>, has_defaults: bool) -> Vec<Self> {
        let items = list.into_iter().flat_map(Cursor::items);
        items.map(|item| Self::new(item, has_defaults)).collect()
    }

    /// The place to speak of it: its name, or the whole.
    pub(crate) fn place(&self) -> Place {
        name_place(self.at)
    }

    /// The keys that its properties have.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Scalar<'a>> {
        self.properties.into_iter().flat_map(Cursor::keys)
    }
}

/// The place of an item's name, or of the item.
pub(crate) fn name_place(item: Cursor<'_>) -> Place {
    let name = item.get("name");
    name.map_or_else(|| item.head(), Cursor::place)
}

/// What texts may refer to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared<'a> {
    pub(crate) names: BTreeSet<&'a str>,
    pub(crate) arrays: BTreeSet<&'a str>,
    /// Objects, with their keys.
    pub(crate) objects: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Declared<'a> {
    pub(crate) fn add(&mut self, spec: &ParamSpec<'a>) {
        let keys = spec.keys().map(|key| key.text()).collect();
        self.insert(spec.name, spec.kind, keys);
    }

    /// Adds one of that name; of two of one name that are objects, upstream asks for the keys of both.
    pub(crate) fn insert(&mut self, name: &'a str, kind: ParamType<'_>, keys: BTreeSet<&'a str>) {
        self.names.insert(name);
        match kind {
            ParamType::Array => {
                self.arrays.insert(name);
            }
            ParamType::Object => {
                let known = self.objects.entry(name).or_insert_with(|| keys.clone());
                known.retain(|key| keys.contains(key));
            }
            ParamType::String | ParamType::Unknown(_) => {}
        }
    }

    /// What several parameters declare.
    pub(crate) fn of<'s>(specs: impl IntoIterator<Item = &'s ParamSpec<'a>>) -> Self
    where
        'a: 's,
    {
        let mut declared = Self::default();
        for spec in specs {
            declared.add(spec);
        }
        declared
    }
}

/// A parameter that a run gives, that the specification in it declares, or both: upstream makes one of them
/// (`createParamSpecFromParam`, `combineParamSpec`).
#[derive(Debug, Clone)]
pub(crate) struct MergedParam<'a> {
    pub(crate) kind: ParamType<'a>,
    pub(crate) keys: BTreeSet<&'a str>,
    /// Whether its keys are known.
    pub(crate) has_properties: bool,
    /// Whether a run or a task gives it a value.
    pub(crate) is_given: bool,
    /// Where it stands first.
    pub(crate) at: Cursor<'a>,
    /// The declaration whose keys have to be known and are not.
    pub(crate) without_properties: Option<Cursor<'a>>,
}

/// The parameters of a run together with those of the specification in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Merged<'a> {
    pub(crate) params: BTreeMap<&'a str, MergedParam<'a>>,
}

impl<'a> Merged<'a> {
    /// A value that a run gives.
    pub(crate) fn give(&mut self, param: Cursor<'a>) {
        let value = param.get("value").map(Value::of);
        // Null is the empty text, and no value at all is of no type.
        let kind = match &value {
            Some(value) => value.kind(),
            None if param.key_place("value").is_some() => ParamType::String,
            None => ParamType::Unknown(""),
        };
        let keys: Option<BTreeSet<&str>> = match &value {
            Some(Value::Object(pairs)) => Some(pairs.iter().map(|(key, _)| key.text()).collect()),
            _ => None,
        };
        let merged = MergedParam {
            kind,
            has_properties: keys.is_some(),
            keys: keys.unwrap_or_default(),
            is_given: true,
            at: param,
            without_properties: None,
        };
        self.params.insert(text_of(param, "name"), merged);
    }

    /// A value that a task of a pipeline gives: it adds to what is known.
    pub(crate) fn give_in_task(&mut self, param: Cursor<'a>) {
        let Some(known) = self.params.get_mut(text_of(param, "name")) else {
            return self.give(param);
        };
        if let Some(Value::Object(pairs)) = param.get("value").map(Value::of) {
            known.keys.extend(pairs.iter().map(|(key, _)| key.text()));
            known.has_properties = true;
        }
    }

    /// A parameter that the specification declares.
    pub(crate) fn declare(&mut self, spec: &ParamSpec<'a>) {
        let keys = spec.keys().map(|key| key.text()).collect();
        let Some(known) = self.params.get_mut(spec.name) else {
            let merged = MergedParam {
                kind: spec.kind,
                keys,
                has_properties: spec.properties.is_some(),
                is_given: false,
                at: spec.at,
                without_properties: None,
            };
            self.params.insert(spec.name, merged);
            return;
        };
        let has_object_default = matches!(spec.default, Some((_, Value::Object(_))));
        let is_object = known.kind == ParamType::Object;
        if (has_object_default || is_object) && spec.properties.is_none() {
            known.without_properties = Some(spec.at);
        } else if is_object {
            known.keys = keys;
            known.has_properties = true;
        }
    }

    pub(crate) fn declared(&self) -> Declared<'a> {
        let mut declared = Declared::default();
        for (name, param) in &self.params {
            declared.insert(name, param.kind, param.keys.clone());
        }
        declared
    }
}
