//! The set of objects that is checked: read, and found by name.

use std::cmp::Ordering;
use std::collections::hash_map::Entry as HashEntry;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use luban_api::{KindName, Object};
use luban_diagnostic::{Finding, did_you_mean};
use luban_yaml::{Document, Path};
use rayon::prelude::*;

use crate::access::Rights;
use crate::fault::Faults;
use crate::kustomize::{self, Kustomize};
use crate::kustomized::Kustomized;
use crate::references::{Called, Universe};

/// The namespace of objects that name none.
const DEFAULT_NAMESPACE: &str = "default";

/// An object in its document.
#[derive(Debug)]
pub struct Entry {
    /// The document that it stands in.
    pub document: Arc<Document>,
    /// Where it stands there: the root, or an item of a List.
    pub path: Path,
    /// What it says it is.
    pub name: KindName,
    /// The object; none if it could not be made.
    pub object: Option<Object>,
    /// Whether it is only there to be referred to.
    pub is_given_apart: bool,
    /// Whether it stands inside an object that makes it later.
    pub is_template: bool,
    /// Whether it is no object but changes one: a kustomization has its file as a patch.
    pub is_patch: bool,
    /// What the reader found in the whole document.
    pub(crate) reading: Arc<[Finding]>,
}

impl Entry {
    /// Its name; empty for one whose name is generated.
    #[must_use]
    pub fn object_name(&self) -> &str {
        match self.metadata() {
            Some(metadata) => metadata.name.as_deref().unwrap_or_default(),
            None => {
                let path = self.path.key("metadata").key("name");
                self.document.text_at(&path).unwrap_or_default()
            }
        }
    }

    /// Its namespace, or the one that is meant where none is named.
    #[must_use]
    pub fn namespace(&self) -> &str {
        let namespace = self
            .metadata()
            .and_then(|metadata| metadata.namespace.as_deref());
        namespace
            .filter(|namespace| !namespace.is_empty())
            .unwrap_or(DEFAULT_NAMESPACE)
    }

    /// The last key on the way to `path` that exists, or the object's first key.
    pub(crate) fn key_or_head(&self, path: &Path) -> Option<luban_diagnostic::Place> {
        let has_key = path
            .get(..=self.path.len())
            .is_some_and(|first| self.document.has(first));
        if has_key {
            self.document.locate_key(path)
        } else {
            self.document.locate_head(&self.path)
        }
    }

    /// What the reader said of a field of the mapping `path` that is probably `field`, misspelt.
    pub(crate) fn misspelt(&self, path: &Path, field: &str) -> Option<&str> {
        let dot = if path.is_empty() { "" } else { "." };
        let unknown = format!("unknown field `{path}{dot}");
        let meant = format!("(did you mean `{field}`?)");
        let mut messages = self.reading.iter().map(|finding| finding.message.as_str());
        messages.find(|message| message.starts_with(&unknown) && message.ends_with(&meant))
    }

    pub(crate) fn metadata(&self) -> Option<&luban_api_core::ObjectMeta> {
        self.object.as_ref()?.metadata()
    }
}

/// Objects, by `apiVersion`, kind, namespace and name.
#[derive(Debug, Default)]
pub struct Objects {
    entries: Vec<Entry>,
    index: HashMap<String, usize>,
    /// The others of names that several objects have, in the order of the documents.
    twins: HashMap<String, Vec<usize>>,
    /// Names by kind and namespace, in the order of the documents.
    names: HashMap<(String, String), Vec<usize>>,
    /// Why files are not among the documents.
    pub(crate) refused: Vec<Finding>,
    /// What exists, for references; made when it is first asked for.
    universe: OnceLock<Universe>,
    /// Looked for when it is first asked for.
    kustomized: OnceLock<Kustomized>,
    rights: OnceLock<Rights>,
    /// Every file that exists beside those of the documents, if that is known.
    files: Option<BTreeSet<String>>,
    kustomize: OnceLock<Kustomize>,
    argo_cd: OnceLock<Faults>,
}

impl Objects {
    /// Reads documents as the kinds that they are.
    #[must_use]
    pub fn new(documents: Vec<Document>) -> Self {
        let mut objects = Self::default();
        objects.add(documents, false);
        objects
    }

