//! Operators and how tightly they bind, from `parser/operator` at v1.17.8.

pub(super) struct Binary {
    pub(super) precedence: u16,
    pub(super) right: bool,
    pub(super) compares: bool,
}

pub(super) fn binary(written: &str) -> Option<Binary> {
    let precedence = match written {
        "|" => 0,
        "or" | "||" => 10,
        "and" | "&&" => 15,
        "==" | "!=" | "<" | ">" | ">=" | "<=" | "in" | "matches" | "contains" | "startsWith"
        | "endsWith" => 20,
        ".." => 25,
        "+" | "-" => 30,
        "*" | "/" | "%" => 60,
        "**" | "^" => 100,
        "??" => 500,
        _ => return None,
    };
    Some(Binary {
        precedence,
        right: matches!(written, "**" | "^"),
        compares: matches!(written, "<" | ">" | ">=" | "<="),
    })
}

pub(super) fn unary(written: &str) -> Option<u16> {
    match written {
        "not" | "!" => Some(50),
        "-" | "+" => Some(90),
        _ => None,
    }
}

/// Whether `not` may stand before it.
pub(super) fn may_be_negated(written: &str) -> bool {
    matches!(
        written,
        "contains" | "matches" | "startsWith" | "endsWith" | "in"
    )
}
