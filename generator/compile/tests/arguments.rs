//! Every compiled call of `luban step`, with typed and with hostile values in its placeholders, read by the binary's parser.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

mod support;

use luban_command::{Flag, Parsed, Value, parser, verb};
use serde_yaml::Value as Yaml;
use support::{PLATFORMS, mappings, objects, strings};

/// Values that a program would trip over that takes them for options, shell, templates or lists.
const HOSTILE: [&str; 16] = [
    "",
    " ",
    ";",
    "--",
    "-x",
    "--into=/etc",
    "--image=evil.example/x:1",
    "$(touch /tmp/x)",
    "`touch /tmp/x`",
    "a;b",
    "a\nb",
    "{{=1+1}}",
    "$(params.x)",
    "a,b=c",
    "../../etc/passwd",
    "ünïcode \u{202e}",
];

/// A container that runs luban: where it is, and its arguments.
fn calls() -> Vec<(String, Vec<String>)> {
    let mut calls = Vec::new();
    for (name, text) in PLATFORMS {
        for (path, value) in objects(text) {
            mappings(&value, &mut |mapping| {
                let command = strings(mapping.get("command"));
                if command
                    .first()
                    .is_some_and(|program| program.rsplit('/').next() == Some("luban"))
                {
                    calls.push((format!("{name}: {path}"), strings(mapping.get("args"))));
                }
            });
        }
    }
    calls
}

/// The flag that `argument` sets.
fn flag_of(arguments: &[String], argument: &str) -> Option<&'static Flag> {
    let name = argument.strip_prefix("--")?.split('=').next()?;
    verb(arguments.get(1)?)?
        .flags
        .iter()
        .find(|flag| flag.name == name)
}

fn has_placeholder(text: &str) -> bool {
    text.contains("{{") || text.contains("$(")
}

/// `text` with each `{{…}}` and `$(…)` replaced.
fn replace(text: &str, with: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((start, close)) = [("{{", "}}"), ("$(", ")")]
        .into_iter()
        .filter_map(|(open, close)| Some((rest.find(open)?, close)))
        .min()
    {
        out.push_str(&rest[..start]);
        out.push_str(with);
        rest = rest[start..]
            .split_once(close)
            .map_or("", |(_, after)| after);
    }
    out + rest
}

/// The arguments with placeholders filled by what their flags take.
fn fill(arguments: &[String]) -> Vec<String> {
    let mut filled = Vec::new();
    for (i, argument) in arguments.iter().enumerate() {
        if !has_placeholder(argument) {
            filled.push(argument.clone());
            continue;
        }
        if argument.ends_with("[*])") {
            let flag = flag_of(arguments, &arguments[i - 1]).unwrap();
            filled.extend([
                flag.value.sample().to_owned(),
                flag.value.sample().to_owned(),
            ]);
            continue;
        }
        let (name, value) = argument
            .split_once('=')
            .unwrap_or_else(|| panic!("`{argument}` is a placeholder without flag"));
        let flag = flag_of(arguments, argument)
            .unwrap_or_else(|| panic!("`{argument}` sets no flag of {arguments:?}"));
        filled.push(format!("{name}={}", sample(flag, value)));
    }
    filled
}

/// What `flag` takes in the place of the placeholders of `value`.
fn sample(flag: &Flag, value: &str) -> String {
    const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";
    if replace(value, "").is_empty() {
        return flag.value.sample().to_owned();
    }
    let is_image = matches!(flag.value, Value::Image | Value::Repository);
    if is_image && has_placeholder(value.split(['/', ':']).next().unwrap()) {
        let (first, rest) = value.split_at(value.find([')', '}']).unwrap());
        let rest = rest.trim_start_matches([')', '}']);
        return replace(&format!("{first})"), "registry.example.com/acme") + &replace(rest, COMMIT);
    }
    replace(value, COMMIT)
}

fn parse(arguments: &[String]) -> Result<Parsed, clap::Error> {
    parser()
        .try_get_matches_from(arguments)
        .map(|matches| Parsed::of(&matches).unwrap())
}

#[test]
fn every_compiled_call_is_understood() {
    let calls = calls();
    assert!(calls.len() > 40, "only {} calls are compiled", calls.len());
    for (path, arguments) in calls {
        assert_eq!(
            arguments.first().map(String::as_str),
            Some("step"),
            "{path}"
        );
        let filled = fill(&arguments);
        if let Err(error) = parse(&filled) {
            panic!("{path}: {filled:?}\n{error}");
        }
    }
}

#[test]
fn a_hostile_value_is_refused_or_kept_as_it_is() {
    for (path, arguments) in calls() {
        for (i, argument) in arguments.iter().enumerate() {
            if !has_placeholder(argument) || argument.ends_with("[*])") {
                continue;
            }
            let Some(flag) = flag_of(&arguments, argument) else {
                continue;
            };
            for hostile in HOSTILE {
                let mut filled = arguments.clone();
                filled[i] = replace(argument, hostile);
                let filled = fill_others(&arguments, &filled, i);
                let Ok(parsed) = parse(&filled) else { continue };
                let value = filled[index_of(&filled, flag)]
                    .split_once('=')
                    .unwrap()
                    .1
                    .to_owned();
                let got: Vec<&str> = parsed.list(flag).collect();
                assert!(
                    got.contains(&value.as_str()),
                    "{path}: `{hostile}` in --{} became {got:?}",
                    flag.name
                );
                let good = parse(&fill(&arguments)).unwrap();
                for other in parsed
                    .verb
                    .flags
                    .iter()
                    .filter(|other| other.name != flag.name)
                {
                    assert_eq!(
                        parsed.list(other).collect::<Vec<_>>(),
                        good.list(other).collect::<Vec<_>>(),
                        "{path}: `{hostile}` in --{} changed --{}",
                        flag.name,
                        other.name
                    );
                }
            }
        }
    }
}

/// Samples in every placeholder but the one at `hostile`.
fn fill_others(arguments: &[String], with: &[String], hostile: usize) -> Vec<String> {
    let before = fill(&arguments[..hostile]);
    let after: Vec<String> = {
        let mut rest = arguments[..2.min(arguments.len())].to_vec();
        rest.extend_from_slice(&arguments[hostile + 1..]);
        fill(&rest).into_iter().skip(2).collect()
    };
    [before, vec![with[hostile].clone()], after].concat()
}

fn index_of(arguments: &[String], flag: &Flag) -> usize {
    let start = format!("--{}=", flag.name);
    arguments
        .iter()
        .rposition(|argument| argument.starts_with(&start))
        .unwrap()
}

#[test]
fn no_compiled_object_holds_a_program() {
    const SHELLS: [&str; 6] = ["sh", "bash", "ash", "dash", "busybox", "python3"];
    for (name, text) in PLATFORMS {
        for (path, value) in objects(text) {
            mappings(&value, &mut |mapping| {
                assert!(
                    mapping
                        .get("script")
                        .is_none_or(|script| matches!(script, Yaml::Mapping(_) | Yaml::Null)),
                    "{name}: {path} holds a script"
                );
                let command: Vec<String> = [
                    strings(mapping.get("command")),
                    strings(mapping.get("args")),
                ]
                .concat();
                let is_shell = command
                    .first()
                    .is_some_and(|program| SHELLS.contains(&program.rsplit('/').next().unwrap()));
                assert!(!is_shell, "{name}: {path} runs {command:?}");
            });
        }
    }
}
