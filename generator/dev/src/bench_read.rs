//! How fast objects are read and written on one thread: Luban beside serde_yaml, on the same texts in one run, by processor time.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use luban_api_argo_cd::{AppProject, Application, ApplicationSet};
use luban_api_argo_events::{EventBus, EventSource, Sensor};
use luban_api_argo_workflows::{ClusterWorkflowTemplate, CronWorkflow, Workflow, WorkflowTemplate};
use luban_api_cluster::{ExternalSecret, HTTPRoute};
use luban_api_core::k8s_openapi::Resource;
use luban_api_core::k8s_openapi::api::apps::v1::Deployment;
use luban_api_core::k8s_openapi::api::core::v1::{
    ConfigMap, LimitRange, Namespace, ResourceQuota, Service, ServiceAccount,
};
use luban_api_core::k8s_openapi::api::networking::v1::NetworkPolicy;
use luban_api_core::k8s_openapi::api::policy::v1::PodDisruptionBudget;
use luban_api_core::k8s_openapi::api::rbac::v1::{ClusterRole, Role, RoleBinding};
use luban_api_kpack::Image;
use luban_api_tekton::{Pipeline, PipelineRun, Task, TaskRun};
use luban_yaml::{Budget, Document, Path, parse, read, to_string};
use nix::sys::resource::{UsageWho, getrusage};
use serde::Serialize;
use serde::de::DeserializeOwned;
use walkdir::WalkDir;

/// Measure reading and writing of objects, beside serde_yaml
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// MB of text; objects come as often as it takes
    #[arg(long, default_value_t = 50)]
    megabytes: usize,
    /// How often each is measured; the median counts
    #[arg(long, default_value_t = 3)]
    times: usize,
    /// Folders of objects
    #[arg(required = true)]
    folders: Vec<PathBuf>,
}

/// A typed object of any kind.
trait Object {
    fn text(&self) -> String;
}

impl<T: Serialize> Object for T {
    fn text(&self) -> String {
        to_string(self).unwrap_or_default()
    }
}

/// What can be done with the texts of a kind.
struct Kind {
    api_version: &'static str,
    name: &'static str,
    read: fn(&Document) -> Option<Box<dyn Object>>,
}

impl Kind {
    fn of<T: Resource + DeserializeOwned + Serialize + 'static>() -> Self {
        Self {
            api_version: T::API_VERSION,
            name: T::KIND,
            read: |document| {
                let (value, findings) = read::<T>(document);
                let value = value.filter(|_| findings.is_empty());
                value.map(|value| Box::new(value) as Box<dyn Object>)
            },
        }
    }

    fn all() -> Vec<Self> {
        macro_rules! kinds {
            ($($kind:ty)*) => { vec![$(Self::of::<$kind>()),*] };
        }
        kinds! {
            AppProject Application ApplicationSet EventBus EventSource Sensor ClusterWorkflowTemplate CronWorkflow Workflow
            WorkflowTemplate ExternalSecret HTTPRoute Deployment ConfigMap LimitRange Namespace ResourceQuota Service
            ServiceAccount NetworkPolicy PodDisruptionBudget ClusterRole Role RoleBinding Image Pipeline PipelineRun Task TaskRun
        }
    }
}

