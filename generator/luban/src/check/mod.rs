//! `luban check`.

mod beside;
pub(crate) mod config;
mod load;
mod pattern;
mod report;
mod settings;
mod targets;

pub(crate) use pattern::{Patterns, absolute};
pub(crate) use report::sarif;

use crate::Outcome;
use crate::arguments::Check;
use crate::files::Files;
use anyhow::{Result, bail};
use load::Loaded;
use luban_check::{Level, Objects, check_all, rule};
use luban_diagnostic::{Finding, Sources, sort_findings};
use luban_yaml::Path as YamlPath;
use report::Report;
use settings::{Asked, Entry};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

pub(crate) fn run(arguments: &Check) -> Result<Outcome> {
    let mut asked = Asked::of(arguments)?;
    let stdin = arguments.stdin_filename.as_deref();
    let excluded = asked.excluded.as_ref();
    let files = Files::of(&asked.paths, stdin, excluded);
    // An excluded folder that is named here is meant.
    let (named, others): (Vec<PathBuf>, Vec<PathBuf>) = std::mem::take(&mut asked.cluster_objects)
        .into_iter()
        .partition(|path| excluded.is_some_and(|patterns| patterns.mean(path, path.is_dir())));
    let given = [
        Files::of(&named, stdin, None),
        Files::of(&others, stdin, excluded),
    ];
    let [named, others] = given.map(|given| Loaded::of(given.without(&files)));
    let given = named.and(others);
    let loaded = Loaded::of(files);
    let has_objects = !loaded.documents.is_empty() || !loaded.findings.is_empty();
    let beside = beside::named(&loaded.documents);
    let objects = Objects::new(loaded.documents)
        .with_files(beside)
        .with_given(given.documents)
        .with_refused(loaded.findings)
        .with_refused(given.findings);
    let (flags, fault) = asked.targets.flags(&objects);
    asked.options.tekton = flags;
    asked.options.levels = levels(&asked.levels, &loaded.files);
    let checked = check_all(&objects, &asked.options);
    let mut findings = checked.findings;
    findings.extend(asked.findings());
    findings.extend(fault);
    if asked.is_whole {
        findings.extend(idle(&asked, &checked.idle_levels));
    }
    sort_findings(&mut findings);
    let texts = [
        loaded.refused,
        given.refused,
        std::mem::take(&mut asked.texts),
    ];
    let report = Report {
        findings: &findings,
        sources: &sources(&objects, &findings, texts.into_iter().flatten()),
        files: loaded.files.len(),
        accepted: checked.accepted,
    };
    report.print(arguments.format, arguments.color)?;
    note(
        "passed over templates of another program",
        &[loaded.templates, given.templates].concat(),
    );
    note("excluded by luban-check.yaml", &loaded.excluded);
    let failures: Vec<_> = loaded.failures.iter().chain(&given.failures).collect();
    for failure in &failures {
        eprintln!("luban: {failure:#}");
    }
    if !failures.is_empty() {
        bail!("not everything could be read");
    }
    if !has_objects {
        nothing(&asked.paths)?;
    }
    let is_denied = |finding: &Finding| finding.severity <= asked.denied;
    Ok(if findings.iter().any(is_denied) {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// A folder without any object is a mistake: a check of nothing would always pass. A file without one is not, because hooks and
/// editors name files of all kinds.
fn nothing(paths: &[PathBuf]) -> Result<()> {
    if let Some(folder) = paths.iter().find(|path| path.is_dir()) {
        bail!(
            "there is nothing to check in `{}`: no object",
            folder.display()
        );
    }
    eprintln!("luban: there is nothing to check: no object");
    Ok(())
}

/// What the settings say of each file.
fn levels(entries: &[Entry], files: &[PathBuf]) -> Vec<Level> {
    let files_of = |entry: &Entry| {
        let patterns = entry.paths.as_ref()?;
        let meant = files.iter().filter(|file| patterns.mean(file, false));
        Some(meant.map(|file| file.display().to_string()).collect())
    };
    let levels = entries.iter().map(|entry| Level {
        rules: entry.rules.clone(),
        files: files_of(entry),
        severity: entry.severity,
    });
    levels.collect()
}

/// Entries of the settings that ignore what is not found.
fn idle(asked: &Asked, idle: &[(usize, String)]) -> Vec<Finding> {
    const RULE: &str = "unused-ignore";
    let Some(of) = rule(RULE).filter(|rule| asked.options.has(rule)) else {
        return Vec::new();
    };
    let document = asked.config.document.as_ref();
    let findings = idle.iter().filter_map(|(level, name)| {
        let number = asked.levels.get(*level)?.number;
        let rules = &asked.config.value.levels.get(number)?.rules;
        let at = rules.iter().position(|rule| rule == name)?;
        let path = YamlPath::root().key("levels").index(number);
        let place = document?.locate(&path.key("rules").index(at));
        let message = format!("`{name}` finds nothing that this entry is about");
        let finding = Finding::new(RULE, of.severity, message).at(place);
        Some(finding.help("remove it, so that it hides nothing later"))
    });
    findings.collect()
}

/// The texts of the files that findings point at.
fn sources(
    objects: &Objects,
    findings: &[Finding],
    texts: impl Iterator<Item = (String, String)>,
) -> Sources {
    let mut sources = Sources::new();
    let places = findings.iter().flat_map(|finding| {
        let related = finding.related.iter().map(|related| &related.place);
        finding.place.iter().chain(related)
    });
    let mut wanted: HashSet<&str> = places.map(|place| &*place.file).collect();
    for (file, text) in texts {
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

/// Says what was not looked at.
fn note(why: &str, paths: &[PathBuf]) {
    const SHOWN: usize = 3;
    if paths.is_empty() {
        return;
    }
    let quoted = |path: &Path| format!("`{}`", path.display());
    let mut shown: Vec<String> = paths.iter().take(SHOWN).map(|path| quoted(path)).collect();
    if paths.len() > SHOWN {
        shown.push(format!("{} more", paths.len() - SHOWN));
    }
    eprintln!("luban: {why}: {}", shown.join(", "));
}
