use crate::rules::prelude::*;
use crate::surface::{programs, task_specs};
use luban_diagnostic::Place;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "shared-cache",
    title: "a build cache that strangers share",
    why: "Mount caches of BuildKit (npm, pip, Go) without a key of their own are one for all builds of a daemon: a build \
          of anyone puts packages there that the next build of everyone takes.",
    fix: "Give each team a key that it cannot choose: `--opt build-arg:cache-key=<project>`, and let no parameter for it \
          be empty.",
    source: "railpack v0.37 docs, Running Railpack in Production, Mount cache; buildkit/build_llb/cache_store.go",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: cacheKey, default: ''}
  steps:
  - name: build
    image: moby/buildkit:v0.32.2-rootless
    command: [buildctl]
    args: [build, --frontend=gateway.v0, --opt, 'source=ghcr.io/railwayapp/railpack-frontend:v0.37.0', --opt, ⟦'build-arg:cache-key=$(params.cacheKey)'⟧]
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: moby/buildkit:v0.32.2-rootless
    command: [buildctl]
    args: [build, --frontend=gateway.v0, --opt, ⟦'source=ghcr.io/railwayapp/railpack-frontend:v0.37.0'⟧]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: cacheKey}]
  steps:
  - name: build
    image: moby/buildkit:v0.32.2-rootless
    command: [buildctl]
    args: [build, --frontend=gateway.v0, --opt, 'source=ghcr.io/railwayapp/railpack-frontend:v0.37.0', --opt, 'build-arg:cache-key=$(params.cacheKey)']
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

const KEY: &str = "build-arg:cache-key=";

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let programs = programs(container);
        let texts: Vec<Value<'_>> = if programs.is_empty() {
            container.words()
        } else {
            programs.iter().map(|program| program.value).collect()
        };
        let of_frontend = |text: &str| text.contains("source=") && text.contains("railpack") && text.contains("frontend");
        let mut frontend = None;
        let mut has_key = false;
        for value in texts {
            let text = value.text().unwrap_or_default();
            if frontend.is_none() && of_frontend(text) {
                frontend = text.find("source=").map(|at| (value, at));
            }
            let Some(at) = text.find(KEY) else { continue };
            has_key = true;
            let rest = text.get(at + KEY.len()..).unwrap_or_default();
            let end = rest.find(|letter: char| letter.is_whitespace() || letter == '"' || letter == '\'').unwrap_or(rest.len());
            let key = rest.get(..end).unwrap_or_default();
            let default = empty_default(surface, key);
            if key.is_empty() || default.is_some() {
                let place = stretch(value, at, at + KEY.len() + end, text);
                let finding = sink.finding("without a key of its own this build shares its caches with all others").at(place);
                sink.push(finding.related("it is empty unless the caller says more", default.map(|value| value.place())));
            }
        }
        if let Some((value, at)) = frontend.filter(|_| !has_key) {
            let text = value.text().unwrap_or_default();
            let rest = text.get(at..).unwrap_or_default();
            let end = at + rest.find(char::is_whitespace).unwrap_or(rest.len());
            let message = "no `build-arg:cache-key` is given: this build shares its caches with all others";
            sink.push(sink.finding(message).at(stretch(value, at, end, text)));
        }
    }
}

/// The place of a word: all of an argument with its quotes, or a part of a script.
fn stretch(value: Value<'_>, from: usize, to: usize, text: &str) -> Option<Place> {
    if from == 0 && to == text.len() {
        return Some(value.place());
    }
    value.scalar().map(|scalar| scalar.place_of(from..to))
}

/// The empty default of the parameter that a text is.
fn empty_default<'a>(surface: &Surface<'a>, text: &str) -> Option<Value<'a>> {
    let name = text.strip_prefix("$(params.")?.strip_suffix(')')?;
    let specs = task_specs(surface.kind(), surface.root);
    let mut params = specs.iter().flat_map(|task| task.spec.items_of("params"));
    let param = params.find(|param| param.text_of("name") == Some(name))?;
    param.get("default").filter(|default| default.text() == Some(""))
}
