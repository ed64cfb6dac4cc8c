//! Functions that templates can call, and which programs have which.

use crate::expr_lang::SPRIG;
use crate::functions::{Function, call, functions, many};
use crate::types::Type;

const ANY: Type = Type::UNKNOWN;
const TEXT: Type = Type::TEXT;

/// Go 1.26 `text/template/funcs.go`. Comparisons need two values when they run.
const BUILTIN: &[Function] = functions! {
    "and": many(&[ANY], ANY, ANY);
    "call": many(&[ANY], ANY, ANY);
    "html": many(&[], ANY, TEXT);
    "index": many(&[ANY], ANY, ANY);
    "slice": many(&[ANY], ANY, ANY);
    "js": many(&[], ANY, TEXT);
    "len": call(&[ANY], Type::INTEGER);
    "not": call(&[ANY], Type::BOOL);
    "or": many(&[ANY], ANY, ANY);
    "print": many(&[], ANY, TEXT);
    "printf": many(&[TEXT], ANY, TEXT);
    "println": many(&[], ANY, TEXT);
    "urlquery": many(&[], ANY, TEXT);
    "eq": many(&[ANY, ANY], ANY, Type::BOOL);
    "ge": call(&[ANY, ANY], Type::BOOL);
    "gt": call(&[ANY, ANY], Type::BOOL);
    "le": call(&[ANY, ANY], Type::BOOL);
    "lt": call(&[ANY, ANY], Type::BOOL);
    "ne": call(&[ANY, ANY], Type::BOOL);
};

/// Argo CD v3.5 `applicationset/utils/utils.go`.
const APPLICATION_SETS: &[Function] = functions! {
    "normalize": call(&[TEXT], TEXT);
    "slugify": many(&[], ANY, TEXT);
    "toYaml": call(&[ANY], TEXT);
    "fromYaml": call(&[TEXT], Type::MAP);
    "fromYamlArray": call(&[TEXT], Type::LIST);
};

/// A program that runs templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Go alone.
    Plain,
    /// Argo Events v1.9: all of sprig, `env` too.
    ArgoEvents,
    /// Argo CD v3.5's ApplicationSets: sprig without `env`, `expandenv` and `getHostByName`, and functions for YAML and names.
    ApplicationSets,
}

impl Program {
    /// The function of that name.
    #[must_use]
    pub fn function(self, name: &str) -> Option<&'static Function> {
        self.functions().find(|function| function.name == name)
    }

    /// All functions.
    pub fn functions(self) -> impl Iterator<Item = &'static Function> {
        let sprig: &[Function] = match self {
            Self::Plain => &[],
            Self::ArgoEvents | Self::ApplicationSets => SPRIG,
        };
        let own: &[Function] = match self {
            Self::ApplicationSets => APPLICATION_SETS,
            Self::Plain | Self::ArgoEvents => &[],
        };
        let removed = move |name: &str| {
            self == Self::ApplicationSets && matches!(name, "env" | "expandenv" | "getHostByName")
        };
        let sprig = sprig.iter().filter(move |it| !removed(it.name));
        BUILTIN.iter().chain(own).chain(sprig)
    }
}