    /// With objects that exist elsewhere, such as in the cluster: references find them, and they are not checked themselves.
    #[must_use]
    pub fn with_given(mut self, documents: Vec<Document>) -> Self {
        self.add(documents, true);
        self
    }

    /// With what is wrong with files of which no document could be made: it is among what [`check`](crate::check) finds.
    #[must_use]
    pub fn with_refused(mut self, findings: Vec<Finding>) -> Self {
        self.refused.extend(findings);
        self
    }

    /// Told which files there are beside those of the documents, by paths that begin where those of the documents do: a path that
    /// leads to none is wrong for certain then.
    #[must_use]
    pub fn with_files(mut self, files: impl IntoIterator<Item = String>) -> Self {
        let files = files.into_iter().map(|file| kustomize::normal(&file));
        self.files.get_or_insert_default().extend(files);
        self
    }

    /// Every file beside those of the documents, if it was told.
    pub(crate) fn files(&self) -> Option<&BTreeSet<String>> {
        self.files.as_ref()
    }

    /// What the kustomizations make of the documents.
    pub(crate) fn kustomize(&self) -> &Kustomize {
        self.kustomize.get_or_init(|| Kustomize::new(self))
    }

    /// What is wrong between applications, their projects and what they bring.
    pub(crate) fn argo_cd(&self) -> &Faults {
        self.argo_cd.get_or_init(|| crate::argo_cd::faults(self))
    }

    fn add(&mut self, documents: Vec<Document>, is_given_apart: bool) {
        let mut read: Vec<Vec<Entry>> = documents
            .into_par_iter()
            .map(|document| entries(document, is_given_apart))
            .collect();
        let patches = kustomize::patch_files(read.iter().flatten());
        if !patches.is_empty() {
            for entry in read.iter_mut().flatten() {
                entry.is_patch = patches.contains(&kustomize::normal(entry.document.file()));
            }
        }
        for entry in read.into_iter().flatten() {
            if let Some(key) = key_of(&entry) {
                // Of two objects of one name the first counts, and one that is checked before one that is given.
                let at = self.entries.len();
                match self.index.entry(key) {
                    HashEntry::Vacant(place) => {
                        place.insert(at);
                    }
                    HashEntry::Occupied(first) => {
                        self.twins.entry(first.key().clone()).or_default().push(at);
                    }
                }
            }
            let object = entry.object.as_ref().filter(|_| !entry.is_patch);
            if let Some(row) = object.and_then(Object::row) {
                let namespace = if row.is_namespaced {
                    entry.namespace()
                } else {
                    ""
                };
                let group = (row.name.to_owned(), namespace.to_owned());
                self.names
                    .entry(group)
                    .or_default()
                    .push(self.entries.len());
            }
            self.entries.push(entry);
        }
    }

    /// All objects, in the order of the documents.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What Kustomize will change in them.
    pub(crate) fn kustomized(&self) -> &Kustomized {
        self.kustomized
            .get_or_init(|| Kustomized::new(&self.entries))
    }

