//! Mistakes that people make, made in a document: a field dropped, renamed, of another type or given twice, a reference changed.

use super::chance::Chance;
use super::node::{Node, Steps};
use serde_yaml::Value;
use std::collections::{HashMap, HashSet};

/// A document with a mistake.
#[derive(Debug)]
pub(super) struct Mutant {
    /// What was done to it, and where.
    pub(super) what: String,
    /// The document.
    pub(super) text: String,
}

/// Fields whose text names something, wherever they stand.
const NAMING: [&str; 24] = [
    "artifactName",
    "clusterScope",
    "configMap",
    "dependencies",
    "depends",
    "dependencyName",
    "entrypoint",
    "eventBusName",
    "eventName",
    "eventSourceName",
    "from",
    "inline",
    "key",
    "kind",
    "name",
    "onExit",
    "parameterName",
    "ref",
    "runAfter",
    "secretName",
    "serviceAccountName",
    "template",
    "value",
    "workspace",
];

/// Up to `count` mutants of `document`, no two the same.
pub(super) fn mutants(document: &Node, count: usize, chance: &mut Chance) -> Vec<Mutant> {
    let places: Vec<Steps> = document.places();
    // An object of another kind, or of none, is another document.
    let places: Vec<Steps> = places
        .into_iter()
        .filter(|steps| {
            !(matches!(
                document.shown(steps).as_str(),
                "apiVersion" | "kind" | "metadata"
            ))
        })
        .collect();
    let references = references(document, &places);
    let mut seen = HashSet::new();
    let mut mutants = Vec::new();
    // A small document has fewer mutants than are asked for.
    for _ in 0..count * 3 {
        if mutants.len() == count {
            break;
        }
        if let Some(mutant) = mutant(document, &places, &references, chance)
            && seen.insert(mutant.text.clone())
        {
            mutants.push(mutant);
        }
    }
    mutants
}

fn mutant(
    document: &Node,
    places: &[Steps],
    references: &[Steps],
    chance: &mut Chance,
) -> Option<Mutant> {
    let mut changed = document.clone();
    let way = chance.below(7);
    let place = chance.of(if way >= 5 { references } else { places })?;
    let what = match way {
        0 => drop_at(&mut changed, place),
        1 => rename(&mut changed, place, chance),
        2 | 3 => retype(&mut changed, place, chance),
        4 => duplicate(&mut changed, place),
        _ => refer(&mut changed, place, references, chance),
    }?;
    let text = luban_yaml::to_string(&changed).ok()?;
    let what = format!("`{}` {what}", document.shown(place));
    (changed != *document).then_some(Mutant { what, text })
}

/// Places of texts that name something: that hold a variable, stand elsewhere too, or are in a field that names.
fn references(document: &Node, places: &[Steps]) -> Vec<Steps> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let text_at = |steps: &Steps| document.at(steps).and_then(Node::as_text);
    for text in places.iter().filter_map(text_at) {
        *counts.entry(text).or_default() += 1;
    }
    let is_reference = |steps: &&Steps| {
        let Some(text) = text_at(steps) else {
            return false;
        };
        let key = steps.split_last().and_then(|(last, above)| {
            let above_that = above.split_last();
            let own = document.at(above)?.key(*last);
            own.or_else(|| {
                let (last, above) = above_that?;
                document.at(above)?.key(*last)
            })
        });
        text.contains("{{")
            || text.contains("$(")
            || counts.get(text).is_some_and(|count| *count > 1)
            || key.is_some_and(|key| NAMING.contains(&key))
    };
    places.iter().filter(is_reference).cloned().collect()
}

fn drop_at(document: &mut Node, place: &[usize]) -> Option<String> {
    let (last, above) = place.split_last()?;
    match document.at_mut(above)? {
        Node::List(items) => drop(items.remove(*last)),
        Node::Map(fields) => drop(fields.remove(*last)),
        Node::Scalar(_) => return None,
    }
    Some("dropped".to_owned())
}

/// Misspells a field, or calls it by the name of another.
fn rename(document: &mut Node, place: &[usize], chance: &mut Chance) -> Option<String> {
    let (last, above) = place.split_last()?;
    let names: Vec<String> = document
        .places()
        .iter()
        .filter_map(|steps| {
            let (last, above) = steps.split_last()?;
            Some(document.at(above)?.key(*last)?.to_owned())
        })
        .collect();
    let Node::Map(fields) = document.at_mut(above)? else {
        return None;
    };
    let (name, _) = fields.get_mut(*last)?;
    let new = match chance.below(4) {
        0 => chance.of(&names)?.clone(),
        1 => swapped(name, chance),
        _ => misspelt(name, chance),
    };
    *name = new;
    Some(format!("renamed to `{name}`"))
}

