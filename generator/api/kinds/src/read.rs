//! From a document to an object.

use luban_api_core::k8s_openapi::Resource;
use luban_api_kustomize::{Component, Kustomization};
use luban_diagnostic::{Finding, sort_findings};
use luban_yaml::{Document, Path, read_at};

use crate::embedded::{self, Place};
use crate::{Kind, KindName, List, Object, Unknown};

/// What a document turned out to be.
#[derive(Debug)]
pub struct Read {
    /// What it says it is; both empty for a document that is no object.
    pub name: KindName,
    /// The object; none if it could not be made. With findings of severity error it may hold neutral values in the place of
    /// wrong ones.
    pub object: Option<Object>,
    /// The objects inside it, outer ones first.
    pub inner: Vec<Inner>,
    /// All that is wrong with it and with the objects inside it, sorted by place.
    pub findings: Vec<Finding>,
}

/// An object inside another.
#[derive(Debug)]
pub struct Inner {
    /// Where in the document it stands.
    pub path: Path,
    /// What it says it is.
    pub name: KindName,
    /// The object; none if it could not be made.
    pub object: Option<Object>,
}

/// Reads a document as the kind that it says it is, and the objects inside it as theirs, strictly.
///
/// A kind that is not in the table becomes [`Object::Unknown`] without a finding. A file called `kustomization.yaml` may leave
/// `apiVersion` and `kind` out.
#[must_use]
pub fn read(document: &Document) -> Read {
    let root = Path::root();
    let name = implied(document).unwrap_or_else(|| name_at(document, &root));
    let mut reading = Reading {
        document,
        inner: Vec::new(),
        findings: document.findings().to_vec(),
    };
    let place = Place {
        path: root,
        kind: Some((name.api_version.clone(), name.kind.clone())),
        set: Vec::new(),
    };
    let (name, object) = reading.object(&place);
    let Reading {
        inner,
        mut findings,
        ..
    } = reading;
    sort_findings(&mut findings);
    findings.dedup();
    Read {
        name,
        object,
        inner,
        findings,
    }
}

struct Reading<'a> {
    document: &'a Document,
    inner: Vec<Inner>,
    findings: Vec<Finding>,
}

impl Reading<'_> {
    /// Reads one object and those inside it.
    fn object(&mut self, place: &Place) -> (KindName, Option<Object>) {
        let document = self.document;
        let mut name = name_at(document, &place.path);
        if let Some((api_version, kind)) = &place.kind {
            if name.api_version.is_empty() {
                name.api_version.clone_from(api_version);
            }
            if name.kind.is_empty() {
                name.kind.clone_from(kind);
            }
        }
        let known = Kind::of(&name.api_version, &name.kind);
        let (object, findings, inside) = match known {
            Some(kind) => {
                let (object, findings) = (kind.read)(document, &place.path);
                let inside = embedded::places(document, &place.path, kind.name);
                (object, findings, inside)
            }
            None if is_list(document, &place.path, &name) => {
                let (list, findings) = read_at::<List>(document, &place.path);
                let inside =
                    embedded::of_list(document, &place.path, &name.api_version, &name.kind);
                (
                    list.map(|list| Object::List(Box::new(list))),
                    findings,
                    inside,
                )
            }
            None => {
                let (value, findings) = read_at(document, &place.path);
                let object = value.map(|value| Object::Unknown(Box::new(Unknown(value))));
                (object, findings, Vec::new())
            }
        };
        let set: Vec<_> = place
            .set
            .iter()
            .filter_map(|path| document.locate(path))
            .collect();
        self.findings.extend(findings.into_iter().filter(|finding| {
            let is_set = finding
                .place
                .as_ref()
                .is_some_and(|place| set.contains(place));
            !(finding.rule == "wrong-type" && is_set)
        }));
        for place in inside {
            let (name, object) = self.object(&place);
            self.inner.push(Inner {
                path: place.path,
                name,
                object,
            });
        }
        (name, object)
    }
}

fn name_at(document: &Document, path: &Path) -> KindName {
    let text = |key| {
        document
            .text_at(&path.key(key))
            .unwrap_or_default()
            .to_owned()
    };
    KindName {
        api_version: text("apiVersion"),
        kind: text("kind"),
    }
}

/// What a kustomization is called by the name of its file.
fn implied(document: &Document) -> Option<KindName> {
    let file = document.file().rsplit(['/', '\\']).next()?;
    if !matches!(
        file,
        "kustomization.yaml" | "kustomization.yml" | "Kustomization"
    ) {
        return None;
    }
    let mut name = name_at(document, &Path::root());
    if name.kind.is_empty() {
        name.kind = Kustomization::KIND.to_owned();
    }
    if name.api_version.is_empty() {
        let api_version = match name.kind.as_str() {
            Component::KIND => Component::API_VERSION,
            _ => Kustomization::API_VERSION,
        };
        name.api_version = api_version.to_owned();
    }
    Some(name)
}

/// Whether an object of a kind that is not in the table is a list of objects of one that is, or of any.
fn is_list(document: &Document, path: &Path, name: &KindName) -> bool {
    let Some(of) = name.kind.strip_suffix("List") else {
        return false;
    };
    let is_known =
        of.is_empty() && name.api_version == "v1" || Kind::of(&name.api_version, of).is_some();
    let items = path.key("items");
    is_known && (document.length_at(&items).is_some() || !document.has(&items))
}
