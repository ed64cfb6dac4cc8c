//! Defects of the system before this one that every compiled object could have, looked for in all of them.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

mod support;

use luban_command::verb;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};
use support::{PLATFORMS, mappings, objects, strings};

fn text<'v>(value: &'v Value, path: &[&str]) -> &'v str {
    at(value, path).and_then(Value::as_str).unwrap_or_default()
}

fn at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(*key))
}

fn list<'v>(value: &'v Value, path: &[&str]) -> &'v [Value] {
    at(value, path)
        .and_then(Value::as_sequence)
        .map_or(&[], Vec::as_slice)
}

fn number(value: &Value, path: &[&str]) -> Option<u64> {
    at(value, path).and_then(Value::as_u64)
}

fn of_kinds<'o>(
    objects: &'o [(String, Value)],
    kinds: &'static [&'static str],
) -> impl Iterator<Item = &'o (String, Value)> {
    objects
        .iter()
        .filter(|(_, object)| kinds.contains(&text(object, &["kind"])))
}

/// The platform of this repository with and without what builds trust and which mirror they use.
fn trusting(authority: bool, netrc: bool) -> String {
    let acme = PLATFORMS[0].1;
    let whole = "    certificateAuthority: {secret: acme-ca}\n    packageMirror: {python: https://pypi.acme.internal/simple, netrc: {secret: mirror-netrc}}\n";
    assert!(acme.contains(whole));
    let mut wanted = String::new();
    if authority {
        wanted += "    certificateAuthority: {secret: acme-ca}\n";
    }
    wanted += match netrc {
        true => {
            "    packageMirror: {python: https://pypi.acme.internal/simple, netrc: {secret: mirror-netrc}}\n"
        }
        false => "    packageMirror: {python: https://pypi.acme.internal/simple}\n",
    };
    // `books` has a branch that builds and does not release: a Build beside the Image.
    let branches = "source: {repository: books, branches: [main, \"dev/*\"], release: main}";
    let acme = acme.replace("source: {repository: books}", branches);
    assert!(acme.contains(branches));
    acme.replace(whole, &wanted)
}

/// Defect W1: where builds trusted an authority or used a mirror, the Image was no YAML in six of eight combinations.
#[test]
fn what_kpack_builds_is_yaml_with_its_bindings_in_every_combination() {
    for (authority, netrc) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut expected = Vec::new();
        if authority {
            expected.push("acme-ca");
        }
        if netrc {
            expected.push("mirror-netrc");
        }
        let mut kinds = BTreeSet::new();
        let objects = objects(&trusting(authority, netrc));
        for (path, run) in objects.iter().filter(|(path, _)| path.starts_with("run ")) {
            for artifact in list(run, &["spec", "arguments", "artifacts"]) {
                let data = text(artifact, &["raw", "data"]);
                if data.is_empty() {
                    continue;
                }
                // libyaml's reader, and not the writer's own.
                let object: Value =
                    serde_yaml::from_str(data).unwrap_or_else(|error| panic!("{path}: {error}"));
                let services = match text(&object, &["kind"]) {
                    "Image" => list(&object, &["spec", "build", "services"]),
                    "Build" => list(&object, &["spec", "services"]),
                    other => panic!("{path}: {other}"),
                };
                let names: Vec<&str> = services.iter().map(|of| text(of, &["name"])).collect();
                assert_eq!(names, expected, "{path}");
                assert!(services.iter().all(|of| text(of, &["kind"]) == "Secret"));
                kinds.insert(text(&object, &["kind"]).to_owned());
            }
        }
        assert_eq!(kinds.len(), 2, "only {kinds:?} with {expected:?}");
    }
}

/// Seconds of `30s`, `75m`, `2h`.
fn seconds(text: &str) -> u64 {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap());
    let number: u64 = number.parse().unwrap();
    match unit {
        "s" => number,
        "m" => 60 * number,
        "h" => 3600 * number,
        other => panic!("{other}"),
    }
}

