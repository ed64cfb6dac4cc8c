use std::collections::BTreeSet;

use luban_api::Object;
use luban_expression::go_template::{self, Program};
use luban_expression::tags::application_set;
use luban_yaml::Path;

use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "application-set-parameter",
    kinds: &["ApplicationSet"],
    title: "a parameter of an ApplicationSet that no generator gives",
    why: "Without `goTemplate` it stays in the text as it is written; with it, the set is in error under \
          `missingkey=error` and writes `<no value>` else.",
    fix: "Write the name of a parameter of the generators.",
    source: "argo-cd v3.5.1 applicationset/generators; applicationset/utils/utils.go",
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
    metadata: {name: 'web-{{ .name }}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/{{ .⟦nam⟧ }}', targetRevision: main}
      destination: {server: 'https://kubernetes.default.svc', namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  generators:
  - list: {elements: [{name: snd}]}
  template:
    metadata: {name: 'web-{{name}}'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/acme/gitops', path: 'apps/web/⟦{{nam}}⟧', targetRevision: main}
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
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::ApplicationSet(set)) = &entry.object else { return };
    let is_go = set.spec.go_template == Some(true);
    let Some(known) = parameters(entry, &entry.path.key("spec").key("generators")) else { return };
    for scalar in entry.document.scalars(&entry.path.key("spec").key("template")) {
        let text = scalar.text();
        if !text.contains("{{") {
            continue;
        }
        let mut say = |name: &str, span: std::ops::Range<usize>| {
            let root = name.split(['.', '[']).next().unwrap_or(name);
            if known.contains(root) {
                return;
            }
            let near = did_you_mean(root, known.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("no generator gives a parameter `{root}`{near}"));
            sink.push(finding.at(scalar.place_of(span)));
        };
        if is_go {
            let Ok(template) = go_template::parse(text, Program::ApplicationSets) else { continue };
            for read in template.reads.iter().filter(|read| !read.guarded) {
                let Some(name) = read.root() else { continue };
                say(name, read.span());
            }
        } else {
            let (tags, problems) = application_set::split(text);
            let is_wrong = |tag: &application_set::Tag| problems.iter().any(|problem| problem.span == tag.span);
            for tag in tags.iter().filter(|tag| !is_wrong(tag)) {
                let name = text.get(tag.name.clone()).unwrap_or_default();
                say(name, tag.span.clone());
            }
        }
    }
}

/// First parts of the names that generators give, if all are known.
fn parameters(entry: &Entry, list: &Path) -> Option<BTreeSet<String>> {
    let document = &entry.document;
    let mut known = BTreeSet::new();
    for index in 0..document.length_at(list)? {
        let at = list.index(index);
        let mut add = |names: &[&str]| known.extend(names.iter().map(|name| (*name).to_owned()));
        let has = |kind: &str| document.has(&at.key(kind));
        if has("list") {
            let elements = at.key("list").key("elements");
            if has_value(entry, &at.key("list").key("elementsYaml")) {
                return None;
            }
            for element in 0..document.length_at(&elements)? {
                known.extend(document.keys(&elements.index(element)).map(str::to_owned));
            }
        } else if has("clusters") {
            add(&["name", "nameNormalized", "server", "project", "metadata", "values", "clusters"]);
        } else if has("git") && document.length_at(&at.key("git").key("files")).is_none() {
            let prefix = document.text_at(&at.key("git").key("pathParamPrefix"));
            known.insert(prefix.unwrap_or("path").to_owned());
            known.insert("values".to_owned());
        } else if has("scmProvider") {
            let names = ["organization", "repository", "repository_id", "url", "branch", "branchNormalized", "sha", "short_sha", "short_sha_7"];
            add(&names);
            add(&["labels", "values"]);
        } else if has("pullRequest") {
            let names = ["number", "title", "branch", "branch_slug", "target_branch", "target_branch_slug", "head_sha", "head_short_sha"];
            add(&names);
            add(&["head_short_sha_7", "author", "labels", "values"]);
        } else if has("matrix") {
            known.extend(parameters(entry, &at.key("matrix").key("generators"))?);
        } else if has("merge") {
            known.extend(parameters(entry, &at.key("merge").key("generators"))?);
        } else {
            return None;
        }
    }
    Some(known)
}

fn has_value(entry: &Entry, at: &Path) -> bool {
    entry.document.has(at) && entry.document.has_value(at)
}
