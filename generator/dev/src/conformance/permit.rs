//! What the AppProject of an Application must permit: every object of its source, at its destination.

use super::document::{Object, list_at, text_at, value_at};
use super::folder::Rendered;
use super::protocol::{GroupKind, Permit};
use super::route::is_namespaced;
use super::set::Set;
use serde_yaml::Value;

/// What is found when an Application's source is followed.
#[derive(Debug, PartialEq)]
pub(crate) enum Followed {
    /// A question about one object, and where the object is.
    Ask(Permit, String),
    /// The source has no such path; Argo CD would say so.
    NoPath(String),
    /// The source is not of this set, so nothing is known of its objects.
    Elsewhere(String),
}

/// What `application` leads to; nothing if it is no Application.
pub(crate) fn follow(application: &Object, set: &Set, rendered: &Rendered) -> Vec<Followed> {
    sources(application)
        .flat_map(|source| follow_source(application, source, set, rendered))
        .collect()
}

/// The objects that `application` deploys from the set's own repository; none if it is no Application.
pub(crate) fn deployed<'a>(
    application: &Object,
    set: &'a Set,
    rendered: &'a Rendered,
) -> Vec<&'a Object> {
    sources(application)
        .flat_map(|source| match place(source, set) {
            Place::Here { path, recurses } => objects(path, recurses, set, rendered),
            Place::NoPath(_) | Place::Elsewhere(_) => Vec::new(),
        })
        .collect()
}

/// The sources of an Application; none of anything else.
fn sources(application: &Object) -> impl Iterator<Item = &Value> {
    let is_application =
        application.group() == "argoproj.io" && application.kind() == "Application";
    let one = value_at(&application.value, &["spec", "source"]).into_iter();
    one.chain(list_at(&application.value, &["spec", "sources"]))
        .filter(move |_| is_application)
}

/// Where a source is.
enum Place<'a> {
    /// At a path of the set.
    Here { path: &'a str, recurses: bool },
    /// At a path of the set's repository that is not there.
    NoPath(&'a str),
    /// In another repository.
    Elsewhere(String),
}

fn place<'a>(source: &'a Value, set: &Set) -> Place<'a> {
    let repository = text_at(source, &["repoURL"]).unwrap_or_default();
    let path =
        text_at(source, &["path"]).map(|path| path.trim_end_matches('/').trim_start_matches("./"));
    let is_ours = set
        .repository
        .as_ref()
        .is_some_and(|ours| is_same(ours, repository));
    let is_there = path.is_some_and(|path| set.root().join(path).is_dir());
    match path {
        Some(path) if is_there && (is_ours || set.repository.is_none()) => Place::Here {
            path,
            recurses: value_at(source, &["directory", "recurse"])
                .and_then(Value::as_bool)
                .unwrap_or(false),
        },
        Some(path) if is_ours => Place::NoPath(path),
        _ => Place::Elsewhere(
            format!("{repository} {}", path.unwrap_or_default())
                .trim_end()
                .to_owned(),
        ),
    }
}

fn follow_source(
    application: &Object,
    source: &Value,
    set: &Set,
    rendered: &Rendered,
) -> Vec<Followed> {
    match place(source, set) {
        Place::Here { path, recurses } => objects(path, recurses, set, rendered)
            .into_iter()
            .map(|object| {
                Followed::Ask(
                    question(application, object, &set.name),
                    object.path.clone(),
                )
            })
            .collect(),
        Place::NoPath(path) => vec![Followed::NoPath(path.to_owned())],
        Place::Elsewhere(source) => vec![Followed::Elsewhere(source)],
    }
}

/// Whether two URLs name one repository, as Argo CD compares them as far as Luban writes them.
fn is_same(a: &str, b: &str) -> bool {
    let normal = |url: &str| {
        url.trim_end_matches('/')
            .trim_end_matches(".git")
            .to_lowercase()
    };
    normal(a) == normal(b)
}

/// The objects of the folder at `path`: what kustomize renders of it, else those of its files.
fn objects<'a>(
    path: &str,
    recurses: bool,
    set: &'a Set,
    rendered: &'a Rendered,
) -> Vec<&'a Object> {
    if let Some(objects) = rendered.of(path) {
        return objects.iter().collect();
    }
    let prefix = if path == "." {
        String::new()
    } else {
        format!("{path}/")
    };
    let is_inside = |object: &&Object| {
        object
            .path
            .strip_prefix(&prefix)
            .is_some_and(|rest| recurses || !rest.contains('/'))
    };
    set.objects.iter().filter(is_inside).collect()
}

fn question(application: &Object, object: &Object, group: &str) -> Permit {
    let of_destination = |key| text_at(&application.value, &["spec", "destination", key]);
    let namespaced = is_namespaced(object.group(), object.kind());
    let namespace = object
        .namespace()
        .or_else(|| of_destination("namespace"))
        .filter(|_| namespaced);
    Permit {
        permit: true,
        group: group.to_owned(),
        project: text_at(&application.value, &["spec", "project"])
            .unwrap_or("default")
            .to_owned(),
        group_kind: GroupKind {
            group: object.group().to_owned(),
            kind: object.kind().to_owned(),
        },
        name: object.name().to_owned(),
        namespaced,
        namespace: namespace.unwrap_or_default().to_owned(),
        server: of_destination("server")
            .or_else(|| of_destination("name"))
            .unwrap_or_default()
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const APPLICATION: &str = "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web}\nspec:\n  project: shop\n  \
                               source: {repoURL: https://git.example.com/Acme/gitops.git, path: web}\n  \
                               destination: {server: https://kubernetes.default.svc, namespace: shop-snd}\n";

    fn followed(repository: Option<&str>, has_path: bool) -> Vec<Followed> {
        let root = tempfile::tempdir().unwrap();
        if has_path {
            fs::create_dir(root.path().join("web")).unwrap();
            let text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n";
            fs::write(root.path().join("web/all.yaml"), text).unwrap();
        }
        let mut set = Set::tree(root.path()).unwrap();
        set.name = "g".into();
        set.repository = repository.map(str::to_owned);
        let application = &Object::read("a.yaml", APPLICATION).unwrap()[0];
        follow(application, &set, &Rendered::default())
    }

    #[test]
    fn every_object_of_the_source_is_asked_about_at_the_destination() {
        let permit = |group: &str, kind: &str, name: &str, namespaced, namespace: &str| {
            let permit = Permit {
                permit: true,
                group: "g".into(),
                project: "shop".into(),
                group_kind: GroupKind {
                    group: group.into(),
                    kind: kind.into(),
                },
                name: name.into(),
                namespaced,
                namespace: namespace.into(),
                server: "https://kubernetes.default.svc".into(),
            };
            Followed::Ask(permit, "web/all.yaml".into())
        };
        let expected = [
            permit("", "Namespace", "n", false, ""),
            permit("apps", "Deployment", "d", true, "shop-snd"),
        ];
        assert_eq!(
            followed(Some("https://git.example.com/acme/gitops"), true),
            expected
        );
        assert_eq!(followed(None, true), expected);
    }

    #[test]
    fn a_path_that_the_repository_lacks_is_told_apart_from_one_of_another_repository() {
        assert_eq!(
            followed(Some("https://git.example.com/acme/gitops"), false),
            [Followed::NoPath("web".into())]
        );
        let elsewhere = Followed::Elsewhere("https://git.example.com/Acme/gitops.git web".into());
        assert_eq!(
            followed(Some("https://git.example.com/acme/other"), true),
            [elsewhere]
        );
    }
}
