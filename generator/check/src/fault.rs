//! What a walk over all objects finds wrong, kept for the rule that says it.

use std::collections::HashMap;

use luban_diagnostic::Place;

use crate::sink::Sink;

/// Something that is wrong, of one rule.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub(crate) rule: &'static str,
    pub(crate) place: Option<Place>,
    message: String,
    related: Vec<(String, Option<Place>)>,
    help: Option<String>,
    is_missing: bool,
}

impl Fault {
    pub(crate) fn new(
        rule: &'static str,
        message: impl Into<String>,
        place: Option<Place>,
    ) -> Self {
        Self {
            rule,
            place,
            message: message.into(),
            related: Vec::new(),
            help: None,
            is_missing: false,
        }
    }

    pub(crate) fn related(mut self, message: impl Into<String>, place: Option<Place>) -> Self {
        self.related.push((message.into(), place));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it is only wrong if all objects are given.
    pub(crate) fn missing(mut self, is_missing: bool) -> Self {
        self.is_missing = is_missing;
        self
    }
}

/// Faults by rule.
#[derive(Debug, Default)]
pub(crate) struct Faults(HashMap<&'static str, Vec<Fault>>);

impl Faults {
    pub(crate) fn new(faults: Vec<Fault>) -> Self {
        let mut by_rule: HashMap<_, Vec<_>> = HashMap::new();
        for fault in faults {
            by_rule.entry(fault.rule).or_default().push(fault);
        }
        Self(by_rule)
    }

    /// Says what is wrong by the sink's rule.
    pub(crate) fn say(&self, sink: &mut Sink<'_>) {
        for fault in self.0.get(sink.rule.id).into_iter().flatten() {
            let message = fault.message.clone();
            let mut finding = if fault.is_missing {
                sink.missing(message)
            } else {
                sink.finding(message)
            };
            finding = finding.at(fault.place.clone());
            for (message, place) in &fault.related {
                finding = finding.related(message.clone(), place.clone());
            }
            if let Some(help) = &fault.help {
                finding = finding.help(help.clone());
            }
            sink.push(finding);
        }
    }
}
