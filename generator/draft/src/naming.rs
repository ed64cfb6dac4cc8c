//! From upstream's names to Rust's.

/// Abbreviations in the plural, which no rule splits right.
const PLURALS: [(&str, &str); 6] = [
    ("FQDNs", "Fqdns"),
    ("IPs", "Ips"),
    ("CIDRs", "Cidrs"),
    ("CRDs", "Crds"),
    ("SANs", "Sans"),
    ("URLs", "Urls"),
];

/// `repoURL` → `repo_url`, `type` → `type_` (as k8s-openapi writes keywords).
pub(crate) fn snake(name: &str) -> String {
    let mut name = name.replace('-', "_");
    for (plural, word) in PLURALS {
        name = name.replace(plural, word);
    }
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() && *before != '_'
                    || after.is_some_and(|after| after.is_lowercase())
            });
        if starts_word {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    if KEYWORDS.contains(&snake.as_str()) {
        snake.push('_');
    }
    snake
}

/// What `#[serde(rename_all = "camelCase")]` makes of a Rust field name.
pub(crate) fn camel(snake: &str) -> String {
    let mut camel = String::new();
    let mut capital = false;
    for letter in snake.chars() {
        if letter == '_' {
            capital = true;
        } else if capital && !camel.is_empty() {
            camel.extend(letter.to_uppercase());
            capital = false;
        } else {
            camel.push(letter);
            capital = false;
        }
    }
    camel
}

const KEYWORDS: [&str; 20] = [
    "as", "async", "const", "continue", "do", "dyn", "else", "enum", "extern", "for", "if", "impl",
    "in", "loop", "match", "ref", "static", "type", "where", "yield",
];

#[cfg(test)]
mod tests {
    use super::{camel, snake};

    #[test]
    fn names_become_snake_case() {
        for (upstream, rust) in [
            ("repoURL", "repo_url"),
            ("clientIDSecret", "client_id_secret"),
            ("toFQDNs", "to_fqdns"),
            ("type", "type_"),
            ("s3", "s3"),
            ("artifactGC", "artifact_gc"),
            ("SANs", "sans"),
        ] {
            assert_eq!(snake(upstream), rust);
        }
    }

    #[test]
    fn serde_would_write_the_same_camel_case() {
        assert_eq!(camel("service_account_name"), "serviceAccountName");
        assert_eq!(camel("type_"), "type");
        assert_eq!(camel("repo_url"), "repoUrl");
    }
}
