//! All rules over all objects.

use std::cell::OnceCell;
use std::collections::HashSet;

use luban_diagnostic::{Finding, Place, Severity, sort_findings};
use rayon::prelude::*;

use crate::argo::View;
use crate::argo_events::SensorView;
use crate::objects::{Entry, Objects};
use crate::options::Options;
use crate::reading;
use crate::references::References;
use crate::rule::{Check, Rule, Subject};
use crate::rules::RULES;
use crate::sink::{Found, Sink};
use crate::tekton;
use crate::tekton::pipeline::Pipelines;
use crate::tasks::Tasks;

/// Everything that the rules find in the objects, sorted by file and place, whether it is accepted or not.
pub(crate) fn find(objects: &Objects, options: &Options) -> Vec<Finding> {
    let on: Vec<&'static Rule> = RULES
        .iter()
        .copied()
        .filter(|rule| options.has(rule))
        .collect();
    let found: Vec<(Vec<Finding>, Vec<Found>)> = (0..objects.entries().len())
        .into_par_iter()
        .map(|position| of_object(objects, position, &on, options))
        .collect();
    let mut findings: Vec<Finding> = Vec::new();
    let mut elsewhere = Vec::new();
    for (own, foreign) in found {
        findings.extend(own);
        elsewhere.extend(foreign);
    }
    if !elsewhere.is_empty() {
        let said: HashSet<(&str, Option<Place>)> = findings
            .iter()
            .map(|finding| (finding.rule, finding.place.clone()))
            .collect();
        let new: Vec<Finding> = elsewhere
            .into_iter()
            .filter(|found| !said.contains(&(found.finding.rule, found.finding.place.clone())))
            .map(at_reference)
            .collect();
        findings.extend(new);
    }
    for rule in on {
        if let Check::All(check) = &rule.check {
            let mut sink = Sink::new(rule, options);
            check(objects, &mut sink);
            findings.extend(sink.found.into_iter().map(|found| found.finding));
        }
    }
    sort_findings(&mut findings);
    findings.dedup();
    findings
}

/// What one object has itself, and what is in objects that it refers to.
fn of_object(
    objects: &Objects,
    position: usize,
    on: &[&'static Rule],
    options: &Options,
) -> (Vec<Finding>, Vec<Found>) {
    let Some(entry) = objects
        .entries()
        .get(position)
        .filter(|entry| !entry.is_given_apart)
    else {
        return Default::default();
    };
    let mut own = Vec::new();
    let mut blamed = HashSet::new();
    let mut foreign = Vec::new();
    if !entry.is_template {
        let view = View::new(objects, position, options);
        let sensor = SensorView::new(objects, entry, options);
        let tekton = tekton::View::new(objects, entry, options);
        let pipelines = Pipelines::new(objects, entry, options);
        let subject = Subject {
            objects,
            entry,
            options,
            workflow: view.as_ref(),
        };
        // Made for the first rule that looks at it.
        let references = OnceCell::new();
        let references = || {
            let made = references.get_or_init(|| References::new(objects, position, options));
            made.as_ref()
        };
        let tasks = OnceCell::new();
        let tasks = || {
            let made = tasks.get_or_init(|| Tasks::new(objects, position));
            made.as_ref()
        };
        for rule in on.iter().filter(|rule| looks_at(rule, entry)) {
            let mut sink = Sink::new(rule, options);
            match &rule.check {
                Check::Object(check) => check(&subject, &mut sink),
                Check::Workflow(check) => with(view.as_ref(), &mut sink, *check),
                Check::Sensor(check) => with(sensor.as_ref(), &mut sink, *check),
                Check::Tekton(check) => with(tekton.as_ref(), &mut sink, *check),
                Check::Pipeline(check) => with(pipelines.as_ref(), &mut sink, *check),
                Check::References(check) => with(references(), &mut sink, *check),
                Check::Tasks(check) => with(tasks(), &mut sink, *check),
                Check::Reading | Check::Comments | Check::Limit | Check::All(_) => {}
            }
            blamed.extend(sink.blamed.into_inner());
            for found in sink.found {
                match found.foreign {
                    None => own.push(found.finding),
                    Some(_) => foreign.push(found),
                }
            }
        }
    }
    let is_first = entry.path.is_empty();
    if is_first {
        let read = reading::findings(entry, options);
        // What the reader misses in a place is said better by the rule that asks for it.
        let read = read.into_iter().filter(|read| {
            read.rule != "missing-field"
                || !own
                    .iter()
                    .any(|finding| is_about(&finding.message, &read.message))
        });
        let mut read: Vec<Finding> = read.collect();
        for finding in &mut read {
            if blamed.contains(&finding.message) {
                finding.severity = Severity::Error;
            }
        }
        own.extend(read);
    }
    (own, foreign)
}

/// Looks at what a rule looks at, if there is such.
fn with<V>(view: Option<&V>, sink: &mut Sink<'_>, check: impl Fn(&V, &mut Sink<'_>)) {
    if let Some(view) = view {
        check(view, sink);
    }
}

fn looks_at(rule: &Rule, entry: &Entry) -> bool {
    rule.kinds.is_empty() || rule.kinds.contains(&entry.name.kind.as_str())
}

/// Whether a message names the same field in backticks as missing, or one below it.
fn is_about(message: &str, missing: &str) -> bool {
    let Some(path) = missing.split('`').nth(1) else {
        return false;
    };
    let below = message
        .split('`')
        .nth(1)
        .and_then(|field| field.strip_prefix(path));
    message.contains("is missing")
        && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A finding in another object, said where the checked one refers to it.
fn at_reference(found: Found) -> Finding {
    let Found { finding, foreign } = found;
    let Some(foreign) = foreign else {
        return finding;
    };
    let Some(reference) = foreign.reference else {
        return finding;
    };
    let mut moved = Finding::new(finding.rule, finding.severity, finding.message).at(reference);
    moved.help = finding.help;
    moved = moved.related(format!("here, in {}", foreign.name), finding.place);
    moved.related.extend(finding.related);
    moved
}
