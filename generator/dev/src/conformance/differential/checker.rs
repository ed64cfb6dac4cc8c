//! The verdict of `luban check` on one document among its neighbours.

use luban_check::{Family, Flags, Objects, Options, Rule, check, rule};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, parse};
use std::collections::BTreeMap;

/// The name that the judged document has in findings.
const DOCUMENT: &str = "document";

/// The errors of `luban check`.
#[derive(Debug, Default)]
pub(super) struct Errors {
    /// As `rule: message`.
    pub(super) all: Vec<String>,
    /// Those that say that a controller rejects the document; what is accepted and goes wrong later is no verdict.
    pub(super) rejected: Vec<String>,
}

/// The errors of a document, if everything is given.
///
/// A mistake may be said of a neighbour: a template that a workflow calls wrongly is where the call fails.
pub(super) fn errors(text: &str, neighbours: &[String], flags: &Flags) -> Errors {
    let budget = Budget::default();
    let mut documents = match parse(DOCUMENT, text.as_bytes(), &budget) {
        Ok(documents) => documents,
        Err(findings) => {
            let all: Vec<String> = findings.iter().map(shown).collect();
            let rejected = all.clone();
            return Errors { all, rejected };
        }
    };
    for (index, neighbour) in neighbours.iter().enumerate() {
        let name = format!("neighbour {index}");
        documents.extend(parse(&name, neighbour.as_bytes(), &budget).unwrap_or_default());
    }
    let options = Options {
        is_closed: true,
        tekton: flags.clone(),
        ..Options::default()
    };
    let mut findings = check(&Objects::new(documents), &options);
    // The judges decode strictly, which the controllers of Argo Events do not: there such a field weighs less.
    findings
        .retain(|finding| finding.severity == Severity::Error || finding.rule == "unknown-field");
    let all = findings.iter().map(shown).collect();
    let is_rejected = |rule: &Rule| rule.family == Family::Rejected;
    findings.retain(|finding| {
        finding.severity == Severity::Error && rule(finding.rule).is_none_or(is_rejected)
    });
    let rejected = findings.iter().map(shown).collect();
    Errors { all, rejected }
}

fn shown(finding: &Finding) -> String {
    format!("{}: {}", finding.rule, finding.message)
}

/// Feature flags as the checker has them.
///
/// # Errors
/// When Tekton has no such flag or value.
pub(super) fn flags(flags: &BTreeMap<String, String>) -> anyhow::Result<Flags> {
    Flags::from_map(flags).map_err(|error| anyhow::anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_controller_rejects_is_rejected_and_what_breaks_later_is_an_error_at_most() {
        let of = |text: &str| errors(text, &[], &Flags::default());
        let head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: a-}\nspec:\n";
        let body =
            "  templates: [{name: main, container: {image: 'alpine:3.23', command: [sh]}}]\n";
        assert_eq!(
            of(&format!("{head}  entrypoint: main\n{body}")).all,
            Vec::<String>::new()
        );
        let said = of(&format!("{head}  entrypoint: other\n{body}"));
        assert!(
            said.rejected[0].starts_with("unknown-template: "),
            "{said:?}"
        );
        assert_eq!(of("a: [\n").rejected.len(), 1);
        // A definition that is not known to be there refuses nothing.
        let steps = "  templates: [{name: main, steps: [[{name: a, templateRef: {name: b, tmplate: c}}]]}]\n";
        let said = of(&format!("{head}  entrypoint: main\n{steps}"));
        assert!(!said.all.is_empty(), "{said:?}");
    }
}
