//! Paths as Go's `filepath.Clean` leaves them.

/// A path without what means nothing in it: `//`, `.` and `a/..`.
pub(crate) fn cleaned(path: &str) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    let is_rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(last) if *last != ".." => {
                    parts.pop();
                }
                // Nothing is above the root.
                _ if is_rooted => {}
                _ => parts.push(part),
            },
            _ => parts.push(part),
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
    use super::cleaned;

    #[test]
    fn a_path_is_cleaned_as_go_does() {
        for (path, expected) in [
            ("", "."),
            ("/", "/"),
            ("/tekton/../workspace/", "/workspace"),
            ("//a/./b//", "/a/b"),
            ("/../a", "/a"),
            ("a/../..", ".."),
            ("a/..", "."),
        ] {
            assert_eq!(cleaned(path), expected, "{path}");
        }
    }
}
