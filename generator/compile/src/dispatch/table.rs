//! The tables of a project: its applications, and the run templates that dispatch creates runs from.

use super::pack::{MAX_BYTES, json_bytes};
use super::{config_map, yaml};
use crate::CompileError;
use crate::context::Context;
use crate::names::folder;
use crate::run::{RunTemplate, runs};
use crate::tree::Folder;
use luban_platform::dispatch_table::{Row, Run, TABLE_KEY, Table, run_key, table_name};
use luban_platform::model::{Application, Build, Project};
use std::collections::BTreeMap;

/// Bytes that an entry of a ConfigMap's copy in JSON has beside its key and text: quotes, `:` and `,`.
const AROUND: usize = 8;

/// The folder of a project's tables.
pub(crate) fn project_folder(
    context: &Context<'_>,
    project: &Project,
) -> Result<Folder, CompileError> {
    let applications = project
        .applications
        .iter()
        .map(|application| Ok((application, runs(context, project, application)?)));
    let path = format!("{}/{}/dispatch", folder::PROJECTS, project.name);
    tables(
        context.folder(path),
        project,
        applications.collect::<Result<_, CompileError>>()?,
    )
}

/// One ConfigMap's share of a project.
#[derive(Default)]
struct Share {
    rows: Vec<Row>,
    templates: BTreeMap<String, String>,
    bytes: usize,
}

