use std::sync::LazyLock;

use luban_yaml::Path;
use regex::Regex;

use crate::argo_cd::is_template;
use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "warehouse-subscription",
    kinds: &["Warehouse"],
    title: "a subscription of a Warehouse that Kargo refuses",
    why: "A subscription has a repository in the form of its kind, a strategy that there is, and a limit from 1 to \
          100. Versions are ranges as of SemVer; the strategy `Digest` needs `constraint`, a chart of an HTTP \
          repository its name, and one of an OCI registry none.",
    fix: "Correct the subscription.",
    source: "kargo v1.11.2 pkg/subscription `ValidateSubscription`",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0}
  - image: {repoURL: ⟦'example.com/shop/api:1.0'⟧, imageSelectionStrategy: ⟦Newest⟧, discoveryLimit: ⟦200⟧}
  - image: {⟦repoURL⟧: example.com/shop/db, imageSelectionStrategy: Digest}
  - git: {repoURL: 'https://git.example.com/acme/web', branch: ⟦-x⟧, semverConstraint: ⟦latest⟧}
  - chart: {⟦repoURL⟧: 'https://charts.example.com'}
  - chart: {repoURL: 'oci://example.com/charts/redis', name: ⟦redis⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - image: {repoURL: example.com/shop/web, constraint: ^1.2.0}
  - git: {repoURL: 'https://git.example.com/acme/web.git', semverConstraint: '>=1.0 <2.0 || ~3'}
  - chart: {repoURL: 'https://charts.example.com', name: redis}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

static IMAGE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(\w+([\.-]\w+)*(:[\d]+)?/)?(\w+([\.-]\w+)*)(/\w+([\.-]\w+)*)*$").ok());
static GIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^(ssh|https?)://(?:([\w-]+)(:(.+))?@)?([\w-]+(?:\.[\w-]+)*)(?::(\d{1,5}))?(/.*)$)|(?:^([\w-]+)@([\w+]+(?:\.[\w-]+)*):(/?.*))").ok()
});
static CHART: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(((https?)|(oci))://)([\w\d\.\-]+)(:[\d]+)?(/.*)*$").ok());
static BRANCH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[a-zA-Z0-9]([a-zA-Z0-9._/-]*[a-zA-Z0-9_-])?$").ok());
static VERSION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(=|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*v?(\d+|[xX*])(\.(\d+|[xX*]))?(\.(\d+|[xX*]))?(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$").ok()
});

fn matches(regex: &LazyLock<Option<Regex>>, text: &str) -> bool {
    regex.as_ref().is_none_or(|regex| regex.is_match(text))
}

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let list = entry.path.key("spec").key("subscriptions");
    for index in 0..document.length_at(&list).unwrap_or(0) {
        for kind in ["image", "git", "chart"] {
            let at = list.index(index).key(kind);
            if document.has_value(&at) && document.text_at(&at).is_none() {
                subscription(entry, sink, kind, &at);
            }
        }
    }
}

fn subscription(entry: &Entry, sink: &mut Sink<'_>, kind: &str, at: &Path) {
    let document = &entry.document;
    let text = |field: &str| document.text_at(&at.key(field)).unwrap_or_default();
    let repository = text("repoURL");
    let mut say = |field: &str, message: String| {
        let place = document.locate(&at.key(field));
        let place = if document.has(&at.key(field)) { place } else { document.locate_head(at) };
        let finding = sink.finding(message).at(place);
        sink.push(finding);
    };
    if is_template(repository) {
        return;
    }
    let (pattern, shown) = match kind {
        "image" => (&IMAGE, "the repository of an image, without scheme and tag"),
        "git" => (&GIT, "the URL of a Git repository"),
        _ => (&CHART, "the URL of a repository of charts, with `https://` or `oci://`"),
    };
    if repository.is_empty() {
        say("repoURL", format!("the subscription has no `repoURL`: `{at}.repoURL` is missing"));
    } else if !matches(pattern, repository) {
        say("repoURL", format!("`{repository}` is not {shown}"));
    }
    let (field, strategies): (_, &[&'static str]) = match kind {
        "image" => ("imageSelectionStrategy", &["SemVer", "Digest", "Lexical", "NewestBuild"]),
        "git" => ("commitSelectionStrategy", &["NewestFromBranch", "SemVer", "Lexical", "NewestTag"]),
        _ => ("", &[]),
    };
    let strategy = text(field);
    if !strategy.is_empty() && !strategies.contains(&strategy) {
        let near = did_you_mean(strategy, strategies.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        say(field, format!("there is no strategy `{strategy}`{near}: write one of `{}`", strategies.join("`, `")));
    }
    let limit = text("discoveryLimit").parse::<i64>().ok();
    if let Some(limit) = limit.filter(|limit| !(1..=100).contains(limit)) {
        say("discoveryLimit", format!("the limit is from 1 to 100, not {limit}"));
    }
    let constraint = if kind == "image" { "constraint" } else { "semverConstraint" };
    let versions = text(constraint);
    let is_range = kind != "image" || matches!(strategy, "" | "SemVer");
    if is_range && !versions.is_empty() && !is_template(versions) && !is_constraint(versions) {
        say(constraint, format!("`{versions}` is no range of versions: such as `^1.2.0` or `>=1.2 <2`"));
    }
    match kind {
        "image" if strategy == "Digest" && versions.is_empty() => {
            say(constraint, "strategy `Digest` needs the tag that it watches as `constraint`".to_owned());
        }
        "git" => {
            let branch = text("branch");
            if !branch.is_empty() && !is_template(branch) && (branch.len() > 255 || !matches(&BRANCH, branch)) {
                say("branch", format!("`{branch}` is no name of a branch"));
            }
        }
        "chart" => {
            let name = text("name");
            if repository.starts_with("oci://") && !name.is_empty() {
                say("name", "the URL of an OCI registry names the chart: `name` must be empty".to_owned());
            }
            if repository.starts_with("http") && name.is_empty() {
                say("name", "an HTTP repository has many charts: `name` says which".to_owned());
            }
        }
        _ => {}
    }
}

/// Whether Masterminds/semver takes a text for a constraint, as far as its parts go.
fn is_constraint(text: &str) -> bool {
    text.split("||").all(|range| {
        let range = range.trim();
        if let Some((low, high)) = range.split_once(" - ") {
            return matches(&VERSION, low.trim()) && matches(&VERSION, high.trim());
        }
        // An operator may stand apart from its version.
        let mut parts: Vec<String> = Vec::new();
        for part in range.split([',', ' ']).filter(|part| !part.is_empty()) {
            match parts.last_mut() {
                Some(last) if last.chars().all(|it| "=!<>~^".contains(it)) => last.push_str(part),
                _ => parts.push(part.to_owned()),
            }
        }
        !parts.is_empty() && parts.iter().all(|part| matches(&VERSION, part))
    })
}
