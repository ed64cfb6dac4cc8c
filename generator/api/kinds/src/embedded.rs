//! Where an object holds other objects.

use luban_yaml::{Document, Path};

/// The place of an object inside another.
pub(crate) struct Place {
    /// Where it stands.
    pub(crate) path: Path,
    /// Its kind where the outer object says it: an item of a `TaskList` need not.
    pub(crate) kind: Option<(String, String)>,
    /// Fields that the outer object sets before it makes the inner one: what stands there need not have their type.
    pub(crate) set: Vec<Path>,
}

/// The objects inside the object of kind `kind` that stands at `path`; not those inside these.
pub(crate) fn places(document: &Document, path: &Path, kind: &str) -> Vec<Place> {
    let spec = path.key("spec");
    match kind {
        "Sensor" => sensor(document, &spec),
        "TriggerTemplate" => resources(document, &spec),
        "Trigger" => resources(document, &spec.key("template").key("spec")),
        "EventListener" => items(document, &spec.key("triggers"))
            .flat_map(|trigger| resources(document, &trigger.key("template").key("spec")))
            .collect(),
        _ => Vec::new(),
    }
}

/// The items of a list of any kind.
pub(crate) fn of_list(
    document: &Document,
    path: &Path,
    api_version: &str,
    kind: &str,
) -> Vec<Place> {
    let of = kind.strip_suffix("List").filter(|kind| !kind.is_empty());
    items(document, &path.key("items"))
        .map(|path| Place {
            path,
            kind: of.map(|kind| (api_version.to_owned(), kind.to_owned())),
            set: Vec::new(),
        })
        .collect()
}

/// What a TriggerTemplate's spec makes.
fn resources(document: &Document, spec: &Path) -> Vec<Place> {
    items(document, &spec.key("resourcetemplates"))
        .map(|path| Place {
            path,
            kind: None,
            set: Vec::new(),
        })
        .collect()
}

/// What a Sensor's triggers make, and those that start when they fail.
fn sensor(document: &Document, spec: &Path) -> Vec<Place> {
    let mut places = Vec::new();
    for mut trigger in items(document, &spec.key("triggers")) {
        while document.has(&trigger) {
            for action in ["k8s", "argoWorkflow"] {
                let action = trigger.key("template").key(action);
                let path = action.key("source").key("resource");
                if document.has(&path) {
                    let set = items(document, &action.key("parameters"))
                        .filter_map(|parameter| {
                            let dest = document.text_at(&parameter.key("dest"))?;
                            Some(below(document, &path, dest))
                        })
                        .collect();
                    places.push(Place {
                        path,
                        kind: None,
                        set,
                    });
                }
            }
            trigger = trigger.key("dlqTrigger");
        }
    }
    places
}

/// The path that a parameter's `dest` names below `path`, as sjson reads it: words with dots between them, `\.` for a dot in a
/// word, numbers for items of a list.
fn below(document: &Document, path: &Path, dest: &str) -> Path {
    let mut words = vec![String::new()];
    let mut letters = dest.chars();
    while let Some(letter) = letters.next() {
        match (letter, words.last_mut()) {
            ('.', _) => words.push(String::new()),
            ('\\', Some(word)) => word.extend(letters.next()),
            (_, Some(word)) => word.push(letter),
            (_, None) => {}
        }
    }
    words.into_iter().fold(path.clone(), |path, word| {
        match (document.length_at(&path), word.parse()) {
            (Some(_), Ok(index)) => path.index(index),
            _ => path.key(word),
        }
    })
}

/// The items of the list at `path`.
fn items(document: &Document, path: &Path) -> impl Iterator<Item = Path> + use<> {
    let path = path.clone();
    (0..document.length_at(&path).unwrap_or(0)).map(move |index| path.index(index))
}
