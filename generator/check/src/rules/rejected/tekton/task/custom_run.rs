use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-custom-run",
    kinds: &["CustomRun"],
    title: "a CustomRun that does not say of which kind it is",
    why: "Its controller is found by `apiVersion` and `kind`.",
    fix: "Write both.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1beta1/customrun_validation.go, `CustomRunSpec.Validate`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: CustomRun
metadata: {name: wait}
spec:
  ⟦customRef⟧: {apiVersion: example.dev/v1}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: CustomRun
metadata: {name: wait}
spec:
  customRef: {apiVersion: example.dev/v1, kind: Wait}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = view.spec().filter(|_| view.kind == tekton::Kind::CustomRun) else {
        return;
    };
    for (field, of) in ["customRef", "customSpec"].into_iter().filter_map(|field| Some((field, spec.get(field)?))) {
        for part in ["apiVersion", "kind"] {
            if tekton::text_of(of, part).is_empty() && !sink.is_misspelt_in(view.entry, of, part) {
                let place = of.key_place(part).unwrap_or_else(|| of.head());
                sink.push(sink.finding(format!("`{field}.{part}` is missing")).at(place));
            }
        }
    }
}
