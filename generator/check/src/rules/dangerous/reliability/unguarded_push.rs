use crate::rules::prelude::*;
use crate::surface::{Maker, programs};

pub(crate) static RULE: Rule = Rule {
    id: "unguarded-push",
    profile: Profile::Strict,
    title: "a push to Git that two runs may do at once",
    why: "Of two runs that clone, change and push the same branch one fails, or overwrites the other's change by \
          `--force`.",
    fix: "Give the template `synchronization` with a mutex named by the repository, or pull and try again in the step.",
    source: "argo-workflows v4.1 docs/synchronization.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: release}
spec:
  templates:
  - name: main
    script:
      image: alpine/git:v2.49.1
      command: [sh]
      source: |
        git commit -am release
        ⟦git push⟧
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: release}
spec:
  templates:
  - name: main
    synchronization: {mutexes: [{name: gitops}]}
    script:
      image: alpine/git:v2.49.1
      command: [sh]
      source: git push
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in surface.pods.iter().filter(|pod| pod.maker == Maker::Workflows) {
        if pod.levels.iter().any(|level| level.get("synchronization").is_some() || level.get("parallelism").is_some_and(|one| one.text() == Some("1"))) {
            continue;
        }
        for program in pod.containers.iter().flat_map(|container| programs(*container)) {
            let at = program.text.find("git push");
            let tries_again = program.text.contains("rebase") || program.text.contains("git pull");
            if let Some(at) = at.filter(|_| !tries_again) {
                let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + "git push".len()));
                sink.push(sink.finding("two runs may push at once: nothing keeps them apart").at(place));
            }
        }
    }
}