/// The longest that steps of a graph take one after another; `before` has those that each waits for.
fn longest(costs: &BTreeMap<String, u64>, before: &BTreeMap<String, BTreeSet<String>>) -> u64 {
    fn until(
        name: &str,
        costs: &BTreeMap<String, u64>,
        before: &BTreeMap<String, BTreeSet<String>>,
    ) -> u64 {
        let waits = before[name].iter().map(|name| until(name, costs, before));
        costs[name] + waits.max().unwrap_or(0)
    }
    let ends = costs.keys().map(|name| until(name, costs, before));
    ends.max().unwrap_or(0)
}

/// Limits that calls in a container or step give themselves.
fn own_limits(container: &Value) -> u64 {
    let arguments = strings(container.get("args"));
    let limits = arguments
        .iter()
        .filter_map(|argument| argument.strip_prefix("--timeout-seconds="));
    limits.map(|limit| limit.parse::<u64>().unwrap()).sum()
}

/// What a template of a workflow can take, with all attempts.
fn template_seconds(name: &str, templates: &BTreeMap<&str, &Value>, path: &str) -> u64 {
    let template = templates[name];
    if let Some(container) = template.get("container") {
        let limit = number(template, &["activeDeadlineSeconds"])
            .unwrap_or_else(|| panic!("{path}: `{name}` has no limit"));
        assert!(
            own_limits(container) < limit,
            "{path}: `{name}` gives up after its pod is gone"
        );
        let retries = number(template, &["retryStrategy", "limit"]).unwrap_or(0);
        let first = text(template, &["retryStrategy", "backoff", "duration"]);
        let first = if retries == 0 { 0 } else { seconds(first) };
        let factor = number(template, &["retryStrategy", "backoff", "factor"]).unwrap_or(1);
        let pauses: u64 = (0..u32::try_from(retries).unwrap())
            .map(|nth| first * factor.pow(nth))
            .sum();
        let all = (retries + 1) * limit + pauses;
        return match text(template, &["retryStrategy", "backoff", "maxDuration"]) {
            "" => all,
            // No attempt starts later than that.
            most => all.min(seconds(most) + limit),
        };
    }
    let steps = list(template, &["steps"]);
    let in_a_row = steps.iter().map(|group| {
        let group = group.as_sequence().unwrap().iter();
        let each = group.map(|step| template_seconds(text(step, &["template"]), templates, path));
        each.max().unwrap_or(0)
    });
    if !steps.is_empty() {
        return in_a_row.sum();
    }
    let tasks = list(template, &["dag", "tasks"]);
    assert!(
        !tasks.is_empty() || template.get("suspend").is_some(),
        "{path}: {name}"
    );
    let names: BTreeSet<&str> = tasks.iter().map(|task| text(task, &["name"])).collect();
    let (mut costs, mut before) = (BTreeMap::new(), BTreeMap::new());
    for task in tasks {
        let own = text(task, &["name"]).to_owned();
        let words = text(task, &["depends"])
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let waits = words.filter(|word| names.contains(word)).map(str::to_owned);
        before.insert(own.clone(), waits.collect());
        costs.insert(
            own,
            template_seconds(text(task, &["template"]), templates, path),
        );
    }
    longest(&costs, &before)
}