    /// The object of that name; `namespace` is empty for kinds of the whole cluster.
    #[must_use]
    pub fn find(
        &self,
        api_version: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<&Entry> {
        let at = self.position(api_version, kind, namespace, name)?;
        self.entries.get(at)
    }

    pub(crate) fn position(
        &self,
        api_version: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<usize> {
        self.index
            .get(&key(api_version, kind, namespace, name))
            .copied()
    }

    /// What exists, and where it ends up.
    pub(crate) fn universe(&self) -> &Universe {
        self.universe.get_or_init(|| Universe::new(&self.entries))
    }

    /// What ServiceAccounts may do.
    pub(crate) fn rights(&self) -> &Rights {
        self.rights.get_or_init(|| Rights::new(self))
    }

    /// What a call leads to: the object of that kind and name in a namespace, or in one that nobody says.
    pub(crate) fn called(&self, kind: &str, namespace: &str, name: &str) -> Called<'_> {
        self.universe().called(&self.entries, kind, namespace, name)
    }

    /// The objects inside the one at `position` that it makes later, with their positions.
    pub(crate) fn inside(&self, position: usize) -> impl Iterator<Item = (usize, &Entry)> {
        let outer = self.entries.get(position);
        let after = self.entries.iter().enumerate().skip(position + 1);
        after.take_while(move |(_, inner)| {
            outer.is_some_and(|outer| {
                Arc::ptr_eq(&outer.document, &inner.document)
                    && inner.is_template
                    && inner.path.starts_with(&outer.path)
            })
        })
    }

    /// The object of that name; of several, as examples in one folder have them, the one whose file is nearest to `from`. The
    /// inner option is empty if several are equally near, so that nobody knows which is meant.
    pub(crate) fn find_near(
        &self,
        from: &Entry,
        api_version: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<Option<&Entry>> {
        let key = key(api_version, kind, namespace, name);
        let first = self.entries.get(*self.index.get(&key)?)?;
        let twins = self.twins.get(&key).into_iter().flatten();
        let mut nearest = (Some(first), common(from, first));
        for twin in twins.filter_map(|at| self.entries.get(*at)) {
            let length = common(from, twin);
            match length.cmp(&nearest.1) {
                Ordering::Greater => nearest = (Some(twin), length),
                Ordering::Equal => nearest.0 = None,
                Ordering::Less => {}
            }
        }
        Some(nearest.0)
    }

    /// The objects of a kind in a namespace, in the order of the documents; `namespace` is empty for kinds of the whole cluster.
    pub(crate) fn of_kind(&self, kind: &str, namespace: &str) -> impl Iterator<Item = &Entry> {
        let group = (kind.to_owned(), namespace.to_owned());
        let entries = self.names.get(&group).into_iter().flatten();
        entries.filter_map(|at| self.entries.get(*at))
    }

    /// The object of a kind whose name is probably meant; `namespace` is empty for kinds of the whole cluster.
    pub(crate) fn nearest(&self, kind: &str, namespace: &str, name: &str) -> Option<&str> {
        // A comparison costs a microsecond, and there may be thousands of names: a slip leaves the length nearly as it is, and
        // the beginning or the end.
        const MOST: usize = 100;
        let group = (kind.to_owned(), namespace.to_owned());
        let entries = self.names.get(&group)?.iter();
        let names = entries.filter_map(|at| self.entries.get(*at).map(Entry::object_name));
        let is_near = |other: &&str| {
            let (other, name) = (other.as_bytes(), name.as_bytes());
            other.len().abs_diff(name.len()) <= 3
                && (other.iter().take(3).eq(name.iter().take(3))
                    || other.iter().rev().take(3).eq(name.iter().rev().take(3)))
        };
        did_you_mean(name, names.filter(is_near).take(MOST))
    }
}

/// How much the files of two objects have in common: the folders on the way to them, and all if it is one file.
fn common(one: &Entry, other: &Entry) -> usize {
    let (one, other) = (one.document.file(), other.document.file());
    if one == other {
        return usize::MAX;
    }
    let pairs = one.split('/').zip(other.split('/'));
    pairs.take_while(|(one, other)| one == other).count()
}

fn key(api_version: &str, kind: &str, namespace: &str, name: &str) -> String {
    [api_version, kind, namespace, name].join("\n")
}

fn key_of(entry: &Entry) -> Option<String> {
    let object = entry
        .object
        .as_ref()
        .filter(|_| !entry.is_template && !entry.is_patch)?;
    let row = object.row()?;
    let name = entry.object_name();
    if name.is_empty() {
        return None;
    }
    let namespace = if row.is_namespaced {
        entry.namespace()
    } else {
        ""
    };
    Some(key(row.api_version, row.name, namespace, name))
}

fn entries(document: Document, is_given_apart: bool) -> Vec<Entry> {
    let read = luban_api::read(&document);
    let document = Arc::new(document);
    let reading: Arc<[Finding]> = read.findings.into();
    let is_list = matches!(read.object, Some(Object::List(_)));
    let mut entries = vec![Entry {
        document: Arc::clone(&document),
        path: Path::root(),
        name: read.name,
        object: read.object,
        is_given_apart,
        is_template: false,
        is_patch: false,
        reading: Arc::clone(&reading),
    }];
    entries.extend(read.inner.into_iter().map(|inner| Entry {
        document: Arc::clone(&document),
        path: inner.path,
        name: inner.name,
        object: inner.object,
        is_given_apart,
        is_template: !is_list,
        is_patch: false,
        reading: Arc::clone(&reading),
    }));
    entries
}
