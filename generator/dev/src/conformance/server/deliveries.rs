//! Events that the platform's own tables say something of, and the arguments that the compiled container has for them.

use super::super::document::{list_at, text_at, value_at};
use super::placement::Placed;
use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_platform::dispatch_table::{Row, SETTINGS, SETTINGS_KEY, Settings, TABLE_KEY, Table};
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The commit that each event brings.
const COMMIT: &str = "960ef4fb6190de6aa8b394bf2f0d552ee67675c3";
/// What a new branch pointed to before, so that no file is asked about.
const NONE: &str = "0000000000000000000000000000000000000000";

/// A push to a repository, and the applications that it builds.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) provider: String,
    pub(super) repository: String,
    /// Values of dispatch's parameters, in base64 as Sensors pass them.
    values: BTreeMap<&'static str, String>,
    /// Applications that get a run, with the namespace and kind of it.
    pub(super) runs: Vec<Expected>,
}

/// A provider, a repository and a ref.
type Push = (String, String, String);

/// A run that dispatch must make.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expected {
    pub(super) application: String,
    /// `release` or `tag`.
    pub(super) occasion: String,
    pub(super) namespace: String,
    pub(super) kind: String,
}

/// A push to each branch that releases and of a tag, of each repository in the tables among `objects`.
///
/// # Errors
/// When a table cannot be read.
pub(super) fn deliveries(objects: &[Placed<'_>]) -> Result<Vec<Delivery>> {
    let data = |placed: &Placed<'_>, key: &str| {
        text_at(&placed.object.value, &["data", key]).map(str::to_owned)
    };
    let maps = || {
        objects
            .iter()
            .filter(|placed| placed.object.kind() == "ConfigMap")
    };
    let settings = maps()
        .filter(|placed| placed.object.name() == SETTINGS)
        .find_map(|placed| data(placed, SETTINGS_KEY))
        .context("dispatch has no settings")?;
    let settings: Settings = serde_yaml::from_str(&settings)?;
    let mut pushes: BTreeMap<Push, Vec<Expected>> = BTreeMap::new();
    for text in maps().filter_map(|placed| data(placed, TABLE_KEY)) {
        let table: Table = serde_yaml::from_str(&text)?;
        for row in table.applications {
            for (occasion, name) in [
                ("release", format!("refs/heads/{}", row.release)),
                ("tag", "refs/tags/v1.0.0".to_owned()),
            ] {
                if let Some(expected) = expected(&row, occasion) {
                    let push = (row.provider.clone(), row.repository.clone(), name);
                    pushes.entry(push).or_default().push(expected);
                }
            }
        }
    }
    let delivery = |((provider, repository, name), runs): (Push, Vec<Expected>)| Delivery {
        values: values(
            settings.providers.get(&provider).map_or("", String::as_str),
            &repository,
            &name,
        ),
        provider,
        repository,
        runs,
    };
    Ok(pushes.into_iter().map(delivery).collect())
}

fn expected(row: &Row, occasion: &str) -> Option<Expected> {
    let run = row.runs.get(occasion)?;
    Some(Expected {
        application: row.application.clone(),
        occasion: occasion.to_owned(),
        namespace: run.namespace.clone(),
        kind: run.kind.clone(),
    })
}

impl Delivery {
    /// The same push to a repository that no application comes from.
    pub(super) fn of_unknown(&self) -> Self {
        let repository = "nobody/knows".to_owned();
        let mut values = self.values.clone();
        values.insert("repository", STANDARD.encode(&repository));
        Self {
            provider: self.provider.clone(),
            repository,
            values,
            runs: Vec::new(),
        }
    }

    /// The arguments of `container` with the values of this event, as the controller fills them in.
    pub(super) fn arguments(&self, container: &Value) -> Vec<String> {
        let fill = |argument: &Value| {
            let mut text = argument.as_str().unwrap_or_default().to_owned();
            while let Some((before, rest)) = text.split_once("{{inputs.parameters.") {
                let (name, after) = rest.split_once("}}").unwrap_or((rest, ""));
                let value = match name {
                    "provider" => self.provider.as_str(),
                    name => self.values.get(name).map_or("", String::as_str),
                };
                text = format!("{before}{value}{after}");
            }
            text
        };
        list_at(container, &["args"]).iter().map(fill).collect()
    }
}

