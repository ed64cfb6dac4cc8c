use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "email-port",
    kinds: &["Sensor"],
    title: "a port of a mail server that is none",
    why: "Ports are numbers from 0 to 65535; 587 is meant if nothing is written.",
    fix: "Write the port of the mail server.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateEmailTrigger`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: mail
      email: {host: smtp.example.com, port: ⟦465587⟧, to: [ci@example.com], from: argo@example.com}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: mail
      email: {host: smtp.example.com, port: 587, to: [ci@example.com], from: argo@example.com}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let Some(email) = at.trigger.template.as_ref().and_then(|template| template.email.as_ref()) else {
            continue;
        };
        let Some(port) = email.port.filter(|port| !(0..=65535).contains(port)) else {
            continue;
        };
        let path = at.path.key("template").key("email").key("port");
        let finding = sink.finding(format!("`{port}` is no port: ports go from 0 to 65535"));
        sink.push(finding.at(view.value(&path)));
    }
}
