//! The layout of a crate, in lines:
//!
//! ```text
//! list tekton-v1.txt                   a field list of LUBAN_FIELDS
//! use luban_api_tekton Param           structs that another crate has
//! prefix v1.                           what definitions' names start with, from here on
//! group tekton.dev v1                  group and version of the kinds that follow
//! file task.rs | What the file holds.
//! kind Task tasks namespaced | One line about it. | spec!
//! Step | One line about it. | name image! -removed timeout:string
//! Env = application.spec.env | One line about it. |
//! + Own | A definition (or `+ kind`) that no list has. | name! labels:map[string]string
//! . onError = What the field of the struct above is for.
//! . Step.onError = The same, of a struct further up.
//! module v1beta1                       the Rust module that the files from here on are in
//! same Param = v1beta1.Param           a definition that the struct of another one serves as well
//! ```
//!
//! A layout is one file, or a folder whose files are read in order of their names.
//!
//! Field tokens give the order; fields of the list that no token names follow in the list's order. `name!` is
//! required (a missing one is read as upstream's decoder reads it, as the empty value, and always written),
//! `name?` an optional list or map whose emptiness means something, `-name` is left out, `+name` is added (upstream
//! embeds it), `name:type` has another type.
//! Types: `string`, `boolean`, `integer`, `int32`, `number`,
//! `any`, `object` (embedded), `intstr`, `quantity`, `time`, `anystring`, `core.Volume`, another definition, `[]T`, `map[string]T`, `*T` (boxed).

use std::collections::BTreeMap;

/// What a crate holds.
pub(crate) struct Layout {
    pub(crate) lists: Vec<String>,
    /// The crate of each struct that another crate has.
    pub(crate) elsewhere: BTreeMap<String, String>,
    pub(crate) files: Vec<File>,
    /// Definitions beside the struct that serves them too.
    pub(crate) same: Vec<Same>,
}

/// A definition whose fields are those of a struct that is made from another.
pub(crate) struct Same {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) definition: String,
}

/// A file of the crate.
pub(crate) struct File {
    pub(crate) path: String,
    /// The module that the file's structs are offered from; empty for the crate itself.
    pub(crate) module: String,
    pub(crate) doc: String,
    pub(crate) items: Vec<Item>,
}

/// A struct of a file.
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) doc: String,
    /// The upstream definition; none for a definition that no list has.
    pub(crate) definition: Option<String>,
    pub(crate) kind: Option<Kind>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) docs: BTreeMap<String, String>,
}

/// What makes a struct a kind.
pub(crate) struct Kind {
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) plural: String,
    pub(crate) scope: String,
}

/// One word of a struct's field order.
pub(crate) struct Token {
    pub(crate) name: String,
    pub(crate) presence: Presence,
    pub(crate) type_name: Option<String>,
    /// The list lacks the field: upstream embeds it.
    pub(crate) added: bool,
}

/// Whether a field may be missing.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Presence {
    Optional,
    Required,
    /// An empty list or map differs from a missing one.
    Explicit,
    Removed,
}

/// Phrases for fields that many definitions share.
pub(crate) struct Phrases(pub(crate) BTreeMap<String, String>);

impl Phrases {
    /// Reads `field = phrase` lines.
    pub(crate) fn parse(text: &str) -> Result<Phrases, Vec<String>> {
        let mut phrases = BTreeMap::new();
        let mut errors = Vec::new();
        for line in lines(text) {
            match line.split_once(" = ") {
                Some((field, phrase)) => {
                    if phrases
                        .insert(field.trim().to_owned(), phrase.trim().to_owned())
                        .is_some()
                    {
                        errors.push(format!("fields.txt: `{}` has two phrases", field.trim()));
                    }
                }
                None => errors.push(format!("fields.txt: `{line}` is no `field = phrase`")),
            }
        }
        if errors.is_empty() {
            Ok(Phrases(phrases))
        } else {
            Err(errors)
        }
    }
}

