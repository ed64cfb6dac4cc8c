//! Amounts of Kubernetes: `500m`, `1.5Gi`, `1e3`, as `resource.ParseQuantity` of apimachinery v0.36 reads them.

use crate::problem::{Problem, suggestion};

const SUFFIXES: [&str; 15] = [
    "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei",
];

/// Checks an amount.
///
/// # Errors
///
/// Where Kubernetes stops, and amounts without digits, which it takes for 0.
pub fn check(text: &str) -> Result<(), Problem> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let start = text.len() - unsigned.len();
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        from + rest
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(rest.len())
    };
    let whole = digits(start);
    let mut end = whole;
    if text.get(whole..).is_some_and(|it| it.starts_with('.')) {
        end = digits(whole + 1);
    }
    let suffix = text.get(end..).unwrap_or_default();
    let number = text.get(start..end).unwrap_or_default();
    let known = is_suffix(suffix);
    if !number.bytes().any(|it| it.is_ascii_digit()) {
        if known && !text.is_empty() {
            let message = "there is no digit: this is the amount 0";
            return Err(Problem::never(0..text.len(), message));
        }
        let message = "an amount is a number with an optional suffix: `500m`, `2`, `1.5Gi`";
        return Err(Problem::syntax(0..text.len(), message));
    }
    if known {
        return Ok(());
    }
    let hint = match suffix {
        "K" => " (did you mean `k` or `Ki`?)".to_owned(),
        "B" | "b" => ": bytes have none".to_owned(),
        _ => match suffix
            .strip_suffix(['B', 'b'])
            .filter(|it| SUFFIXES.contains(it))
        {
            Some(short) => format!(" (did you mean `{short}`?)"),
            None => suggestion(suffix, SUFFIXES),
        },
    };
    let message = format!(
        "there is no suffix `{suffix}`{hint}: `m`, `k`, `M`, `G`, `Ki`, `Mi`, `Gi` and so on are"
    );
    Err(Problem::syntax(end..text.len(), message))
}

fn is_suffix(suffix: &str) -> bool {
    let exponent = suffix
        .strip_prefix(['e', 'E'])
        .filter(|rest| !rest.is_empty())
        .map(|rest| rest.strip_prefix(['+', '-']).unwrap_or(rest));
    match exponent {
        Some(digits) => {
            // As many as fit a number of 64 bits.
            let plain = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
            (plain && digits.parse::<i64>().is_ok()) || suffix == "Ei"
        }
        None => suffix.is_empty() || SUFFIXES.contains(&suffix),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn suffixes_that_do_not_exist_are_said() {
        for (text, wrong) in [
            ("1GB", "GB"),
            ("1Mb", "Mb"),
            ("5K", "K"),
            ("1 Gi", " Gi"),
            ("1.5.2", ".2"),
            ("x", "x"),
            ("", ""),
        ] {
            let problem = check(text).unwrap_err();
            assert_eq!(&text[problem.span.clone()], wrong, "{problem:?}");
        }
        assert!(
            ["500m", "1.5Gi", "1e3", "2E", "-1", ".5", "1."]
                .iter()
                .all(|it| check(it).is_ok())
        );
    }
}
