use luban_yaml::{Path, PathSegment};

use crate::argo::Base;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-entrypoint",
    kinds: &["Workflow", "CronWorkflow"],
    title: "a workflow that does not say where it starts",
    why: "Neither the workflow nor the template that it is made of names the first template. Templates alone need no entrypoint.",
    fix: "Set `entrypoint` to the name of a template.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `Workflow`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
⟦spec⟧:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Perhaps(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let mut spec = entry.path.key("spec");
    if entry.name.kind == "CronWorkflow" {
        spec = spec.key("workflowSpec");
    }
    let path = spec.key("entrypoint");
    let of_template = view.and_then(|view| view.bases.get(view.made_of?));
    let is_written = entry.document.has_value(&path) && value_is(entry.document.text_at(&path));
    let has = is_written
        || of_template.is_some_and(|base| value_is(base.spec.entrypoint.as_deref()))
        || view.is_some_and(|view| view.reference_fault.is_some());
    // What is misspelt on the way is a finding already.
    let is_misspelt = (entry.path.len()..path.len()).any(|length| {
        let (Some(parent), Some(PathSegment::Key(field))) = (path.get(..length), path.get(length)) else {
            return false;
        };
        sink.is_misspelt(entry, &Path::from(parent.to_vec()), field)
    });
    if has || is_misspelt {
        return;
    }
    let mut finding = sink.finding(format!("`{path}` is missing")).at(entry.key_or_head(&path));
    let names = view.and_then(View::own).map(Base::names).unwrap_or_default();
    if !names.is_empty() {
        finding = finding.help(format!("name one of the templates: `{}`", names.join("`, `")));
    }
    sink.push(finding);
}
