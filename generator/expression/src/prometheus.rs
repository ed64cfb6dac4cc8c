//! Names of metrics and of their labels, as Argo Workflows v4.1 checks them: Prometheus' older rules, metrics without `:`.

use crate::problem::Problem;

/// Checks the name of a metric.
///
/// # Errors
///
/// The first character that no name has.
pub fn check_metric(name: &str) -> Result<(), Problem> {
    check(name, "metric")
}

/// Checks the key of a label of a metric.
///
/// # Errors
///
/// The first character that no key has.
pub fn check_label(key: &str) -> Result<(), Problem> {
    check(key, "label")
}

fn check(name: &str, what: &str) -> Result<(), Problem> {
    if name.is_empty() {
        return Err(Problem::syntax(
            0..0,
            format!("the name of a {what} cannot be empty"),
        ));
    }
    let wrong = name.char_indices().find(|(at, letter)| {
        !(letter.is_ascii_alphabetic() || *letter == '_' || (*at > 0 && letter.is_ascii_digit()))
    });
    match wrong {
        None => Ok(()),
        Some((at, letter)) => {
            let meant: String = name
                .chars()
                .map(|letter| {
                    if letter.is_ascii_alphanumeric() {
                        letter
                    } else {
                        '_'
                    }
                })
                .collect();
            let meant = if meant.starts_with(|it: char| it.is_ascii_digit()) {
                format!("_{meant}")
            } else {
                meant
            };
            let message =
                format!("`{letter}` cannot stand in the name of a {what}: write `{meant}`");
            Err(Problem::syntax(at..at + letter.len_utf8(), message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wrong_character_is_said() {
        for (name, wrong) in [("build-seconds", "-"), ("1st", "1"), ("a:b", ":"), ("", "")] {
            let problem = check_metric(name).unwrap_err();
            assert_eq!(&name[problem.span.clone()], wrong);
        }
        assert!(check_label("build_seconds2").is_ok());
    }
}
