//! What is promoted where: names, paths and branches, and the marks by which a promotion is known again.

use luban_command::{Parsed, promote as flag};
use sha2::{Digest as _, Sha256};

use crate::failure::{Exit, Failure};
use crate::release::record::FILE;

/// The trailer of a promotion's commit that says which promotion it is.
pub(super) const TRAILER: &str = "Promotion";
/// Begin and end of the line in a pull request that says the same; no page shows it.
const MARK: (&str, &str) = ("<!-- luban promotion: ", " -->");

/// An application on its way from one environment to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) project: String,
    pub(super) application: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl Route {
    pub(super) fn of(call: &Parsed) -> Result<Self, Failure> {
        let name = |flag| {
            let name = call.get(flag).unwrap_or_default().to_owned();
            // Each becomes a part of paths and branches.
            if name.is_empty() || name.starts_with(['.', '-']) || name.contains("..") {
                let message =
                    format!("`{name}` is no name of a project, application or environment");
                return Err(Failure::new(Exit::Usage, message));
            }
            Ok(name)
        };
        let route = Self {
            project: name(&flag::PROJECT)?,
            application: name(&flag::APPLICATION)?,
            from: name(&flag::FROM)?,
            to: name(&flag::TO)?,
        };
        if route.from == route.to {
            let message = format!("`{}` cannot be promoted to itself", route.from);
            return Err(Failure::new(Exit::Usage, message));
        }
        Ok(route)
    }

    /// `payments/api`.
    pub(super) fn label(&self) -> String {
        format!("{}/{}", self.project, self.application)
    }

    /// Which promotion it is: `payments/api/prd`.
    pub(super) fn id(&self) -> String {
        format!("{}/{}", self.label(), self.to)
    }

    /// The overlay of an environment.
    pub(super) fn overlay(&self, environment: &str) -> String {
        format!(
            "overlays/{}/{}/{environment}",
            self.project, self.application
        )
    }

    /// The file with the release of an environment.
    pub(super) fn record(&self, environment: &str) -> String {
        format!("{}/release/{FILE}", self.overlay(environment))
    }

    /// Argo CD's Application of the environment that has the release.
    pub(super) fn argo_cd_application(&self) -> String {
        format!("{}-{}-{}", self.project, self.application, self.from)
    }

    /// What branches of the application's promotions begin with.
    pub(super) fn branches(&self) -> String {
        format!("promote/{}/", self.application)
    }

    /// The branch of a tag, and the one in its place where another project's application of that name, or another environment,
    /// has it.
    pub(super) fn branch(&self, tag: &str) -> [String; 2] {
        let first = format!("{}{}", self.branches(), ref_part(tag));
        let second = format!("{first}-{}-{}", self.project, self.to);
        [first, second]
    }

    /// The line of a pull request that says which promotion it is, and of what.
    pub(super) fn mark(&self, digest: &str) -> String {
        format!("{}{} {digest}{}", MARK.0, self.id(), MARK.1)
    }
}

/// Promotion and digest that a pull request's body says it is of.
pub(super) fn marked(body: &str) -> Option<(&str, &str)> {
    let line = body.lines().next()?.trim();
    line.strip_prefix(MARK.0)?
        .strip_suffix(MARK.1)?
        .split_once(' ')
}

/// A tag as a part of a branch's name: tags may hold what Git takes in no name (git-check-ref-format).
fn ref_part(tag: &str) -> String {
    let is_fine = !tag.contains("..") && !tag.ends_with('.') && !tag.ends_with(".lock");
    if is_fine {
        return tag.to_owned();
    }
    let hash = Sha256::digest(tag.as_bytes());
    let hash: String = hash
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-{hash}", tag.replace('.', "-"))
}

/// A tag of an image, as the OCI distribution specification 1.1 has them.
pub(super) fn is_tag(text: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.len() <= 128
        && text.starts_with(is_word)
        && text.chars().all(|c| is_word(c) || matches!(c, '.' | '-'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn route() -> Route {
        Route {
            project: "payments".to_owned(),
            application: "api".to_owned(),
            from: "snd".to_owned(),
            to: "prd".to_owned(),
        }
    }

    #[test]
    fn a_tag_that_git_takes_in_no_branch_gets_a_branch_of_its_own() {
        assert_eq!(route().branch("1.4.2")[0], "promote/api/1.4.2");
        let names: Vec<String> = ["1..2", "1-2", "1.2.", "1.2", "x.lock", "x-lock"]
            .iter()
            .map(|tag| route().branch(tag)[0].clone())
            .collect();
        for name in &names {
            let checked = std::process::Command::new("git")
                .args(["check-ref-format", "--branch", name])
                .output()
                .unwrap();
            assert!(checked.status.success(), "{name}");
        }
        let mut different = names.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), names.len());
    }

    #[test]
    fn a_pull_request_is_known_by_its_first_line() {
        let mark = route().mark("sha256:1");
        let body = format!("{mark}\n\nmore");
        assert_eq!(marked(&body), Some(("payments/api/prd", "sha256:1")));
        assert_eq!(marked(&format!("text\n{mark}")), None);
        assert_eq!(marked(""), None);
    }

    #[test]
    fn only_what_registries_take_is_a_tag() {
        for tag in ["1", "v1.2.3-rc_1", "_x", &"a".repeat(128)] {
            assert!(is_tag(tag), "{tag}");
        }
        for tag in ["", ".x", "-x", "a/b", "a b", "a$(x)", "ü", &"a".repeat(129)] {
            assert!(!is_tag(tag), "{tag}");
        }
    }
}
