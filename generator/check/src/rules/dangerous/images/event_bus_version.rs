use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-bus-version",
    profile: Profile::Strict,
    kinds: &["EventBus"],
    title: "an event bus of no fixed version",
    why: "Argo Events takes the image of NATS by this name from its configuration: with `latest` another one runs after an \
          upgrade of the controller, over the same stored streams.",
    fix: "Name a version that the controller's configuration has.",
    source: "argo-events v1.9 docs/eventbus/jetstream.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec:
  jetstream: {version: ⟦latest⟧}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec:
  jetstream: {version: 2.10.10}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let version = surface.root.at(&["spec", "jetstream", "version"]);
    if let Some(version) = version.filter(|version| version.text() == Some("latest")) {
        sink.push(sink.finding("the version of this event bus is `latest`: write the one that runs").at(version.place()));
    }
}
