//! Paths of artifacts (`Artifact.CleanPath`).

/// Why a path of an artifact is not right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathFault {
    Missing,
    /// It leads out of the directory before its first `..`.
    Escapes,
}

/// What is wrong with a path inside a container.
pub(crate) fn path_fault(path: &str) -> Option<PathFault> {
    if path.is_empty() {
        return Some(PathFault::Missing);
    }
    let safe = match path.find("/../") {
        Some(at) => path.get(..at)?,
        None => path
            .strip_suffix("/..")
            .or_else(|| odd_end(path))
            .unwrap_or_default(),
    };
    if safe.is_empty() {
        return None;
    }
    let cleaned = clean(path);
    let inside = cleaned
        .strip_prefix(safe)
        .and_then(|rest| rest.strip_prefix('/'));
    inside
        .is_none_or(str::is_empty)
        .then_some(PathFault::Escapes)
}

/// Upstream's pattern `/..$` takes any two characters at the end.
fn odd_end(path: &str) -> Option<&str> {
    let (at, _) = path.char_indices().rev().nth(2)?;
    path.get(at..)?.starts_with('/').then(|| path.get(..at))?
}

/// Go's `filepath.Clean`.
fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
    {
        if part != ".." {
            parts.push(part);
        } else if parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else if !is_rooted {
            parts.push(part);
        }
    }
    let joined = parts.join("/");
    match (is_rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_must_stay_where_it_says() {
        for (path, fault) in [
            ("", Some(PathFault::Missing)),
            ("/tmp/a", None),
            ("/tmp/safe/../x", Some(PathFault::Escapes)),
            ("/tmp/safe/..", Some(PathFault::Escapes)),
            ("/tmp/safe/a/../b", Some(PathFault::Escapes)),
            ("/tmp/..data", None),
            ("/tmp/ab", None),
            ("../x", None),
            ("/tmp/x/../x/y", None),
        ] {
            assert_eq!(path_fault(path), fault, "{path}");
        }
    }
}
