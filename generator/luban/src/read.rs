//! `luban read`.

use crate::arguments::{Output, Read};
use crate::files::{Files, Input};
use crate::{Outcome, findings};
use anyhow::{Context as _, Result};
use luban_api::Object;
use luban_diagnostic::{Finding, Severity, Sources};
use luban_yaml::{Budget, Document, Path, parse};
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// Files that are read at once before what they hold is printed.
const AT_ONCE: usize = 256;

/// What came of one file.
struct Printed {
    text: Vec<u8>,
    findings: Vec<Finding>,
    /// The file's name and text, for findings to show.
    source: Option<(String, String)>,
}

pub(crate) fn run(arguments: &Read) -> Result<Outcome> {
    let files = Files::of(&arguments.paths, None, None);
    if let Some(failure) = files.failures.into_iter().next() {
        return Err(failure);
    }
    let inputs = files.inputs;
    let mut found = Vec::new();
    let mut sources = Sources::new();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut is_first = true;
    for inputs in inputs.chunks(AT_ONCE) {
        let printed: Vec<Result<Printed>> = inputs
            .par_iter()
            .map(|input| print(input, arguments))
            .collect();
        for printed in printed {
            let Printed {
                text,
                findings,
                source,
            } = printed?;
            found.extend(findings);
            if let Some((file, text)) = source {
                sources.insert(file, text);
            }
            // Every document begins with its separator.
            let text = match text.strip_prefix(SEPARATOR) {
                Some(text) if is_first => text,
                _ => &text,
            };
            is_first &= text.is_empty();
            output
                .write_all(text)
                .context("cannot write to standard output")?;
        }
    }
    output.flush().context("cannot write to standard output")?;
    if findings::show_beside_objects(&found, &sources, arguments.format) {
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Fine)
}

const SEPARATOR: &[u8] = b"---\n";

/// Reads a file and prints what it holds.
fn print(input: &Input, arguments: &Read) -> Result<Printed> {
    let budget = Budget::default();
    let shown = input.shown();
    let bytes = input.bytes(&budget)?;
    let mut printed = Printed {
        text: Vec::new(),
        findings: Vec::new(),
        source: None,
    };
    match parse(&shown, &bytes, &budget) {
        Err(findings) => printed.findings = findings,
        Ok(documents) => {
            for document in documents.iter().filter(|document| !document.is_empty()) {
                one(document, arguments, &mut printed)
                    .with_context(|| format!("cannot print what {shown} holds"))?;
            }
        }
    }
    if !printed.findings.is_empty() {
        printed.source = Some((shown, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(printed)
}

/// Reads a document and prints it, unless something is wrong with it.
fn one(document: &Document, arguments: &Read, printed: &mut Printed) -> Result<()> {
    let read = luban_api::read(document);
    let is_wrong = read
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    printed.findings.extend(read.findings);
    let objects = std::iter::once((Path::root(), &read.name, &read.object));
    let inner = read
        .inner
        .iter()
        .map(|inner| (inner.path.clone(), &inner.name, &inner.object));
    for (path, name, object) in objects.chain(inner) {
        if let Some(Object::Unknown(_)) = object {
            let severity = if arguments.strict_kinds {
                Severity::Error
            } else {
                Severity::Note
            };
            printed
                .findings
                .push(unknown(document, &path, name, severity));
        }
    }
    if let Some(object) = read.object.filter(|_| !is_wrong) {
        match luban_api::as_written(document, &object)? {
            Some(value) => write(&value, arguments.output, &mut printed.text)?,
            None => write(&object, arguments.output, &mut printed.text)?,
        }
    }
    Ok(())
}

fn write(object: &impl Serialize, output: Output, text: &mut Vec<u8>) -> Result<()> {
    match output {
        Output::Json => {
            serde_json::to_writer(&mut *text, object)?;
            text.push(b'\n');
        }
        Output::Yaml => {
            text.extend_from_slice(SEPARATOR);
            text.extend_from_slice(luban_yaml::to_string(object)?.as_bytes());
        }
    }
    Ok(())
}

/// An object whose fields nobody could look at.
fn unknown(
    document: &Document,
    path: &Path,
    name: &luban_api::KindName,
    severity: Severity,
) -> Finding {
    if name.kind.is_empty() || name.api_version.is_empty() {
        let missing = if name.kind.is_empty() {
            "kind"
        } else {
            "apiVersion"
        };
        let message = format!("this is no object: it has no `{missing}`");
        return Finding::new("no-object", severity, message).at(document.locate_key(path));
    }
    let message = format!(
        "kind `{}` of `{}` is not known: its fields are not looked at",
        name.kind, name.api_version
    );
    let finding =
        Finding::new("unknown-kind", severity, message).at(document.locate(&path.key("kind")));
    let other: Vec<&str> = luban_api::Kind::named(&name.kind)
        .iter()
        .map(|kind| kind.api_version)
        .collect();
    if !other.is_empty() {
        return finding.help(format!(
            "`{}` is a kind of `{}`",
            name.kind,
            other.join("`, `")
        ));
    }
    match luban_api::Kind::nearest(&name.kind) {
        Some(kind) => finding.help(format!("did you mean `{kind}`?")),
        None => finding,
    }
}