/// Defect W8: steps could take longer than their workflow, which ended them before they said what was wrong.
#[test]
fn the_limit_of_every_run_holds_those_of_all_its_parts_with_all_their_attempts() {
    for (platform, input) in PLATFORMS {
        let objects = objects(input);
        let mut seen = 0;
        for (path, object) in of_kinds(
            &objects,
            &[
                "WorkflowTemplate",
                "ClusterWorkflowTemplate",
                "CronWorkflow",
            ],
        ) {
            let path = format!("{platform}: {path}");
            let spec = at(object, &["spec", "workflowSpec"]).unwrap_or(&object["spec"]);
            if spec.get("workflowTemplateRef").is_some() {
                continue;
            }
            let templates: BTreeMap<&str, &Value> = list(spec, &["templates"])
                .iter()
                .map(|template| (text(template, &["name"]), template))
                .collect();
            let whole = number(spec, &["activeDeadlineSeconds"])
                .unwrap_or_else(|| panic!("{path} has no limit"));
            let parts = template_seconds(text(spec, &["entrypoint"]), &templates, &path);
            assert!(parts <= whole, "{path}: {parts} s of steps in {whole} s");
            seen += 1;
        }
        let named = |kind: &'static str| -> BTreeMap<&str, &Value> {
            let all = objects
                .iter()
                .filter(move |(_, object)| text(object, &["kind"]) == kind);
            all.map(|(_, object)| (text(object, &["metadata", "name"]), object))
                .collect()
        };
        let (pipelines, tasks) = (named("Pipeline"), named("Task"));
        for (path, run) in of_kinds(&objects, &["PipelineRun"]) {
            let path = format!("{platform}: {path}");
            let limit = |of: &str| seconds(text(run, &["spec", "timeouts", of]));
            assert!(
                limit("tasks") + limit("finally") <= limit("pipeline"),
                "{path}"
            );
            let mut named = list(run, &["spec", "pipelineRef", "params"]).iter();
            let named = named
                .find(|param| text(param, &["name"]) == "name")
                .unwrap();
            let pipeline = pipelines[text(named, &["value"])];
            let (mut costs, mut before) = (BTreeMap::new(), BTreeMap::new());
            let parts = list(pipeline, &["spec", "tasks"]);
            for part in parts {
                let name = text(part, &["name"]);
                let written = serde_yaml::to_string(part).unwrap();
                let waits = parts
                    .iter()
                    .map(|other| text(other, &["name"]))
                    .filter(|other| {
                        strings(part.get("runAfter"))
                            .iter()
                            .any(|after| after == other)
                            || written.contains(&format!("$(tasks.{other}.results."))
                    });
                before.insert(name.to_owned(), waits.map(str::to_owned).collect());
                costs.insert(name.to_owned(), part_seconds(part, &tasks, &path));
            }
            assert!(longest(&costs, &before) <= limit("tasks"), "{path}");
            for part in list(pipeline, &["spec", "finally"]) {
                assert!(
                    part_seconds(part, &tasks, &path) <= limit("finally"),
                    "{path}"
                );
            }
            seen += 1;
        }
        assert!(seen > 1, "{platform} has no runs");
    }
}

/// The Task of a part of a pipeline.
fn task_of(part: &Value) -> &str {
    let mut params = list(part, &["taskRef", "params"]).iter();
    match params.find(|param| text(param, &["name"]) == "name") {
        Some(param) => text(param, &["value"]),
        None => text(part, &["taskRef", "name"]),
    }
}

/// What a task of a pipeline can take, with all attempts.
fn part_seconds(part: &Value, tasks: &BTreeMap<&str, &Value>, path: &str) -> u64 {
    let limit = seconds(text(part, &["timeout"]));
    let task = tasks[task_of(part)];
    let own: u64 = list(task, &["spec", "steps"]).iter().map(own_limits).sum();
    assert!(own < limit, "{path}: `{}`", text(part, &["name"]));
    limit * (number(part, &["retries"]).unwrap_or(0) + 1)
}

/// Arguments of each call of luban, with where it is.
fn calls(input: &str) -> Vec<(String, Vec<String>)> {
    let mut calls = Vec::new();
    for (path, object) in objects(input) {
        mappings(&object, &mut |mapping: &Mapping| {
            let command = strings(mapping.get("command"));
            let is_luban = command
                .first()
                .is_some_and(|program| program.rsplit('/').next() == Some("luban"));
            if is_luban {
                calls.push((path.clone(), strings(mapping.get("args"))));
            }
        });
    }
    calls
}