/// A letter less, twice, or another one.
fn misspelt(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return "x".to_owned();
    }
    let at = chance.below(letters.len());
    let Some(letter) = letters.get_mut(at) else {
        return text.to_owned();
    };
    match chance.below(3) {
        0 => *letter = if *letter == 'q' { 'z' } else { 'q' },
        1 => {
            let letter = *letter;
            letters.insert(at, letter);
        }
        _ => drop(letters.remove(at)),
    }
    letters.into_iter().collect()
}

/// Two neighbouring letters the other way round.
fn swapped(text: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() > 1 {
        let at = chance.below(letters.len() - 1);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn retype(document: &mut Node, place: &[usize], chance: &mut Chance) -> Option<String> {
    let node = document.at_mut(place)?;
    let before = node.clone();
    let number = |number: i64| Node::Scalar(number.into());
    let mut others = vec![
        Node::Scalar(Value::Null),
        Node::text(""),
        Node::text("some text"),
        Node::Scalar(true.into()),
        number(7),
        number(-1),
        Node::Scalar(1.5.into()),
        Node::List(Vec::new()),
        Node::Map(Vec::new()),
        Node::List(vec![before.clone()]),
        Node::Map(vec![("name".to_owned(), before.clone())]),
    ];
    match before {
        Node::List(items) => others.extend(items.into_iter().next()),
        Node::Map(fields) => others.extend(fields.into_iter().next().map(|(_, value)| value)),
        Node::Scalar(Value::Number(number)) => others.push(Node::text(&number.to_string())),
        Node::Scalar(Value::Bool(is_so)) => others.push(Node::text(&is_so.to_string())),
        Node::Scalar(_) => {}
    }
    *node = chance.of(&others)?.clone();
    let new = serde_json::to_string(node).ok()?;
    let shown: String = new.chars().take(60).collect();
    Some(format!("made `{shown}`"))
}

fn duplicate(document: &mut Node, place: &[usize]) -> Option<String> {
    let (last, above) = place.split_last()?;
    match document.at_mut(above)? {
        Node::List(items) => items.insert(*last, items.get(*last)?.clone()),
        Node::Map(fields) => fields.insert(*last, fields.get(*last)?.clone()),
        Node::Scalar(_) => return None,
    }
    Some("given twice".to_owned())
}

/// Makes a text name something else: misspelt, a part of a variable misspelt, or what is named elsewhere.
fn refer(
    document: &mut Node,
    place: &[usize],
    references: &[Steps],
    chance: &mut Chance,
) -> Option<String> {
    let other = document
        .at(chance.of(references)?)?
        .as_text()
        .unwrap_or_default()
        .to_owned();
    let node = document.at_mut(place)?;
    let text = node.as_text()?.to_owned();
    let new = match (variable(&text, chance), chance.below(4)) {
        (_, 0) => other,
        (Some((before, inside, after)), 1..=2) => {
            format!("{before}{}{after}", misspelt(inside, chance))
        }
        _ => misspelt(&text, chance),
    };
    let shown: String = new.chars().take(80).collect();
    *node = Node::text(&new);
    Some(format!("made to refer to {shown:?}"))
}

/// One of the variables of a text: what stands before, in and after it.
fn variable<'a>(text: &'a str, chance: &mut Chance) -> Option<(&'a str, &'a str, &'a str)> {
    let mut found = Vec::new();
    for (open, close) in [("{{", "}}"), ("$(", ")")] {
        for (at, _) in text.match_indices(open) {
            let start = at + open.len();
            if let Some(length) = text.get(start..).and_then(|rest| rest.find(close)) {
                found.push((start, start + length));
            }
        }
    }
    let (start, end) = *chance.of(&found)?;
    Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "apiVersion: v1\nkind: Task\nmetadata: {name: t}\nspec:\n  entrypoint: main\n  templates:\n  \
                            - {name: main, args: ['{{inputs.parameters.x}}', 3, true]}\n";

    fn of(seed: u64) -> Vec<Mutant> {
        let document = Node::read(DOCUMENT).unwrap();
        mutants(&document, 40, &mut Chance::new(seed, "document"))
    }

    #[test]
    fn a_seed_makes_the_same_mutants_and_another_makes_others() {
        let texts = |seed| {
            of(seed)
                .into_iter()
                .map(|mutant| mutant.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(1), texts(1));
        assert_ne!(texts(1), texts(2));
    }

    #[test]
    fn every_kind_of_mistake_is_made() {
        let whats: Vec<String> = of(1).into_iter().map(|mutant| mutant.what).collect();
        for way in [
            "dropped",
            "renamed to",
            "made `",
            "given twice",
            "made to refer to",
        ] {
            assert!(
                whats.iter().any(|what| what.contains(way)),
                "{way}: {whats:#?}"
            );
        }
    }

    #[test]
    fn a_mutant_is_still_an_object_of_its_kind() {
        for mutant in of(3) {
            let node = Node::read(&mutant.text).unwrap_or_else(|_| Node::read(DOCUMENT).unwrap());
            assert_eq!(node.text_at(&["kind"]), Some("Task"), "{}", mutant.what);
        }
    }
}
