//! Which resources a selector of a patch or a replacement means.

use std::cell::OnceCell;

use luban_api_kustomize as api;
use luban_expression::{Problem, go_regexp, selector};
use regex::Regex;

use super::parts::given;
use super::resource::{Name, Resource};

/// A pattern that must match the whole.
pub(super) struct Pattern<'a> {
    text: &'a str,
    regex: OnceCell<Option<Regex>>,
}

impl<'a> Pattern<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            regex: OnceCell::new(),
        }
    }

    /// The name itself, if the pattern is no more than that.
    pub(super) fn literal(&self) -> Option<&'a str> {
        let is_literal = self
            .text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'/' | b':'));
        is_literal.then_some(self.text)
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        if self.literal().is_some() || self.text == name {
            return self.text == name;
        }
        let regex = self
            .regex
            .get_or_init(|| Regex::new(&format!("^(?:{})$", self.text)).ok());
        // What only Go's engine knows may match.
        regex.as_ref().is_none_or(|regex| regex.is_match(name))
    }
}

/// Which resources are meant.
pub(super) struct Selector<'a> {
    group: Option<Pattern<'a>>,
    version: Option<Pattern<'a>>,
    kind: Option<Pattern<'a>>,
    pub(super) name: Option<Pattern<'a>>,
    namespace: Option<Pattern<'a>>,
}

impl<'a> Selector<'a> {
    pub(super) fn new(of: &'a api::Selector) -> Self {
        let pattern = |text: &'a Option<String>| given(text).map(Pattern::new);
        Self {
            group: pattern(&of.group),
            version: pattern(&of.version),
            kind: pattern(&of.kind),
            name: pattern(&of.name),
            namespace: pattern(&of.namespace),
        }
    }

    fn is_of_kind(&self, resource: &Resource) -> bool {
        let matches = |pattern: &Option<Pattern<'_>>, text: &str| {
            pattern.as_ref().is_none_or(|pattern| pattern.matches(text))
        };
        matches(&self.group, &resource.gvk.group)
            && matches(&self.version, &resource.gvk.version)
            && matches(&self.kind, &resource.gvk.kind)
    }

    /// Whether a patch with this target changes a resource, labels and annotations apart.
    pub(super) fn selects(&self, resource: &Resource) -> bool {
        let ends = [resource.original(), &resource.current];
        let named = |pattern: &Option<Pattern<'_>>, of: fn(&Resource, &Name) -> String| {
            pattern
                .as_ref()
                .is_none_or(|pattern| ends.iter().any(|name| pattern.matches(&of(resource, name))))
        };
        named(&self.namespace, |resource, name| {
            resource.namespace(name).to_owned()
        }) && named(&self.name, |_, name| name.name.to_string())
            && self.is_of_kind(resource)
    }

    /// Whether a replacement writes into a resource: one name and namespace that it has or had must match together.
    pub(super) fn selects_any_name(&self, resource: &Resource) -> bool {
        let matches = |pattern: &Option<Pattern<'_>>, text: &str| {
            pattern.as_ref().is_none_or(|pattern| pattern.matches(text))
        };
        self.is_of_kind(resource)
            && resource.names().any(|name| {
                matches(&self.name, &name.name)
                    && matches(&self.namespace, resource.namespace(name))
            })
    }
}

/// What in a selector cannot be read: the field, and what is wrong with it.
pub(super) fn problems(of: &api::Selector) -> Vec<(&'static str, Problem)> {
    let patterns = [
        ("group", &of.group),
        ("version", &of.version),
        ("kind", &of.kind),
        ("name", &of.name),
        ("namespace", &of.namespace),
    ];
    let selectors = [
        ("labelSelector", &of.label_selector),
        ("annotationSelector", &of.annotation_selector),
    ];
    let patterns = patterns
        .into_iter()
        .filter_map(|(field, text)| Some((field, go_regexp::check(given(text)?).err()?)));
    let selectors = selectors
        .into_iter()
        .filter_map(|(field, text)| Some((field, selector::check(given(text)?).err()?)));
    patterns.chain(selectors).collect()
}

/// Whether labels or annotations decide too.
pub(super) fn has_labels(of: &api::Selector) -> bool {
    given(&of.label_selector).is_some() || given(&of.annotation_selector).is_some()
}
