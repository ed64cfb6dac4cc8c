//! What is done to the Kubernetes API, with which account.

use luban_api::Kind;
use luban_diagnostic::Place;
use luban_yaml::Cursor;

use crate::objects::Entry;
use crate::references::is_known;

/// Something that an account must be allowed to do.
#[derive(Debug, Clone)]
pub(crate) struct Need<'a> {
    pub(crate) account: &'a str,
    /// The namespace of the account; empty where nobody says it.
    pub(crate) account_namespace: &'a str,
    /// Where it is done; empty where nobody says it.
    pub(crate) namespace: &'a str,
    pub(crate) group: &'a str,
    /// The plural.
    pub(crate) resource: &'a str,
    pub(crate) verbs: &'a [&'a str],
    /// The object's name, where it is known.
    pub(crate) name: Option<&'a str>,
    /// What does it, for messages.
    pub(crate) of: &'a str,
    pub(crate) place: Place,
}

/// The account that a field names, and its place; `default` where the field is missing, which has no place.
pub(crate) fn account<'a>(node: Option<Cursor<'a>>) -> Option<(&'a str, Option<Place>)> {
    match node {
        Some(node) => {
            let name = node.text().filter(|name| is_known(name))?;
            Some((name, Some(node.place())))
        }
        None => Some(("default", None)),
    }
}

/// The plural of a kind as Roles write it: from the table of kinds, or as Kubernetes' clients guess it.
pub(crate) fn plural(api_version: &str, kind: &str) -> String {
    if let Some(known) = Kind::of(api_version, kind) {
        return known.plural.to_owned();
    }
    // `meta.UnsafeGuessKindToResource` of apimachinery.
    let lower = kind.to_ascii_lowercase();
    if lower.ends_with('s') {
        format!("{lower}es")
    } else if let Some(stem) = lower.strip_suffix('y') {
        format!("{stem}ies")
    } else {
        format!("{lower}s")
    }
}

/// The spec of a workflow.
pub(crate) fn workflow_spec(entry: &Entry) -> Option<Cursor<'_>> {
    if !entry.name.api_version.starts_with("argoproj.io/") {
        return None;
    }
    let spec = entry.document.cursor(&entry.path)?.get("spec")?;
    if entry.name.kind == "CronWorkflow" {
        return spec.get("workflowSpec");
    }
    Some(spec)
}

/// What a manifest that is text says of its object, as far as it is known before variables are put in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Manifest<'a> {
    pub(crate) api_version: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) namespace: Option<&'a str>,
}

/// Reads the lines that say what a manifest's object is; none if variables do, or the namespace is not known.
pub(crate) fn manifest(text: &str) -> Option<Manifest<'_>> {
    let value = |line: &'_ str| -> Option<(usize, usize)> {
        let start = line.len() - line.trim_start().len();
        Some((start, line.find(':')?))
    };
    let (mut api_version, mut kind, mut name, mut namespace) = (None, None, None, None);
    let mut is_metadata = false;
    for line in text.lines() {
        let Some((indent, colon)) = value(line) else {
            continue;
        };
        let key = line.get(indent..colon)?.trim();
        let after = line.get(colon + 1..)?.trim().trim_matches(['"', '\'']);
        if indent == 0 {
            is_metadata = key == "metadata";
            // In one line it is not looked into but for what it is known not to have.
            if is_metadata && after.starts_with('{') && after.contains("namespace") {
                return None;
            }
            match key {
                "apiVersion" => api_version = Some(after),
                "kind" => kind = Some(after),
                _ => {}
            }
        } else if is_metadata && indent <= 4 {
            match key {
                "name" => name = Some(after),
                "namespace" => namespace = Some(after),
                _ => {}
            }
        }
    }
    let (api_version, kind) = (
        api_version.filter(|it| is_known(it))?,
        kind.filter(|it| is_known(it))?,
    );
    if namespace.is_some_and(|namespace| !is_known(namespace)) {
        return None;
    }
    Some(Manifest {
        api_version,
        kind,
        name: name.filter(|name| is_known(name)),
        namespace,
    })
}

#[cfg(test)]
mod tests {
    use super::{Manifest, manifest, plural};

    #[test]
    fn plurals_are_those_of_the_cluster() {
        assert_eq!(
            plural("networking.k8s.io/v1", "NetworkPolicy"),
            "networkpolicies"
        );
        assert_eq!(plural("v1", "Endpoints"), "endpoints");
        assert_eq!(plural("acme.dev/v1", "Proxy"), "proxies");
        assert_eq!(plural("acme.dev/v1", "Class"), "classes");
    }

    #[test]
    fn a_manifest_says_what_it_is_unless_variables_do() {
        let read = manifest(
            "apiVersion: apps/v1\nkind: 'Deployment'\nmetadata:\n  name: web\n  namespace: shop\nspec: {}\n",
        );
        let expected = Manifest {
            api_version: "apps/v1",
            kind: "Deployment",
            name: Some("web"),
            namespace: Some("shop"),
        };
        assert_eq!(read, Some(expected));
        assert_eq!(
            manifest("apiVersion: v1\nkind: {{inputs.parameters.kind}}\n"),
            None
        );
        assert_eq!(
            manifest("apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: '{{x}}'\n"),
            None
        );
    }
}
