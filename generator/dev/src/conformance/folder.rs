//! Folders that kustomize renders, and what it renders.

use super::document::{Object, list_at};
use super::protocol::{Question, Verdict};
use super::set::{Set, files};
use anyhow::Result;
use serde_yaml::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs;

/// What kustomize takes for a kustomization.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// A folder with a kustomization.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Path below the set's root; `.` for the root.
    pub(crate) path: String,
    /// Kustomization or Component.
    pub(crate) kind: String,
    /// Whether it has resources from elsewhere; kustomize would fetch them.
    pub(crate) is_remote: bool,
}

/// Every folder of `set` that has a kustomization.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn folders(set: &Set) -> Result<Vec<Folder>> {
    let mut folders = Vec::new();
    for file in files(set.root())? {
        let (path, name) = file.rsplit_once('/').unwrap_or((".", &file));
        if NAMES.contains(&name) {
            let text = fs::read(set.root().join(&file))?;
            let value = serde_yaml::from_slice(&text).unwrap_or(Value::Null);
            let kind = value
                .get("kind")
                .and_then(Value::as_str)
                .unwrap_or("Kustomization")
                .to_owned();
            folders.push(Folder {
                path: path.to_owned(),
                kind,
                is_remote: is_remote(&value),
            });
        }
    }
    Ok(folders)
}

fn is_remote(kustomization: &Value) -> bool {
    [
        "resources",
        "bases",
        "components",
        "crds",
        "openapi",
        "helmCharts",
    ]
    .iter()
    .any(|key| {
        let one = kustomization
            .get(key)
            .and_then(|value| value.get("path")?.as_str());
        let several = list_at(kustomization, &[key])
            .iter()
            .filter_map(|item| item.as_str().or_else(|| item.get("repo")?.as_str()));
        one.into_iter().chain(several).any(|text| {
            text.contains("://")
                || text.contains("?ref=")
                || text.starts_with("github.com/")
                || text.contains('@')
        })
    })
}

impl Folder {
    /// Asks kustomize to render the folder.
    pub(crate) fn question(&self, set: &Set) -> Question {
        Question::Folder {
            root: set.root().to_owned(),
            dir: self.path.clone(),
        }
    }
}

/// Objects that kustomize renders, by folder.
#[derive(Debug, Default)]
pub(crate) struct Rendered(BTreeMap<String, Vec<Object>>);

impl Rendered {
    /// Keeps what `verdict` rendered of `folder`; of one that cannot be rendered nothing is known.
    ///
    /// # Errors
    /// When kustomize's output is no YAML.
    pub(crate) fn add(&mut self, folder: &Folder, verdict: &Verdict) -> Result<()> {
        let objects = Object::read(&format!("{} (rendered)", folder.path), &verdict.output)?;
        self.0.insert(folder.path.clone(), objects);
        Ok(())
    }

    /// What is rendered of the folder at `path`, if it has a kustomization.
    pub(crate) fn of(&self, path: &str) -> Option<&[Object]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// Rendered objects that no file has as they are, each once.
    pub(crate) fn new_objects<'a>(&'a self, set: &'a Set) -> Vec<&'a Object> {
        let mut known: HashMap<(&str, String), Vec<&Value>> = HashMap::new();
        let key = |object: &'a Object| (object.api_version(), object.label());
        for object in &set.objects {
            known.entry(key(object)).or_default().push(&object.value);
        }
        let mut new = Vec::new();
        for object in self.0.values().flatten() {
            let same = known.entry(key(object)).or_default();
            if !same.contains(&&object.value) {
                same.push(&object.value);
                new.push(object);
            }
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(files: &[(&str, &str)]) -> (tempfile::TempDir, Set) {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let set = Set::tree(root.path()).unwrap();
        (root, set)
    }

    #[test]
    fn folders_are_found_by_their_kustomization_and_remote_ones_are_told_apart() {
        let (_root, set) = set(&[
            ("a/kustomization.yaml", "resources: [../b]\n"),
            ("b/Kustomization", "kind: Component\n"),
            (
                "c/kustomization.yml",
                "resources: ['https://github.com/acme/x?ref=v1']\n",
            ),
            ("d/deployment.yaml", "kind: Deployment\n"),
        ]);
        let found: Vec<_> = folders(&set)
            .unwrap()
            .into_iter()
            .map(|folder| (folder.path, folder.kind, folder.is_remote))
            .collect();
        let expected = [
            ("a", "Kustomization", false),
            ("b", "Component", false),
            ("c", "Kustomization", true),
        ];
        assert_eq!(
            found,
            expected.map(|(path, kind, is_remote)| (path.to_owned(), kind.to_owned(), is_remote))
        );
    }

    #[test]
    fn rendered_objects_that_a_file_has_are_not_judged_twice() {
        let (_root, set) = set(&[(
            "base/c.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n",
        )]);
        let mut rendered = Rendered::default();
        for (path, namespace) in [
            ("base", ""),
            ("prd", "  namespace: prd\n"),
            ("prd2", "  namespace: prd\n"),
        ] {
            let output = format!(
                "kind: ConfigMap\nmetadata:\n{namespace}  name: c\ndata:\n  a: b\napiVersion: v1\n"
            );
            let folder = Folder {
                path: path.into(),
                kind: "Kustomization".into(),
                is_remote: false,
            };
            rendered
                .add(
                    &folder,
                    &Verdict {
                        ok: true,
                        output,
                        ..Verdict::default()
                    },
                )
                .unwrap();
        }
        let new: Vec<_> = rendered
            .new_objects(&set)
            .into_iter()
            .map(|object| object.path.as_str())
            .collect();
        assert_eq!(new, ["prd (rendered)"]);
    }
}
