//! The `WWW-Authenticate` header: how a registry wants to be asked.

use std::collections::BTreeMap;

/// How a registry wants to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// With user and password.
    Basic,
    /// With a token of `realm`.
    Bearer {
        /// URL that gives tokens.
        realm: String,
        /// Query of that URL.
        query: Vec<(String, String)>,
    },
}

impl Challenge {
    /// Reads the header; nothing if it asks for something else.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let (scheme, rest) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
        if scheme.eq_ignore_ascii_case("basic") {
            return Some(Self::Basic);
        }
        if !scheme.eq_ignore_ascii_case("bearer") {
            return None;
        }
        let mut parameters = parameters(rest);
        let realm = parameters.remove("realm")?;
        let query = ["service", "scope"].into_iter().filter_map(|key| {
            let value = parameters.remove(key)?;
            Some((key.to_owned(), value))
        });
        Some(Self::Bearer {
            realm,
            query: query.collect(),
        })
    }
}

/// `key="value"` pairs; a comma inside quotes belongs to the value.
fn parameters(text: &str) -> BTreeMap<String, String> {
    let mut parameters = BTreeMap::new();
    let mut rest = text;
    while let Some((key, after)) = rest.split_once('=') {
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(',').unwrap_or((after, "")),
        };
        parameters.insert(
            key.trim_matches([' ', ',']).to_ascii_lowercase(),
            value.to_owned(),
        );
        rest = after;
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_with_commas_is_one_value() {
        let header = r#"Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull,push""#;
        let Some(Challenge::Bearer { realm, query }) = Challenge::parse(header) else {
            panic!("no challenge")
        };
        assert_eq!(realm, "https://auth.example/token");
        assert_eq!(
            query[1],
            ("scope".to_owned(), "repository:a/b:pull,push".to_owned())
        );
    }

    #[test]
    fn an_unknown_scheme_is_no_challenge() {
        assert_eq!(Challenge::parse("Negotiate"), None);
        assert_eq!(
            Challenge::parse("Basic realm=\"x\""),
            Some(Challenge::Basic)
        );
    }
}
