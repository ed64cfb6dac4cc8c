use luban_api_argo_workflows::Synchronization;
use luban_yaml::Path;

use crate::argo::Base;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "incomplete-lock",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a lock that says not what it is",
    why: "A mutex needs a name, a semaphore exactly one of `configMapKeyRef` and `database`: without it the step fails when it takes the lock.",
    fix: "Name the lock.",
    source: "argo-workflows v4.1 workflow/sync/lock_name.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  synchronization:
    mutexes: [{⟦namespace⟧: a}]
  templates:
  - name: main
    synchronization:
      semaphores: [{⟦namespace⟧: a}, {configMapKeyRef: {name: limits, ⟦key⟧: ''}}]
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  synchronization:
    mutexes: [{name: deploy}]
  templates:
  - name: main
    synchronization:
      semaphores: [{configMapKeyRef: {name: limits, key: builds}}, {database: {key: builds}}]
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    of(own, sink, own.spec.synchronization.as_ref(), &own.path);
    for written in view.written() {
        of(own, sink, written.template.synchronization.as_ref(), &written.path);
    }
}

fn of(own: &Base<'_>, sink: &mut Sink<'_>, locks: Option<&Synchronization>, holder: &Path) {
    let Some(locks) = locks else { return };
    let path = holder.key("synchronization");
    for (at, mutex) in locks.mutexes.iter().enumerate() {
        let path = path.key("mutexes").index(at);
        if mutex.name.as_deref().is_none_or(str::is_empty) && !sink.is_misspelt(own.entry, &path, "name") {
            sink.push(sink.finding("a mutex needs a name").at(own.head(&path)));
        }
    }
    for (at, semaphore) in locks.semaphores.iter().enumerate() {
        let path = path.key("semaphores").index(at);
        if let Some(key) = &semaphore.config_map_key_ref {
            let path = path.key("configMapKeyRef");
            for (field, text) in [("name", &key.name), ("key", &key.key)] {
                if text.is_empty() && own.document().has(&path.key(field)) {
                    sink.push(sink.finding(format!("`{field}` is empty")).at(own.key(&path.key(field))));
                }
            }
        } else if semaphore.database.is_none() && !["configMapKeyRef", "database"].iter().any(|field| sink.is_misspelt(own.entry, &path, field)) {
            let message = "a semaphore needs `configMapKeyRef` or `database`";
            sink.push(sink.finding(message).at(own.head(&path)));
        }
    }
}