/// Defect W11: three of the steps that spoke to servers were not given the authority that vouches for these.
#[test]
fn every_step_that_can_be_given_an_authority_is_given_the_platforms() {
    let mut verbs = BTreeSet::new();
    // Dispatch gets those of the providers that it asks for changes.
    let github = "type: GitHub\n      organization: acme\n";
    let acme = PLATFORMS[0].1;
    assert!(acme.contains(github));
    let trusting = format!("{github}      certificateAuthority: {{secret: acme-ca}}\n");
    for (path, arguments) in calls(&acme.replace(github, &trusting)) {
        let own = arguments.split(|argument| argument == "--").next().unwrap();
        let flags = verb(&own[1])
            .unwrap_or_else(|| panic!("{path}: {own:?}"))
            .flags;
        let wanted = flags
            .iter()
            .filter(|flag| flag.name.contains("certificate-authorit"));
        for flag in wanted {
            let start = format!("--{}=", flag.name);
            let is_set = own.iter().any(|argument| argument.starts_with(&start));
            assert!(is_set, "{path}: `{}` without `{start}`", own[1]);
            verbs.insert(own[1].clone());
        }
    }
    assert!(verbs.len() > 8, "only {verbs:?}");
}

/// Results that no other part of a run reads: Tekton Chains does, or people in what `argo get` and `tkn` show, or pipelines of their own.
const READ_BY_OTHERS: [&str; 10] = [
    "git-clone CHAINS-GIT_COMMIT",
    "git-clone CHAINS-GIT_URL",
    "image-scan reportRef",
    "railpack-prepare infoPath",
    "railpack-prepare planPath",
    "railpack-prepare-build CHAINS-GIT_COMMIT",
    "railpack-prepare-build CHAINS-GIT_URL",
    "railpack-prepare-build infoPath",
    "railpack-prepare-build planPath",
    "sbom sbomRef",
];

/// Defect W12: a result was declared that nobody read, and two steps made the tag, each in its way.
#[test]
fn every_result_of_a_step_is_read_by_somebody() {
    // A platform without scans reads less of the same steps.
    let (mut declared, mut read) = (BTreeSet::new(), BTreeSet::new());
    for (platform, input) in PLATFORMS {
        let objects = objects(input);
        for (path, object) in of_kinds(&objects, &["WorkflowTemplate", "ClusterWorkflowTemplate"]) {
            let written = serde_yaml::to_string(object).unwrap();
            for template in list(object, &["spec", "templates"]) {
                for output in list(template, &["outputs", "parameters"]) {
                    let name = text(output, &["name"]);
                    let uses = [
                        format!(".outputs.parameters.{name}}}}}"),
                        format!(".outputs.parameters.{name} "),
                        format!(".outputs.parameters['{name}']"),
                    ];
                    // `inspect-again` is `inspect` where the run ends.
                    let template = text(template, &["name"]).trim_end_matches("-again");
                    let result = format!("{template} {name}");
                    if uses.iter().any(|text| written.contains(text)) {
                        read.insert(result.clone());
                    }
                    declared.insert(result);
                    assert!(!name.is_empty(), "{platform}: {path}");
                }
            }
        }
        let pipelines: Vec<String> = of_kinds(&objects, &["Pipeline"])
            .map(|(_, object)| serde_yaml::to_string(object).unwrap())
            .collect();
        for (_, task) in of_kinds(&objects, &["Task"]) {
            let own = text(task, &["metadata", "name"]);
            let users: BTreeSet<String> = of_kinds(&objects, &["Pipeline"])
                .flat_map(|(_, pipeline)| {
                    let parts = [
                        list(pipeline, &["spec", "tasks"]),
                        list(pipeline, &["spec", "finally"]),
                    ];
                    parts.concat()
                })
                .filter(|part| task_of(part) == own)
                .map(|part| text(&part, &["name"]).to_owned())
                .collect();
            for result in list(task, &["spec", "results"]) {
                let name = text(result, &["name"]);
                let is_read = users.iter().any(|user| {
                    let result = format!("tasks.{user}.results.{name}");
                    pipelines.iter().any(|pipeline| {
                        pipeline.contains(&format!("$({result})"))
                            || pipeline.contains(&format!("$({result}["))
                    })
                });
                let result = format!("{own} {name}");
                if is_read {
                    read.insert(result.clone());
                }
                if !users.is_empty() {
                    declared.insert(result);
                }
            }
        }
    }
    let unread: Vec<&String> = declared.difference(&read).collect();
    assert_eq!(unread, READ_BY_OTHERS);
    assert!(declared.len() > 20, "only {declared:?}");
}

