//! What an AppProject permits, as far as it can be known without Argo CD's list of clusters.

use luban_api_argo_cd::{AppProjectSpec, ApplicationDestination};

use super::glob::{glob, path_match};

/// Argo CD's own cluster.
const OWN: (&str, &str) = ("https://kubernetes.default.svc", "in-cluster");

/// Whether a pattern matches, where one that begins with `!` matches what the rest of it does not.
fn is_matched(pattern: &str, text: &str, has_separator: bool) -> bool {
    match pattern.strip_prefix('!') {
        Some(denied) => !glob(denied, text, has_separator),
        None => pattern == "*" || glob(pattern, text, has_separator),
    }
}

/// Whether a repository is permitted, or else the entry that denies it, if one does.
pub(crate) fn permits_source(
    project: &AppProjectSpec,
    repository: &str,
) -> Result<(), Option<usize>> {
    let repository = normal_url(repository);
    let mut is_permitted = false;
    for (index, pattern) in project.source_repos.iter().enumerate() {
        let normal = match pattern.strip_prefix('!') {
            Some(denied) => format!("!{}", normal_url(denied)),
            None => normal_url(pattern),
        };
        if is_matched(&normal, &repository, true) {
            is_permitted = true;
        } else if normal.starts_with('!') {
            return Err(Some(index));
        }
    }
    if is_permitted { Ok(()) } else { Err(None) }
}

/// Whether a namespace of a cluster is permitted; nothing if that depends on the names of clusters. Else the entry that denies it,
/// if one does.
pub(crate) fn permits_destination(
    project: &AppProjectSpec,
    destination: &ApplicationDestination,
    namespace: &str,
) -> Option<Result<(), Option<usize>>> {
    let text = |text: &Option<String>| {
        text.as_deref()
            .filter(|text| !text.is_empty())
            .map(|text| text.trim_end_matches('/').to_owned())
    };
    let (mut server, mut name) = (text(&destination.server), text(&destination.name));
    if server.as_deref() == Some(OWN.0) || name.as_deref() == Some(OWN.1) {
        (server, name) = (Some(OWN.0.to_owned()), Some(OWN.1.to_owned()));
    }
    let mut is_permitted = false;
    let mut is_unknown = project.permit_only_project_scoped_clusters == Some(true);
    for (index, item) in project.destinations.iter().enumerate() {
        let (item_server, item_name) = (
            item.server.as_deref().unwrap_or_default(),
            item.name.as_deref().unwrap_or_default(),
        );
        let item_namespace = item.namespace.as_deref().unwrap_or_default();
        // A server's name and a name's server are not known, save that they are not empty.
        let part = |pattern: &str, given: &Option<String>| match (pattern, given) {
            ("", _) => Some(false),
            ("*", _) => Some(true),
            (pattern, Some(given)) => Some(is_matched(pattern, given, false)),
            (_, None) => None,
        };
        let (by_server, by_name) = (part(item_server, &server), part(item_name, &name));
        let by_namespace = is_matched(item_namespace, namespace, false);
        let by_cluster = match (by_server, by_name) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        if by_cluster.is_none() {
            is_unknown = true;
            continue;
        }
        let denies = |pattern: &str| pattern.starts_with('!');
        if by_cluster == Some(true) && by_namespace {
            is_permitted = true;
        } else if (by_name == Some(false) && denies(item_name))
            || (by_server == Some(false) && denies(item_server) && by_namespace)
            || (!by_namespace && denies(item_namespace) && by_server == Some(true))
        {
            return Some(Err(Some(index)));
        }
    }
    match (is_permitted, is_unknown) {
        (true, _) => Some(Ok(())),
        (false, true) => None,
        (false, false) => Some(Err(None)),
    }
}

/// Whether a kind is permitted. `has_whitelist` says whether `namespaceResourceWhitelist` is there, if only as an empty list.
pub(crate) fn permits_kind(
    project: &AppProjectSpec,
    has_whitelist: bool,
    group: &str,
    kind: &str,
    name: &str,
    is_namespaced: bool,
) -> bool {
    if is_namespaced {
        let is = |item: &luban_api_argo_cd::GroupKind| {
            path_match(&item.kind, kind) && path_match(&item.group, group)
        };
        let is_listed = !has_whitelist || project.namespace_resource_whitelist.iter().any(is);
        return is_listed && !project.namespace_resource_blacklist.iter().any(is);
    }
    let is = |item: &luban_api_argo_cd::ClusterResourceRestrictionItem| {
        let pattern = item.name.as_deref().unwrap_or_default();
        path_match(&item.kind, kind)
            && path_match(&item.group, group)
            && (pattern.is_empty() || path_match(pattern, name))
    };
    project.cluster_resource_whitelist.iter().any(is)
        && !project.cluster_resource_blacklist.iter().any(is)
}

/// The URL of a repository as Argo CD compares it: in small letters, without `.git`, and SSH in one form.
pub(crate) fn normal_url(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let rest = url.strip_prefix("ssh://").unwrap_or(&url);
    let is_ssh = rest.split_once('@').is_some_and(|(user, host)| {
        !user.contains(['/', ':']) && !host.contains('@') && !host.is_empty()
    });
    let url = if is_ssh && !url.starts_with("ssh://") {
        url.replacen(':', "/", 1)
    } else {
        url
    };
    let url = url.strip_suffix(".git").unwrap_or(&url);
    url.strip_prefix("ssh://").unwrap_or(url).to_owned()
}

#[cfg(test)]
mod tests {
    use super::normal_url;

    #[test]
    fn one_repository_has_one_url() {
        for (url, expected) in [
            (
                "https://git.example.com/Acme/gitops.git",
                "https://git.example.com/acme/gitops",
            ),
            (
                "git@git.example.com:acme/gitops.git",
                "git@git.example.com/acme/gitops",
            ),
            (
                "ssh://git@git.example.com/acme/gitops",
                "git@git.example.com/acme/gitops",
            ),
        ] {
            assert_eq!(normal_url(url), expected);
        }
    }
}
