//! The releases of both environments, read at one commit of the GitOps repository.

use luban_command::Value;

use super::route::{Route, is_tag};
use crate::failure::{Exit, Failure};
use crate::release::gitops::Gitops;
use crate::release::record::{Record, Release, released};

/// What both environments deploy at a commit.
#[derive(Clone, Debug)]
pub(super) struct Both {
    /// The commit.
    pub(super) head: String,
    /// What the environment before has.
    pub(super) from: Release,
    /// What the next one is to have.
    pub(super) wanted: Release,
    /// What it has; none before its first release.
    pub(super) to: Option<Release>,
    /// The text of its file.
    pub(super) text: String,
    /// Whether a tag was asked for.
    is_tagged: bool,
}

impl Both {
    /// Reads both at `head`. `tag` is the one to release under, if it changes.
    ///
    /// # Errors
    /// When a file is missing or no release, and when the environment before has none.
    pub(super) fn read(
        gitops: &Gitops<'_>,
        head: &str,
        route: &Route,
        tag: Option<&str>,
    ) -> Result<Self, Failure> {
        let (path, record) = read(gitops, head, route, &route.from)?;
        let from = released(&path, &record, &route.application)?.ok_or_else(|| {
            Failure::new(
                Exit::Refused,
                format!("`{}` has no release in `{}` yet", route.label(), route.from),
            )
            .help("push to its release branch: what that builds is released there")
        })?;
        checked(&path, &from)?;
        let mut wanted = from.clone();
        if let Some(tag) = tag {
            wanted.tag = tag.to_owned();
        }
        if !is_tag(&wanted.tag) {
            let message = format!("`{}` is no tag of an image", wanted.tag);
            return Err(
                Failure::new(Exit::Failed, message).help(format!("`{path}` or `--tag` has it"))
            );
        }
        let (_, target) = read(gitops, head, route, &route.to)?;
        let to = target
            .release(Some(&wanted.image))
            .or_else(|| target.release(None));
        Ok(Self {
            head: head.to_owned(),
            from,
            wanted,
            to,
            text: target.text().to_owned(),
            is_tagged: tag.is_some(),
        })
    }

    /// Whether the next environment has the release already. Its tag counts only if one was asked for: a release that a Git tag
    /// named keeps that name.
    pub(super) fn is_there(&self) -> bool {
        self.to.as_ref().is_some_and(|to| self.is_wanted(to))
    }

    /// Whether a release is the one that the next environment is to have.
    pub(super) fn is_wanted(&self, release: &Release) -> bool {
        let wanted = &self.wanted;
        release.image == wanted.image
            && release.digest == wanted.digest
            && (!self.is_tagged || release.tag == wanted.tag)
    }

    /// The text of the next environment's file with the release.
    ///
    /// # Errors
    /// When it is written in a way that cannot be changed without changing more.
    pub(super) fn written(&self, route: &Route) -> Result<String, Failure> {
        let mut record = Record::read(&route.record(&route.to), &self.text)?;
        record.write(&self.wanted)?;
        Ok(record.text().to_owned())
    }
}

/// The release of an environment at a commit, if there is one.
pub(super) fn release_at(
    gitops: &Gitops<'_>,
    commit: &str,
    route: &Route,
    environment: &str,
) -> Result<Option<Release>, Failure> {
    let path = route.record(environment);
    let Some(text) = gitops.read(commit, &path)? else {
        return Ok(None);
    };
    released(&path, &Record::read(&path, &text)?, &route.application)
}

fn read(
    gitops: &Gitops<'_>,
    head: &str,
    route: &Route,
    environment: &str,
) -> Result<(String, Record), Failure> {
    let path = route.record(environment);
    let text = gitops.read(head, &path)?.ok_or_else(|| {
        Failure::new(Exit::Failed, format!("there is no `{path}` in the GitOps repository"))
            .help("check the names of project, application and environment; run `luban generate` and commit what it writes if they are right")
    })?;
    let record = Record::read(&path, &text)?;
    Ok((path, record))
}

/// What goes into another environment's file and to the registry is checked: people write these files too.
fn checked(path: &str, release: &Release) -> Result<(), Failure> {
    let wrong = |what: &str, value: &str| {
        let message = format!("`{path}` has `{value}`, which is no {what}");
        Err(Failure::new(Exit::Failed, message).help("release the application anew"))
    };
    if Value::Digest.check(&release.digest).is_err() {
        return wrong("digest", &release.digest);
    }
    if Value::Repository.check(&release.image).is_err() {
        return wrong("image's repository", &release.image);
    }
    if !release.revision.is_empty() && Value::Commit.check(&release.revision).is_err() {
        return wrong("commit", &release.revision);
    }
    Ok(())
}
