//! What each program adds to expr-lang.

use super::sprig::SPRIG;
use crate::functions::{Function, call, functions};
use crate::types::Type;

/// Functions that a program adds to expr-lang's own.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    /// Called by name.
    pub functions: &'static [Function],
    /// Called behind a name and a dot.
    pub namespaces: &'static [(&'static str, &'static [Function])],
}

const ANY: Type = Type::UNKNOWN;
const TEXT: Type = Type::TEXT;
const MAP: Type = Type::MAP;
const OBJECT: Type = Type::OBJECT;

/// expr-lang alone.
pub const PLAIN: Dialect = Dialect {
    functions: &[],
    namespaces: &[],
};

/// Argo Workflows v4.1, `util/expr/env`: sprig without `env` and `expandenv`, and four functions.
pub const ARGO_WORKFLOWS: Dialect = Dialect {
    functions: functions! {
        "asInt": call(&[Type::NUMBER.or(TEXT)], Type::INTEGER);
        "asFloat": call(&[Type::NUMBER.or(TEXT)], Type::FLOAT);
        "jsonpath": call(&[TEXT, TEXT], ANY);
        "toJson": call(&[ANY], TEXT);
    },
    namespaces: &[("sprig", sprig_without_env())],
};

/// Kargo v1.11.2, `pkg/expressions`: what promotions, verification and Freight creation have together.
pub const KARGO: Dialect = Dialect {
    functions: functions! {
        "quote": call(&[ANY], TEXT);
        "unsafeQuote": call(&[ANY], TEXT);
        "asYAML": call(&[ANY], TEXT);
        "asJSON": call(&[ANY], TEXT);
        "configMap": call(&[TEXT], MAP);
        "sharedConfigMap": call(&[TEXT], MAP);
        "secret": call(&[TEXT], MAP);
        "sharedSecret": call(&[TEXT], MAP);
        "warehouse": call(&[TEXT], OBJECT);
        "commitFrom": call(&[TEXT], OBJECT), call(&[TEXT, OBJECT], OBJECT);
        "imageFrom": call(&[TEXT], OBJECT), call(&[TEXT, OBJECT], OBJECT);
        "chartFrom": call(&[TEXT], OBJECT), call(&[TEXT, TEXT.or(OBJECT)], OBJECT), call(&[TEXT, TEXT, OBJECT], OBJECT);
        "artifactFrom": call(&[TEXT], OBJECT), call(&[TEXT, OBJECT], OBJECT);
        "freightMetadata": call(&[TEXT], MAP);
        "stageMetadata": call(&[TEXT], MAP);
        "semverDiff": call(&[TEXT, TEXT], TEXT);
        "semverParse": call(&[TEXT], OBJECT);
        "always": call(&[], Type::BOOL);
        "failure": call(&[], Type::BOOL);
        "success": call(&[], Type::BOOL);
        "status": call(&[TEXT], TEXT);
    },
    namespaces: &[],
};

/// sprig's table is sorted by name, and the two stand in it once each.
const fn sprig_without_env() -> &'static [Function] {
    const KEPT: usize = SPRIG.len() - 2;
    const TABLE: [Function; KEPT] = {
        let mut table = [SPRIG[0]; KEPT];
        let mut from = 0;
        let mut to = 0;
        while from < SPRIG.len() {
            if !is_env(SPRIG[from].name) {
                table[to] = SPRIG[from];
                to += 1;
            }
            from += 1;
        }
        table
    };
    &TABLE
}

const fn is_env(name: &str) -> bool {
    matches!(name.as_bytes(), b"env" | b"expandenv")
}
