//! What the Sensors of examples need around them.

/// An example's YAML behind an EventBus and an EventSource `git` with the event `push`.
macro_rules! with_events {
    ($yaml:literal) => {
        concat!(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git}
spec:
  generic:
    push: {url: 'git.example.com:8080', config: branches}
    tag: {url: 'git.example.com:8081', config: tags}
---
",
            $yaml
        )
    };
}
pub(crate) use with_events;
