use std::collections::HashMap;

use luban_diagnostic::Place;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "mount-path-collision",
    kinds: WORKFLOWS,
    title: "two volumes or artifacts at the same path of a container",
    why: "One would hide the other.",
    fix: "Choose another path for one of them.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`; `ContainerSetTemplate.Validate`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: ⟦/work⟧}]
    volumes: [{name: work, emptyDir: {}}]
    container:
      image: alpine:3.23
      volumeMounts: [{name: work, mountPath: /work}]
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /work/source}]
    volumes: [{name: work, emptyDir: {}}]
    container:
      image: alpine:3.23
      volumeMounts: [{name: work, mountPath: /work}]
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let container = visit.template.container.as_ref();
        let (mounts, field) = match (container, &visit.template.container_set) {
            (Some(container), _) => (container.volume_mounts.as_deref().unwrap_or_default(), "container"),
            (None, Some(set)) => (set.volume_mounts.as_slice(), "containerSet"),
            (None, None) => continue,
        };
        let path = visit.path.key(field).key("volumeMounts");
        let mut paths: Vec<_> = mounts.iter().enumerate().map(|(at, mount)| {
            let what = format!("volume `{}` is mounted there", mount.name);
            (mount.mount_path.as_str(), path.index(at).key("mountPath"), what)
        }).collect();
        if container.is_some() {
            let artifacts = visit.template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
            paths.extend(artifacts.enumerate().filter_map(|(at, artifact)| {
                let what = format!("artifact `{}` is put there", artifact.name);
                let path = visit.path.key("inputs").key("artifacts").index(at).key("path");
                Some((artifact.path.as_deref().filter(|path| !path.is_empty())?, path, what))
            }));
        }
        let mut taken: HashMap<String, (Option<Place>, String)> = HashMap::new();
        for (written, path, what) in paths {
            let place = base.value(&path);
            match taken.get(&*view.resolved(visit, written)) {
                Some((before, what)) => {
                    let finding = sink.finding(format!("`{written}` is taken already")).at(place).related(what, before.clone());
                    sink.push_in(view.foreign(&visit.site), finding);
                }
                None => {
                    taken.insert(view.resolved(visit, written).into_owned(), (place, what));
                }
            }
        }
    }
}
