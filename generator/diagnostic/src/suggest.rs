//! The name that was probably meant.

/// The candidate nearest to `unknown`, if one is near enough that a person would call it a slip: a third of the letters, or any
/// difference in case, `-` and `_`. Of equally near ones, the first.
#[must_use]
pub fn did_you_mean<'a>(
    unknown: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Longer texts are no names.
    const LONGEST: usize = 128;
    if unknown.len() > LONGEST {
        return None;
    }
    let meant = normal(unknown);
    let near = candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let name = normal(candidate);
            let distance = strsim::damerau_levenshtein(&meant, &name);
            let letters = meant.chars().count().max(name.chars().count());
            (distance == 0 || distance <= letters / 3).then_some((distance, candidate))
        });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn normal(name: &str) -> String {
    name.chars()
        .filter(|letter| !matches!(letter, '-' | '_' | '.' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let fields = [
            "name",
            "image",
            "imagePullPolicy",
            "env",
            "envFrom",
            "args",
            "workingDir",
        ];
        for (unknown, meant) in [
            ("imagee", Some("image")),
            ("iamge", Some("image")),
            ("Image", Some("image")),
            ("image_pull_policy", Some("imagePullPolicy")),
            ("evn", Some("env")),
            ("arg", Some("args")),
            ("workdir", Some("workingDir")),
            ("ports", None),
            ("x", None),
            ("", None),
            ("command", None),
        ] {
            assert_eq!(did_you_mean(unknown, fields), meant, "{unknown}");
        }
        assert_eq!(did_you_mean(&"a".repeat(1_000_000), fields), None);
    }
}
