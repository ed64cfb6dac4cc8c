use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "overlapping-schedule",
    profile: Profile::Strict,
    kinds: &["CronWorkflow", "CronJob"],
    title: "a schedule whose runs may overlap",
    why: "With `Allow`, which is the default, a run that takes longer than its interval has the next beside it, and both \
          do the same work on the same things.",
    fix: "Set `concurrencyPolicy: Forbid`, or `Replace`.",
    source: "argo-workflows v4.1 docs/cron-workflows.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  ⟦schedules⟧: ['0 4 * * *']
  workflowSpec:
    entrypoint: main
    serviceAccountName: nightly
    templates: [{name: main, container: {image: 'alpine:3.23'}}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: ['0 4 * * *']
  concurrencyPolicy: Forbid
  workflowSpec:
    entrypoint: main
    serviceAccountName: nightly
    templates: [{name: main, container: {image: 'alpine:3.23'}}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let policy = spec.get("concurrencyPolicy");
    if matches!(policy.and_then(|policy| policy.text()), Some("Forbid" | "Replace")) {
        return;
    }
    let place = policy.map_or_else(|| spec.head(), |policy| policy.place());
    sink.push(sink.finding("runs of this schedule may overlap: `concurrencyPolicy` is `Allow`").at(place));
}
