//! Variables in the texts of templates, as upstream looks for them.

use std::sync::Arc;

use luban_api_argo_workflows::{Inputs, Template};
use luban_diagnostic::{Place, did_you_mean};
use luban_yaml::{Path, Scalar};

use super::base::Base;
use super::given::Argument;
use super::globals::Globals;
use super::scope::{Extra, Scope};
use super::tags::{tags, trimmed};
use super::text::{self, Locals, Value};
use super::view::{Site, Unresolved, is_template_alone};
use super::walk::{Inside, Walk};

/// How often a value with variables is put into another.
const PASSES: usize = 3;

impl<'a> Walk<'a> {
    /// The whole of a template that calls none: upstream looks at it with the inputs that it is called with.
    pub(super) fn leaf(
        &mut self,
        template: &'a Template,
        given: &Argument<'a>,
        inside: &Inside<'a>,
        is_inline: bool,
    ) {
        let extra = Extra::default();
        if !self.has_tags(inside.site.base) && !self.has_tags(0) {
            return;
        }
        // Upstream puts labels and annotations of all pods into each template that has a name.
        let base = self.view.bases.get(inside.site.base);
        if let Some(base) = base.filter(|base| !is_inline && base.spec.pod_metadata.is_some()) {
            let path = base.path.key("podMetadata");
            for field in ["labels", "annotations"] {
                self.scan(inside, &path.key(field), &extra);
            }
        }
        self.scan_fields(inside, &inside.path, &["inputs"], &extra);
        let Inputs {
            parameters,
            artifacts,
        } = match &template.inputs {
            Some(inputs) => inputs,
            None => return,
        };
        let inputs = inside.path.key("inputs");
        for (index, parameter) in parameters.iter().enumerate() {
            let is_given =
                matches!(given, Argument::Anything) || given.parameter(&parameter.name).is_some();
            let replaced: &[&str] = if is_given {
                &["value", "valueFrom"]
            } else {
                &[]
            };
            self.scan_fields(
                inside,
                &inputs.key("parameters").index(index),
                replaced,
                &extra,
            );
            if given.parameter(&parameter.name).is_some() {
                self.scan_argument(inside, "parameters", &parameter.name, &extra);
            }
        }
        for (index, artifact) in artifacts.iter().enumerate() {
            let path = inputs.key("artifacts").index(index);
            let is_given =
                matches!(given, Argument::Anything) || given.artifact(&artifact.name).is_some();
            if given.artifact(&artifact.name).is_some() {
                self.scan_argument(inside, "artifacts", &artifact.name, &extra);
            }
            if is_given {
                self.scan(inside, &path.key("path"), &extra);
            } else {
                self.scan(inside, &path, &extra);
            }
        }
    }

    /// Whether a variable stands in some text at `path`.
    pub(super) fn has_tags_below(&self, inside: &Inside<'a>, path: &Path) -> bool {
        let base = self.view.bases.get(inside.site.base);
        base.is_some_and(|base| {
            let mut scalars = base.document().scalars(path);
            scalars.any(|scalar| scalar.text().contains("{{"))
        })
    }

    /// An argument of the workflow that is put into the inputs of the template that it starts with.
    fn scan_argument(&mut self, inside: &Inside<'a>, group: &str, name: &str, extra: &Extra<'a>) {
        let bases = [Some(0), self.view.made_of];
        for at in bases.into_iter().flatten() {
            let Some(base) = self.view.bases.get(at) else {
                continue;
            };
            let Some(arguments) = &base.spec.arguments else {
                continue;
            };
            let (index, fields): (_, &[&str]) = if group == "parameters" {
                let mut parameters = arguments.parameters.iter();
                (
                    parameters.position(|known| known.name == name),
                    &["value", "valueFrom"],
                )
            } else {
                let mut artifacts = arguments.artifacts.iter();
                (artifacts.position(|known| known.name == name), &[])
            };
            let Some(index) = index else {
                continue;
            };
            let path = base.path.key("arguments").key(group).index(index);
            let document = base.document();
            let site = Site {
                base: at,
                reference: inside.site.reference.clone(),
            };
            let keys = document.keys(&path);
            let paths: Vec<Path> = keys
                .filter(|key| {
                    fields.is_empty() && !matches!(*key, "path" | "mode") || fields.contains(key)
                })
                .map(|key| path.key(key))
                .collect();
            for path in paths {
                for scalar in document.scalars(&path) {
                    if scalar.text().contains("{{") {
                        self.scan_text(inside, &site, scalar, extra);
                    }
                }
            }
            // What the workflow gives itself counts before what its template does.
            return;
        }
    }

    fn has_tags(&self, base: usize) -> bool {
        let base = self.view.bases.get(base);
        base.is_some_and(|base| base.text().contains("{{"))
    }

