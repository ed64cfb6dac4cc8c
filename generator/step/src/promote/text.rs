//! What people read: the pull request and the commit.

use reqwest::Url;

use super::records::Both;
use super::route::{Route, TRAILER};
use super::verify::Check;
use crate::provider::Proposal;
use crate::release::branches::Commit;
use crate::release::one_line;
use crate::release::record::Release;

/// So many releases are listed.
const LISTED: usize = 20;

/// What is said of a promotion.
pub(super) struct Story<'a> {
    pub(super) route: &'a Route,
    pub(super) both: &'a Both,
    pub(super) checks: &'a [Check],
    /// Releases of the environment before that come with it, the newest first; empty where they are not known.
    pub(super) releases: &'a [Commit],
    /// Who asked for it, where that is known.
    pub(super) asked_by: Option<&'a str>,
}

impl Story<'_> {
    /// The pull request from branch `head` to branch `base`.
    pub(super) fn proposal(&self, head: &str, base: &str) -> Proposal {
        Proposal {
            head: head.to_owned(),
            base: base.to_owned(),
            title: title(self.route, &self.both.wanted.tag),
            body: self.body(),
        }
    }

    /// The mark, then what matters most: providers cut what is too long.
    fn body(&self) -> String {
        let (route, wanted) = (self.route, &self.both.wanted);
        let before = self.both.to.as_ref();
        let mut body = format!(
            "{}\n\n`{}` gets the release of **{}** that `{}` runs.\n\n",
            route.mark(&wanted.digest),
            route.to,
            route.label(),
            route.from
        );
        body.push_str(&format!(
            "| | `{}` now | after |\n|---|---|---|\n",
            route.to
        ));
        let mut row = |name: &str, shown: &dyn Fn(&Release) -> String| {
            let (old, new) = (before.map(shown).unwrap_or_default(), shown(wanted));
            body.push_str(&format!("| {name} | {old} | {new} |\n"));
        };
        row("Image", &|release| code(&release.image));
        row("Tag", &|release| code(&release.tag));
        row("Digest", &|release| code(&release.digest));
        row("Commit", &|release| {
            commit_link(&release.source, &release.revision)
        });
        row("Run", &|release| code(&release.run));
        if let Some(link) = before.and_then(|before| comparison(before, wanted)) {
            body.push_str(&format!("\n[All commits between the two]({link})\n"));
        }
        body.push_str("\n| Verified | |\n|---|---|\n");
        for check in self.checks {
            body.push_str(&format!("| {} | {} |\n", check.what, check.result));
        }
        if let Some(who) = self.asked_by {
            body.push_str(&format!("\nAsked for by {}.\n", code(who)));
        }
        if !self.releases.is_empty() {
            body.push_str(&format!(
                "\nReleases of `{}` that come with it:\n\n",
                route.from
            ));
        }
        for release in self.releases.iter().take(LISTED) {
            body.push_str(&line(release));
        }
        if self.releases.len() > LISTED {
            body.push_str(&format!("- and {} before\n", self.releases.len() - LISTED));
        }
        body.push_str("\nMerge to agree. To decline, close: this release is not proposed again unless the pull request is reopened.\n");
        body
    }

    /// The commit's message; with the commit that a branch of its own stands on.
    pub(super) fn message(&self, stands_on: Option<&str>) -> String {
        let (route, wanted) = (self.route, &self.both.wanted);
        let subject = title(route, &wanted.tag);
        let id = route.id();
        let trailers = [
            (TRAILER, id.as_str()),
            ("Promoted-From", &route.from),
            ("Source-Repository", &wanted.source),
            ("Source-Commit", &wanted.revision),
            ("Image", &wanted.image),
            ("Digest", &wanted.digest),
            ("Run", &wanted.run),
            ("Asked-By", self.asked_by.unwrap_or_default()),
            (BASE, stands_on.unwrap_or_default()),
        ];
        let mut message = format!("{subject}\n\n");
        for (name, value) in trailers {
            if !value.is_empty() {
                message.push_str(&format!("{name}: {}\n", one_line(value)));
            }
        }
        message
    }
}

/// The trailer with the commit that a promotion's commit stands on: what stands between is somebody else's.
pub(super) const BASE: &str = "Base-Commit";

fn title(route: &Route, tag: &str) -> String {
    format!("Promote {} {tag} to {}", route.label(), route.to)
}

/// A release of the environment before, as an item of a list.
fn line(release: &Commit) -> String {
    let trailer = |name| release.trailer(name).unwrap_or_default();
    // `Release TAG to PLACE` or `Promote PLACE TAG to ENVIRONMENT`
    let mut words = release.subject().split_whitespace();
    let tag = match words.next() {
        Some("Promote") => words.nth(1),
        _ => words.next(),
    };
    let mut parts = vec![code(tag.unwrap_or_default())];
    parts.push(commit_link(
        trailer("Source-Repository"),
        trailer("Source-Commit"),
    ));
    parts.push(match trailer("Run") {
        "" => String::new(),
        run => format!("run {}", code(run)),
    });
    parts.push(release.date.get(..10).unwrap_or_default().to_owned());
    parts.retain(|part| !part.is_empty());
    format!("- {}\n", parts.join(", "))
}

/// Text as it is, in a cell of a table: it can end neither the cell nor the code.
fn code(text: &str) -> String {
    let text = one_line(text).replace('`', "'").replace('|', "\\|");
    if text.is_empty() {
        return text;
    }
    format!("`{text}`")
}

/// A commit with a link to its page.
fn commit_link(source: &str, revision: &str) -> String {
    let short = code(revision.get(..10).unwrap_or(revision));
    match page(source, revision, None) {
        Some(link) if !short.is_empty() => format!("[{short}]({link})"),
        _ => short,
    }
}

/// The page with the commits between two releases of one repository.
fn comparison(before: &Release, wanted: &Release) -> Option<Url> {
    let is_one = before.source == wanted.source && before.revision != wanted.revision;
    is_one.then(|| page(&wanted.source, &wanted.revision, Some(&before.revision)))?
}

/// The page of a commit, or of the commits since another. Azure DevOps' repositories are known by their URLs; GitHub and Gitea have
/// the same pages.
fn page(source: &str, revision: &str, since: Option<&str>) -> Option<Url> {
    let is_commit = |text: &str| luban_command::Value::Commit.check(text).is_ok();
    if !is_commit(revision) || !since.is_none_or(is_commit) {
        return None;
    }
    let mut url = Url::parse(source).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.path().contains(['(', ')']) {
        return None;
    }
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_query(None);
    url.set_fragment(None);
    if url.path().contains("/_git/") {
        match since {
            Some(since) => {
                url.path_segments_mut()
                    .ok()?
                    .pop_if_empty()
                    .push("branchCompare");
                url.query_pairs_mut()
                    .append_pair("baseVersion", &format!("GC{since}"))
                    .append_pair("targetVersion", &format!("GC{revision}"));
            }
            None => {
                url.path_segments_mut()
                    .ok()?
                    .pop_if_empty()
                    .extend(["commit", revision]);
            }
        }
        return Some(url);
    }
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path).to_owned();
    url.set_path(&path);
    let mut segments = url.path_segments_mut().ok()?;
    match since {
        Some(since) => segments.extend(["compare", &format!("{since}...{revision}")]),
        None => segments.extend(["commit", revision]),
    };
    drop(segments);
    Some(url)
}
