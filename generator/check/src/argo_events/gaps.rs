//! Elements of lists that a destination names and that are not there.

use luban_diagnostic::Place;
use luban_expression::gjson::{self, Form, parse_destination};
use luban_expression::{Segment, Step};
use luban_yaml::{Document, Path};

use super::destination::Landing;
use super::sensor::{ParameterAt, SensorView};
use super::target::{Target, Written, target};

/// A query by name that finds no element, so that nothing is set.
pub(super) fn unfound(view: &SensorView<'_>, at: &ParameterAt<'_>) -> Option<Landing> {
    let dest = &at.parameter.dest;
    let target = target(view, at)?;
    let (written, root) = target.written.as_ref()?;
    let document = match written {
        Written::Here => view.document(),
        Written::Apart(document) => document,
    };
    let mut path = root.clone();
    for part in gjson::parse(dest).parts {
        let query = match part.form {
            Form::Key(name) => {
                path = match (document.length_at(&path), name.parse()) {
                    (Some(_), Ok(index)) => path.index(index),
                    _ => path.key(name),
                };
                continue;
            }
            Form::Query(query) => query,
            _ => return None,
        };
        let [field] = &query.path.parts[..] else {
            return None;
        };
        let (Form::Key(field), Some(gjson::Operator::Equal)) = (&field.form, query.operator) else {
            return None;
        };
        let wanted = dest.get(query.value.clone())?.trim_matches('"');
        let names: Option<Vec<&str>> = (0..document.length_at(&path)?)
            .map(|at| document.text_at(&path.index(at).key(field)))
            .collect();
        let names = names?;
        // Another parameter may add it.
        let is_added = beside(view, at).any(|other| other.parameter.dest.contains("-1"));
        if names.contains(&wanted) || is_added {
            return None;
        }
        let near = luban_diagnostic::did_you_mean(wanted, names.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        return Some(Landing {
            span: query.value,
            message: format!("no element has the {field} `{wanted}`, so that nothing is set{near}"),
            help: None,
            related: related(document, written, &path),
            is_fatal: false,
        });
    }
    None
}

/// Indexes beyond the end of a list, which leave a gap, and elements that lack their name.
pub(super) fn gaps(
    view: &SensorView<'_>,
    at: &ParameterAt<'_>,
    target: &Target,
    segments: &[Segment],
) -> Vec<Landing> {
    let Some((written, root)) = &target.written else {
        return Vec::new();
    };
    let document = match written {
        Written::Here => view.document(),
        Written::Apart(document) => document,
    };
    let mut path = root.clone();
    for (depth, segment) in segments.iter().enumerate() {
        let is_object = document.has_value(&path) && document.length_at(&path).is_none();
        match &segment.step {
            Step::Key(name) if document.length_at(&path).is_some() => {
                return vec![no_element(document, written, &path, segment, name)];
            }
            Step::Key(name) => path = path.key(name),
            Step::Index(index) if is_object => path = path.key(index.to_string()),
            Step::Index(-1) => return Vec::new(),
            Step::Index(index) => {
                let index = usize::try_from(*index).unwrap_or(usize::MAX);
                let length = document.length_at(&path).unwrap_or(0);
                let list = segments.get(..depth).unwrap_or_default();
                let added = added_before(view, at, list, length);
                if index > added {
                    return vec![beyond(document, written, &path, segment, added)];
                }
                if index >= length {
                    let rest = segments.get(depth..).unwrap_or_default();
                    return nameless(view, at, list, rest).into_iter().collect();
                }
                path = path.index(index);
            }
            Step::All | Step::Computed => return Vec::new(),
        }
    }
    Vec::new()
}

fn related(document: &Document, written: &Written, path: &Path) -> Option<(String, Option<Place>)> {
    let is_here = matches!(written, Written::Here) && document.has_value(path);
    is_here.then(|| ("the list is here".to_owned(), document.locate_key(path)))
}

fn no_element(
    document: &Document,
    written: &Written,
    path: &Path,
    segment: &Segment,
    name: &str,
) -> Landing {
    Landing {
        span: segment.span.clone(),
        message: format!(
            "`{name}` is no element of a list: elements have numbers from 0, and `-1` adds one"
        ),
        help: None,
        related: related(document, written, path),
        is_fatal: true,
    }
}

fn beyond(
    document: &Document,
    written: &Written,
    path: &Path,
    segment: &Segment,
    length: usize,
) -> Landing {
    let Step::Index(index) = segment.step else {
        return no_element(document, written, path, segment, "");
    };
    let count = match length {
        0 => "the list has no elements".to_owned(),
        1 => "the list has one element, `0`".to_owned(),
        _ => format!("the list has {length} elements, up to `{}`", length - 1),
    };
    Landing {
        span: segment.span.clone(),
        message: format!("there is no element `{index}`: {count}"),
        help: Some("what lies between is filled with null".to_owned()),
        related: related(document, written, path),
        is_fatal: false,
    }
}

/// How many elements a list has when a parameter is put in: those that are written, and those that other parameters before it add.
fn added_before(
    view: &SensorView<'_>,
    at: &ParameterAt<'_>,
    list: &[Segment],
    length: usize,
) -> usize {
    let mut length = length;
    for other in beside(view, at) {
        if std::ptr::eq(other, at) {
            break;
        }
        match below(&other.parameter.dest, list)
            .first()
            .map(|segment| segment.step.clone())
        {
            Some(Step::Index(-1)) => length += 1,
            Some(Step::Index(index)) => {
                length = length.max(usize::try_from(index).unwrap_or(0).saturating_add(1));
            }
            _ => {}
        }
    }
    length
}

/// An element that a parameter adds, which has a value and no name.
fn nameless(
    view: &SensorView<'_>,
    at: &ParameterAt<'_>,
    list: &[Segment],
    rest: &[Segment],
) -> Option<Landing> {
    let is_named = list
        .last()
        .and_then(Segment::key)
        .is_some_and(|name| matches!(name, "parameters" | "params" | "env"));
    let [index, value] = rest else {
        return None;
    };
    if !is_named || value.key() != Some("value") {
        return None;
    }
    let has_name = beside(view, at).any(|other| {
        let other = below(&other.parameter.dest, list);
        matches!(&other[..], [one, name] if one.step == index.step && name.key() == Some("name"))
            || matches!(&other[..], [one] if one.step == index.step)
    });
    if has_name {
        return None;
    }
    let Step::Index(number) = index.step else {
        return None;
    };
    Some(Landing {
        span: index.span.clone(),
        message: format!("there is no element `{number}`: this adds one with a value and no name"),
        help: Some("write the element with its name in the object".to_owned()),
        related: None,
        is_fatal: true,
    })
}

/// The parameters of the same list.
fn beside<'v, 'a>(
    view: &'v SensorView<'a>,
    at: &'v ParameterAt<'a>,
) -> impl Iterator<Item = &'v ParameterAt<'a>> {
    view.parameters
        .iter()
        .filter(move |other| other.trigger == at.trigger && other.list == at.list)
}

/// What a destination has behind the names of `list`; nothing if it leads elsewhere.
fn below(dest: &str, list: &[Segment]) -> Vec<Segment> {
    let Ok(destination) = parse_destination(dest) else {
        return Vec::new();
    };
    let mut segments = destination.path.segments;
    let starts = segments.len() > list.len()
        && segments
            .iter()
            .zip(list)
            .all(|(one, other)| one.step == other.step);
    if !starts {
        return Vec::new();
    }
    segments.split_off(list.len())
}
