use luban_yaml::Path;

use crate::argo_events::{Form, Missing, given, is_open, lacks, say_missing, sources};
use crate::objects::Entry;
use crate::rules::prelude::*;

const MECHANISMS: [&str; 5] = ["PLAIN", "OAUTHBEARER", "SCRAM-SHA-256", "SCRAM-SHA-512", "GSSAPI"];

pub(crate) static RULE: Rule = Rule {
    id: "event-source-connection",
    kinds: &["EventSource"],
    title: "credentials of an event source that are half there",
    why: "TLS needs a CA, or a client's certificate with its key, or `insecureSkipVerify`; a password needs a user name. Upstream looks at \
          `tls` first and, if it is there, at nothing else.",
    fix: "Write the missing half.",
    source: "argo-events v1.9.11 pkg/apis/events/v1alpha1/validate.go, `ValidateTLSConfig`, `ValidateBasicAuth`, `ValidateSASLConfig`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  nats:
    builds: {url: 'nats://nats.example.com:4222', subject: builds, tls: {⟦clientCertSecret⟧: {name: nats, key: tls.crt}}}
  nsq:
    tests: {hostAddress: 'nsq.example.com:4161', topic: tests, channel: ci, ⟦tls⟧: {}}
  mqtt:
    sensors: {url: 'tcp://mqtt.example.com:1883', topic: a, clientId: ci, ⟦auth⟧: {username: {name: mqtt, key: user}}}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  kafka:
    builds:
      url: kafka.example.com:9092
      topic: builds
      partition: '0'
      sasl: {mechanism: ⟦SCRAM⟧, userSecret: {name: kafka, key: user}, passwordSecret: {name: kafka, key: password}}
    tests:
      url: kafka.example.com:9092
      topic: tests
      partition: '0'
      awsMskIamAuth: {⟦region⟧: ''}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: messages}
spec:
  nats:
    builds:
      url: nats://nats.example.com:4222
      subject: builds
      tls:
        clientCertSecret: {name: nats, key: tls.crt}
        clientKeySecret: {name: nats, key: tls.key}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for source in sources(entry) {
        let first = source.kind.connection.iter().map(|field| (*field, source.path.key(field)));
        let Some((field, path)) = first.into_iter().find(|(_, path)| !lacks(entry, path, Form::Value)) else {
            continue;
        };
        match field {
            "tls" => tls(sink, entry, &path),
            "auth" => {
                for field in ["username", "password"] {
                    let why = "basic authentication needs a user name and a password";
                    say_missing(sink, entry, &Missing { parent: &path, field, form: Form::Value, why });
                }
            }
            "sasl" => sasl(sink, entry, &path),
            _ => {
                let why = "AWS MSK is asked by region";
                say_missing(sink, entry, &Missing { parent: &path, field: "region", form: Form::Text, why });
            }
        }
    }
}

fn tls(sink: &mut Sink<'_>, entry: &Entry, path: &Path) {
    if given(entry, path, "insecureSkipVerify") {
        return;
    }
    let (certificate, key) = ("clientCertSecret", "clientKeySecret");
    let has = |field: &str| !lacks(entry, &path.key(field), Form::Value);
    let fields = ["caCertSecret", certificate, key, "enabled", "insecureSkipVerify"];
    if fields.iter().any(|field| sink.is_misspelt(entry, path, field)) {
        return;
    }
    let (missing, there) = match (has(certificate), has(key)) {
        (true, false) => (key, certificate),
        (false, true) => (certificate, key),
        (true, true) => return,
        (false, false) => {
            if !has("caCertSecret") && !given(entry, path, "enabled") {
                let message =
                    format!("`{path}` configures nothing: set `caCertSecret`, or `{certificate}` with `{key}`, or `enabled`");
                sink.push(sink.finding(message).at(entry.key_or_head(path)));
            }
            return;
        }
    };
    let message = format!("`{}` is missing: a client's certificate and its key belong together", path.key(missing));
    sink.push(sink.finding(message).at(entry.key_or_head(&path.key(there))));
}

fn sasl(sink: &mut Sink<'_>, entry: &Entry, path: &Path) {
    let mechanism = entry.document.text_at(&path.key("mechanism")).unwrap_or_default();
    let is_null = !entry.document.has_value(&path.key("mechanism"));
    if !mechanism.is_empty() && !is_null && !MECHANISMS.contains(&mechanism) && !is_open(mechanism) {
        let near = did_you_mean(mechanism, MECHANISMS).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("there is no mechanism `{mechanism}`: `{}` are{near}", MECHANISMS.join("`, `"));
        sink.push(sink.finding(message).at(entry.document.locate(&path.key("mechanism"))));
    }
    for field in ["userSecret", "passwordSecret"] {
        let why = "SASL needs a user name and a password";
        say_missing(sink, entry, &Missing { parent: path, field, form: Form::Value, why });
    }
}