/// Adds ConfigMaps with `applications` and their run templates to `folder`: an application is in one of them as a whole, and each holds
/// as many as fit, in the order of the file.
fn tables(
    mut folder: Folder,
    project: &Project,
    applications: Vec<(&Application, Vec<RunTemplate>)>,
) -> Result<Folder, CompileError> {
    let mut shares: Vec<Share> = vec![Share::default()];
    for (application, runs) in applications {
        let number = shares.len();
        let here = row(project, application, &runs, number);
        let templates: BTreeMap<String, String> = runs
            .into_iter()
            .map(|run| (key(application, &run), run.text))
            .collect();
        let entries = templates
            .iter()
            .map(|(key, text)| json_bytes(key) + json_bytes(text) + AROUND);
        // In the list of rows each line is indented by two.
        let text = yaml(TABLE_KEY, &here)?;
        let bytes = entries.sum::<usize>() + json_bytes(&text) + 2 * text.lines().count();
        match shares.last_mut() {
            Some(share) if share.rows.is_empty() || share.bytes + bytes <= MAX_BYTES => {
                share.rows.push(here);
                share.templates.extend(templates);
                share.bytes += bytes;
            }
            _ => shares.push(Share {
                rows: vec![moved(here, project, number + 1)],
                templates,
                bytes,
            }),
        }
    }
    let count = number(shares.len());
    for (i, share) in shares.into_iter().enumerate() {
        let name = table_name(project.name.as_str(), number(i + 1));
        let table = Table {
            project: project.name.to_string(),
            tables: count,
            applications: share.rows,
        };
        let mut data = share.templates;
        data.insert(TABLE_KEY.to_owned(), yaml(&name, &table)?);
        folder.add(config_map(name, Some(project.name.as_str()), data))?;
    }
    Ok(folder)
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn key(application: &Application, run: &RunTemplate) -> String {
    run_key(application.name.as_str(), run.occasion.as_str())
}

/// The row of an application whose run templates are in table `table` of its project.
fn row(project: &Project, application: &Application, runs: &[RunTemplate], table: usize) -> Row {
    let source = &application.source;
    let runs = runs.iter().map(|run| {
        let entry = Run {
            kind: run.kind.to_owned(),
            namespace: run.namespace.clone(),
            config_map: table_name(project.name.as_str(), number(table)),
            key: key(application, run),
            parameters: run.parameters.iter().map(ToString::to_string).collect(),
        };
        (run.occasion.as_str().to_owned(), entry)
    });
    Row {
        application: application.name.to_string(),
        provider: project.provider.name.to_string(),
        repository: source.repository.to_string(),
        url: source.clone_url.to_string(),
        branches: source.branches.iter().map(ToString::to_string).collect(),
        release: source.release.clone(),
        paths: source.paths.clone(),
        build: match application.build {
            Build::Kpack(_) => "kpack",
            Build::Railpack(_) => "railpack",
        }
        .to_owned(),
        runs: runs.collect(),
    }
}

/// `row`, its run templates in another table.
fn moved(mut row: Row, project: &Project, table: usize) -> Row {
    for run in row.runs.values_mut() {
        run.config_map = table_name(project.name.as_str(), number(table));
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Occasion;
    use crate::testing;
    use k8s_openapi::api::core::v1::ConfigMap;
    use luban_platform::dispatch_table::index_name;
    use std::collections::BTreeSet;

    /// A project of `count` applications, each with three run templates of about 8 KB.
    fn compiled(count: usize) -> Vec<ConfigMap> {
        let platform = testing::platform();
        let mut project = platform.projects[0].as_ref().clone();
        let first = project.applications[0].clone();
        project.applications = (0..count)
            .map(|i| Application {
                name: luban_platform::names::DnsLabel::new(format!("app-{i}")).unwrap(),
                ..first.clone()
            })
            .collect();
        let text = "- name: \"step\"\n  args: [\"--ref={{inputs.parameters.ref}}\"]\n".repeat(140);
        let templates = || {
            [Occasion::Release, Occasion::Branch, Occasion::Tag]
                .map(|occasion| RunTemplate {
                    occasion,
                    kind: "Workflow",
                    namespace: "payments-ci".into(),
                    parameters: vec!["revision", "ref"],
                    text: text.clone(),
                })
                .to_vec()
        };
        let applications = project.applications.iter();
        let applications = applications.map(|one| (one, templates())).collect();
        let folder = tables(Folder::new("acme", "x"), &project, applications).unwrap();
        let files = folder.finish().unwrap();
        files
            .iter()
            .filter(|file| !file.path.ends_with("kustomization.yaml"))
            .map(|file| serde_yaml::from_str(&file.text).unwrap())
            .collect()
    }

    fn data(config_map: &ConfigMap) -> &BTreeMap<String, String> {
        config_map.data.as_ref().unwrap()
    }

    #[test]
    fn a_thousand_applications_spill_into_config_maps_that_can_be_applied() {
        let config_maps = compiled(1000);
        assert!(
            config_maps.len() > 100,
            "24 MB are in {}",
            config_maps.len()
        );
        for config_map in &config_maps {
            let json = serde_json::to_string(config_map).unwrap();
            assert!(json.len() < 256 << 10, "{} bytes", json.len());
        }
        let sizes: Vec<_> = config_maps
            .iter()
            .map(|one| serde_json::to_string(data(one)).unwrap().len())
            .collect();
        assert!(
            sizes.iter().all(|size| *size <= MAX_BYTES + (1 << 10)),
            "{sizes:?}"
        );
    }

    #[test]
    fn every_application_is_in_one_table_and_every_run_where_its_row_says() {
        let config_maps = compiled(300);
        let mut seen = BTreeSet::new();
        for config_map in &config_maps {
            let table: Table = serde_yaml::from_str(&data(config_map)[TABLE_KEY]).unwrap();
            assert_eq!(table.tables as usize, config_maps.len());
            for row in table.applications {
                assert_eq!(row.runs.len(), 3);
                for run in row.runs.values() {
                    assert_eq!(Some(&run.config_map), config_map.metadata.name.as_ref());
                    assert!(data(config_map).contains_key(&run.key), "{}", run.key);
                }
                assert!(seen.insert(row.application));
            }
        }
        assert_eq!(seen.len(), 300);
        let names: BTreeSet<_> = config_maps.iter().map(|one| &one.metadata.name).collect();
        assert_eq!(names.len(), config_maps.len());
        assert!(!names.contains(&Some(index_name(0))));
    }

    #[test]
    fn an_added_application_leaves_the_full_tables_before_it_alone() {
        let (before, after) = (compiled(20), compiled(21));
        let first = |config_maps: &[ConfigMap]| {
            let one = config_maps
                .iter()
                .find(|one| one.metadata.name.as_deref() == Some("dispatch-project-payments"));
            let mut data = data(one.unwrap()).clone();
            data.remove(TABLE_KEY);
            data
        };
        assert_eq!(first(&before), first(&after));
    }
}
