use std::collections::HashMap;

use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-param-enum",
    kinds: tekton::WITH_PARAMS,
    title: "a parameter whose values to choose from cannot be right",
    why: "`enum` lists the texts that a string parameter may be, each once, its default among them.",
    fix: "Correct the list or the default; an array or object has no `enum`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/param_types.go, `validateParamEnums`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: a, enum: [x, z, ⟦x⟧]}
  - {name: b, enum: [x, z], default: ⟦w⟧}
  - {name: c, type: array, ⟦enum⟧: [x]}
  steps: [{image: 'alpine:3.23'}]
",
    ).flags(&[("enable-param-enum", "true")])],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a, enum: [x, z], default: x}]
  steps: [{image: 'alpine:3.23'}]
",
    ).flags(&[("enable-param-enum", "true")])],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let lists = view.param_specs.iter();
    // Upstream does not look at those of step actions.
    let lists = lists.filter(|_| view.kind != tekton::Kind::StepAction);
    for spec in lists.flat_map(|list| &list.specs) {
        let Some(list) = spec.at.get("enum").filter(|list| !list.is_empty()) else {
            continue;
        };
        let name = spec.name;
        if spec.kind != tekton::ParamType::String {
            let message = format!("`enum` is for strings, and parameter `{name}` is of type `{}`", spec.kind.name());
            sink.push(sink.finding(message).at(list.head()));
        }
        let mut seen: HashMap<&str, Cursor<'_>> = HashMap::new();
        for item in list.items() {
            let text = item.text().unwrap_or_default();
            match seen.get(text) {
                None => {
                    seen.insert(text, item);
                }
                Some(first) => {
                    let message = format!("`{text}` stands twice in the `enum` of parameter `{name}`");
                    sink.push(sink.finding(message).at(item.place()).related("the first is here", first.place()));
                }
            }
        }
        // A list or object that holds anything but texts is a text, which is none of these.
        let default = spec.default.as_ref().filter(|(_, value)| value.kind() == tekton::ParamType::String);
        let default = default.map(|(at, value)| (at, value.text().unwrap_or("[…]")));
        if let Some((at, text)) = default.filter(|(_, text)| !text.is_empty() && !seen.contains_key(text)) {
            let near = did_you_mean(text, seen.keys().copied());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("default `{text}` of parameter `{name}` is not in its `enum`{near}");
            sink.push(sink.finding(message).at(at.place()).related("the values are here", list.head()));
        }
    }
}