impl Layout {
    /// Reads a layout; all errors at once.
    pub(crate) fn parse(crate_name: &str, text: &str) -> Result<Layout, Vec<String>> {
        let mut layout = Layout {
            lists: Vec::new(),
            elsewhere: BTreeMap::new(),
            files: Vec::new(),
            same: Vec::new(),
        };
        let mut errors = Vec::new();
        let mut module = String::new();
        let (mut prefix, mut group, mut version) = (String::new(), String::new(), String::new());
        for line in lines(text) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "list" => layout.lists.push(rest.to_owned()),
                "use" => {
                    let mut words = rest.split_whitespace().map(str::to_owned);
                    let path = words.next().unwrap_or_default();
                    let names = words.map(|name| (name, path.clone()));
                    layout.elsewhere.extend(names);
                }
                "prefix" => prefix = rest.to_owned(),
                "module" => module = rest.to_owned(),
                "same" => match rest.split_once(" = ") {
                    Some((name, definition)) => layout.same.push(Same {
                        module: module.clone(),
                        name: name.to_owned(),
                        definition: definition.to_owned(),
                    }),
                    None => errors.push(format!("{crate_name}: `{line}` names no definition")),
                },
                "group" => match rest.split_once(' ') {
                    Some((name, number)) => (group, version) = (name.to_owned(), number.to_owned()),
                    None => errors.push(format!("{crate_name}: `{line}` names no version")),
                },
                "file" => {
                    let (path, doc) = rest.split_once(" | ").unwrap_or((rest, ""));
                    let file = File {
                        path: path.to_owned(),
                        module: module.clone(),
                        doc: doc.to_owned(),
                        items: Vec::new(),
                    };
                    layout.files.push(file);
                }
                "." => {
                    let described = rest.split_once(" = ").and_then(|(path, phrase)| {
                        let files = layout.files.iter_mut().rev();
                        let mut items = files
                            .filter(|file| file.module == module)
                            .flat_map(|file| file.items.iter_mut().rev());
                        let (item, field) = match path.trim().split_once('.') {
                            Some((owner, field)) => (items.find(|item| item.name == owner)?, field),
                            None => (items.next()?, path.trim()),
                        };
                        Some(
                            item.docs
                                .insert(field.to_owned(), phrase.trim().to_owned())
                                .is_none(),
                        )
                    });
                    if described != Some(true) {
                        errors.push(format!(
                            "{crate_name}: `{line}` describes no field, or one that has a phrase"
                        ));
                    }
                }
                _ => match (
                    layout.files.last_mut(),
                    Item::parse(line, &prefix, &group, &version),
                ) {
                    (Some(file), Some(item)) => file.items.push(item),
                    _ => errors.push(format!("{crate_name}: cannot read `{line}`")),
                },
            }
        }
        if errors.is_empty() {
            Ok(layout)
        } else {
            Err(errors)
        }
    }
}

impl Item {
    fn parse(line: &str, prefix: &str, group: &str, version: &str) -> Option<Item> {
        let mut parts = line.splitn(3, '|').map(str::trim);
        let (head, doc, tokens) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
        let mut words: Vec<&str> = head.split_whitespace().collect();
        let own = words.first() == Some(&"+");
        if own {
            words.remove(0);
        }
        let (name, definition, kind) = match *words.as_slice() {
            ["kind", name, plural, scope] => {
                let kind = Kind {
                    group: group.to_owned(),
                    version: version.to_owned(),
                    plural: plural.to_owned(),
                    scope: scope.to_owned(),
                };
                (name, format!("{prefix}{name}"), Some(kind))
            }
            [name, "=", definition] => (name, definition.to_owned(), None),
            [name] => (name, format!("{prefix}{name}"), None),
            _ => return None,
        };
        Some(Item {
            name: name.to_owned(),
            doc: doc.to_owned(),
            definition: (!own).then_some(definition),
            kind,
            tokens: tokens.split_whitespace().map(Token::parse).collect(),
            docs: BTreeMap::new(),
        })
    }
}

impl Token {
    fn parse(word: &str) -> Token {
        let (name, type_name) = match word.split_once(':') {
            Some((name, type_name)) => (name, Some(type_name.to_owned())),
            None => (word, None),
        };
        let (name, added) = match name.strip_prefix('+') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let (name, presence) = if let Some(name) = name.strip_prefix('-') {
            (name, Presence::Removed)
        } else if let Some(name) = name.strip_suffix('!') {
            (name, Presence::Required)
        } else if let Some(name) = name.strip_suffix('?') {
            (name, Presence::Explicit)
        } else {
            (name, Presence::Optional)
        };
        Token {
            name: name.to_owned(),
            presence,
            type_name,
            added,
        }
    }
}

/// The lines that say something.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
