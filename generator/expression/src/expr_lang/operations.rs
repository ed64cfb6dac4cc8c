//! What operators take and give, after `checker.go` at v1.17.8: a problem where no pair of kinds fits.

use crate::types::Type;

const TIMES: [(Type, Type, Type); 3] = [
    (Type::TIME, Type::DURATION, Type::TIME),
    (Type::DURATION, Type::TIME, Type::TIME),
    (Type::DURATION, Type::DURATION, Type::DURATION),
];

/// What `left operator right` gives; none if it cannot be done.
pub(super) fn binary(operator: &str, left: Type, right: Type) -> Option<Type> {
    let numbers = (Type::NUMBER, Type::NUMBER, sum_of_numbers(left, right));
    let pairs: &[(Type, Type, Type)] = match operator {
        "==" | "!=" => return comparable(left, right).then_some(Type::BOOL),
        "or" | "||" | "and" | "&&" => &[(Type::BOOL, Type::BOOL, Type::BOOL)],
        "<" | ">" | ">=" | "<=" => &[
            (Type::NUMBER, Type::NUMBER, Type::BOOL),
            (Type::TEXT, Type::TEXT, Type::BOOL),
            (Type::TIME, Type::TIME, Type::BOOL),
            (Type::DURATION, Type::DURATION, Type::BOOL),
        ],
        "-" => &[
            numbers,
            (Type::TIME, Type::TIME, Type::DURATION),
            (Type::TIME, Type::DURATION, Type::TIME),
            (Type::DURATION, Type::DURATION, Type::DURATION),
        ],
        "*" => &[
            numbers,
            (Type::NUMBER, Type::DURATION, Type::DURATION),
            (Type::DURATION, Type::NUMBER, Type::DURATION),
            (Type::DURATION, Type::DURATION, Type::DURATION),
        ],
        "/" | "**" | "^" => &[(Type::NUMBER, Type::NUMBER, Type::FLOAT)],
        "%" => &[(Type::INTEGER, Type::INTEGER, Type::INTEGER)],
        "+" => &[
            numbers,
            (Type::TEXT, Type::TEXT, Type::TEXT),
            TIMES[0],
            TIMES[1],
            TIMES[2],
        ],
        "in" => return contains(left, right).then_some(Type::BOOL),
        "matches" => &[(Type::TEXT.or(Type::BYTES), Type::TEXT, Type::BOOL)],
        "contains" | "startsWith" | "endsWith" => &[(Type::TEXT, Type::TEXT, Type::BOOL)],
        ".." => &[(Type::INTEGER, Type::INTEGER, Type::INTEGER.list_of())],
        "??" => return Some(coalesced(left, right)),
        _ => return Some(Type::UNKNOWN),
    };
    let mut fitting = pairs
        .iter()
        .filter(|(takes_left, takes_right, _)| {
            left.can_be(*takes_left) && right.can_be(*takes_right)
        })
        .map(|(.., gives)| *gives);
    let first = fitting.next()?;
    Some(fitting.fold(first, Type::or))
}

fn sum_of_numbers(left: Type, right: Type) -> Type {
    if left.is(Type::INTEGER) && right.is(Type::INTEGER) {
        Type::INTEGER
    } else if left.is(Type::FLOAT) || right.is(Type::FLOAT) {
        Type::FLOAT
    } else {
        Type::NUMBER
    }
}

fn comparable(left: Type, right: Type) -> bool {
    left.can_be(right)
        || left.can_be(Type::NIL)
        || right.can_be(Type::NIL)
        || (left.can_be(Type::NUMBER) && right.can_be(Type::NUMBER))
}

fn contains(left: Type, right: Type) -> bool {
    if right.is(Type::LIST) {
        return comparable(left, right.element());
    }
    if right.is(Type::MAP) {
        return left.can_be(Type::TEXT);
    }
    // Nothing is in a text: `contains` says that.
    right.can_be(Type::LIST) || right.can_be(Type::MAP) || right.can_be(Type::OBJECT)
}

fn coalesced(left: Type, right: Type) -> Type {
    if left.is(Type::NIL) {
        return right;
    }
    if right.is(Type::NIL) || right.is(left) {
        return left;
    }
    left.or(right)
}

/// What would be right, if it is plain.
pub(super) fn advice(operator: &str, left: Type, right: Type) -> &'static str {
    let text_and_number = |a: Type, b: Type| a.is(Type::TEXT) && b.is(Type::NUMBER);
    let mixed = text_and_number(left, right) || text_and_number(right, left);
    match operator {
        "==" | "!=" | "<" | ">" | "<=" | ">=" | "-" | "*" | "/" | "%" | "**" | "^" | ".."
        | "in"
            if mixed =>
        {
            ": turn the text into a number with `int()` or `float()`"
        }
        "+" if mixed => {
            ": turn the number into a text with `string()`, or the text into a number with `int()`"
        }
        "in" if right.is(Type::TEXT) => ": `contains` looks into a text",
        "and" | "&&" | "or" | "||" if left.is(Type::TEXT) || right.is(Type::TEXT) => {
            ": compare the text, `== 'true'`"
        }
        _ => "",
    }
}

/// What a test says when it never holds or always does.
pub(super) fn mismatch(operator: &str, left: Type, right: Type) -> String {
    let what = match operator {
        "==" | "!=" => format!("{left} is never equal to {right}"),
        "in" if right.is(Type::LIST) => format!("{left} is never in a list of {}", right.element()),
        _ => format!("`{operator}` cannot take {left} and {right}"),
    };
    format!("{what}{}", advice(operator, left, right))
}
