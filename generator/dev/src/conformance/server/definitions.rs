//! CustomResourceDefinitions of the projects themselves, from their Go modules.

use super::super::document::{Object, list_at, text_at};
use super::api::{Api, Kinds, collection};
use anyhow::{Context as _, Result, anyhow, bail};
use rayon::prelude::*;
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The list of modules, beside the judges.
const LIST: &str = "definitions.txt";
/// How long the server may take to serve what was defined.
const ESTABLISHED: Duration = Duration::from_secs(180);
/// Between two looks at what is served.
const LOOK: Duration = Duration::from_millis(200);

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
struct Module {
    path: String,
    version: String,
    sum: String,
    folder: String,
}

/// What `go mod download -json` says of a module.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Downloaded {
    dir: PathBuf,
    sum: String,
    error: String,
}

/// The definitions in the modules of the list for which `is_needed` says so of their group and kind.
///
/// # Errors
/// When a module cannot be had, or is not the one of the list.
pub(super) fn definitions(
    judges: &Path,
    is_needed: impl Fn(&str, &str) -> bool,
) -> Result<Vec<Object>> {
    let list = judges.join(LIST);
    let text =
        fs::read_to_string(&list).with_context(|| format!("cannot read `{}`", list.display()))?;
    let mut definitions = Vec::new();
    for module in modules(&text)? {
        definitions.extend(module.definitions()?);
    }
    definitions.retain(|definition| {
        let (group, kind) = defined(definition);
        is_needed(group, kind)
    });
    Ok(definitions)
}

fn modules(text: &str) -> Result<Vec<Module>> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let &[path, version, sum, folder] = words.as_slice() else {
                bail!("`{line}` of {LIST} is no module, version, checksum and folder");
            };
            Ok(Module {
                path: path.to_owned(),
                version: version.to_owned(),
                sum: sum.to_owned(),
                folder: folder.to_owned(),
            })
        })
        .collect()
}

impl Module {
    fn definitions(&self) -> Result<Vec<Object>> {
        let name = format!("{}@{}", self.path, self.version);
        let output = Command::new("go")
            .args(["mod", "download", "-json", &name])
            .envs([("GOTOOLCHAIN", "local"), ("GOFLAGS", "-mod=mod")])
            // No module of ours, whose go.sum would be asked and changed.
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::null())
            .output()
            .context("cannot run `go`")?;
        let downloaded: Downloaded = serde_json::from_slice(&output.stdout)
            .with_context(|| format!("`go mod download` says of `{name}` what is no JSON"))?;
        if !downloaded.error.is_empty() {
            bail!("cannot download `{name}`: {}", downloaded.error);
        }
        if downloaded.sum != self.sum {
            bail!(
                "`{name}` has the checksum {}, not {}",
                downloaded.sum,
                self.sum
            );
        }
        let folder = downloaded.dir.join(&self.folder);
        let mut files: Vec<PathBuf> = fs::read_dir(&folder)
            .with_context(|| format!("`{name}` has no `{}`", self.folder))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()?;
        files.retain(|file| {
            file.extension()
                .is_some_and(|extension| extension == "yaml")
        });
        files.sort();
        let mut found = Vec::new();
        for file in files {
            let text = fs::read_to_string(&file)?;
            // Others in the folder can be templates, which are no YAML.
            if text.contains("kind: CustomResourceDefinition") {
                let objects = Object::read(&file.display().to_string(), &text)?;
                found.extend(
                    objects
                        .into_iter()
                        .filter(|object| object.kind() == "CustomResourceDefinition"),
                );
            }
        }
        if found.is_empty() {
            bail!(
                "`{name}` has no CustomResourceDefinition in `{}`",
                self.folder
            );
        }
        Ok(found)
    }
}

/// Defines the kinds and waits until the server has them.
///
/// # Errors
/// When the server refuses one, or does not serve it in time.
pub(super) fn install(api: &Api, definitions: &[Object]) -> Result<Kinds> {
    let kinds = Kinds::read(api)?;
    let resource = kinds
        .get("apiextensions.k8s.io/v1", "CustomResourceDefinition")
        .context("the server knows no CustomResourceDefinition")?;
    let path = collection("apiextensions.k8s.io/v1", resource, "");
    definitions.par_iter().try_for_each(|definition| {
        let answer = api.json(Method::POST, &path, &without_conversion(definition)?)?;
        if answer.is_ok() {
            return Ok(());
        }
        Err(anyhow!("{}: {}", definition.path, answer.error()))
    })?;
    let start = Instant::now();
    loop {
        let kinds = Kinds::read(api)?;
        let missing = definitions
            .iter()
            .flat_map(served)
            .find(|(version, kind)| kinds.get(version, kind).is_none());
        match missing {
            None => return Ok(kinds),
            Some((version, kind)) if start.elapsed() > ESTABLISHED => bail!(
                "the server does not serve {kind} of `{version}` after {} s",
                ESTABLISHED.as_secs()
            ),
            Some(_) => sleep(LOOK),
        }
    }
}

/// The group and the kind of a definition.
fn defined(definition: &Object) -> (&str, &str) {
    let text = |keys: &[&str]| text_at(&definition.value, keys).unwrap_or_default();
    (text(&["spec", "group"]), text(&["spec", "names", "kind"]))
}

/// The API versions and the kind that a definition serves.
fn served(definition: &Object) -> Vec<(String, String)> {
    let (group, kind) = defined(definition);
    list_at(&definition.value, &["spec", "versions"])
        .iter()
        .filter(|version| version.get("served").and_then(serde_yaml::Value::as_bool) == Some(true))
        .filter_map(|version| text_at(version, &["name"]))
        .map(|version| (format!("{group}/{version}"), kind.to_owned()))
        .collect()
}

/// The definition, without the webhook that converts between its versions: none runs here.
fn without_conversion(definition: &Object) -> Result<Value> {
    let mut value = serde_json::to_value(&definition.value)?;
    if let Some(spec) = value.get_mut("spec").and_then(Value::as_object_mut) {
        spec.remove("conversion");
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_list_that_lacks_its_checksum_is_refused() {
        let found = modules("# head\n\nexample.com/a v1.2.3 h1:abc= config/crd\n").unwrap();
        assert_eq!(found[0].folder, "config/crd");
        let error = modules("example.com/a v1.2.3 config/crd\n").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("is no module, version, checksum and folder")
        );
    }

    #[test]
    fn a_kind_is_awaited_in_each_version_that_is_served() {
        let text = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: a.dev\n  names: {kind: A}\n  \
                    conversion: {strategy: Webhook}\n  versions: [{name: v1, served: true}, {name: v1alpha1, served: false}]\n";
        let definition = &Object::read("a.yaml", text).unwrap()[0];
        assert_eq!(
            served(definition),
            [("a.dev/v1".to_owned(), "A".to_owned())]
        );
        assert_eq!(
            without_conversion(definition)
                .unwrap()
                .pointer("/spec/conversion"),
            None
        );
    }
}
