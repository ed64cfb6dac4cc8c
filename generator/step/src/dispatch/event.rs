//! An event, as the Sensor passes it: a few fields in base64, which are decoded and checked here and nowhere else.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_command::{Flag, Parsed, dispatch as flag};
use luban_platform::names::check_branch;
use serde::Deserialize;

use crate::failure::{Exit, Failure};

/// The largest field; the largest event that sources let in is 1 MiB.
const LARGEST: usize = 1 << 20;

/// The fields of an event that are text, by the flags that carry them.
const FIELDS: [&Flag; 10] = [
    &flag::KIND,
    &flag::DELIVERY,
    &flag::REPOSITORY_ID,
    &flag::REPOSITORY,
    &flag::REF,
    &flag::BEFORE,
    &flag::AFTER,
    &flag::UPDATES,
    &flag::SENDER,
    &flag::REPOSITORY_UPDATED,
];

/// An event, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// The provider, as the platform names it.
    pub(super) provider: String,
    fields: BTreeMap<&'static str, String>,
}

impl Event {
    /// The event in the flags of a call.
    ///
    /// # Errors
    /// For a field that is no base64 of UTF-8 text.
    pub(super) fn of_call(call: &Parsed) -> Result<Self, Failure> {
        let provider = call.get(&flag::PROVIDER).unwrap_or_default();
        Self::of(provider, |name| {
            let flag = FIELDS.into_iter().find(|flag| flag.name == name)?;
            call.get(flag)
        })
    }

    /// The event that a ConfigMap recorded: its keys are the flags.
    ///
    /// # Errors
    /// For one without provider, and for a field that is no base64 of UTF-8 text.
    pub(super) fn of_record(
        name: &str,
        record: &BTreeMap<String, String>,
    ) -> Result<Self, Failure> {
        let Some(provider) = record
            .get(flag::PROVIDER.name)
            .filter(|provider| !provider.is_empty())
        else {
            let message = format!("ConfigMap `{name}` is no recorded event: it names no provider");
            return Err(Failure::new(Exit::Usage, message).help(
                "`kubectl get configmaps -l luban.dev/dead-letter=dispatch` lists those that are",
            ));
        };
        Self::of(provider, |name| record.get(name).map(String::as_str))
    }

    fn of<'a>(provider: &str, field: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Failure> {
        let mut fields = BTreeMap::new();
        for flag in FIELDS {
            let text = field(flag.name).unwrap_or_default();
            fields.insert(flag.name, decoded(flag.name, text)?);
        }
        Ok(Self {
            provider: provider.to_owned(),
            fields,
        })
    }

    fn get(&self, flag: &Flag) -> &str {
        self.fields.get(flag.name).map_or("", String::as_str)
    }

    /// Kind of event, as the provider names it.
    pub(super) fn kind(&self) -> &str {
        self.get(&flag::KIND)
    }

    /// The repository with its owner or project.
    pub(super) fn repository(&self) -> &str {
        self.get(&flag::REPOSITORY)
    }

    /// Who pushed.
    pub(super) fn sender(&self) -> &str {
        self.get(&flag::SENDER)
    }
}

fn decoded(name: &str, text: &str) -> Result<String, Failure> {
    let refuse = |why: &str| Failure::new(Exit::Usage, format!("`--{name}` {why}"));
    let bytes = STANDARD
        .decode(text.trim())
        .map_err(|_| refuse("is not base64: the Sensor passes text of an event in base64"))?;
    if bytes.len() > LARGEST {
        return Err(refuse("is larger than an event can be"));
    }
    String::from_utf8(bytes).map_err(|_| refuse("is not UTF-8 text"))
}

/// What a ref is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GitRef {
    Branch(String),
    Tag(String),
}

impl GitRef {
    /// A branch or a tag; none for other refs, such as notes and pull requests, and names that Git does not allow.
    fn parse(text: &str) -> Option<Self> {
        let (kind, name): (fn(String) -> Self, &str) = match text.strip_prefix("refs/heads/") {
            Some(name) => (Self::Branch, name),
            None => (Self::Tag, text.strip_prefix("refs/tags/")?),
        };
        check_branch(name, false).ok()?;
        Some(kind(name.to_owned()))
    }
}

/// One ref that was moved by a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Push {
    /// The ref, whole.
    pub(super) name: String,
    pub(super) git_ref: GitRef,
    /// Commit before; all zero for a ref that is new.
    pub(super) before: String,
    /// Commit now.
    pub(super) after: String,
    /// What a redelivery has too, and another push has not.
    pub(super) delivery: String,
}

