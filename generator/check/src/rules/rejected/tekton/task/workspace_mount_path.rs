use std::collections::HashMap;

use luban_diagnostic::Place;
use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-workspace-mount-path",
    kinds: tekton::TASKS,
    title: "a workspace at a path that is taken",
    why: "Two volumes cannot be mounted at one path. A workspace without `mountPath` is at `/workspace/<name>`.",
    fix: "Give the workspace another `mountPath`, or remove the mount.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateDeclaredWorkspaces`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces:
  - {name: source, mountPath: ⟦/data/⟧}
  - {name: ⟦cache⟧}
  volumes: [{name: data, emptyDir: {}}]
  stepTemplate:
    volumeMounts: [{name: data, mountPath: /workspace/cache}]
  steps:
  - image: alpine:3.23
    volumeMounts: [{name: data, mountPath: /data}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  workspaces: [{name: source}, {name: cache, mountPath: /cache}]
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        let mut taken: HashMap<String, Place> = HashMap::new();
        for (path, mount) in task.mount_paths() {
            let place = mount.get("mountPath").map_or_else(|| mount.head(), Cursor::place);
            taken.entry(path).or_insert(place);
        }
        for workspace in tekton::items_of(task.at, "workspaces") {
            let name = tekton::text_of(workspace, "name");
            let written = workspace.get("mountPath").filter(|path| path.text() != Some(""));
            let path = match written {
                Some(path) => tekton::cleaned(path.text().unwrap_or_default()),
                None => tekton::cleaned(&format!("/workspace/{name}")),
            };
            let place = written.map_or_else(|| tekton::name_place(workspace), Cursor::place);
            if let Some(other) = taken.get(&path) {
                // Of two workspaces of one name, the name is what is wrong.
                let is_named_twice = written.is_none() && tekton::items_of(task.at, "workspaces").any(|other| {
                    !other.is(workspace) && tekton::text_of(other, "name") == name
                });
                if !is_named_twice {
                    let message = format!("workspace `{name}` is at `{path}`, which is taken already");
                    sink.push(sink.finding(message).at(place).related("by this", other.clone()));
                }
                continue;
            }
            taken.insert(path, place);
        }
    }
}
