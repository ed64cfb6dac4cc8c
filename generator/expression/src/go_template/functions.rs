//! Functions that templates can call, and which programs have which.

use crate::expr_lang::{Call, Function, SPRIG};
use crate::types::Type;

const ANY: Type = Type::UNKNOWN;
const TEXT: Type = Type::TEXT;

const fn call(takes: &'static [Type], gives: Type) -> Call {
    Call {
        takes,
        rest: None,
        gives,
    }
}

const fn many(takes: &'static [Type], gives: Type) -> Call {
    Call {
        takes,
        rest: Some(ANY),
        gives,
    }
}

const fn one(name: &'static str, forms: &'static [Call]) -> Function {
    Function { name, forms }
}

/// Go 1.26 `text/template/funcs.go`. Comparisons need two values when they run.
const BUILTIN: &[Function] = &[
    one("and", &[many(&[ANY], ANY)]),
    one("call", &[many(&[ANY], ANY)]),
    one("html", &[many(&[], TEXT)]),
    one("index", &[many(&[ANY], ANY)]),
    one("slice", &[many(&[ANY], ANY)]),
    one("js", &[many(&[], TEXT)]),
    one("len", &[call(&[ANY], Type::INTEGER)]),
    one("not", &[call(&[ANY], Type::BOOL)]),
    one("or", &[many(&[ANY], ANY)]),
    one("print", &[many(&[], TEXT)]),
    one("printf", &[many(&[TEXT], TEXT)]),
    one("println", &[many(&[], TEXT)]),
    one("urlquery", &[many(&[], TEXT)]),
    one("eq", &[many(&[ANY, ANY], Type::BOOL)]),
    one("ge", &[call(&[ANY, ANY], Type::BOOL)]),
    one("gt", &[call(&[ANY, ANY], Type::BOOL)]),
    one("le", &[call(&[ANY, ANY], Type::BOOL)]),
    one("lt", &[call(&[ANY, ANY], Type::BOOL)]),
    one("ne", &[call(&[ANY, ANY], Type::BOOL)]),
];

/// Argo CD v3.5 `applicationset/utils/utils.go`.
const APPLICATION_SETS: &[Function] = &[
    one("normalize", &[call(&[TEXT], TEXT)]),
    one("slugify", &[many(&[], TEXT)]),
    one("toYaml", &[call(&[ANY], TEXT)]),
    one("fromYaml", &[call(&[TEXT], Type::MAP)]),
    one("fromYamlArray", &[call(&[TEXT], Type::LIST)]),
];

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