impl Push {
    /// Whether the ref points where it pointed before, as in the test of a webhook.
    pub(super) fn moves_nothing(&self) -> bool {
        self.before == self.after
    }
}

/// What an event means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Refs that were moved, and why others were left out.
    Pushes {
        pushes: Vec<Push>,
        left_out: Vec<String>,
    },
    /// Nothing to do, and why.
    Nothing(String),
}

/// A provider's way of saying things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    GitHub,
    Gitea,
    Azure,
}

impl Dialect {
    /// The way of a provider of that type; none for a type that this version does not know.
    pub(super) fn of(provider: &str) -> Option<Self> {
        match provider {
            "GitHub" => Some(Self::GitHub),
            "Gitea" => Some(Self::Gitea),
            "AzureDevOpsServices" | "AzureDevOpsServer" => Some(Self::Azure),
            _ => None,
        }
    }

    /// Kind of the event that a push is.
    fn push(self) -> &'static str {
        match self {
            Self::GitHub | Self::Gitea => "push",
            Self::Azure => "git.push",
        }
    }

    /// What tells a push from another with the same commits, and is the same when it is sent again: GitHub's GUID and Azure's id of
    /// the event. Gitea gives a redelivery an id of its own, but sends the same body again, and in it when the repository was
    /// changed last before the push (`services/repository/push.go` notes the time of a push once its webhooks are on their way).
    fn occurrence(self) -> &'static Flag {
        match self {
            Self::GitHub | Self::Azure => &flag::DELIVERY,
            Self::Gitea => &flag::REPOSITORY_UPDATED,
        }
    }
}

/// An update of a ref, as Azure DevOps says it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefUpdate {
    name: String,
    old_object_id: String,
    new_object_id: String,
}

/// What an event means.
///
/// # Errors
/// For a push whose commits are no commits, or whose list of refs is no list.
pub(super) fn meaning(event: &Event, dialect: Dialect) -> Result<Meaning, Failure> {
    let kind = event.kind();
    if kind != dialect.push() {
        let what = if kind.is_empty() {
            "an event without kind".to_owned()
        } else {
            format!("`{}`", kind.escape_debug())
        };
        return Ok(Meaning::Nothing(format!("{what} builds nothing")));
    }
    let updates = match dialect {
        Dialect::Azure => azure_updates(event.get(&flag::UPDATES))?,
        _ => vec![RefUpdate {
            name: event.get(&flag::REF).to_owned(),
            old_object_id: event.get(&flag::BEFORE).to_owned(),
            new_object_id: event.get(&flag::AFTER).to_owned(),
        }],
    };
    let delivery = event.get(dialect.occurrence());
    let (mut pushes, mut left_out) = (Vec::new(), Vec::new());
    for update in updates {
        // A name may hold what would be lines of a log.
        let shown = update.name.escape_debug();
        for (what, commit) in [
            ("before", &update.old_object_id),
            ("after", &update.new_object_id),
        ] {
            if !is_commit(commit) {
                let message = format!(
                    "the event's commit {what} is no commit of `{shown}`: `{}`",
                    commit.escape_debug()
                );
                return Err(Failure::new(Exit::Usage, message));
            }
        }
        if is_zero(&update.new_object_id) {
            left_out.push(format!("`{shown}` was deleted, which builds nothing"));
            continue;
        }
        match GitRef::parse(&update.name) {
            None => left_out.push(format!("`{shown}` is no branch or tag, and builds nothing")),
            Some(git_ref) => pushes.push(Push {
                name: update.name.clone(),
                git_ref,
                before: update.old_object_id,
                after: update.new_object_id,
                delivery: delivery.to_owned(),
            }),
        }
    }
    Ok(Meaning::Pushes { pushes, left_out })
}

fn azure_updates(text: &str) -> Result<Vec<RefUpdate>, Failure> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(text).map_err(|error| {
        let message = format!("`--updates` is not the `refUpdates` of a push: {error}");
        Failure::new(Exit::Usage, message)
    })
}

/// Whether a text is the id of a commit, SHA-1 or SHA-256.
fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64)
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether it is the id that stands for no commit.
pub(super) fn is_zero(commit: &str) -> bool {
    commit.bytes().all(|byte| byte == b'0')
}
