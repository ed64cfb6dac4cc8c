use crate::rules::prelude::*;
use crate::surface::{Language, commands, has_variable, is_word_of};
use luban_diagnostic::Place;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-flag",
    title: "an option that the tool does not have",
    why: "The tool prints how it is used and fails before it has done anything.",
    fix: "Write the option as this tool has it; those of `docker buildx` are not those of `buildctl`.",
    source: "moby/buildkit v0.32.2 cmd/buildctl/main.go, build.go, diskusage.go, prune.go; railpack v0.37 cli/prepare.go, \
             cli/common.go",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --frontend dockerfile.v0 \\
        --opt filename=$(basename \"$FILE\") \\
        ⟦--provenance⟧ mode=max
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: build
    container:
      image: moby/buildkit:v0.32.2-rootless
      command: [buildctl]
      args: [build, --frontend=dockerfile.v0, ⟦--build-arg⟧, VERSION=1]
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      railpack prepare . ⟦--plan-output⟧ /tmp/plan.json
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl --addr \"$ADDR\" --wait build --frontend=dockerfile.v0 -o type=image,name=$(cat image)-debug \\
        --opt build-arg:VERSION=1 --metadata-file /tmp/metadata.json $MORE
      railpack prepare . --env NODE_ENV --plan-out /tmp/plan.json
      docker buildx build --provenance mode=max .
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

/// A command of a tool with its options.
struct Tool {
    program: &'static str,
    /// The command's names.
    names: &'static [&'static str],
    /// Options with a value.
    valued: &'static [&'static str],
    plain: &'static [&'static str],
}

const BUILDCTL: &[&str] = &[
    "addr", "log-format", "tlsservername", "tlscacert", "tlscert", "tlskey", "tlsdir", "timeout",
    "otel-socket-path",
];
const BUILDCTL_PLAIN: &[&str] = &["debug", "wait", "help", "h", "version", "v"];

const TOOLS: &[Tool] = &[
    Tool {
        program: "buildctl",
        names: &["build", "b"],
        valued: &[
            "output", "o", "exporter", "exporter-opt", "progress", "trace", "local", "oci-layout", "frontend", "opt",
            "frontend-opt", "export-cache", "export-cache-opt", "import-cache", "secret", "allow", "ssh", "metadata-file",
            "source-policy-file", "ref-file", "registry-auth-tlscontext", "debug-json-cache-metrics",
        ],
        plain: &["no-cache", "proxy-network", "help", "h"],
    },
    Tool {
        program: "railpack",
        names: &["prepare", "p"],
        valued: &[
            "plan-out", "info-out", "env", "e", "previous", "build-cmd", "start-cmd", "config-file",
        ],
        plain: &["show-plan", "hide-pretty-plan", "error-missing-start", "verbose", "help", "h"],
    },
];

/// What an option of `docker buildx build` is here.
const OF_BUILDX: &[(&str, &str)] = &[
    ("provenance", "--opt attest:provenance=mode=max"),
    ("sbom", "--opt attest:sbom="),
    ("attest", "--opt attest:…"),
    ("build-arg", "--opt build-arg:NAME=value"),
    ("platform", "--opt platform=…"),
    ("target", "--opt target=…"),
    ("label", "--opt label:NAME=value"),
    ("tag", "--output type=image,name=…"),
    ("t", "--output type=image,name=…"),
    ("push", "--output type=image,name=…,push=true"),
    ("file", "--opt filename=…"),
    ("f", "--opt filename=…"),
    ("cache-from", "--import-cache"),
    ("cache-to", "--export-cache"),
    ("iidfile", "--metadata-file"),
];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let values = container.words();
        let texts: Vec<(usize, &str)> = values.iter().enumerate().map(|(at, value)| (at, value.text().unwrap_or_default())).collect();
        judge(&texts, |at, _| values.get(at).map(luban_yaml::Value::place), sink);
    }
    let known = |text: &str| TOOLS.iter().any(|tool| text.contains(tool.program));
    for program in surface.programs().iter().filter(|it| it.language == Language::Shell && known(it.text)) {
        for command in commands(program.text) {
            let place = |at: usize, length: usize| program.value.scalar().map(|scalar| scalar.place_of(at..at + length));
            judge(command.call(), place, sink);
        }
    }
}

fn judge(words: &[(usize, &str)], place: impl Fn(usize, usize) -> Option<Place>, sink: &mut Sink<'_>) {
    let Some(((_, program), rest)) = words.split_first() else {
        return;
    };
    let mut tools = TOOLS.iter();
    let Some(tool) = tools.find(|tool| is_word_of(program, tool.program)) else {
        return;
    };
    // Options before the command are the program's own.
    let is_buildctl = tool.program == "buildctl";
    let mut rest = rest.iter();
    while let Some((_, word)) = rest.next() {
        match option(word) {
            None if tool.names.contains(word) => break,
            None => return,
            Some((name, is_whole)) if is_buildctl && BUILDCTL.contains(&name) && is_whole => {
                rest.next();
            }
            Some((name, _)) if is_buildctl && !BUILDCTL.contains(&name) && !BUILDCTL_PLAIN.contains(&name) => return,
            Some(_) => {}
        }
    }
    while let Some((at, word)) = rest.next() {
        if *word == "--" {
            return;
        }
        let Some((name, is_whole)) = option(word) else {
            continue;
        };
        if tool.valued.contains(&name) {
            if is_whole {
                rest.next();
            }
        } else if !tool.plain.contains(&name) && !has_variable(name) && !name.contains(['$', '<', '>', '`']) {
            let length = if is_whole { word.len() } else { word.find('=').unwrap_or(word.len()) };
            let elsewhere = OF_BUILDX.iter().find(|(known, _)| is_buildctl && *known == name);
            let known = tool.valued.iter().chain(tool.plain).copied();
            let instead = match elsewhere {
                Some((_, here)) => format!("; here it is `{here}`"),
                None => did_you_mean(name, known).map(|near| format!("; did you mean `--{near}`?")).unwrap_or_default(),
            };
            let command = tool.names.first().copied().unwrap_or_default();
            let dashes = word.get(..word.len() - word.trim_start_matches('-').len()).unwrap_or_default();
            let message = format!("`{} {command}` has no option `{dashes}{name}`{instead}", tool.program);
            sink.push(sink.finding(message).at(place(*at, length)));
        }
    }
}

/// The name of an option, and whether its value is a word of its own.
fn option(word: &str) -> Option<(&str, bool)> {
    let name = word.strip_prefix("--").or_else(|| word.strip_prefix('-'))?;
    let is_option = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    is_option.then(|| match name.split_once('=') {
        Some((name, _)) => (name, false),
        None => (name, true),
    })
}
