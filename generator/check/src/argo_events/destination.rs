//! Where a parameter writes, and what it finds there.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use luban_api::Kind;
use luban_diagnostic::{Finding, Place};
use luban_expression::gjson::{Destination, parse_destination};
use luban_expression::{Segment, Step};
use luban_yaml::{Budget, parse};

use super::gaps::{gaps, unfound};
use super::sensor::{List, ParameterAt, SensorView};
use super::target::{Target, target};

/// Something wrong with a destination.
pub(crate) struct Landing {
    /// The bytes of the destination that are wrong.
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    /// The other end: what stands in the object.
    pub(crate) related: Option<(String, Option<Place>)>,
    /// Whether the trigger fails of it.
    pub(crate) is_fatal: bool,
}

/// What is wrong with the destination of a parameter; none of what is not known.
pub(crate) fn landing(view: &SensorView<'_>, at: &ParameterAt<'_>) -> Vec<Landing> {
    let dest = &at.parameter.dest;
    if dest.is_empty() || at.list == List::Headers || at.is_replaced || super::is_open(dest) {
        return Vec::new();
    }
    let Ok(destination) = parse_destination(dest) else {
        return Vec::new();
    };
    // A query sets what it finds, which is how elements are named.
    if destination.only_existing && dest.contains("#(") {
        return unfound(view, at).into_iter().collect();
    }
    if !destination.problems.is_empty() {
        let problems = destination.problems.into_iter();
        return problems
            .map(|problem| Landing {
                span: problem.span,
                message: problem.message,
                help: None,
                related: None,
                is_fatal: false,
            })
            .collect();
    }
    let Some(target) = target(view, at) else {
        return Vec::new();
    };
    let segments = &destination.path.segments;
    let misfit = misfit(at, &target, &destination);
    // A list that the kind does not have has no elements either.
    if let Some(unknown) = misfit.as_ref().filter(|found| !found.is_fatal) {
        let is_before = |gap: &Landing| gap.span.start < unknown.span.start;
        let mut gaps = gaps(view, at, &target, segments);
        gaps.retain(is_before);
        return if gaps.is_empty() {
            misfit.into_iter().collect()
        } else {
            gaps
        };
    }
    let found = gaps(view, at, &target, segments);
    if found.is_empty() {
        return misfit.into_iter().collect();
    }
    found
}

/// Why the object has no such field, or the field takes no text.
///
/// An object that has nothing but the field is read as the kind that it is, a line for each step of the destination.
fn misfit(at: &ParameterAt<'_>, target: &Target, destination: &Destination) -> Option<Landing> {
    let src = at.parameter.src.as_ref()?;
    let segments = &destination.path.segments;
    if destination.only_existing
        || matches!(segments.first().and_then(Segment::key), Some("apiVersion" | "kind") if target.before.is_empty())
    {
        return None;
    }
    // An object in a trigger is of a kind of its own.
    let names: Vec<_> = segments.iter().map(Segment::key).collect();
    if let [
        Some("k8s" | "argoWorkflow"),
        Some("source"),
        Some("resource"),
        ..,
    ] = names[..]
    {
        return None;
    }
    let is_written = |field: &Option<String>| field.as_deref().is_some_and(|text| !text.is_empty());
    let has_data = is_written(&src.data_key) || is_written(&src.data_template);
    let template = if has_data {
        &src.data_template
    } else {
        &src.context_template
    };
    let is_raw = src.use_raw_data == Some(true) && !is_written(template);
    let steps = target
        .before
        .iter()
        .chain(segments.iter().map(|segment| &segment.step));
    let (text, first) = skeleton(target.kind, steps, is_raw);
    let first = first + target.before.len();
    let finding = fault_in(text, first)?;
    // A collection begins in the line behind its key.
    let is_collection = ["found a mapping", "found a list"];
    let is_inside = is_collection
        .iter()
        .any(|what| finding.message.ends_with(what));
    let line = line(&finding)?.checked_sub(usize::from(is_inside))?;
    let depth = line.checked_sub(first)?.min(segments.len() - 1);
    let span = segments.get(depth)?.span.clone();
    if finding.rule == "unknown-field" {
        let path = finding.message.split('`').nth(1).unwrap_or_default();
        let path = strip(path, target);
        let near = finding
            .message
            .find(" (did you mean")
            .and_then(|near| finding.message.get(near..));
        return Some(Landing {
            span,
            message: format!(
                "{} has no field `{path}`{}",
                target.name,
                near.unwrap_or_default()
            ),
            help: None,
            related: None,
            is_fatal: false,
        });
    }
    let is_last = depth + 1 == segments.len();
    if is_raw && is_last {
        return None;
    }
    let expected = finding.message.strip_prefix("expected ")?;
    let expected = expected.split(", found").next().unwrap_or(expected);
    let expected = expected.split(" in `").next().unwrap_or(expected);
    let name = at.parameter.dest.get(..span.end).unwrap_or_default();
    let has = is_written(&src.data_key) || is_written(&src.context_key);
    let (message, help) = if is_last {
        let help = if has {
            "`useRawData: true` without a template writes the value as it is in the event"
        } else {
            "take the value by `dataKey` and set `useRawData: true`"
        };
        (
            format!("`{name}` is {expected}, and the parameter writes a text"),
            Some(help.to_owned()),
        )
    } else {
        (
            format!("`{name}` is {expected}, and this looks for more in it"),
            None,
        )
    };
    Some(Landing {
        span,
        message,
        help,
        related: None,
        is_fatal: true,
    })
}

