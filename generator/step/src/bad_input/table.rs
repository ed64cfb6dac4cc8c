//! What can be wrong, as a case for each verb that it concerns.

use super::place::Place;
use super::servers::Backend;
use super::verbs::{VERBS, Verb};
use crate::Exit;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Arguments,
    Results,
    Environment,
    Files,
    Unreachable,
    Credentials,
    FullDisk,
    ReadOnly,
    Sigterm,
}

impl Fault {
    pub(super) const ALL: [Self; 9] = [
        Self::Arguments,
        Self::Results,
        Self::Environment,
        Self::Files,
        Self::Unreachable,
        Self::Credentials,
        Self::FullDisk,
        Self::ReadOnly,
        Self::Sigterm,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Arguments => "arguments",
            Self::Results => "results",
            Self::Environment => "environment",
            Self::Files => "files",
            Self::Unreachable => "unreachable",
            Self::Credentials => "credentials",
            Self::FullDisk => "full-disk",
            Self::ReadOnly => "read-only",
            Self::Sigterm => "sigterm",
        }
    }
}

/// What a directory of a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mount {
    Full,
    ReadOnly,
}

/// Arguments of a call in a pod.
type Arguments = Box<dyn Fn(&Place) -> Vec<String> + Send + Sync>;
/// What is done to a pod before the call.
type Prepare = Box<dyn Fn(&Place) + Send + Sync>;

/// A call that goes wrong.
pub(super) struct Case {
    pub(super) verb: &'static str,
    pub(super) fault: Fault,
    /// What is wrong.
    detail: String,
    pub(super) backend: Backend,
    pub(super) prepare: Prepare,
    pub(super) variables: Vec<(&'static str, &'static str)>,
    pub(super) arguments: Arguments,
    pub(super) mount: Option<(Mount, &'static str)>,
    pub(super) exit: Exit,
    /// What may be among the results afterwards.
    pub(super) keeps: Vec<&'static str>,
}

impl Case {
    pub(super) fn name(&self) -> String {
        match self.detail.as_str() {
            "" => self.verb.to_owned(),
            detail => format!("{}: {detail}", self.verb),
        }
    }
}

/// How a verb ends without a file: that a commit lacks a directory is nothing that was mounted wrongly.
fn missing(path: &str) -> Exit {
    match path.starts_with("source/") {
        true => Exit::Failed,
        false => Exit::Usage,
    }
}

/// All cases.
pub(super) fn cases() -> Vec<Case> {
    VERBS.iter().flat_map(of_verb).collect()
}

fn of_verb(verb: &'static Verb) -> Vec<Case> {
    let mut cases = vec![Case {
        arguments: Box::new(|_| vec![verb.name.to_owned()]),
        ..case(verb, Fault::Arguments, "", Exit::Usage)
    }];
    if !verb.results.is_empty() {
        cases.push(Case {
            arguments: Box::new(|place| {
                called(verb, place, &["--result=other=/pod/other".to_owned()])
            }),
            ..case(verb, Fault::Results, "", Exit::Usage)
        });
    }
    for (variable, path) in verb.environment {
        let exit = match *variable {
            "TMPDIR" => Exit::Failed,
            _ => Exit::Usage,
        };
        cases.push(Case {
            variables: vec![(*variable, *path)],
            ..case(verb, Fault::Environment, variable, exit)
        });
    }
    for path in verb.needs {
        cases.push(Case {
            prepare: Box::new(|place| {
                prepare(verb, place);
                let path = place.at(path);
                match path.is_dir() {
                    true => std::fs::remove_dir_all(path).unwrap(),
                    false => std::fs::remove_file(path).unwrap(),
                }
            }),
            backend: verb.first(),
            ..case(verb, Fault::Files, &format!("no {path}"), missing(path))
        });
    }
    for path in verb.reads {
        cases.push(Case {
            prepare: Box::new(|place| {
                prepare(verb, place);
                place.write(path, b"\xff{\n");
            }),
            backend: verb.first(),
            ..case(
                verb,
                Fault::Files,
                &format!("malformed {path}"),
                Exit::Usage,
            )
        });
    }
    if let Some((unreachable, refused)) = verb.network {
        cases.push(Case {
            backend: Backend::Nobody,
            keeps: kept(verb),
            ..case(verb, Fault::Unreachable, "", unreachable)
        });
        for status in [401, 403] {
            cases.push(Case {
                backend: Backend::Answers(status),
                keeps: kept(verb),
                ..case(verb, Fault::Credentials, &status.to_string(), refused)
            });
        }
    }
    for (fault, mount) in [
        (Fault::FullDisk, Mount::Full),
        (Fault::ReadOnly, Mount::ReadOnly),
    ] {
        if verb.not.iter().any(|(faults, _)| faults.contains(&fault)) || verb.name == "sign" {
            continue;
        }
        cases.push(Case {
            mount: Some((mount, "out")),
            ..case(verb, fault, "results", Exit::Failed)
        });
    }
    if verb.has_temporary {
        for (fault, mount) in [
            (Fault::FullDisk, Mount::Full),
            (Fault::ReadOnly, Mount::ReadOnly),
        ] {
            // An empty directory takes no room.
            if fault == Fault::FullDisk && verb.name == "clone" {
                continue;
            }
            cases.push(Case {
                mount: Some((mount, "tmp")),
                ..case(verb, fault, "temporary files", Exit::Failed)
            });
        }
    }
    if let Some(tool) = verb.tool {
        cases.push(Case {
            prepare: Box::new(|place| {
                prepare(verb, place);
                place.tool(tool, "stuck");
            }),
            ..case(verb, Fault::Sigterm, "", Exit::Cancelled)
        });
    } else if verb.network.is_some() {
        cases.push(Case {
            backend: Backend::Silent,
            ..case(verb, Fault::Sigterm, "", stopped(verb))
        });
    }
    cases
}

/// What a verb writes though nobody answered it: an empty result says so to those after it.
fn kept(verb: &Verb) -> Vec<&'static str> {
    match verb.network {
        Some((Exit::Done, _)) => verb.results.to_vec(),
        _ => Vec::new(),
    }
}

/// How a verb ends that is asked to stop. A report that was not heard fails no run, whyever.
fn stopped(verb: &Verb) -> Exit {
    match verb.name {
        "report" => Exit::Done,
        _ => Exit::Cancelled,
    }
}

fn case(verb: &'static Verb, fault: Fault, detail: &str, exit: Exit) -> Case {
    Case {
        verb: verb.name,
        fault,
        detail: detail.to_owned(),
        backend: Backend::Good,
        prepare: Box::new(|place| prepare(verb, place)),
        variables: Vec::new(),
        arguments: Box::new(|place| called(verb, place, &[])),
        mount: None,
        exit,
        keeps: verb.leaves.to_vec(),
    }
}

/// What a verb finds that others do not.
fn prepare(verb: &Verb, place: &Place) {
    place.write("broken-docker/config.json", "{\"auths\": \"s3cr3t\"");
    match verb.name {
        "publish-stack" if place.is_good() => place.has_stack(),
        // A tool that ends well.
        "exec" => place.tool("trivy-or-another", "railpack"),
        _ => {}
    }
}

/// The whole call.
fn called(verb: &Verb, place: &Place, more: &[String]) -> Vec<String> {
    let mut all = vec![verb.name.to_owned()];
    all.extend(more.iter().cloned());
    if more.is_empty() && verb.name != "sign" {
        let results = verb.results.iter();
        all.extend(
            results.map(|name| format!("--result={name}={}", place.at("out").join(name).display())),
        );
    }
    all.extend((verb.arguments)(place));
    all
}
