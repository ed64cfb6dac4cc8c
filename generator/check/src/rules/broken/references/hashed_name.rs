use crate::references::{How, Maker, References, group_of};
use crate::objects::Entry;
use luban_diagnostic::Place;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "hashed-name",
    title: "a generated ConfigMap or Secret by a name that it does not get",
    why: "kustomize puts a hash behind the names of what it generates and changes references to it, but only in \
          fields of Kubernetes' own kinds and in what is built with it: elsewhere the name without the hash stays, \
          and leads nowhere.",
    fix: "Set `disableNameSuffixHash: true` in the generator's `options`, or tell kustomize of the field by \
          `configurations`.",
    source: "kustomize v5 api/internal/konfig/builtinpluginconsts/namereference.go",
    bad: &[Example::new(
        "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ci
resources: [example.yaml]
configMapGenerator:
- name: settings
  literals: [mode=x]
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  volumes:
  - name: settings
    configMap: {name: ⟦settings⟧}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ci
resources: [example.yaml]
configMapGenerator:
- name: settings
  literals: [mode=x]
  options: {disableNameSuffixHash: true}
---
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  volumes:
  - name: settings
    configMap: {name: settings}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    let Some(own) = references.universe.placement(references.position) else {
        return;
    };
    if own.has_configurations || own.is_partial {
        return;
    }
    let is_known = is_kubernetes(references.entry);
    for resolved in &references.list {
        let reference = &resolved.reference;
        for (_, makers) in &resolved.found {
            let mut plain = makers.iter().filter(|maker| !is_hashed(maker));
            let Some(maker) = makers.first().filter(|_| plain.next().is_none()) else {
                continue;
            };
            let other = references.universe.placement(maker.position);
            let is_together = other.is_some_and(|other| !other.roots.is_disjoint(&own.roots));
            if is_together && is_known && reference.is_renamed {
                continue;
            }
            let kind = reference.target.kind();
            let why = if is_together {
                "kustomize does not change names in this field"
            } else {
                "this object is not built with it"
            };
            let message = format!("{kind} `{}` gets a hash behind its name, and {why}", reference.name);
            let place = maker.node(references.objects).map(|node| node.place());
            let generator = maker.entry(references.objects).and_then(|entry| generator(entry, maker)).or(place);
            let finding = sink.finding(message).at(Some(reference.node.place()));
            sink.push(finding.related("it is generated here", generator));
            break;
        }
    }
}

fn is_hashed(maker: &Maker) -> bool {
    matches!(maker.how, How::Generated { is_hashed: true, .. })
}

/// The place of the generator's name.
fn generator(entry: &Entry, maker: &Maker) -> Option<Place> {
    let How::Generated { list, item, .. } = maker.how else {
        return None;
    };
    entry.document.locate(&entry.path.key(list).index(item).key("name"))
}

/// Whether kustomize knows where a kind has names of ConfigMaps and Secrets.
fn is_kubernetes(entry: &Entry) -> bool {
    let group = group_of(&entry.name.api_version);
    matches!(group, "" | "apps" | "batch" | "networking.k8s.io" | "autoscaling" | "rbac.authorization.k8s.io")
}