    fn scan_fields(
        &mut self,
        inside: &Inside<'a>,
        path: &Path,
        except: &[&str],
        extra: &Extra<'a>,
    ) {
        let Some(document) = self.view.bases.get(inside.site.base).map(Base::document) else {
            return;
        };
        for key in document.keys(path).filter(|key| !except.contains(key)) {
            self.scan(inside, &path.key(key), extra);
        }
    }

    /// Looks for variables that are not in scope in every text at `path` (`resolveAllVariables`).
    pub(super) fn scan(&mut self, inside: &Inside<'a>, path: &Path, extra: &Extra<'a>) {
        let Some(base) = self.view.bases.get(inside.site.base) else {
            return;
        };
        // What the decoder drops is not looked at.
        let (document, dropped) = (base.document(), Arc::clone(&base.unknown_fields));
        for scalar in document.scalars(path).without_keys_at(dropped) {
            if scalar.text().contains("{{") {
                self.scan_text(inside, &inside.site, scalar, extra);
            }
        }
    }

    fn scan_text(
        &mut self,
        inside: &Inside<'a>,
        site: &Site,
        scalar: Scalar<'a>,
        extra: &Extra<'a>,
    ) {
        let mut found: Vec<(Place, String, bool)> = Vec::new();
        let reader = Reader {
            globals: &self.view.globals,
            locals: &inside.locals,
            scope: &inside.scope,
            extra,
            is_template_alone: is_template_alone(self.view.entry),
        };
        reader.read(scalar.text(), 0, &mut |range, tag, is_open| {
            found.push((scalar.place_of(range), tag.to_owned(), is_open));
        });
        for (place, tag, is_open) in found {
            if !self.said.insert((site.base, place.span.start.offset)) {
                continue;
            }
            let names = inside.scope.names(extra, &self.view.globals);
            let meant = did_you_mean(&tag, names.iter().map(String::as_str)).map(str::to_owned);
            self.view.unresolved.push(Unresolved {
                site: site.clone(),
                place,
                tag,
                is_open,
                meant,
                template: inside.name.to_owned(),
            });
        }
    }
}

/// Reads texts for variables that are not in scope.
struct Reader<'r, 'a> {
    globals: &'r Globals<'a>,
    locals: &'r Locals<'a>,
    scope: &'r Scope<'a>,
    extra: &'r Extra<'a>,
    is_template_alone: bool,
}

impl Reader<'_, '_> {
    fn read(
        &self,
        text: &str,
        pass: usize,
        found: &mut dyn FnMut(std::ops::Range<usize>, &str, bool),
    ) {
        let mut end = 0;
        for tag in tags(text) {
            if tag.range.start < end || tag.is_expression() {
                continue;
            }
            if tag.is_open {
                // Upstream reads on to braces of the JSON; what begins like a variable is never one then.
                let word = tag
                    .inner
                    .find(|letter: char| letter.is_whitespace() || "}\"'".contains(letter));
                let word = tag
                    .inner
                    .get(..word.unwrap_or(tag.inner.len()))
                    .unwrap_or_default();
                if !self.allows(&format!("{word}\"")) {
                    found(
                        tag.range.start..tag.range.start + 2 + word.len(),
                        word,
                        true,
                    );
                }
                continue;
            }
            let name = trimmed(tag.inner);
            if let Some(value) = text::value(name, self.globals, self.locals) {
                if let Value::Text(value) = value
                    && value.contains("{{")
                    && pass < PASSES
                {
                    self.read(value, pass + 1, &mut |_, tag_inside, is_open| {
                        found(tag.range.clone(), tag_inside, is_open);
                    });
                }
                continue;
            }
            if tag.inner.rfind("{{").is_some_and(|at| at > 0) && pass < PASSES {
                let whole =
                    tag.range.start..closing(text, tag.range.start).unwrap_or(tag.range.end);
                let written = text.get(whole.clone()).unwrap_or_default();
                let resolved = text::resolved(written, self.globals, self.locals);
                if resolved != written {
                    end = whole.end;
                    self.read(&resolved, pass + 1, &mut |_, _, is_open| {
                        let inner = written
                            .get(2..written.len().saturating_sub(2))
                            .unwrap_or_default();
                        found(whole.clone(), inner, is_open);
                    });
                    continue;
                }
            }
            if !self.allows(name) {
                found(tag.range.clone(), name, false);
            }
        }
    }

    fn allows(&self, name: &str) -> bool {
        self.scope
            .allows(name, self.extra, self.globals, self.is_template_alone)
    }
}

/// The end of the braces that open at `start`, those inside them counted.
fn closing(text: &str, start: usize) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = start;
    loop {
        let rest = text.get(at..)?;
        let next = rest.find("{{").into_iter().chain(rest.find("}}")).min()?;
        let is_opening = rest.get(next..)?.starts_with("{{");
        at += next + 2;
        if is_opening {
            open += 1;
        } else {
            open = open.saturating_sub(1);
            if open == 0 {
                return Some(at);
            }
        }
    }
}
