use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "hook-phase",
    title: "a hook of a phase that Argo CD does not know",
    why: "A hook whose phase is misspelt is no hook: it is an ordinary object, synced with all others and pruned \
          with them; a misspelt delete policy counts as none.",
    fix: "Write `PreSync`, `Sync`, `PostSync`, `SyncFail`, `PreDelete`, `PostDelete` or `Skip`; `HookSucceeded`, \
          `HookFailed` or `BeforeHookCreation`.",
    source: "gitops-engine pkg/sync/common/types.go, `NewHookType`, `NewHookDeletePolicy`; argo-cd v3.5.1 \
          controller/hook.go",
    bad: &[Example::new(
        "apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: ⟦Presync⟧
    argocd.argoproj.io/hook-delete-policy: ⟦HookSuceeded⟧
    argocd.argoproj.io/sync-wave: \"-1\"
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
    argocd.argoproj.io/hook: PreSync,PostSync
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

const PHASES: [&str; 7] = ["PreSync", "Sync", "PostSync", "SyncFail", "PreDelete", "PostDelete", "Skip"];
const POLICIES: [&str; 3] = ["HookSucceeded", "HookFailed", "BeforeHookCreation"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let annotations = entry.path.key("metadata").key("annotations");
    let lists: [(&str, &str, &[&'static str]); 2] =
        [("hook", "phase of a hook", &PHASES), ("hook-delete-policy", "delete policy of a hook", &POLICIES)];
    for (annotation, what, known) in lists {
        let Some(scalar) = entry.document.scalar(&annotations.key(format!("argocd.argoproj.io/{annotation}"))) else {
            continue;
        };
        let mut start = 0;
        for name in scalar.text().split(',') {
            let trimmed = name.trim();
            let from = start + (name.len() - name.trim_start().len());
            start += name.len() + 1;
            if known.contains(&trimmed) || is_template(trimmed) || trimmed.is_empty() {
                continue;
            }
            let near = did_you_mean(trimmed, known.iter().copied());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("`{trimmed}` is no {what}{near}"));
            sink.push(finding.at(scalar.place_of(from..from + trimmed.len())));
        }
    }
}
