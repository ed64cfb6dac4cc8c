//! The image's tag that a Git tag becomes.

use luban_platform::names::ImageTag;

use crate::failure::{Exit, Failure};

/// The tag of an image for a Git tag: the same, with `-` for `/` and, as Helm writes versions, `_` for `+`.
///
/// # Errors
/// For a name that has other characters that image tags lack, and for one that means something else in the repository.
pub(super) fn image_tag(git_tag: &str) -> Result<String, Failure> {
    let tag = git_tag.replace('/', "-").replace('+', "_");
    let refuse = |why: &str| {
        let message = format!(
            "the Git tag `{}` cannot be the tag of an image: {why}",
            git_tag.escape_debug()
        );
        Failure::new(Exit::Refused, message)
            .help("tag the commit with a name such as `v1.2.3`: letters, digits, `_`, `.`, `-`, `/` and `+`, at most 128")
    };
    if ImageTag::new(tag.as_str()).is_err() {
        return Err(refuse("it holds what image tags cannot, or is too long"));
    }
    match reserved(&tag) {
        Some(why) => Err(refuse(why)),
        None => Ok(tag),
    }
}

/// What a tag means to others; nothing if it is free.
fn reserved(tag: &str) -> Option<&'static str> {
    let is_hex = |text: &str, lengths: &[usize]| {
        lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    // Platforms' images have the architecture behind the commit.
    let first = tag.split('-').next().unwrap_or_default();
    if is_hex(first, &[40, 64]) {
        return Some("images are tagged with commits");
    }
    let after = |start: &str| tag.strip_prefix(start);
    if after("build-").is_some_and(|key| is_hex(key, &[64])) {
        return Some("images are found by such tags when the same is built again");
    }
    if tag == crate::scan::TAG {
        return Some("the last image that passed its scan is found by it");
    }
    if after("sha256-").is_some() {
        return Some("signatures and reports are found by such tags");
    }
    if tag == "buildcache" || after("buildcache-").is_some() {
        return Some("the layer cache has such tags");
    }
    (tag == "latest").then_some("it floats")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn versions_stay_readable() {
        for (git_tag, tag) in [
            ("v1.2.3", "v1.2.3"),
            ("release/2026-01", "release-2026-01"),
            ("v1.2.3+build.5", "v1.2.3_build.5"),
            ("_x", "_x"),
        ] {
            assert_eq!(image_tag(git_tag).unwrap(), tag);
        }
    }

    #[test]
    fn what_cannot_be_a_tag_is_refused_with_its_name() {
        let long = "a".repeat(129);
        for git_tag in [
            "", "ü", ".x", "-x", "/x", "a b", "$(id)", "{{x}}", "a'b", "a\nb", "`id`", &long,
        ] {
            let failure = image_tag(git_tag).unwrap_err();
            assert_eq!(failure.exit, Exit::Refused, "{git_tag:?}");
            assert!(!failure.message.contains('\n'));
        }
    }

    #[test]
    fn a_git_tag_takes_no_tag_that_means_something_else() {
        let (commit, key) = ("0123456789abcdef".repeat(3), "0123456789abcdef".repeat(4));
        let commit = commit.get(..40).unwrap();
        for git_tag in [
            "latest",
            "luban-scan",
            "buildcache",
            "buildcache/amd64",
            commit,
            &format!("{commit}-amd64"),
            &format!("build/{key}"),
            &format!("sha256-{key}.sig"),
            &key,
        ] {
            assert!(image_tag(git_tag).is_err(), "{git_tag}");
        }
        for git_tag in ["build-1", "buildcached", "sha256", "deadbeef"] {
            assert!(image_tag(git_tag).is_ok(), "{git_tag}");
        }
    }
}