/// A text of one object that all can read.
struct Text<'k> {
    text: String,
    kind: &'k Kind,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let kinds = Kind::all();
    let texts = texts(arguments, &kinds)?;
    let once: usize = texts.iter().map(|text| text.text.len()).sum();
    if once == 0 {
        bail!("the folders hold no object of a kind that is measured");
    }
    let rounds = (arguments.megabytes * 1_000_000).div_ceil(once);
    println!(
        "{} objects of {:.2} MB, {rounds} times: {:.1} MB on one thread",
        texts.len(),
        once as f64 / 1e6,
        (once * rounds) as f64 / 1e6
    );
    let documents: Vec<(Document, &Kind)> = texts
        .iter()
        .filter_map(|text| Some((parsed(&text.text)?, text.kind)))
        .collect();
    let objects: Vec<Box<dyn Object>> = documents
        .iter()
        .filter_map(|(document, kind)| (kind.read)(document))
        .collect();
    let joined: String = texts
        .iter()
        .map(|text| format!("---\n{}\n", text.text.trim_end()))
        .collect::<String>()
        .repeat(rounds);
    let written: usize = objects.iter().map(|object| object.text().len()).sum();

    let measure = |what: &str, bytes: usize, work: &dyn Fn() -> usize| {
        let mut speeds: Vec<f64> = (0..arguments.times.max(1))
            .map(|_| {
                let start = seconds();
                black_box(work());
                bytes as f64 / 1e6 / (seconds() - start).max(1e-9)
            })
            .collect();
        speeds.sort_unstable_by(f64::total_cmp);
        println!("{what:<44} {:>7.1} MB/s", speeds[speeds.len() / 2]);
    };
    let all = once * rounds;
    let each = |work: &dyn Fn(&Text<'_>) -> usize| {
        (0..rounds)
            .map(|_| texts.iter().map(work).sum::<usize>())
            .sum::<usize>()
    };
    measure("luban: parse, a file an object", all, &|| {
        each(&|text| usize::from(parsed(&text.text).is_some()))
    });
    measure("luban: parse, one file of all", joined.len(), &|| {
        let budget = Budget {
            bytes: usize::MAX,
            ..Budget::default()
        };
        parse("all.yaml", joined.as_bytes(), &budget).map_or(0, |documents| documents.len())
    });
    measure("luban: documents to typed objects", all, &|| {
        (0..rounds)
            .map(|_| {
                let read = documents
                    .iter()
                    .map(|(document, kind)| (kind.read)(document));
                read.flatten().count()
            })
            .sum()
    });
    measure("luban: bytes to typed objects", all, &|| {
        each(&|text| {
            let document = parsed(&text.text);
            usize::from(document.is_some_and(|document| (text.kind.read)(&document).is_some()))
        })
    });
    measure("luban: write", written * rounds, &|| {
        (0..rounds)
            .map(|_| {
                objects
                    .iter()
                    .map(|object| object.text().len())
                    .sum::<usize>()
            })
            .sum()
    });
    let values: Vec<serde_yaml::Value> = texts
        .iter()
        .filter_map(|text| serde_yaml::from_str(&text.text).ok())
        .collect();
    measure("serde_yaml: bytes to values without a type", once, &|| {
        let read = texts
            .iter()
            .map(|text| serde_yaml::from_str::<serde_yaml::Value>(&text.text));
        read.flatten().count()
    });
    let lengths = || values.iter().flat_map(serde_yaml::to_string);
    let written: usize = lengths().map(|text| text.len()).sum();
    measure("serde_yaml: write values without a type", written, &|| {
        lengths().map(|text| text.len()).sum()
    });
    Ok(ExitCode::SUCCESS)
}

/// Time that this program has had a processor: other programs on the machine count for less.
fn seconds() -> f64 {
    getrusage(UsageWho::RUSAGE_SELF).map_or(0.0, |usage| {
        let (user, system) = (usage.user_time(), usage.system_time());
        (user.tv_sec() + system.tv_sec()) as f64 + (user.tv_usec() + system.tv_usec()) as f64 / 1e6
    })
}

fn parsed(text: &str) -> Option<Document> {
    parse("a.yaml", text.as_bytes(), &Budget::default())
        .ok()?
        .into_iter()
        .next()
}

/// The objects of the folders that are read as a kind that is measured.
fn texts<'k>(arguments: &Arguments, kinds: &'k [Kind]) -> Result<Vec<Text<'k>>> {
    let mut texts = Vec::new();
    for folder in &arguments.folders {
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = entry?;
            let is_yaml = entry.path().extension().is_some_and(|end| end == "yaml");
            if !is_yaml {
                continue;
            }
            let Ok(text) = fs::read_to_string(entry.path()) else {
                continue;
            };
            let Ok(documents) = parse("a.yaml", text.as_bytes(), &Budget::default()) else {
                continue;
            };
            let [document] = &documents[..] else {
                continue;
            };
            let at = |name: &str| document.text_at(&Path::root().key(name));
            let kind = kinds.iter().find(|kind| {
                at("apiVersion") == Some(kind.api_version) && at("kind") == Some(kind.name)
            });
            let Some(kind) = kind else {
                continue;
            };
            if (kind.read)(document).is_some() {
                texts.push(Text { text, kind });
            }
        }
    }
    Ok(texts)
}
