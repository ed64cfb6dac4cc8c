//! Ways into contents: JSON pointers of JSON 6902 patches, and field paths of replacements.

use luban_yaml::{Document, Path};

/// The steps of a JSON pointer, without escapes; none if it does not begin with `/`.
pub(super) fn steps(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let rest = pointer.strip_prefix('/')?;
    Some(
        rest.split('/')
            .map(|step| step.replace("~1", "/").replace("~0", "~"))
            .collect(),
    )
}

/// How far a way leads.
pub(super) enum Reached {
    /// To its end.
    End(Path),
    /// To a value that lacks this step, which is that many steps from the start.
    Missing(usize),
}

/// Goes a way from a value.
pub(super) fn follow(document: &Document, from: &Path, steps: &[String]) -> Reached {
    let mut at = from.clone();
    for (count, step) in steps.iter().enumerate() {
        let next = match document.length_at(&at) {
            Some(length) => step
                .parse()
                .ok()
                .filter(|index| *index < length)
                .map(|index: usize| at.index(index)),
            None => Some(at.key(step)).filter(|next| document.has(next)),
        };
        match next {
            Some(next) => at = next,
            None => return Reached::Missing(count),
        }
    }
    Reached::End(at)
}

/// Why an operation cannot be applied, if its content is what the document says: the step that fails, and in which words.
pub(super) fn fault(
    document: &Document,
    from: &Path,
    operation: &str,
    steps: &[String],
) -> Option<String> {
    let (last, parents) = steps.split_last()?;
    let shown = |count: usize| format!("/{}", steps.get(..count).unwrap_or_default().join("/"));
    let parent = match follow(document, from, parents) {
        Reached::End(parent) => parent,
        Reached::Missing(count) => return Some(format!("there is no `{}`", shown(count + 1))),
    };
    let length = document.length_at(&parent);
    let is_container = length.is_some() || document.text_at(&parent).is_none();
    if !is_container {
        return Some(format!(
            "`{}` holds no fields and no items",
            shown(parents.len())
        ));
    }
    if operation == "add" {
        let length = length?;
        let index = match last.as_str() {
            "-" => return None,
            last => last.parse::<usize>().ok(),
        };
        // Negative indices count from the end.
        if last.starts_with('-') {
            return None;
        }
        return match index {
            None => Some(format!(
                "`{}` is a list: `{last}` is no index of it",
                shown(parents.len())
            )),
            Some(index) if index > length => Some(format!(
                "`{}` has only {length} items",
                shown(parents.len())
            )),
            Some(_) => None,
        };
    }
    // A field that is replaced need not be there; an item must.
    let is_made = operation == "replace" && length.is_none();
    if is_made || length.is_some() && last.starts_with('-') && last != "-" {
        return None;
    }
    match follow(document, &parent, std::slice::from_ref(last)) {
        Reached::End(_) => None,
        Reached::Missing(_) => Some(format!("there is no `{}`", shown(steps.len()))),
    }
}

/// The steps of a field path that consists of plain names; none of one with lists, conditions or wildcards.
pub(super) fn plain_fields(path: &str) -> Option<Vec<String>> {
    let is_plain = !path.is_empty() && !path.contains(['[', ']', '*', '\\', '"', '\'', '/']);
    is_plain.then(|| path.split('.').map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::{fault, steps};
    use luban_yaml::{Budget, Path, parse};

    #[test]
    fn operations_need_what_they_change() {
        let yaml = b"spec: {replicas: 1, containers: [{name: a}], empty: }\n";
        let document = parse("a.yaml", yaml, &Budget::default()).unwrap().remove(0);
        for (operation, pointer, is_fine) in [
            ("replace", "/spec/replicas", true),
            ("replace", "/spec/replica", true),
            ("replace", "/spce/replicas", false),
            ("replace", "/spec/containers/1", false),
            ("remove", "/spec/replica", false),
            ("add", "/spec/new", true),
            ("add", "/spec/new/below", false),
            ("add", "/spec/containers/-", true),
            ("add", "/spec/containers/1", true),
            ("add", "/spec/containers/2", false),
            ("add", "/spec/containers/x", false),
            ("add", "/spec/replicas/x", false),
            ("remove", "/spec/containers/0/name", true),
            ("remove", "/spec/containers/1", false),
            ("replace", "/spec/containers/-1", true),
        ] {
            let steps = steps(pointer).unwrap();
            let fault = fault(&document, &Path::root(), operation, &steps);
            assert_eq!(fault.is_none(), is_fine, "{operation} {pointer}: {fault:?}");
        }
    }
}
