//! Where a repository's API is, from the URL that it is cloned from.

use reqwest::Url;

use super::Kind;
use crate::failure::{Exit, Failure};

/// A repository, and its API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// URL of the repository's API, to which paths are added.
    pub(crate) api: Url,
    /// Owner, or the project of Azure DevOps; decoded.
    pub(crate) owner: String,
    /// The repository's name; decoded.
    pub(crate) name: String,
    /// URL of the repository's page.
    pub(crate) page: Url,
}

impl Place {
    /// The repository at `url`, which people clone.
    ///
    /// # Errors
    /// For a URL that is no repository of that kind of provider.
    pub(crate) fn parse(kind: Kind, url: &str) -> Result<Self, Failure> {
        Self::find(kind, url).ok_or_else(|| {
            let shape = match kind {
                Kind::GitHub | Kind::Gitea => "https://HOST/OWNER/NAME.git",
                Kind::AzureDevOpsServices => "https://dev.azure.com/ORGANIZATION/PROJECT/_git/NAME",
                Kind::AzureDevOpsServer => "https://HOST/COLLECTION/PROJECT/_git/NAME",
            };
            Failure::new(
                Exit::Usage,
                format!("`{url}` is no repository of such a provider"),
            )
            .help(format!("expected `{shape}`"))
        })
    }

    fn find(kind: Kind, url: &str) -> Option<Self> {
        let mut page = Url::parse(url)
            .ok()
            .filter(|url| matches!(url.scheme(), "https" | "http"))?;
        // `organization@dev.azure.com` is what Azure itself shows.
        page.set_username("").ok()?;
        page.set_query(None);
        page.set_fragment(None);
        let segments: Vec<String> = page
            .path_segments()?
            .filter(|segment| !segment.is_empty())
            .map(decoded)
            .collect::<Option<_>>()?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match kind {
            Kind::GitHub | Kind::Gitea => {
                let [before @ .., owner, name] = segments.as_slice() else {
                    return None;
                };
                let name = name.strip_suffix(".git").unwrap_or(name);
                let api = match kind {
                    Kind::GitHub if page.host_str() == Some("github.com") => {
                        Url::parse("https://api.github.com").ok()?
                    }
                    Kind::GitHub => with_path(&page, &["api", "v3"]),
                    _ => with_path(&page, &[before, &["api", "v1"]].concat()),
                };
                if kind == Kind::GitHub && !before.is_empty() {
                    return None;
                }
                Some(Self {
                    api: extended(&api, &["repos", owner, name]),
                    owner: (*owner).to_owned(),
                    name: name.to_owned(),
                    page: with_path(&page, &[before, &[owner, name]].concat()),
                })
            }
            Kind::AzureDevOpsServices | Kind::AzureDevOpsServer => {
                let at = segments.iter().position(|segment| *segment == "_git")?;
                let (before, after) = (segments.get(..at)?, segments.get(at + 1..)?);
                let [name] = after else {
                    return None;
                };
                // A project's repository of its own name is written without the project.
                let host = page.host_str().unwrap_or_default();
                let least = if host.ends_with(".visualstudio.com") {
                    0
                } else {
                    1
                };
                let (collection, project) = match before.split_last() {
                    Some((project, collection)) if collection.len() >= least => {
                        (collection, *project)
                    }
                    _ => (before, *name),
                };
                if collection.len() < least {
                    return None;
                }
                let path = [collection, &[project, "_apis", "git", "repositories", name]].concat();
                Some(Self {
                    api: with_path(&page, &path),
                    owner: project.to_owned(),
                    name: (*name).to_owned(),
                    page: with_path(&page, &[collection, &[project, "_git", name]].concat()),
                })
            }
        }
    }
}

