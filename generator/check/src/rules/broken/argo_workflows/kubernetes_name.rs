use luban_yaml::Path;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kubernetes-name",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a name that Kubernetes does not take",
    why: "Names of objects are small letters, digits, `-` and `.`, those of volumes without `.` and of at most 63 letters: the object or its pods are refused.",
    fix: "Write such a name.",
    source: "k8s.io/apimachinery v0.36 pkg/util/validation, `IsDNS1123Subdomain`, `IsDNS1123Label`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: ⟦Build_App⟧}
spec:
  volumes: [{name: ⟦work_dir⟧, emptyDir: {}}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  volumes: [{name: work-dir, emptyDir: {}}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let top = &view.entry.path;
    let metadata = top.key("metadata");
    let is_name = |name: &str| name.split('.').all(is_label) && name.len() <= 253;
    let one = |sink: &mut Sink<'_>, path: &Path, is_right: &dyn Fn(&str) -> bool, letters: &str| {
        let Some(name) = own.document().text_at(path) else { return };
        if !name.is_empty() && !name.contains("{{") && !is_right(name) {
            let message = format!("`{name}` is no name to Kubernetes: small letters, digits and {letters}, a letter or digit at both ends");
            sink.push(sink.finding(message).at(own.value(path)));
        }
    };
    one(sink, &metadata.key("name"), &is_name, "`-`, `.`");
    let is_begin = |name: &str| is_name(&format!("{name}x"));
    one(sink, &metadata.key("generateName"), &is_begin, "`-`, `.`");
    one(sink, &own.path.key("serviceAccountName"), &is_name, "`-`, `.`");
    let is_volume = |name: &str| is_label(name) && name.len() <= 63;
    let of_templates = view.written().iter().map(|written| (&written.path, written.template.volumes.len()));
    let holders: Vec<_> = of_templates.chain([(&own.path, own.spec.volumes.len())]).collect();
    for (path, count) in holders {
        for at in 0..count {
            one(sink, &path.key("volumes").index(at).key("name"), &is_volume, "`-`");
        }
    }
}

fn is_label(name: &str) -> bool {
    let outer = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    name.starts_with(outer) && name.ends_with(outer) && name.chars().all(|letter| outer(letter) || letter == '-')
}
