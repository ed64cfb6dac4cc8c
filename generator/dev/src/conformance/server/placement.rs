//! Which objects a cluster gets, and in what order: what its Applications deploy, as Argo CD would.

use super::super::document::{Object, text_at};
use super::super::folder::Rendered;
use super::super::permit::deployed;
use super::super::set::Set;
use std::collections::BTreeMap;

/// An object for a cluster.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'a> {
    pub(super) object: &'a Object,
    /// Its namespace, or its Application's if it says none.
    pub(super) namespace: &'a str,
}

/// The objects of each cluster of `set`, by the server or the name in the destinations; the ones that others need first.
pub(super) fn clusters<'a>(
    set: &'a Set,
    rendered: &'a Rendered,
) -> BTreeMap<&'a str, Vec<Placed<'a>>> {
    let mut clusters: BTreeMap<&str, Vec<Placed<'_>>> = BTreeMap::new();
    for application in &set.objects {
        let of_destination = |key| text_at(&application.value, &["spec", "destination", key]);
        let cluster = match of_destination("server").or_else(|| of_destination("name")) {
            Some("https://kubernetes.default.svc") | None => "in-cluster",
            Some(cluster) => cluster,
        };
        let namespace = of_destination("namespace").unwrap_or("default");
        for object in deployed(application, set, rendered) {
            let placed = Placed {
                object,
                namespace: object.namespace().unwrap_or(namespace),
            };
            clusters.entry(cluster).or_default().push(placed);
        }
    }
    for objects in clusters.values_mut() {
        objects.sort_by_key(|placed| rank(placed.object));
    }
    clusters
}

/// Namespaces are there before what they hold, and policies before what they judge.
pub(super) fn rank(object: &Object) -> u8 {
    match (object.group(), object.kind()) {
        ("", "Namespace") => 0,
        ("admissionregistration.k8s.io", _) => 1,
        ("rbac.authorization.k8s.io", _) | ("", "ServiceAccount") => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn each_cluster_gets_what_its_applications_deploy_and_namespaces_first() {
        let root = tempfile::tempdir().unwrap();
        let application = |name: &str, destination: &str| {
            format!(
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: {name}}}\nspec:\n  source: {{path: {name}}}\n  \
                 destination: {{{destination}, namespace: shop}}\n---\n"
            )
        };
        let applications = application("a", "server: 'https://kubernetes.default.svc'")
            + &application("b", "name: workers");
        fs::write(root.path().join("all.yaml"), applications).unwrap();
        for (folder, text) in [
            (
                "a",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n",
            ),
            (
                "b",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d, namespace: own}\n",
            ),
        ] {
            fs::create_dir(root.path().join(folder)).unwrap();
            fs::write(root.path().join(folder).join("x.yaml"), text).unwrap();
        }
        let set = Set::tree(root.path()).unwrap();
        let rendered = Rendered::default();
        let shown: Vec<_> = clusters(&set, &rendered)
            .into_iter()
            .flat_map(|(cluster, objects)| {
                objects
                    .into_iter()
                    .map(move |placed| (cluster, placed.object.label(), placed.namespace))
            })
            .collect();
        let expected = [
            ("in-cluster", "Namespace/n".to_owned(), "shop"),
            ("in-cluster", "ConfigMap/c".to_owned(), "shop"),
            ("workers", "ConfigMap/d".to_owned(), "own"),
        ];
        assert_eq!(shown, expected);
    }
}