/// A segment of a path as it is meant; none for one that would lead elsewhere.
fn decoded(segment: &str) -> Option<String> {
    let bytes = segment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (*byte == b'%')
            .then(|| segment.get(at + 1..at + 3))
            .flatten()
        {
            Some(digits) => {
                out.push(u8::from_str_radix(digits, 16).ok()?);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    let text = String::from_utf8(out).ok()?;
    let leads_elsewhere =
        text.is_empty() || text == "." || text == ".." || text.contains(['/', '\\', '\0']);
    (!leads_elsewhere).then_some(text)
}

/// The URL of the same host with another path; each segment is encoded.
fn with_path(url: &Url, segments: &[&str]) -> Url {
    let mut url = url.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.clear().extend(segments);
    }
    url
}

fn extended(url: &Url, segments: &[&str]) -> Url {
    let mut url = url.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Defect P1: every repository was looked for at github.com, below its project in small letters.
    /// Defect P3: a server below a path, and an Enterprise server, were asked at the wrong place.
    #[test]
    fn the_api_of_each_shape_of_url_is_found() {
        use Kind::{AzureDevOpsServer as Server, AzureDevOpsServices as Services, GitHub, Gitea};
        for (kind, url, api) in [
            (
                GitHub,
                "https://github.com/acme/web.git",
                "https://api.github.com/repos/acme/web",
            ),
            (
                GitHub,
                "https://github.com/acme/web/",
                "https://api.github.com/repos/acme/web",
            ),
            (
                GitHub,
                "https://ghe.acme.dev/acme/we.b",
                "https://ghe.acme.dev/api/v3/repos/acme/we.b",
            ),
            (
                Gitea,
                "http://git.acme.dev:3000/acme/web.git",
                "http://git.acme.dev:3000/api/v1/repos/acme/web",
            ),
            (
                Gitea,
                "https://acme.dev/gitea/acme/web.git",
                "https://acme.dev/gitea/api/v1/repos/acme/web",
            ),
            (
                Services,
                "https://dev.azure.com/acme/My%20Proj/_git/web",
                "https://dev.azure.com/acme/My%20Proj/_apis/git/repositories/web",
            ),
            (
                Services,
                "https://acme@dev.azure.com/acme/proj/_git/web",
                "https://dev.azure.com/acme/proj/_apis/git/repositories/web",
            ),
            (
                Services,
                "https://dev.azure.com/acme/_git/web",
                "https://dev.azure.com/acme/web/_apis/git/repositories/web",
            ),
            (
                Services,
                "https://acme.visualstudio.com/proj/_git/web",
                "https://acme.visualstudio.com/proj/_apis/git/repositories/web",
            ),
            (
                Services,
                "https://acme.visualstudio.com/DefaultCollection/proj/_git/web",
                "https://acme.visualstudio.com/DefaultCollection/proj/_apis/git/repositories/web",
            ),
            (
                Services,
                "https://acme.visualstudio.com/_git/web",
                "https://acme.visualstudio.com/web/_apis/git/repositories/web",
            ),
            (
                Server,
                "https://ado.acme.dev/tfs/Coll/proj/_git/web",
                "https://ado.acme.dev/tfs/Coll/proj/_apis/git/repositories/web",
            ),
        ] {
            assert_eq!(Place::parse(kind, url).unwrap().api.as_str(), api, "{url}");
        }
    }

    #[test]
    fn what_is_no_repository_is_refused_and_leads_nowhere_else() {
        for (kind, url) in [
            (Kind::GitHub, "https://github.com/acme"),
            (Kind::GitHub, "https://github.com/a/b/c"),
            (Kind::GitHub, "git@github.com:acme/web.git"),
            (Kind::GitHub, "https://github.com/acme/%2e%2e"),
            (Kind::Gitea, "https://git.acme.dev/acme/a%2Fb"),
            (
                Kind::AzureDevOpsServices,
                "https://dev.azure.com/acme/proj/web",
            ),
            (Kind::AzureDevOpsServices, "https://dev.azure.com/_git/web"),
            (
                Kind::AzureDevOpsServer,
                "ssh://ado.acme.dev/Coll/proj/_git/web",
            ),
        ] {
            assert!(Place::parse(kind, url).is_err(), "{url}");
        }
    }
}
