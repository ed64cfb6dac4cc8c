use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-action-mount",
    kinds: &["StepAction"],
    title: "a mount of a step action whose volume is no parameter",
    why: "A step action has no volumes: the task gives the name of one of its own.",
    fix: "Declare a parameter for the name, and write `name: $(params.<parameter>)`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1beta1/stepaction_validation.go, `validateVolumeMounts`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  params: [{name: data}]
  volumeMounts:
  - {name: ⟦data⟧, mountPath: /data}
  - {name: ⟦$(params.data)-1⟧, mountPath: /more}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  params: [{name: data}]
  volumeMounts:
  - {name: $(params.data), mountPath: /data}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let spec = view.spec().filter(|_| view.kind == tekton::Kind::StepAction);
    for mount in spec.into_iter().flat_map(|spec| tekton::items_of(spec, "volumeMounts")) {
        let name = tekton::text_of(mount, "name");
        let variables = tekton::variables(name, "params");
        let is_one = variables.len() == 1 && variables.iter().all(|variable| variable.span == (0..name.len()));
        if is_one || sink.is_misspelt_in(view.entry, mount, "name") {
            continue;
        }
        let message = format!("the volume of a mount is a parameter in a step action, `$(params.<parameter>)`, and not `{name}`");
        sink.push(sink.finding(message).at(tekton::name_place(mount)));
    }
}
