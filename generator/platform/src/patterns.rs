//! Patterns of branches and of paths: what the input means by them, and what dispatch does.

/// Whether a pattern of branches, in which `*` stands for any text, matches all of `branch`.
#[must_use]
pub fn matches_branch(pattern: &str, branch: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| branch.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// Whether a pattern of paths matches `path`: `*` stands for any text without `/`, `**` for any number of folders. A pattern that
/// names a folder matches all below it.
#[must_use]
pub fn matches_path(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = segments(pattern).collect();
    let path: Vec<&str> = segments(path).collect();
    matches_segments(&pattern, &path)
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter(|segment| !segment.is_empty() && *segment != ".")
}

/// In one pass: where a `**` was met last is where matching goes on when it fails, as it can take one segment more.
fn matches_segments(pattern: &[&str], path: &[&str]) -> bool {
    let (mut at, mut on) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while let Some(segment) = path.get(on) {
        match pattern.get(at) {
            Some(&"**") => {
                back = Some((at, on));
                at += 1;
                continue;
            }
            Some(wanted) if matches_branch(wanted, segment) => {
                at += 1;
                on += 1;
                continue;
            }
            // A folder, and something below it.
            None => return true,
            Some(_) => {}
        }
        let Some((star, taken)) = back else {
            return false;
        };
        back = Some((star, taken + 1));
        (at, on) = (star + 1, taken + 1);
    }
    pattern
        .get(at..)
        .is_some_and(|rest| rest.iter().all(|segment| *segment == "**"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_in_a_branch_stands_for_any_text() {
        for (pattern, branch, is_match) in [
            ("main", "main", true),
            ("main", "main2", false),
            ("release/*", "release/1.0", true),
            ("release/*", "release/1/2", true),
            ("release/*", "releases/1", false),
            ("*", "any/thing", true),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "acb", false),
        ] {
            assert_eq!(
                matches_branch(pattern, branch),
                is_match,
                "{pattern} {branch}"
            );
        }
    }

    #[test]
    fn a_path_matches_by_segments() {
        for (pattern, path, is_match) in [
            ("services/api/**", "services/api/src/main.py", true),
            ("services/api/**", "services/api", true),
            ("services/api/**", "services/apix/main.py", false),
            ("services/api", "services/api/src/main.py", true),
            ("**", "anything", true),
            ("**/*.py", "a/b/c.py", true),
            ("**/*.py", "c.py", true),
            ("*.py", "a/c.py", false),
            ("a/**/z/*.rs", "a/b/z/c/z/m.rs", true),
            ("a/*/c", "a/b/c/d", true),
            ("a/*/c", "a/b/d", false),
            (".", "anything", true),
        ] {
            assert_eq!(matches_path(pattern, path), is_match, "{pattern} {path}");
        }
    }
}
