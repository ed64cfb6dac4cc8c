//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_argo_events::{EventBus, EventSource, Sensor};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[
    (
        "event-sources__stripe",
        "`namespace` is no field of a Stripe source",
    ),
    (
        "06-trigger-conditions__minio-event-source",
        "`type` is no field of an EventSource",
    ),
    (
        "06-trigger-conditions__webhook-event-source",
        "`type` is no field of an EventSource",
    ),
    (
        "09-http-trigger__minio-event-source",
        "`type` is no field of an EventSource",
    ),
    ("trigger-openwhisk", "`openwhisk` is written `openWhisk`"),
    (
        "trigger-with-atleast-once-semantics",
        "`atLeastOnce` belongs to the trigger, not to its template",
    ),
    (
        "trigger-with-policy",
        "`policy` belongs to the trigger, not to its template",
    ),
    (
        "sensors__url-sensor",
        "`verifycert` is written `verifyCert`",
    ),
    (
        "03-trigger-sources__sensor-cm",
        "a key selector has no `namespace`",
    ),
    (
        "03-trigger-sources__sensor-git",
        "`sshKeyPath` is no field of a Git artifact",
    ),
    (
        "09-http-trigger__sensor-0",
        "`serverURL` is no field of an HTTP trigger; `url` is missing",
    ),
];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<EventBus>();
    corpus.round_trip::<EventSource>();
    corpus.round_trip::<Sensor>();
    corpus.finish();
}
