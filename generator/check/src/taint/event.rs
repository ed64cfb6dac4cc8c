//! What in an event is free text: what people write, and what somebody who may push a branch or open an issue chooses.

/// Who can choose what stands in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sender {
    /// A provider that proves who it is, or one that is not known: its ids, hashes and URLs are its own, names of branches,
    /// titles and messages are its users'.
    Provider,
    /// Anyone, or any program that may publish: every field can be anything.
    Anyone,
    /// The cluster itself: objects, schedules.
    Cluster,
}

/// Names of fields that users of a provider write, or that hold such fields.
const FREE: &[&str] = &[
    "added",
    "author",
    "base_ref",
    "body",
    "branch",
    "branch_name",
    "branches",
    "changes",
    "comment",
    "comments",
    "commit_message",
    "commits",
    "content",
    "description",
    "detailedMessage",
    "display_title",
    "email",
    "fullName",
    "head",
    "head_branch",
    "head_commit",
    "head_ref",
    "issue",
    "label",
    "labels",
    "last_commit",
    "merge_request",
    "message",
    "milestone",
    "modified",
    "note",
    "object_attributes",
    "payload",
    "pull_request",
    "pullRequest",
    "push",
    "push_options",
    "query",
    "ref",
    "refName",
    "refUpdates",
    "refs",
    "release",
    "removed",
    "resource",
    "source_branch",
    "sourceBranch",
    "sourceRefName",
    "subject",
    "summary",
    "tag",
    "tag_name",
    "target_branch",
    "targetBranch",
    "targetRefName",
    "text",
    "title",
    "topic",
    "wiki",
    "workflow_run",
    "review",
];

/// Fields whose `name` is chosen from few letters.
const NAMED: &[&str] = &[
    "repository",
    "repo",
    "project",
    "organization",
    "owner",
    "enterprise",
    "namespace",
    "account",
    "app",
];

impl Sender {
    /// Whether the field at these names, the event's first, may be any text.
    pub(super) fn chooses(self, names: &[&str]) -> bool {
        match self {
            Self::Cluster => return false,
            Self::Anyone => return true,
            Self::Provider => {}
        }
        let names: Vec<&str> = names
            .iter()
            .copied()
            .filter(|name| !is_index(name))
            .collect();
        let Some((last, before)) = names.split_last() else {
            return true;
        };
        if before.is_empty() && matches!(*last, "headers" | "header" | "extensions") {
            return false;
        }
        // The body as a whole, or nothing but it.
        if FREE.contains(last) {
            return true;
        }
        let of = before.last().copied().unwrap_or_default();
        *last == "name" && !NAMED.contains(&of) && !of.is_empty() && of != "body"
    }
}

fn is_index(name: &str) -> bool {
    name == "#" || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_vouches_for_ids_and_hashes_but_not_for_names_of_branches() {
        for (path, chooses) in [
            ("body.ref", true),
            ("body.after", false),
            ("body.head_commit.message", true),
            ("body.head_commit.id", false),
            ("body.pull_request.head.ref", true),
            ("body.pull_request.head.sha", false),
            ("body.pull_request.title", true),
            ("body.repository.name", false),
            ("body.repository.clone_url", false),
            ("body.commits.0.author.name", true),
            ("headers.X-GitHub-Event", false),
            ("body", true),
        ] {
            let names: Vec<_> = path.split('.').collect();
            assert_eq!(Sender::Provider.chooses(&names), chooses, "{path}");
            assert!(Sender::Anyone.chooses(&names));
            assert!(!Sender::Cluster.chooses(&names));
        }
    }
}
