use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "sync-wave",
    title: "a sync wave that is no whole number",
    why: "It counts as 0, without a word.",
    fix: "Write a whole number in quotes.",
    source: "gitops-engine pkg/sync/syncwaves/waves.go",
    bad: &[Example::new(
        "apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
    argocd.argoproj.io/hook-delete-policy: HookSucceeded
    argocd.argoproj.io/sync-wave: ⟦first⟧
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: \"example.com/migrate:1.0\"}]
",
    )],
    good: &[Example::new(
        "apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PreSync
    argocd.argoproj.io/hook-delete-policy: HookSucceeded
    argocd.argoproj.io/sync-wave: \"-1\"
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: \"example.com/migrate:1.0\"}]
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let at = entry.path.key("metadata").key("annotations").key("argocd.argoproj.io/sync-wave");
    let Some(wave) = entry.document.text_at(&at) else { return };
    if wave.parse::<i64>().is_err() && !is_template(wave) {
        let finding = sink.finding(format!("sync wave `{wave}` is no whole number: it counts as 0"));
        sink.push(finding.at(entry.document.locate(&at)));
    }
}
