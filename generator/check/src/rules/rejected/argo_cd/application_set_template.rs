use luban_api::Object;
use luban_expression::Kind;
use luban_expression::go_template::{self, Program};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-set-template",
    kinds: &["ApplicationSet"],
    title: "an ApplicationSet's template that Go cannot read",
    why: "With `goTemplate: true` every text of the template is a template of Go with the functions of sprig. One \
          that cannot be read puts the set in error.",
    fix: "Correct the expression.",
    source: "argo-cd v3.5.1 applicationset/utils/utils.go, `Render.Replace`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - list: {elements: [{name: snd}]}
  template:
    metadata: {name: 'web-{{ .name | ⟦lwoer⟧ }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/{{ .name }}', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - list: {elements: [{name: snd}]}
  template:
    metadata: {name: 'web-{{ .name }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/⟦{{⟧ .name }', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
  - list: {elements: [{name: snd}]}
  template:
    metadata: {name: 'web-{{ .name }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/{{ .name }}', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::ApplicationSet(set)) = &entry.object else { return };
    if set.spec.go_template != Some(true) {
        return;
    }
    let spec = entry.path.key("spec");
    let templates = entry.document.scalars(&spec.key("template")).chain(entry.document.scalar(&spec.key("templatePatch")));
    for scalar in templates.filter(|scalar| scalar.text().contains("{{")) {
        let problems = match go_template::parse(scalar.text(), Program::ApplicationSets) {
            Ok(template) => template.problems,
            Err(problem) => vec![problem],
        };
        for problem in problems.into_iter().filter(|problem| problem.kind != Kind::Never) {
            sink.push(sink.finding(problem.message).at(scalar.place_of(problem.span)));
        }
    }
}
