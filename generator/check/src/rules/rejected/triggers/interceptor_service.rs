use crate::fields::{Form, Missing, lacks, say_missing};
use crate::rules::prelude::*;
use crate::triggers::is_of_triggers;

pub(crate) static RULE: Rule = Rule {
    id: "interceptor-service",
    kinds: &["ClusterInterceptor", "Interceptor"],
    title: "an interceptor whose Service lacks its name or namespace",
    why: "Tekton Triggers calls the Service by its name in its namespace.",
    fix: "Write `name` and `namespace` of the Service.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1alpha1/cluster_interceptor_validation.go, interceptor_validation.go",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1alpha1
kind: ClusterInterceptor
metadata: {name: build}
spec:
  clientConfig:
    ⟦service⟧: {name: check}
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1alpha1
kind: ClusterInterceptor
metadata: {name: build}
spec:
  clientConfig:
    service: {name: check, namespace: ci}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let service = entry.path.key("spec").key("clientConfig").key("service");
    if !is_of_triggers(entry) || lacks(entry, &service, Form::Value) {
        return;
    }
    for field in ["namespace", "name"] {
        let why = "the Service is called by it";
        say_missing(sink, entry, &Missing { parent: &service, field, form: Form::Text, why });
    }
}
