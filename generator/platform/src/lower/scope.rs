//! What every part of the lowering needs: a place for findings, and ways to take a value out of the input.

use crate::names::NameError;
use luban_diagnostic::{Finding, did_you_mean};
use luban_yaml::{Document, Path, PathSegment};

/// Collects findings about one document.
pub(super) struct Scope<'a> {
    document: &'a Document,
    findings: Vec<Finding>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            findings: Vec::new(),
        }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Adds an error about the value at `path`.
    pub(super) fn error(&mut self, rule: &'static str, path: &Path, message: impl Into<String>) {
        self.push(self.finding(rule, path, message));
    }

    /// An error about the value at `path`, to be completed and pushed.
    pub(super) fn finding(
        &self,
        rule: &'static str,
        path: &Path,
        message: impl Into<String>,
    ) -> Finding {
        self.place(Finding::error(rule, message), path)
    }

    /// An error about the key at `path`, to be completed and pushed.
    pub(super) fn finding_at_key(
        &self,
        rule: &'static str,
        path: &Path,
        message: impl Into<String>,
    ) -> Finding {
        Finding::error(rule, message).at(self.document.locate_key(path))
    }

    /// Whether a finding of `rule` is there.
    pub(super) fn has(&self, rule: &str) -> bool {
        self.findings.iter().any(|finding| finding.rule == rule)
    }

    /// A warning about the section at `path`, with what would be right.
    pub(super) fn warn_with_help(
        &mut self,
        rule: &'static str,
        path: &Path,
        message: impl Into<String>,
        help: &str,
    ) {
        let finding = Finding::warning(rule, message).at(self.document.locate_key(path));
        self.push(finding.help(help));
    }

    /// A warning about the value at `path`.
    pub(super) fn warn(&mut self, rule: &'static str, path: &Path, message: impl Into<String>) {
        self.push(self.place(Finding::warning(rule, message), path));
    }

    fn place(&self, finding: Finding, path: &Path) -> Finding {
        match self.document.locate(path) {
            Some(place) => finding.at(place),
            None => finding,
        }
    }

    /// Names what is at `path` as the other end of `finding`: by its key, where it has one and is more than a scalar.
    pub(super) fn related(
        &self,
        finding: Finding,
        path: &Path,
        message: impl Into<String>,
    ) -> Finding {
        let is_section = matches!(path.last(), Some(PathSegment::Key(_)))
            && self.document.text_at(path).is_none();
        let place = if is_section {
            self.document.locate_key(path)
        } else {
            self.document.locate(path)
        };
        finding.related(message, place)
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds a finding unless the same one is there already.
    pub(super) fn push_once(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.push(finding);
        }
    }

    /// Adds the finding that a name is used twice.
    pub(super) fn duplicate(&mut self, what: &str, name: &str, path: &Path, first: &Path) {
        let finding = self.finding(
            "duplicate-name",
            path,
            format!("{what} `{name}` is there twice"),
        );
        let finding = self
            .related(finding, first, "the first one")
            .help("names are unique: rename one of them");
        self.push(finding);
    }

    /// A value that must be there: `parent` lacks it otherwise.
    pub(super) fn required<'v, T>(
        &mut self,
        parent: &Path,
        key: &str,
        value: &'v Option<T>,
    ) -> Option<&'v T> {
        if value.is_none() {
            self.error(
                "missing-field",
                parent,
                format!("`{key}` is missing from `{parent}`"),
            );
        }
        value.as_ref()
    }

    /// A checked name made from a text at `path`.
    pub(super) fn name<T>(
        &mut self,
        rule: &'static str,
        path: &Path,
        text: &str,
        make: fn(String) -> Result<T, NameError>,
    ) -> Option<T> {
        match make(text.to_owned()) {
            Ok(name) => Some(name),
            Err(why) => {
                let finding = self.finding(rule, path, why.to_string());
                // The part of a URL before `@` is a user, and maybe a password.
                self.push(if text.contains('@') {
                    finding.redacted()
                } else {
                    finding
                });
                None
            }
        }
    }

    /// A checked name that must be there.
    pub(super) fn required_name<T>(
        &mut self,
        rule: &'static str,
        parent: &Path,
        key: &str,
        text: &Option<String>,
        make: fn(String) -> Result<T, NameError>,
    ) -> Option<T> {
        let text = self.required(parent, key, text)?;
        self.name(rule, &parent.key(key), text, make)
    }

    /// The thing that a name at `path` refers to. `defined` are the names that exist, whether or not they are fine
    /// themselves; `section` is where they are defined. Without a name the only one there is, is meant.
    pub(super) fn resolve<T: Clone>(
        &mut self,
        what: &str,
        path: &Path,
        wanted: Option<&str>,
        section: &Path,
        defined: &[(String, Option<T>)],
    ) -> Option<T> {
        let Some(wanted) = wanted else {
            return match defined {
                [(_, only)] => only.clone(),
                [] => {
                    self.error(
                        "unknown-reference",
                        path,
                        format!("`{path}` needs a {what}, and none is defined in `{section}`"),
                    );
                    None
                }
                _ => {
                    let names: Vec<_> = defined
                        .iter()
                        .map(|(name, _)| format!("`{name}`"))
                        .collect();
                    self.error(
                        "missing-field",
                        path,
                        format!("`{path}` must say which {what}: {}", names.join(", ")),
                    );
                    None
                }
            };
        };
        if let Some((_, value)) = defined.iter().find(|(name, _)| name == wanted) {
            return value.clone();
        }
        let names: Vec<&str> = defined.iter().map(|(name, _)| name.as_str()).collect();
        let finding = self.finding(
            "unknown-reference",
            path,
            format!("{what} `{wanted}` is not defined"),
        );
        let finding = self.related(finding, section, format!("the {what}s are defined here"));
        let finding = match did_you_mean(wanted, names.iter().copied()) {
            Some(near) => finding.help(format!("write `{near}`")),
            None if names.is_empty() => finding.help(format!("define it in `{section}`")),
            None => finding.help(format!(
                "write one of {}, or define it in `{section}`",
                names
                    .iter()
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        };
        self.push(finding);
        None
    }
}