fn values(provider_type: &str, repository: &str, name: &str) -> BTreeMap<&'static str, String> {
    let own = if provider_type.starts_with("AzureDevOps") {
        let updates =
            serde_json::json!([{"name": name, "oldObjectId": NONE, "newObjectId": COMMIT}]);
        vec![
            ("kind", "git.push".to_owned()),
            ("updates", updates.to_string()),
        ]
    } else {
        vec![
            ("kind", "push".to_owned()),
            ("ref", name.to_owned()),
            ("before", NONE.to_owned()),
            ("after", COMMIT.to_owned()),
        ]
    };
    let common = [
        (
            "delivery",
            "11111111-2222-3333-4444-555555555555".to_owned(),
        ),
        ("repository", repository.to_owned()),
        ("sender", "somebody".to_owned()),
    ];
    own.into_iter()
        .chain(common)
        .map(|(key, value)| (key, STANDARD.encode(value)))
        .collect()
}

/// The applications that kpack builds.
///
/// # Errors
/// When a table cannot be read.
pub(super) fn kpack_applications(objects: &[Placed<'_>]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for placed in objects {
        if let Some(text) = text_at(&placed.object.value, &["data", TABLE_KEY]) {
            let table: Table = serde_yaml::from_str(text)?;
            rows.extend(table.applications);
        }
    }
    rows.retain(|row| row.build == "kpack");
    Ok(rows)
}

/// The namespaces that kpack builds in.
///
/// # Errors
/// When a table cannot be read.
pub(super) fn kpack_namespaces(objects: &[Placed<'_>]) -> Result<BTreeSet<String>> {
    let rows = kpack_applications(objects)?;
    let namespaces = rows.iter();
    let namespaces = namespaces.filter_map(|row| Some(expected(row, "release")?.namespace));
    Ok(namespaces.collect())
}

/// The container that runs a verb of `luban step`, and the ServiceAccount that it runs as, in a template of workflows.
pub(super) fn container<'a>(
    objects: &[Placed<'a>],
    verb: &str,
) -> Option<(&'a Value, &'a str, &'a str)> {
    objects.iter().find_map(|placed| {
        let object = placed.object;
        let account = text_at(&object.value, &["spec", "serviceAccountName"])?;
        let runs_verb = |container: &&Value| {
            let arguments: Vec<_> = list_at(container, &["args"])
                .iter()
                .take(2)
                .map(Value::as_str)
                .collect();
            arguments == [Some("step"), Some(verb)]
        };
        let container = list_at(&object.value, &["spec", "templates"])
            .iter()
            .filter_map(|template| value_at(template, &["container"]))
            .find(runs_verb)?;
        Some((container, placed.namespace, account))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::document::Object;
    use super::*;

    #[test]
    fn a_push_to_the_branch_that_releases_builds_every_application_of_the_repository() {
        let row = |name: &str| {
            format!(
                "  - {{application: {name}, provider: p, repository: a/b, url: 'https://x/a/b', branches: [main], release: main, \
                 build: kpack, runs: {{release: {{kind: Workflow, namespace: s-ci, configMap: c, key: k, parameters: []}}}}}}\n"
            )
        };
        let table = format!(
            "project: s\ntables: 1\napplications:\n{}{}",
            row("one"),
            row("two")
        );
        let settings = "platform: x\nhost: h\ngitops: {provider: p, repository: r, branch: main}\nproviders: {p: AzureDevOpsServer}\n\
                        targets: {}\nindexShards: 1\n";
        let map = |name: &str, key: &str, text: &str| {
            let value = serde_json::json!({
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {key: text}
            });
            Object::read("c.yaml", &value.to_string())
                .unwrap()
                .remove(0)
        };
        let objects = [
            map("t", TABLE_KEY, &table),
            map(SETTINGS, SETTINGS_KEY, settings),
        ];
        let placed: Vec<_> = objects
            .iter()
            .map(|object| Placed {
                object,
                namespace: "d",
            })
            .collect();
        let found = deliveries(&placed).unwrap();
        assert_eq!(found.len(), 1);
        let applications: Vec<_> = found[0]
            .runs
            .iter()
            .map(|run| run.application.as_str())
            .collect();
        assert_eq!(applications, ["one", "two"]);
        let container: Value = serde_yaml::from_str(
            "args: [step, dispatch, '--provider={{inputs.parameters.provider}}', '--kind={{inputs.parameters.kind}}', \
             '--ref={{inputs.parameters.ref}}']",
        )
        .unwrap();
        assert_eq!(
            found[0].arguments(&container),
            [
                "step",
                "dispatch",
                "--provider=p",
                "--kind=Z2l0LnB1c2g=",
                "--ref="
            ]
        );
    }
}