/// What stands between each `{{` and `}}`.
fn placeholders(written: &str) -> BTreeSet<&str> {
    let parts = written.split("{{").skip(1);
    parts
        .filter_map(|part| Some(part.split_once("}}")?.0.trim()))
        .collect()
}

/// Names in a list of parameters, artifacts or volumes.
fn names<'v>(value: &'v Value, path: &[&str]) -> BTreeSet<&'v str> {
    list(value, path)
        .iter()
        .map(|item| text(item, &["name"]))
        .collect()
}

/// Defect W4: a template used an input that it did not declare.
/// Defect W5: templates counted on parameters and volumes of whoever called them.
#[test]
fn every_template_declares_what_it_uses() {
    let mut seen = 0;
    for (platform, input) in PLATFORMS {
        let objects = objects(input);
        let kinds = &[
            "WorkflowTemplate",
            "ClusterWorkflowTemplate",
            "CronWorkflow",
        ];
        for (path, object) in of_kinds(&objects, kinds) {
            let spec = at(object, &["spec", "workflowSpec"]).unwrap_or(&object["spec"]);
            let of_workflow = names(spec, &["arguments", "parameters"]);
            let volumes = names(spec, &["volumes"]);
            for template in list(spec, &["templates"]) {
                let place = format!("{platform}: {path}: `{}`", text(template, &["name"]));
                assert!(template.get("templateRef").is_none(), "{place}");
                let inputs = names(template, &["inputs", "parameters"]);
                let written = serde_yaml::to_string(template).unwrap();
                for used in placeholders(&written) {
                    if let Some(name) = used.strip_prefix("inputs.parameters.") {
                        assert!(inputs.contains(name), "{place}: {used}");
                        seen += 1;
                    }
                    if let Some(name) = used.strip_prefix("workflow.parameters.") {
                        assert!(of_workflow.contains(name), "{place}: {used}");
                        seen += 1;
                    }
                }
                let artifacts = names(template, &["inputs", "artifacts"]);
                let own = names(template, &["volumes"]);
                mappings(template, &mut |mapping| {
                    let mounts = mapping.get("volumeMounts").and_then(Value::as_sequence);
                    for mount in mounts.into_iter().flatten() {
                        let name = text(mount, &["name"]);
                        let is_there = own.contains(name)
                            || volumes.contains(name)
                            || artifacts.contains(name);
                        assert!(is_there, "{place}: volume `{name}`");
                        seen += 1;
                    }
                });
            }
        }
    }
    assert!(seen > 300, "only {seen} uses");
}

/// Defect W6: pods of applications ran as an account that only the namespaces of builds had.
#[test]
fn every_account_that_pods_run_as_is_compiled_for_their_namespace() {
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let mut seen = 0;
    for (platform, input) in PLATFORMS {
        let objects = objects(input);
        let accounts: Vec<(&String, &Value)> = of_kinds(&objects, &["ServiceAccount"])
            .map(|(path, object)| (path, object))
            .collect();
        for (path, object) in &objects {
            let namespace = text(object, &["metadata", "namespace"]);
            let is_of_cluster = text(object, &["kind"]).starts_with("Cluster");
            mappings(object, &mut |mapping| {
                let Some(name) = mapping.get("serviceAccountName").and_then(Value::as_str) else {
                    return;
                };
                let is_there = accounts.iter().any(|(other, account)| {
                    let of = text(account, &["metadata", "namespace"]);
                    let is_beside = namespace.is_empty() && folder(other) == folder(path);
                    text(account, &["metadata", "name"]) == name
                        && (is_of_cluster || (of == namespace && (!of.is_empty() || is_beside)))
                });
                assert!(is_there, "{platform}: {path}: `{name}` in `{namespace}`");
                seen += 1;
            });
        }
    }
    assert!(seen > 50, "only {seen} accounts");
}
