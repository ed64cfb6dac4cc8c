//! Environments and their order of promotion.

use super::infrastructure::Defined;
use super::scope::Scope;
use crate::input;
use crate::model::{Approval, Cluster, Environment, PromotionTrigger, Requirement, Sync};
use crate::names::DnsLabel;
use luban_yaml::Path;
use std::collections::HashMap;
use std::sync::Arc;

/// Names that directories or namespaces beside an environment's own have.
const RESERVED: [&str; 6] = ["base", "build", "ci", "dispatch", "release", "settings"];

/// The environments in order of promotion; nothing if any of them is wrong.
pub(super) fn environments(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &[input::Environment],
    clusters: &Defined<Cluster>,
) -> Option<Vec<Arc<Environment>>> {
    let section = at.key("environments");
    if input.is_empty() {
        scope.error(
            "missing-field",
            at,
            "`environments` is missing or empty: a release needs one to go to",
        );
        return None;
    }
    let names = names(scope, &section, input);
    let before = predecessors(scope, &section, input);
    let order = order(scope, &section, input, &before);
    let mut lowered = Vec::new();
    for (i, environment) in input.iter().enumerate() {
        let path = section.index(i);
        let cluster = scope.resolve(
            "cluster",
            &path.key("cluster"),
            environment.cluster.as_deref(),
            &at.key("clusters"),
            clusters,
        );
        let promotion = &environment.promotion;
        let is_first = before[i].is_none();
        if is_first
            && (promotion.approval.is_some()
                || promotion.on.is_some()
                || promotion.require.is_some())
        {
            scope.error(
                "unused-setting",
                &path.key("promotion"),
                "the first environment gets releases, not promotions; leave `promotion` out",
            );
        }
        lowered.push((|| {
            Some(Environment {
                name: names.get(i)?.clone()?,
                cluster: cluster?,
                sync: environment.sync.unwrap_or(if is_first {
                    Sync::Automatic
                } else {
                    Sync::Manual
                }),
                after: match before[i] {
                    Some(before) => Some(names.get(before)?.clone()?),
                    None => None,
                },
                is_last: !before.contains(&Some(i)),
                approval: promotion.approval.unwrap_or(Approval::PullRequest),
                on: promotion
                    .on
                    .clone()
                    .unwrap_or_else(|| vec![PromotionTrigger::Manual]),
                require: promotion
                    .require
                    .clone()
                    .unwrap_or_else(|| vec![Requirement::Healthy]),
            })
        })());
    }
    order?
        .into_iter()
        .map(|i| lowered.get_mut(i)?.take().map(Arc::new))
        .collect()
}

fn names(
    scope: &mut Scope<'_>,
    section: &Path,
    input: &[input::Environment],
) -> Vec<Option<DnsLabel>> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut names = Vec::new();
    for (i, environment) in input.iter().enumerate() {
        let path = section.index(i);
        let name = scope.required_name("name", &path, "name", &environment.name, DnsLabel::new);
        if let Some(text) = environment.name.as_deref() {
            if RESERVED.contains(&text) {
                scope.error(
                    "name",
                    &path.key("name"),
                    format!(
                        "`{text}` is a name that Luban uses beside environments; choose another"
                    ),
                );
            }
            if let Some(first) = seen.insert(text, i) {
                scope.duplicate(
                    "environment",
                    text,
                    &path.key("name"),
                    &section.index(first).key("name"),
                );
            }
        }
        names.push(name);
    }
    names
}

/// Index of the environment that each gets promotions from.
fn predecessors(
    scope: &mut Scope<'_>,
    section: &Path,
    input: &[input::Environment],
) -> Vec<Option<usize>> {
    let defined: Vec<(String, Option<usize>)> = input
        .iter()
        .enumerate()
        .filter_map(|(i, environment)| Some((environment.name.clone()?, Some(i))))
        .collect();
    input
        .iter()
        .enumerate()
        .map(|(i, environment)| match &environment.after {
            // An unknown name has its finding; the order is judged as if it were not there.
            Some(after) => scope
                .resolve(
                    "environment",
                    &section.index(i).key("after"),
                    Some(after),
                    section,
                    &defined,
                )
                .or_else(|| i.checked_sub(1)),
            None => i.checked_sub(1),
        })
        .collect()
}

/// Indexes in order of promotion; a cycle is a finding that names its environments.
fn order(
    scope: &mut Scope<'_>,
    section: &Path,
    input: &[input::Environment],
    before: &[Option<usize>],
) -> Option<Vec<usize>> {
    let name = |i: usize| input[i].name.as_deref().unwrap_or("?").to_owned();
    let mut order: Vec<usize> = (0..input.len()).filter(|i| before[*i].is_none()).collect();
    if let [first, second, ..] = order[..] {
        let finding = scope.finding(
            "environment-order",
            &section.index(second),
            format!(
                "environments `{}` and `{}` are both first",
                name(first),
                name(second)
            ),
        );
        let finding = scope
            .related(finding, &section.index(first), "the other one")
            .help("say with `after` which environment comes before");
        scope.push(finding);
        return None;
    }
    let mut next = 0;
    while next < order.len() {
        let current = order[next];
        order.extend((0..input.len()).filter(|i| before[*i] == Some(current)));
        next += 1;
    }
    if order.len() == input.len() {
        return Some(order);
    }
    let start = (0..input.len()).find(|i| !order.contains(i))?;
    let mut cycle = vec![start];
    while let Some(previous) = cycle.last().and_then(|last| before[*last]) {
        if let Some(from) = cycle.iter().position(|i| *i == previous) {
            cycle.drain(..from);
            break;
        }
        cycle.push(previous);
    }
    let mut names: Vec<String> = cycle.iter().map(|i| format!("`{}`", name(*i))).collect();
    names.extend(names.first().cloned());
    let place = |i: usize| {
        if input[i].after.is_some() {
            section.index(i).key("after")
        } else {
            section.index(i)
        }
    };
    let finding = scope.finding(
        "environment-order",
        &place(cycle[0]),
        format!(
            "the order of environments has a cycle: {}",
            names.join(" after ")
        ),
    );
    let finding = match cycle.get(1) {
        Some(other) => scope.related(finding, &place(*other), "and this one comes after it again"),
        None => finding,
    };
    scope.push(
        finding.help(
            "one environment comes first: it has no `after` and stands at the head of the list",
        ),
    );
    None
}
