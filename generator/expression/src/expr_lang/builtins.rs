//! Functions that expr-lang has itself, from `builtin/builtin.go` at v1.17.8.

use crate::functions::{Call, Function, call, functions, many};
use crate::types::Type;

const ANY: Type = Type::UNKNOWN;
const TEXT: Type = Type::TEXT;
const INT: Type = Type::INTEGER;
const NUMBER: Type = Type::NUMBER;
const LIST: Type = Type::LIST;
const MAP: Type = Type::MAP;
const OBJECT: Type = Type::OBJECT;

/// Functions with a predicate: how many arguments each takes.
#[derive(Clone, Copy)]
pub(super) struct PredicateForm {
    pub(super) least: usize,
    pub(super) most: usize,
}

pub(super) fn predicate(name: &str) -> Option<PredicateForm> {
    let (least, most) = match name {
        "all" | "none" | "any" | "one" | "filter" | "map" | "find" | "findIndex" | "findLast"
        | "findLastIndex" | "groupBy" => (2, 2),
        "count" | "sum" => (1, 2),
        "sortBy" | "reduce" => (2, 3),
        _ => return None,
    };
    Some(PredicateForm { least, most })
}

const PREDICATES: [&str; 15] = [
    "all",
    "none",
    "any",
    "one",
    "filter",
    "map",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "groupBy",
    "count",
    "sum",
    "sortBy",
    "reduce",
];

pub(super) fn is_builtin(name: &str) -> bool {
    predicate(name).is_some() || function(name).is_some()
}

pub(super) fn function(name: &str) -> Option<&'static Function> {
    BUILTINS.iter().find(|function| function.name == name)
}

/// The names of all built-in functions.
pub fn names() -> impl Iterator<Item = &'static str> {
    BUILTINS
        .iter()
        .map(|function| function.name)
        .chain(PREDICATES)
}

const NUMBERS: Call = many(&[NUMBER.or(LIST)], NUMBER.or(LIST), ANY);
const BITS: Call = call(&[INT, INT], INT);

const BUILTINS: &[Function] = functions! {
    "len": call(&[LIST.or(MAP).or(TEXT).or(Type::BYTES)], INT);
    "type": call(&[ANY], TEXT);
    "abs": call(&[NUMBER], NUMBER);
    "ceil": call(&[NUMBER], Type::FLOAT);
    "floor": call(&[NUMBER], Type::FLOAT);
    "round": call(&[NUMBER], Type::FLOAT);
    "int": call(&[NUMBER.or(TEXT)], INT);
    "float": call(&[NUMBER.or(TEXT)], Type::FLOAT);
    "string": call(&[ANY], TEXT);
    "trim": call(&[TEXT], TEXT), call(&[TEXT, TEXT], TEXT);
    "trimPrefix": call(&[TEXT], TEXT), call(&[TEXT, TEXT], TEXT);
    "trimSuffix": call(&[TEXT], TEXT), call(&[TEXT, TEXT], TEXT);
    "upper": call(&[TEXT], TEXT);
    "lower": call(&[TEXT], TEXT);
    "split": call(&[TEXT, TEXT], TEXT.list_of()), call(&[TEXT, TEXT, INT], TEXT.list_of());
    "splitAfter": call(&[TEXT, TEXT], TEXT.list_of()), call(&[TEXT, TEXT, INT], TEXT.list_of());
    "replace": call(&[TEXT, TEXT, TEXT], TEXT), call(&[TEXT, TEXT, TEXT, INT], TEXT);
    "repeat": call(&[TEXT, INT], TEXT);
    "join": call(&[LIST], TEXT), call(&[LIST, TEXT], TEXT);
    "indexOf": call(&[TEXT, TEXT], INT);
    "lastIndexOf": call(&[TEXT, TEXT], INT);
    "hasPrefix": call(&[TEXT, TEXT], Type::BOOL);
    "hasSuffix": call(&[TEXT, TEXT], Type::BOOL);
    "max": NUMBERS;
    "min": NUMBERS;
    "mean": NUMBERS;
    "median": NUMBERS;
    "toJSON": call(&[ANY], TEXT);
    "fromJSON": call(&[TEXT], ANY);
    "toBase64": call(&[TEXT], TEXT);
    "fromBase64": call(&[TEXT], TEXT);
    "now": call(&[], Type::TIME), call(&[OBJECT], Type::TIME);
    "duration": call(&[TEXT], Type::DURATION);
    "date": call(&[TEXT], Type::TIME), call(&[TEXT, TEXT], Type::TIME), call(&[TEXT, TEXT, TEXT], Type::TIME),
        call(&[OBJECT, TEXT], Type::TIME), call(&[OBJECT, TEXT, TEXT], Type::TIME);
    "timezone": call(&[TEXT], OBJECT);
    "first": call(&[LIST], ANY);
    "last": call(&[LIST], ANY);
    "get": call(&[LIST.or(MAP), ANY], ANY);
    "take": call(&[LIST, INT], LIST);
    "keys": call(&[MAP], LIST);
    "values": call(&[MAP], LIST);
    "toPairs": call(&[MAP], LIST);
    "fromPairs": call(&[LIST], MAP);
    "reverse": call(&[LIST], LIST);
    "uniq": call(&[LIST], LIST);
    "concat": many(&[LIST], LIST, LIST);
    "flatten": call(&[LIST], LIST);
    "sort": call(&[LIST], LIST), call(&[LIST, TEXT], LIST);
    "bitand": BITS;
    "bitor": BITS;
    "bitxor": BITS;
    "bitnand": BITS;
    "bitshl": BITS;
    "bitshr": BITS;
    "bitushr": BITS;
    "bitnot": call(&[INT], INT);
};
