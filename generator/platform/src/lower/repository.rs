//! Repositories: the shapes that each provider allows, and the URL to clone from.

use super::providers::is_owner;
use super::scope::Scope;
use crate::model::{Provider, ProviderKind};
use crate::names::{HttpUrl, RepositoryName};
use luban_yaml::Path;
use url::Url;

/// Owner, name and clone URL of the repository written as `text`.
pub(super) fn resolve(
    scope: &mut Scope<'_>,
    at: &Path,
    text: &str,
    provider: &Provider,
    default_owner: &str,
) -> Option<(RepositoryName, HttpUrl)> {
    let (owner, name) = text.split_once('/').unwrap_or((default_owner, text));
    let is_azure = matches!(
        provider.kind,
        ProviderKind::AzureDevOpsServices { .. } | ProviderKind::AzureDevOpsServer { .. }
    );
    let is_fine = if is_azure {
        is_azure_name(owner) && is_azure_name(name)
    } else {
        is_owner(owner) && is_repository(name)
    };
    if !is_fine {
        let finding = scope.finding(
            "repository",
            at,
            format!(
                "`{text}` is no repository of a provider of type `{}`",
                provider.kind.as_str()
            ),
        );
        let help = match text
            .rsplit(['/', ':'])
            .next()
            .map(|last| last.trim_end_matches(".git"))
        {
            Some(last) if text.contains("://") || text.contains('@') => {
                format!("write its name alone, `{last}`; the provider says where it is")
            }
            _ => "write its name, or `owner/name`, as the provider shows it".to_owned(),
        };
        scope.push(finding.help(help));
        return None;
    }
    let url = clone_url(&provider.kind, owner, name).and_then(|url| HttpUrl::new(url).ok());
    if url.is_none() {
        scope.error(
            "repository",
            at,
            format!("`{text}` makes no URL to clone from"),
        );
    }
    Some((RepositoryName::new(format!("{owner}/{name}")).ok()?, url?))
}

/// Names of Azure DevOps projects and repositories: at most 64, without what its documentation ("Naming restrictions and
/// conventions", Azure Repos) forbids.
pub(super) fn is_azure_name(text: &str) -> bool {
    let is_forbidden = |c: char| c.is_control() || r#"\/:*?"<>|;#$*{},+=[]@"#.contains(c);
    !text.is_empty()
        && text.chars().count() <= 64
        && !text.chars().any(is_forbidden)
        && !text.starts_with(['_', '.', ' '])
        && !text.ends_with(['.', ' '])
}

fn is_repository(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty()
        && text.len() <= 100
        && text.chars().all(is_inner)
        && !matches!(text, "." | "..")
        && !text.starts_with('-')
        && !text.ends_with(".git")
}

fn clone_url(kind: &ProviderKind, owner: &str, name: &str) -> Option<String> {
    let with_git = format!("{name}.git");
    let (base, parts): (&str, Vec<&str>) = match kind {
        ProviderKind::GitHub { url, .. } | ProviderKind::Gitea { url, .. } => {
            (url.as_str(), vec![owner, &with_git])
        }
        ProviderKind::AzureDevOpsServices { organization } => (
            "https://dev.azure.com",
            vec![organization, owner, "_git", name],
        ),
        ProviderKind::AzureDevOpsServer { url, collection } => {
            (url.as_str(), vec![collection, owner, "_git", name])
        }
    };
    let mut url = Url::parse(base).ok()?;
    url.path_segments_mut().ok()?.pop_if_empty().extend(parts);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_azure_repository_is_cloned_by_its_encoded_name() {
        let kind = ProviderKind::AzureDevOpsServices {
            organization: "acme".into(),
        };
        assert_eq!(
            clone_url(&kind, "My Project", "Büro").as_deref(),
            Some("https://dev.azure.com/acme/My%20Project/_git/B%C3%BCro")
        );
        let server = ProviderKind::AzureDevOpsServer {
            url: HttpUrl::new("https://ado.acme.internal/tfs").unwrap(),
            collection: "Main".into(),
        };
        assert_eq!(
            clone_url(&server, "Ops", "tools").as_deref(),
            Some("https://ado.acme.internal/tfs/Main/Ops/_git/tools")
        );
    }

    #[test]
    fn a_repository_has_the_shape_of_its_provider() {
        assert!(is_repository("storefront.js"));
        assert!(!is_repository("a b"));
        assert!(is_azure_name("a b"));
        assert!(!is_azure_name("a/b") && !is_azure_name("_x") && !is_azure_name("x$(y)"));
    }
}
