//! `luban check`.

mod load;
mod report;

pub(crate) use report::sarif;

use crate::Outcome;
use crate::arguments::{Check, Deny};
use crate::files::Files;
use anyhow::{Result, bail};
use load::Loaded;
use luban_check::{Objects, Options, RULES, check, rule};
use luban_diagnostic::{Finding, Severity, Sources, did_you_mean, sort_findings};
use report::Report;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

pub(crate) fn run(arguments: &Check) -> Result<Outcome> {
    let options = options(arguments)?;
    let mut paths = arguments.paths.clone();
    if paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    let stdin = arguments.stdin_filename.as_deref();
    let loaded = Loaded::of(Files::of(&paths, stdin));
    let given = Loaded::of(Files::of(&arguments.cluster_objects, stdin));
    let has_objects = !loaded.documents.is_empty();
    let objects = Objects::new(loaded.documents).with_given(given.documents);
    let mut findings = check(&objects, &options);
    findings.extend([loaded.findings, given.findings].into_iter().flatten());
    sort_findings(&mut findings);
    let refused = [loaded.refused, given.refused];
    let report = Report {
        findings: &findings,
        sources: &sources(&objects, &findings, refused.into_iter().flatten()),
        files: loaded.files,
    };
    report.print(arguments.format, arguments.color)?;
    note_templates(&[loaded.templates, given.templates].concat());
    let failures: Vec<_> = loaded.failures.iter().chain(&given.failures).collect();
    for failure in &failures {
        eprintln!("luban: {failure:#}");
    }
    if !failures.is_empty() {
        bail!("not everything could be read");
    }
    if !has_objects && findings.is_empty() {
        let is_folder = |path: &PathBuf| path.is_dir();
        match paths.iter().find(|path| is_folder(path)) {
            Some(folder) => bail!("there is no object in `{}`", folder.display()),
            None => eprintln!("luban: nothing to check: there is no object"),
        }
    }
    let least = match arguments.deny {
        None => Severity::Error,
        Some(Deny::Warning) => Severity::Warning,
        Some(Deny::Note) => Severity::Note,
    };
    let is_denied = findings.iter().any(|finding| finding.severity <= least);
    Ok(if is_denied {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

fn options(arguments: &Check) -> Result<Options> {
    Ok(Options {
        judged_as: arguments.judged_as.map(Into::into).unwrap_or_default(),
        is_closed: arguments.closed,
        profile: arguments.profile.map(Into::into).unwrap_or_default(),
        off: known(&arguments.ignore)?,
        only: known(&arguments.only)?,
        ..Options::default()
    })
}

/// The names of rules, each of which exists.
fn known(names: &[String]) -> Result<BTreeSet<String>> {
    if let Some(name) = names.iter().find(|name| rule(name).is_none()) {
        match did_you_mean(name, RULES.iter().map(|rule| rule.id)) {
            Some(meant) => bail!("no rule is called `{name}` (did you mean `{meant}`?)"),
            None => bail!("no rule is called `{name}`"),
        }
    }
    Ok(names.iter().cloned().collect())
}

/// The texts of the files that findings point at.
fn sources(
    objects: &Objects,
    findings: &[Finding],
    refused: impl Iterator<Item = (String, String)>,
) -> Sources {
    let mut sources = Sources::new();
    let places = findings.iter().flat_map(|finding| {
        let related = finding.related.iter().map(|related| &related.place);
        finding.place.iter().chain(related)
    });
    let mut wanted: HashSet<&str> = places.map(|place| &*place.file).collect();
    for (file, text) in refused {
        wanted.remove(&*file);
        sources.insert(file, text);
    }
    for entry in objects.entries() {
        let file = entry.document.file();
        if wanted.remove(file) {
            sources.insert(file, entry.document.file_text());
        }
    }
    sources
}

/// Says what was passed over, because its rules are another program's.
fn note_templates(templates: &[PathBuf]) {
    const SHOWN: usize = 3;
    if templates.is_empty() {
        return;
    }
    let paths = templates.iter().take(SHOWN);
    let mut shown: Vec<String> = paths.map(|path| format!("`{}`", path.display())).collect();
    if templates.len() > SHOWN {
        shown.push(format!("{} more", templates.len() - SHOWN));
    }
    eprintln!(
        "luban: passed over templates of another program: {}",
        shown.join(", ")
    );
}
