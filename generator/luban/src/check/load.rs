//! Files to documents: those that hold objects, and what is wrong with those that should.

use crate::files::{Files, Input};
use anyhow::{Error, Result};
use luban_diagnostic::Finding;
use luban_yaml::{Budget, Document, Path, parse};
use rayon::prelude::*;
use std::path::PathBuf;

/// What the files of some paths hold.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// Documents with objects.
    pub(crate) documents: Vec<Document>,
    /// Why files could not be read as YAML.
    pub(crate) findings: Vec<Finding>,
    /// Names and texts of these files.
    pub(crate) refused: Vec<(String, String)>,
    /// What the files are called.
    pub(crate) files: Vec<PathBuf>,
    /// What was named, and is excluded.
    pub(crate) excluded: Vec<PathBuf>,
    /// Files and folders of templates, which were passed over.
    pub(crate) templates: Vec<PathBuf>,
    /// What could not be read at all.
    pub(crate) failures: Vec<Error>,
}

impl Loaded {
    /// Reads files.
    pub(crate) fn of(files: Files) -> Self {
        let mut loaded = Self {
            files: (files.inputs.iter())
                .map(|input| PathBuf::from(input.shown()))
                .collect(),
            excluded: files.excluded,
            templates: files.templates,
            failures: files.failures,
            ..Self::default()
        };
        let read: Vec<Result<One>> = files.inputs.par_iter().map(one).collect();
        for (input, one) in files.inputs.into_iter().zip(read) {
            match one {
                Err(failure) => loaded.failures.push(failure),
                Ok(One::Documents(documents)) => loaded.documents.extend(documents),
                Ok(One::Refused(findings, text)) => {
                    loaded.findings.extend(findings);
                    loaded.refused.push((input.shown(), text));
                }
                Ok(One::Template) => loaded.templates.extend(input.path().map(PathBuf::from)),
            }
        }
        loaded
    }
}

impl Loaded {
    /// With what others hold.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.documents.extend(others.documents);
        self.findings.extend(others.findings);
        self.refused.extend(others.refused);
        self.files.extend(others.files);
        self.excluded.extend(others.excluded);
        self.templates.extend(others.templates);
        self.failures.extend(others.failures);
        self
    }
}

/// What came of one file.
enum One {
    /// Documents with objects; none if the file holds something else.
    Documents(Vec<Document>),
    /// Why it cannot be read, and its text.
    Refused(Vec<Finding>, String),
    /// A template of another program, which makes YAML of it later.
    Template,
}

fn one(input: &Input) -> Result<One> {
    let budget = Budget::default();
    let bytes = input.bytes(&budget)?;
    let is_found = matches!(input, Input::Found(_));
    match parse(&input.shown(), &bytes, &budget) {
        Ok(documents) => {
            if is_found && documents.iter().any(has_unquoted_template) {
                return Ok(One::Template);
            }
            let objects = documents.into_iter().filter(is_object);
            Ok(One::Documents(objects.collect()))
        }
        Err(findings) => {
            // Nobody asked for a file that a walk came by: it must look like objects to be complained of.
            let text = String::from_utf8_lossy(&bytes);
            if is_found && !has_kind(&text) {
                return Ok(One::Documents(Vec::new()));
            }
            if is_found && is_broken_by_template(&text, &findings) {
                return Ok(One::Template);
            }
            Ok(One::Refused(findings, text.into_owned()))
        }
    }
}

/// Whether a document is an object, or wants to be one.
fn is_object(document: &Document) -> bool {
    let has = |key: &str| document.has(&Path::root().key(key));
    let is_kustomization = || {
        let file = document.file().rsplit(['/', '\\']).next();
        matches!(
            file,
            Some("kustomization.yaml" | "kustomization.yml" | "Kustomization")
        )
    };
    // The input of `luban generate`, which reads it more closely.
    let is_platform = || {
        let api_version = document.text_at(&Path::root().key("apiVersion"));
        api_version.is_some_and(|version| version.starts_with("luban.dev/"))
    };
    !document.is_empty() && (has("kind") || is_kustomization()) && !is_platform()
}

/// Whether a text that is no YAML has a line that says what kind of object it is.
fn has_kind(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    lines.any(|line| line.starts_with("kind:") || line.starts_with("\"kind\":"))
}

/// Whether a text is no YAML because it is of a template language: a line such as `{{- if .Values.x }}` or `{% if x %}` stands where the
/// reader stopped or beside that, or at a line's beginning, where no value of YAML goes on.
fn is_broken_by_template(text: &str, findings: &[Finding]) -> bool {
    let places = findings.iter().flat_map(|finding| {
        let related = finding.related.iter().map(|related| &related.place);
        finding.place.iter().chain(related)
    });
    let wrong: Vec<usize> = places.map(|place| place.span.start.line as usize).collect();
    let mut lines = text.lines().zip(1..);
    lines.any(|(line, number): (&str, usize)| {
        let is_near = wrong.iter().any(|wrong| number.abs_diff(*wrong) <= 1);
        let is_of_template = || {
            let start = line.trim_start();
            start.starts_with("{%") || line.split("{{").skip(1).any(is_template)
        };
        (is_near || line.starts_with('{')) && is_of_template()
    })
}

/// Whether `{{ … }}` of a template language stands there where YAML takes it for mappings.
fn has_unquoted_template(document: &Document) -> bool {
    let mut findings = document.findings().iter();
    findings.any(|finding| {
        let start = finding.place.as_ref().map(|place| place.span.start.offset);
        let rest = start.and_then(|start| document.file_text().get(start as usize..));
        // The key of the outer mapping is the inner one.
        let inner = rest.and_then(|rest| rest.strip_prefix('{'));
        finding.rule == "key-type" && inner.is_some_and(is_template)
    })
}

/// Whether what follows `{{` is of Helm or another program, not a variable of Argo Workflows that lacks its quotes.
fn is_template(inside: &str) -> bool {
    const WORDS: [&str; 12] = [
        "if", "else", "end", "range", "with", "define", "include", "template", "toYaml", "default",
        "quote", "block",
    ];
    if inside.starts_with(['-', '.', '$', '/', '#']) {
        return true;
    }
    let inside = inside.trim_start();
    let word = inside.split(|letter: char| !letter.is_ascii_alphanumeric());
    inside.starts_with(['.', '$', '/'])
        || word
            .take(1)
            .any(|word| WORDS.contains(&word) && !inside.starts_with(&format!("{word}.")))
}
