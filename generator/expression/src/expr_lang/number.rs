//! Numbers, as `strconv` reads them for expr-lang's `parser.go` at v1.17.8.

use std::ops::Range;

use super::ast::Form;
use crate::problem::Problem;

pub(super) fn read(written: &str, span: &Range<usize>) -> Result<Form, Problem> {
    let digits = written.replace('_', "").to_ascii_lowercase();
    let integer = |digits: &str, base| i64::from_str_radix(digits, base).ok().map(Form::Integer);
    let number = if let Some(hex) = digits.strip_prefix("0x") {
        integer(hex, 16)
    } else if digits.contains(['.', 'e']) {
        digits
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Form::Float)
    } else if let Some(binary) = digits.strip_prefix("0b") {
        integer(binary, 2)
    } else if let Some(octal) = digits.strip_prefix("0o") {
        integer(octal, 8)
    } else {
        integer(&digits, 10)
    };
    number.ok_or_else(|| {
        let message = if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("`{written}` is larger than any whole number (9223372036854775807)")
        } else {
            format!("`{written}` is no number")
        };
        Problem::syntax(span.clone(), message)
    })
}
