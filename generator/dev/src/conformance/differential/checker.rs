//! The verdict of `luban check` on one document among its neighbours.

use luban_check::{Family, Flags, Objects, Options, Rule, check, rule};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, parse};
use std::collections::BTreeMap;

/// The name that the judged document has in findings.
const DOCUMENT: &str = "document";

/// What `luban check` says that controllers would reject, as `rule: message`, if everything is given.
///
/// What is accepted and goes wrong later is no verdict. A mistake may be said of a neighbour: a template that a workflow calls
/// wrongly is where the call fails.
pub(super) fn refusals(text: &str, neighbours: &[String], flags: &Flags) -> Vec<String> {
    let budget = Budget::default();
    let mut documents = match parse(DOCUMENT, text.as_bytes(), &budget) {
        Ok(documents) => documents,
        Err(findings) => return findings.iter().map(shown).collect(),
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
    let is_rejected = |rule: &Rule| rule.family == Family::Rejected;
    check(&Objects::new(documents), &options)
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .filter(|finding| rule(finding.rule).is_none_or(is_rejected))
        .map(shown)
        .collect()
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
    fn what_a_controller_rejects_is_a_refusal_and_what_breaks_later_is_none() {
        let of = |text: &str| refusals(text, &[], &Flags::default());
        let head = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {generateName: a-}\nspec:\n";
        let body =
            "  templates: [{name: main, container: {image: 'alpine:3.23', command: [sh]}}]\n";
        assert_eq!(
            of(&format!("{head}  entrypoint: main\n{body}")),
            Vec::<String>::new()
        );
        let said = of(&format!("{head}  entrypoint: other\n{body}"));
        assert!(said[0].starts_with("unknown-template: "), "{said:?}");
        assert!(!of("a: [\n").is_empty());
    }
}