/// The first thing that is wrong in a skeleton, from a line on.
///
/// Sensors write to the same few fields again and again, so that what was found is kept for a while.
fn fault_in(text: String, first: usize) -> Option<Finding> {
    const MOST: usize = 1_000;
    thread_local! {
        static FOUND: RefCell<HashMap<String, Option<Finding>>> = RefCell::default();
    }
    FOUND.with_borrow_mut(|found| {
        if let Some(found) = found.get(&text) {
            return found.clone();
        }
        let documents = parse("parameter", text.as_bytes(), &Budget::default()).ok()?;
        let read = luban_api::read(documents.first()?);
        let fault = read.findings.into_iter().find(|finding| {
            let is_about = matches!(finding.rule, "unknown-field" | "wrong-type");
            is_about && line(finding).is_some_and(|line| line >= first)
        });
        if found.len() >= MOST {
            found.clear();
        }
        found.insert(text, fault.clone());
        fault
    })
}

fn line(finding: &Finding) -> Option<usize> {
    let place = finding.place.as_ref()?;
    usize::try_from(place.span.start.line).ok()
}

/// A path in a message without what stands before the destination.
fn strip<'p>(path: &'p str, target: &Target) -> &'p str {
    let before = "spec.triggers[0].template.";
    if target.before.is_empty() {
        return path;
    }
    let path = path.strip_prefix(before).unwrap_or(path);
    match target.before.get(4) {
        Some(Step::Key(action)) => path
            .strip_prefix(action.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
            .unwrap_or(path),
        _ => path,
    }
}

/// An object with one field, a line for each step to it, and the line of the first.
fn skeleton<'s>(
    kind: &Kind,
    steps: impl Iterator<Item = &'s Step>,
    is_raw: bool,
) -> (String, usize) {
    let mut text = format!("apiVersion: {}\nkind: {}\n", kind.api_version, kind.name);
    let value = if is_raw { "null" } else { "\"text\"" };
    let mut steps = steps.enumerate().peekable();
    while let Some((depth, step)) = steps.next() {
        let indent = " ".repeat(depth);
        let is_last = steps.peek().is_none();
        let end = if is_last { value } else { "" };
        match step {
            Step::Key(name) => {
                let name = serde_json::Value::from(name.as_str());
                text.push_str(&format!("{indent}{name}: {end}\n"));
            }
            _ => text.push_str(&format!("{indent}- {end}\n")),
        }
    }
    (text, 3)
}
