use crate::rules::prelude::*;
use crate::surface::{Maker, programs};

/// Commands that do something that a second time does again.
const CHANGES: &[&str] = &[
    "git push", "git commit", "kubectl create", "helm install", "npm publish", "gh release create", "cargo publish", "twine upload",
    "terraform apply", "curl -X POST", "curl -XPOST", "--request POST",
];

pub(crate) static RULE: Rule = Rule {
    id: "retried-change",
    confidence: Confidence::Low,
    profile: Profile::Strict,
    title: "a step that is tried again although it changes something outside",
    why: "If the step fails after it has done its work, the second try does it twice: a second release, a second commit, \
          an error that the thing exists.",
    fix: "Retry only what reads, or make the step look first whether it is done; `retryPolicy: OnTransientError` retries \
          only what never ran.",
    source: "argo-workflows v4.1 docs/retries.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: release}
spec:
  templates:
  - name: main
    ⟦retryStrategy⟧: {limit: 3, retryPolicy: Always}
    container:
      image: alpine/git:v2.49.1
      command: [sh, -c]
      args: ['git commit -am release && git push']
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: release}
spec:
  templates:
  - name: main
    retryStrategy: {limit: 3, retryPolicy: OnTransientError}
    container:
      image: alpine/git:v2.49.1
      command: [sh, -c]
      args: ['git commit -am release && git push']
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in surface.pods.iter().filter(|pod| pod.maker == Maker::Workflows) {
        let Some(strategy) = pod.levels.first().and_then(|template| template.get("retryStrategy")) else {
            continue;
        };
        if matches!(strategy.text_of("retryPolicy"), Some("OnTransientError" | "OnError")) || strategy.get("expression").is_some() {
            continue;
        }
        let programs = pod.containers.iter().flat_map(|container| programs(*container));
        let change = programs.into_iter().find_map(|program| CHANGES.iter().find(|change| program.text.contains(**change)));
        if let Some(change) = change {
            let message = format!("`{change}` is done again if this step fails after it");
            sink.push(sink.finding(message).at(strategy.key_place()));
        }
    }
}
