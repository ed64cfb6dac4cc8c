use crate::tekton::ParamSpec;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-default-reference",
    kinds: &["StepAction"],
    title: "a default of a step action that takes a parameter which is not there, or itself",
    why: "Defaults of a step action in `v1alpha1` may take other parameters; these have to be known first.",
    fix: "Name a parameter that is declared, and no circle of them.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1alpha1/stepaction_validation.go, `validateDefaultParameterReferences`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1alpha1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  params:
  - {name: a, default: $(params.⟦z⟧)}
  - {name: b, default: $(params.⟦c⟧)}
  - {name: c, default: $(params.⟦b⟧)}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1alpha1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  params:
  - {name: a}
  - {name: b, default: $(params.a)/b}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if !view.is_alpha {
        return;
    }
    let specs: Vec<&ParamSpec<'_>> = view.param_specs.iter().flat_map(|list| &list.specs).collect();
    let known = |name: &str| specs.iter().any(|spec| spec.name == name);
    let mut waiting = Vec::new();
    let mut resolved: Vec<&str> = Vec::new();
    for spec in &specs {
        let scalar = spec.default.as_ref().filter(|(_, value)| value.text().is_some()).and_then(|(at, _)| at.scalar());
        let Some(scalar) = scalar else {
            resolved.push(spec.name);
            continue;
        };
        let variables = tekton::variables(scalar.text(), "params");
        if variables.is_empty() {
            resolved.push(spec.name);
            continue;
        }
        let mut are_known = true;
        for variable in &variables {
            // Upstream takes what stands behind `$(params.` as it is.
            let is_known = variable.is_dotted && known(variable.rest);
            if !is_known {
                are_known = false;
                let near = did_you_mean(variable.rest, specs.iter().map(|spec| spec.name));
                let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let message = format!("the default of parameter `{}` takes `{}`, which is not declared{near}", spec.name, variable.rest);
                sink.push(sink.finding(message).at(scalar.place_of(variable.name_span())));
            }
        }
        if are_known {
            waiting.push((spec, scalar, variables));
        }
    }
    loop {
        let before = waiting.len();
        waiting.retain(|(spec, _, variables)| {
            let is_ready = variables.iter().all(|variable| resolved.contains(&variable.rest));
            if is_ready {
                resolved.push(spec.name);
            }
            !is_ready
        });
        if waiting.len() == before {
            break;
        }
    }
    for (spec, scalar, variables) in &waiting {
        let Some(variable) = variables.iter().find(|variable| !resolved.contains(&variable.rest)) else {
            continue;
        };
        let message = format!("the default of parameter `{}` waits for itself: it takes `{}`", spec.name, variable.rest);
        sink.push(sink.finding(message).at(scalar.place_of(variable.name_span())));
    }
}
