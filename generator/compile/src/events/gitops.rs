//! Events of the GitOps repository are dropped: pipelines push releases there, and nothing is built from it.

use luban_api_argo_events::{DataFilter, EventDependencyFilter};
use luban_platform::Platform;
use luban_platform::model::{Provider, ProviderKind};

/// The filter of a provider's events; none if it does not host the GitOps repository.
pub(super) fn filter(platform: &Platform, provider: &Provider) -> Option<EventDependencyFilter> {
    let gitops = &platform.gitops;
    if gitops.provider.name != provider.name {
        return None;
    }
    let (owner, name) = repository(gitops.repository.as_str(), &provider.kind)?;
    // What has no repository at all, such as an organization's ping, fails these paths and is dropped too.
    Some(match provider.kind {
        ProviderKind::GitHub { .. } | ProviderKind::Gitea { .. } => EventDependencyFilter {
            data: vec![differs(
                "body.repository.full_name",
                &format!("{owner}/{name}"),
            )],
            ..EventDependencyFilter::default()
        },
        ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. } => {
            EventDependencyFilter {
                data: vec![
                    differs("body.resource.repository.project.name", &owner),
                    differs("body.resource.repository.name", &name),
                ],
                // Another project, or another name.
                data_logical_operator: Some("or".to_owned()),
                ..EventDependencyFilter::default()
            }
        }
    })
}

/// Passes what is not `text` at `path`. The value is a regular expression that would else match anywhere and by case.
fn differs(path: &str, text: &str) -> DataFilter {
    DataFilter {
        path: path.to_owned(),
        type_: "string".to_owned(),
        value: vec![format!("(?i)^{}$", literal(text))],
        comparator: Some("!=".to_owned()),
        ..DataFilter::default()
    }
}

/// `text` as a regular expression of Go that matches it alone, as `regexp.QuoteMeta` writes it.
fn literal(text: &str) -> String {
    let mut expression = String::with_capacity(text.len());
    for character in text.chars() {
        if r"\.+*?()|[]{}^$".contains(character) {
            expression.push('\\');
        }
        expression.push(character);
    }
    expression
}

/// Owner (or Azure's project) and name of the repository at `url`.
fn repository(url: &str, kind: &ProviderKind) -> Option<(String, String)> {
    let base = match kind {
        ProviderKind::GitHub { url, .. } | ProviderKind::Gitea { url, .. } => url.to_string(),
        ProviderKind::AzureDevOpsServices { organization } => {
            format!("https://dev.azure.com/{organization}")
        }
        ProviderKind::AzureDevOpsServer { url, collection } => format!("{url}/{collection}"),
    };
    let path = match url.get(..base.len()) {
        Some(start) if start.eq_ignore_ascii_case(&base) => url.get(base.len()..)?,
        // Another name of the same server.
        _ => url.split_once("://")?.1.split_once('/')?.1,
    };
    let parts: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(decoded)
        .collect();
    match parts.as_slice() {
        // Azure leaves the project out where it has the repository's name.
        [git, name] if git == "_git" => Some((name.clone(), name.clone())),
        [.., project, git, name] if git == "_git" => Some((project.clone(), name.clone())),
        [.., owner, name] => Some((owner.clone(), name.clone())),
        _ => None,
    }
}

/// A part of a URL's path without percent encoding.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        let encoded = match (first, tail) {
            (b'%', [high, low, after @ ..]) => std::str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
                .map(|byte| (byte, after)),
            _ => None,
        };
        let (byte, after) = encoded.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_is_read_from_each_providers_url() {
        let url = |url: &str| luban_platform::names::HttpUrl::new(url).unwrap();
        let github = ProviderKind::GitHub {
            url: url("https://github.com"),
            organization: "acme".into(),
        };
        let gitea = ProviderKind::Gitea {
            url: url("https://git.acme.internal/sub"),
            organization: None,
        };
        let services = ProviderKind::AzureDevOpsServices {
            organization: "acme".into(),
        };
        let server = ProviderKind::AzureDevOpsServer {
            url: url("https://ado.acme.internal/tfs"),
            collection: "Main".into(),
        };
        for (kind, url, owner, name) in [
            (
                &github,
                "https://GitHub.com/acme/platform",
                "acme",
                "platform",
            ),
            (
                &gitea,
                "https://git.acme.internal/sub/acme/platform",
                "acme",
                "platform",
            ),
            (
                &services,
                "https://dev.azure.com/acme/My%20Project/_git/B%C3%BCro",
                "My Project",
                "Büro",
            ),
            (
                &services,
                "https://dev.azure.com/acme/_git/tools",
                "tools",
                "tools",
            ),
            (
                &services,
                "https://acme.visualstudio.com/Ops/_git/tools",
                "Ops",
                "tools",
            ),
            (
                &server,
                "https://ado.acme.internal/tfs/Main/Ops/_git/tools",
                "Ops",
                "tools",
            ),
            (
                &server,
                "https://ado.acme.internal/tfs/Main/_git/tools",
                "tools",
                "tools",
            ),
        ] {
            assert_eq!(
                repository(url, kind),
                Some((owner.into(), name.into())),
                "{url}"
            );
        }
        assert_eq!(decoded("100%"), "100%");
    }

    #[test]
    fn the_filter_matches_that_repository_alone() {
        let filter = differs("body.repository.full_name", "acme/plat.form");
        assert_eq!(filter.value, [r"(?i)^acme/plat\.form$"]);
    }
}
