//! Upstream's own lists of fields: every one of them is set in a document, read, and found in the typed object.
//!
//! `LUBAN_FIELDS` names the folder of lists; without it nothing is tested.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use crate::upstream::{List, Probe};
use luban_diagnostic::{Severity, concise};
use luban_yaml::{Budget, parse};
use serde_json::Value;

/// The lists, and which `apiVersion` definitions with a prefix belong to.
const LISTS: &[(&str, &[(&str, &str)])] = &[
    (
        "argo-cd.txt",
        &[("argoproj.io.v1alpha1.", "argoproj.io/v1alpha1")],
    ),
    (
        "argo-events.txt",
        &[("io.argoproj.events.v1alpha1.", "argoproj.io/v1alpha1")],
    ),
    (
        "argo-rollouts.txt",
        &[("argoproj.io.v1alpha1.", "argoproj.io/v1alpha1")],
    ),
    (
        "argo-workflows.txt",
        &[("io.argoproj.workflow.v1alpha1.", "argoproj.io/v1alpha1")],
    ),
    (
        "kargo.txt",
        &[("kargo.akuity.io.v1alpha1.", "kargo.akuity.io/v1alpha1")],
    ),
    (
        "kpack.txt",
        &[
            ("kpack.build.v1alpha1.", "kpack.io/v1alpha1"),
            ("kpack.build.v1alpha2.", "kpack.io/v1alpha2"),
        ],
    ),
    (
        "kustomize.txt",
        &[("kustomize.", "kustomize.config.k8s.io/v1beta1")],
    ),
    (
        "tekton-triggers.txt",
        &[
            ("triggers.v1alpha1.", "triggers.tekton.dev/v1alpha1"),
            ("triggers.v1beta1.", "triggers.tekton.dev/v1beta1"),
        ],
    ),
    ("tekton-v1.txt", &[("v1.", "tekton.dev/v1")]),
    (
        "tekton-v1alpha1.txt",
        &[("v1alpha1.", "tekton.dev/v1alpha1")],
    ),
    (
        "tekton-v1beta1.txt",
        &[
            ("v1beta1.ResolutionRequest", "resolution.tekton.dev/v1beta1"),
            ("v1beta1.", "tekton.dev/v1beta1"),
        ],
    ),
];

#[test]
fn every_field_that_upstream_lists_is_in_the_model() {
    let Some(folder) = env::var_os("LUBAN_FIELDS").map(PathBuf::from) else {
        println!("LUBAN_FIELDS is not set: no list of fields is tested");
        return;
    };
    let exceptions: Vec<(&str, &str, &str)> = include_str!("fields/exceptions.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (place, reason) = line.split_once(" | ").expect("an exception has a reason");
            let (list, field) = place
                .split_once(' ')
                .expect("an exception names list and field");
            (list, field, reason)
        })
        .collect();
    let mut unmet: BTreeSet<(&str, &str)> = exceptions
        .iter()
        .map(|(list, field, _)| (*list, *field))
        .collect();
    let (mut all, mut held) = (0, 0);
    let mut failures = Vec::new();
    for (name, prefixes) in LISTS {
        let text = fs::read_to_string(folder.join(name)).expect("the list is there");
        let list = List::of(&text, prefixes);
        for (field, probes) in list.probes() {
            all += 1;
            let mut results = probes.iter().map(tested);
            let first = results
                .next()
                .unwrap_or_else(|| Err("no kind reaches it".to_owned()));
            let result = match first {
                Err(error) if !results.any(|result| result.is_ok()) => Err(error),
                _ => Ok(()),
            };
            let exception = exceptions.iter().find(|(of, start, _)| {
                name == of
                    && field.strip_prefix(start).is_some_and(|rest| {
                        rest.is_empty() || rest.starts_with('.') || start.ends_with('.')
                    })
            });
            match (result, exception) {
                (Ok(()), _) => held += 1,
                (Err(_), Some((list, start, _))) if !probes.iter().any(Probe::is_spec) => {
                    unmet.remove(&(*list, *start));
                }
                (Err(error), _) => failures.push(format!("{name}: {field}: {error}")),
            }
        }
    }
    failures.extend(
        unmet
            .iter()
            .map(|(list, field)| format!("{list}: `{field}` needs no exception")),
    );
    println!("{held} of {all} fields are in the model");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// Reads the probe's document and finds its value in the typed object.
fn tested(probe: &Probe) -> Result<(), String> {
    let text = serde_json::to_string(&probe.document).expect("a value is JSON");
    let file = match probe.document["kind"].as_str() {
        Some("Kustomization") => "kustomization.yaml",
        _ => "probe.yaml",
    };
    let documents =
        parse(file, text.as_bytes(), &Budget::default()).map_err(|findings| concise(&findings))?;
    let read = luban_api::read(&documents[0]);
    let mut findings = read.findings;
    // Fields beside the one that is set are no matter here.
    findings
        .retain(|finding| finding.severity == Severity::Error && finding.rule != "missing-field");
    if !findings.is_empty() {
        return Err(concise(&findings).trim().to_owned());
    }
    let object = read.object.ok_or("nothing was read")?;
    if matches!(object, luban_api::Object::Unknown(_)) {
        return Err(format!("{} is not known", read.name));
    }
    let written = serde_json::to_value(&object).map_err(|error| error.to_string())?;
    let found = written
        .pointer(&probe.pointer)
        .ok_or("it is not in the object")?;
    let is_same = match (&probe.value, found) {
        (Value::Object(_), Value::Object(_)) => true,
        (Value::Array(before), Value::Array(after)) => before.len() == after.len(),
        (Value::Number(number), Value::String(text)) => number.to_string().as_str() == text,
        (before, after) => before == after,
    };
    if is_same {
        Ok(())
    } else {
        Err(format!("it was {}, is {found}", probe.value))
    }
}
