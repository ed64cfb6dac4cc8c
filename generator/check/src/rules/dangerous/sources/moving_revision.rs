use crate::rules::prelude::*;
use crate::surface::{has_variable, spec_of, templates};

pub(crate) static RULE: Rule = Rule {
    id: "moving-revision",
    profile: Profile::Strict,
    title: "a program that is fetched from a branch",
    why: "A workflow that clones a branch runs what is there at that moment, and two steps of one run may see different \
          commits.",
    fix: "Pass the commit that started the run; pin what others publish to a commit.",
    source: "argo-workflows v4.1 docs/walk-through/hardwired-artifacts.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /src, git: {repo: 'https://git.example.com/shop.git', revision: ⟦main⟧}}]
    container: {image: 'alpine:3.23'}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  source:
    repoURL: https://git.example.com/shop.git
    path: overlays/prd
    targetRevision: ⟦HEAD⟧
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  serviceAccountName: build
  templates:
  - name: main
    inputs:
      parameters: [{name: revision}]
      artifacts: [{name: source, path: /src, git: {repo: 'https://git.example.com/shop.git', revision: '{{inputs.parameters.revision}}'}}]
    container: {image: 'alpine:3.23'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec").filter(|_| surface.is_of("argoproj.io")) else {
        return;
    };
    if surface.kind() == "Application" {
        let sources = spec.get("source").into_iter().chain(spec.items_of("sources"));
        for source in sources.filter(|source| source.get("chart").is_none() && source.get("repoURL").is_some()) {
            match source.get("targetRevision") {
                Some(revision) if revision.text() != Some("HEAD") => {}
                revision => {
                    let place = revision.map_or_else(|| source.head(), |revision| revision.place());
                    sink.push(sink.finding("this follows whatever is the repository's default branch").at(place));
                }
            }
        }
        return;
    }
    let Some(workflow) = spec_of(surface.entry, surface.root) else {
        return;
    };
    for template in templates(workflow) {
        let artifacts = template.value.get("inputs").into_iter().flat_map(|inputs| inputs.items_of("artifacts"));
        for git in artifacts.filter_map(|artifact| artifact.get("git")) {
            let (message, place) = match git.get("revision") {
                None => ("no `revision` is named: whatever the default branch has is used", git.head()),
                Some(revision) => {
                    let text = revision.text().unwrap_or_default();
                    if has_variable(text) || text.bytes().any(|byte| byte.is_ascii_digit()) {
                        continue;
                    }
                    ("this is a branch: whatever it has at that moment is used", revision.place())
                }
            };
            sink.push(sink.finding(message).at(place));
        }
    }
}
