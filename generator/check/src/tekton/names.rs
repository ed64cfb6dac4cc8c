//! What names may be.

fn is_label_part(text: &str) -> bool {
    let is_end = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    let bytes = text.as_bytes();
    is_end(bytes.first())
        && is_end(bytes.last())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
}

/// Kubernetes' `IsDNS1123Label`.
pub(crate) fn is_dns_label(name: &str) -> bool {
    name.len() <= 63 && is_label_part(name)
}

/// Kubernetes' `IsDNS1123Subdomain`.
pub(crate) fn is_dns_subdomain(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_label_part)
}

/// Kubernetes' `IsQualifiedName`: `name` or `prefix/name`.
pub(crate) fn is_qualified(name: &str) -> bool {
    let mut parts = name.split('/');
    let (first, second, third) = (parts.next(), parts.next(), parts.next());
    let (prefix, name) = match (first, second, third) {
        (Some(name), None, None) => (None, name),
        (Some(prefix), Some(name), None) => (Some(prefix), name),
        _ => return false,
    };
    let bytes = name.as_bytes();
    let is_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    prefix.is_none_or(is_dns_subdomain)
        && name.len() <= 63
        && is_end(bytes.first())
        && is_end(bytes.last())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Upstream's `ResultNameFormat`.
pub(crate) fn is_result_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_end = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    is_end(bytes.first())
        && is_end(bytes.last())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// Whether something else, such as Helm or `envsubst`, puts a value into a name before Tekton sees it.
pub(crate) fn is_placeholder(name: &str) -> bool {
    let mut rest = name;
    let mut is_one = false;
    loop {
        let found = [("{{", "}}"), ("${", "}")]
            .into_iter()
            .filter_map(|(open, close)| Some((rest.find(open)?, open, close)))
            .min();
        let (before, behind) = match found {
            None => (rest, None),
            Some((at, open, close)) => {
                let inside = rest.get(at + open.len()..).unwrap_or_default();
                let Some((_, behind)) = inside.split_once(close) else {
                    return false;
                };
                (rest.get(..at).unwrap_or_default(), Some(behind))
            }
        };
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
        if !before.chars().all(is_name) {
            return false;
        }
        match behind {
            None => return is_one,
            Some(behind) => {
                is_one = true;
                rest = behind;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_as_kubernetes_does() {
        assert!(is_dns_label("a-1") && !is_dns_label("a.b") && !is_dns_label("-a"));
        assert!(!is_dns_label("") && !is_dns_label(&"a".repeat(64)));
        assert!(is_dns_subdomain("a.b-c") && !is_dns_subdomain("a..b") && !is_dns_subdomain("A"));
        assert!(is_qualified("a.b/C_d") && is_qualified("C") && !is_qualified("a/b/c"));
        assert!(!is_qualified("") && !is_qualified("/a") && !is_qualified("a_"));
        assert!(is_placeholder("${APP}-build") && is_placeholder("{{ .Values.name }}"));
        assert!(!is_placeholder("a") && !is_placeholder("echo ${A}") && !is_placeholder("${A"));
        assert!(is_result_name("a.B_c") && !is_result_name("_a") && !is_result_name("a b"));
    }
}
