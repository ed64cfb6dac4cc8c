//! All rules over all objects.

use std::collections::HashSet;

use luban_diagnostic::{Finding, Place, Severity, sort_findings};
use rayon::prelude::*;

use crate::objects::Objects;
use crate::options::Options;
use crate::reading;
use crate::rule::{Check, Rule};
use crate::rules::RULES;
use crate::sink::{Found, Sink};
use crate::taint;
use crate::views::Views;

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
    let asks_for_flows = on.iter().any(|rule| matches!(rule.check, Check::Flows(_)));
    let flows = if asks_for_flows {
        taint::flows(objects)
    } else {
        Vec::new()
    };
    for rule in on {
        let mut sink = Sink::new(rule, options);
        match &rule.check {
            Check::All(check) => check(objects, &mut sink),
            Check::Flows(check) => check(&flows, &mut sink),
            _ => continue,
        }
        findings.extend(sink.found.into_iter().map(|found| found.finding));
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
    if let Some(views) = Views::new(objects, position, options) {
        for rule in on {
            let mut sink = Sink::new(rule, options);
            views.show(rule, &mut sink);
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
        own.retain(|finding| !is_choice(finding, &read));
        own.extend(read);
    }
    without_repeated(&mut own);
    (own, foreign)
}

/// Whether a definition only counts the fields of which the reader says that one may be set.
fn is_choice(finding: &Finding, read: &[Finding]) -> bool {
    let path = finding.message.split('`').nth(1).unwrap_or_default();
    let said = format!("set in `{path}`");
    finding.rule == "definition-size"
        && read
            .iter()
            .any(|other| other.rule == "one-of" && other.message.contains(&said))
}

/// Leaves out what definitions refuse where another rule says of the same place or field what is wrong.
fn without_repeated(own: &mut Vec<Finding>) {
    let is_of_definitions = |finding: &Finding| crate::definitions::RULES.contains(&finding.rule);
    if !own.iter().any(is_of_definitions) {
        return;
    }
    let others: Vec<Finding> = own
        .iter()
        .filter(|finding| !is_of_definitions(finding))
        .cloned()
        .collect();
    // Two mounts at one path are said at the path itself.
    let has_mounts = others
        .iter()
        .any(|finding| finding.rule == "duplicate-mount");
    let places: HashSet<&Option<Place>> = others.iter().map(|finding| &finding.place).collect();
    own.retain(|finding| {
        let is_said = || {
            others.iter().any(|other| {
                is_about(&other.message, &finding.message)
                    || is_about(&finding.message, &other.message)
            })
        };
        let is_of_mounts = has_mounts
            && finding.rule == "duplicate-item"
            && finding.message.contains("`mountPath`");
        !is_of_definitions(finding)
            || !(is_of_mounts
                || places.contains(&finding.place)
                || finding.rule == "missing-field" && is_said())
    });
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
