use luban_expression::tags::argo::{split, with_placeholders};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "memoize-key",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a `memoize` whose key or cache cannot be used",
    why: "The key is an entry of a ConfigMap: letters, digits and `-`, a letter or digit first. Another one fails when the step runs.",
    fix: "Write such a key, and name the ConfigMap.",
    source: "argo-workflows v4.1 workflow/controller/cache/configmap_cache.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    memoize: {key: build⟦/⟧main, maxAge: 1h, cache: {configMap: {name: cache}}}
    container: {image: 'alpine:3.23'}
  - name: other
    memoize: {key: 'a-{{workflow.name}}⟦_⟧b', maxAge: 1h, cache: {configMap: {name: cache}}}
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
    memoize: {key: 'build-{{workflow.name}}', maxAge: 1h, cache: {configMap: {name: cache}}}
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        let Some(memoize) = &written.template.memoize else { continue };
        let path = written.path.key("memoize");
        if memoize.cache.config_map.name.is_empty() {
            let at = path.key("cache").key("configMap");
            if own.document().has(&at) {
                sink.push(sink.finding("the ConfigMap of the cache has no name").at(own.key(&at)));
            }
        }
        let Some(scalar) = own.document().scalar(&path.key("key")) else { continue };
        let (filled, _) = with_placeholders(scalar.text(), &split(scalar.text()));
        if filled.is_empty() {
            sink.push(sink.finding("the key is empty").at(scalar.place()));
            continue;
        }
        let mut letters = filled.char_indices();
        let wrong = letters.find(|(at, letter)| !(letter.is_ascii_alphanumeric() || *letter == '-' && *at > 0));
        if let Some((at, letter)) = wrong {
            let message = format!("`{letter}` cannot stand in a key: letters, digits and `-` can, a letter or digit first");
            sink.push(sink.finding(message).at(scalar.place_of(at..at + letter.len_utf8())));
        }
    }
}
