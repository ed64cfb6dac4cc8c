//! Paths of files, compared as texts: no file is looked at.

/// A path without `.`, and without `..` where a folder stands before it; the folder that all paths begin in is empty.
pub(crate) fn normal(path: &str) -> String {
    join("", path)
}

/// The path that `path` means in `folder`, which is [`normal`].
pub(super) fn join(folder: &str, path: &str) -> String {
    let is_absolute = path.starts_with('/') || folder.starts_with('/');
    let folder = if path.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split(['/', '\\'])) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if is_absolute => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if is_absolute {
        format!("/{path}")
    } else {
        path
    }
}

/// The folder of a file.
pub(super) fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a path is a folder or lies below it; both are [`normal`].
pub(super) fn is_within(path: &str, folder: &str) -> bool {
    if folder.is_empty() {
        return !path.starts_with('/') && path != ".." && !path.starts_with("../");
    }
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a resource is fetched from elsewhere.
pub(super) fn is_remote(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let has_user = lower
        .split_once('@')
        .is_some_and(|(user, rest)| !user.contains('/') && rest.contains([':', '/']));
    lower.contains("://")
        || lower.starts_with("git::")
        || lower.starts_with("github.com")
        || lower.contains("?ref=")
        || has_user
}

/// Whether a path is filled in later.
pub(super) fn is_filled_in_later(path: &str) -> bool {
    path.contains("{{") || path.contains("${") || path.contains("<%")
}

#[cfg(test)]
mod tests {
    use super::{is_remote, is_within, join};

    #[test]
    fn paths_mean_what_they_mean_in_their_folder() {
        for (folder, path, expected) in [
            ("a/b", "../base", "a/base"),
            ("a", "./x//y.yaml", "a/x/y.yaml"),
            ("", "../x", "../x"),
            ("a", "../../x", "../x"),
            ("/a", "../../x", "/x"),
            ("a", "/x", "/x"),
            ("a", ".", "a"),
        ] {
            assert_eq!(join(folder, path), expected, "{folder} {path}");
        }
    }

    #[test]
    fn a_folder_holds_what_lies_below_it_and_no_neighbour() {
        for (path, folder, expected) in [
            ("a/b", "a", true),
            ("a", "a", true),
            ("ab", "a", false),
            ("x", "", true),
            ("../x", "", false),
            ("/x", "", false),
        ] {
            assert_eq!(is_within(path, folder), expected, "{path} {folder}");
        }
    }

    #[test]
    fn what_git_or_http_fetches_is_remote() {
        for path in [
            "https://x/y.yaml",
            "github.com/a/b",
            "git@github.com:a/b",
            "ssh://git@x/y",
            "user@host:a/b.git//c",
        ] {
            assert!(is_remote(path), "{path}");
        }
        for path in ["../base", "base@2", "a/b.git", "a@b/c"] {
            assert!(is_remote(path) == path.starts_with("a@b"), "{path}");
        }
    }
}
