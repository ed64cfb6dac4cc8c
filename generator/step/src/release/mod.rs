//! `luban step release`: an image into the release of an environment, as a commit in the GitOps repository.

pub(crate) mod branches;
pub(crate) mod gitops;
mod order;
pub(crate) mod record;

use std::path::Path;

use luban_command::{Parsed, release as flag};

use crate::failure::{Exit, Failure};
use crate::results::Results;
use crate::world::World;
use gitops::{Change, Gitops, Updated};
use order::{Source, Verdict};
use record::{FILE, Record, RecordError, Release};

/// The results of this verb.
const RESULTS: [&str; 1] = ["commit"];

impl From<RecordError> for Failure {
    fn from(error: RecordError) -> Self {
        Self::new(Exit::Failed, error.to_string())
            .help("`luban generate` writes the file anew where there is none")
    }
}

/// Releases what a call says.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let text = |flag| call.get(flag).unwrap_or_default().to_owned();
    let path = |flag| call.get(flag).map(Path::new);
    let release = Release {
        image: text(&flag::IMAGE),
        tag: text(&flag::TAG),
        digest: text(&flag::DIGEST),
        revision: text(&flag::REVISION),
        source: text(&flag::SOURCE),
        reason: text(&flag::REASON),
        run: text(&flag::RUN),
    };
    let branch = text(&flag::SOURCE_BRANCH);
    let source = Source {
        url: &release.source,
        branch: &branch,
        credentials: path(&flag::SOURCE_CREDENTIALS),
        authorities: path(&flag::CERTIFICATE_AUTHORITY),
        world,
    };
    let credentials = path(&flag::CREDENTIALS).unwrap_or(Path::new("."));
    let gitops = Gitops::new(
        &text(&flag::GITOPS),
        credentials,
        path(&flag::CERTIFICATE_AUTHORITY),
        world,
    )?;
    let directory = text(&flag::PATH);
    let gitops_branch = text(&flag::BRANCH);
    let updated = gitops.update(&gitops_branch, |gitops, head| {
        change(gitops, head, &directory, &release, &source)
    })?;
    match updated {
        Updated::New(commit) => {
            world.say(format!(
                "released `{}@{}` into `{directory}`: commit `{commit}`",
                release.image, release.digest
            ));
            results.write("commit", &commit)
        }
        Updated::Nothing(head) => {
            let subject = subject(&directory, &release);
            let commit = gitops.commit_of(&gitops_branch, &release.digest, &head, |commit| {
                commit.subject() == subject
            });
            world.say(format!(
                "nothing to do: `{directory}` has `{}@{}` since commit `{commit}`",
                release.image, release.digest
            ));
            results.write("commit", &commit)
        }
    }
}

/// What a release changes in the newest commit; none if it is there already.
fn change(
    gitops: &Gitops<'_>,
    head: &str,
    directory: &str,
    release: &Release,
    source: &Source<'_>,
) -> Result<Option<Change>, Failure> {
    let path = format!("{}/{FILE}", directory.trim_end_matches('/'));
    let text = gitops.read(head, &path)?.ok_or_else(|| {
        Failure::new(
            Exit::Failed,
            format!("there is no `{path}` in the GitOps repository"),
        )
        .help("run `luban generate` and commit what it writes: the application may be new, or gone")
    })?;
    let mut record = Record::read(&path, &text)?;
    if let Some(released) = record.release(Some(&release.image)) {
        if released.digest == release.digest
            && released.tag == release.tag
            && released.revision == release.revision
        {
            return Ok(None);
        }
        // One that was written by hand has no commit, and gives way.
        if !released.revision.is_empty()
            && let Verdict::Older(why) = source.compare(&released.revision, &release.revision)?
        {
            return Err(Failure::new(
                Exit::Refused,
                format!("this release would replace a newer one: {why}"),
            )
            .help("to go back, revert the commit of the newer release, or push the branch back"));
        }
    }
    record.write(release)?;
    if record.text() == text {
        return Ok(None);
    }
    Ok(Some(Change {
        path,
        text: record.text().to_owned(),
        message: message(directory, release),
    }))
}

/// The commit's message: what is released where, and what it was built from as trailers.
fn message(directory: &str, release: &Release) -> String {
    let mut message = format!("{}\n\n", subject(directory, release));
    let trailers = [
        ("Source-Repository", &release.source),
        ("Source-Commit", &release.revision),
        ("Image", &release.image),
        ("Digest", &release.digest),
        ("Build-Reason", &release.reason),
        ("Run", &release.run),
    ];
    for (name, value) in trailers {
        if !value.is_empty() {
            message.push_str(&format!("{name}: {}\n", one_line(value)));
        }
    }
    message
}

/// The first line of the commit's message.
fn subject(directory: &str, release: &Release) -> String {
    let place = directory
        .trim_start_matches("overlays/")
        .trim_end_matches("/release");
    format!("Release {} to {place}", one_line(&release.tag))
}

/// A text that cannot make a trailer of its own.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
