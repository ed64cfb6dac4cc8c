//! Containers that came of a hostile name, beside those that came of a plain one.

use super::expansion::expand;
use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_command::{Flag, Parsed, Value as Kind, parser, verb};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The parser of `luban step`, made once for some ten thousand calls.
static PARSER: LazyLock<clap::Command> = LazyLock::new(parser);

/// The containers of one pod, as an engine made them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pod {
    /// The task that it runs.
    node: String,
    containers: Vec<Value>,
}

/// Checks that `pods` are `plain` but for data: each flag of text in base64 that differs holds the field of its name, as the parser of
/// `luban step` reads it, and no other argument, field or pod differs.
pub(super) fn compare(
    pods: &[Pod],
    plain: &[Pod],
    fields: &BTreeMap<String, String>,
) -> Result<()> {
    if pods.len() != plain.len() {
        bail!("{} pods in place of {}", pods.len(), plain.len());
    }
    for (pod, plain) in pods.iter().zip(plain) {
        if pod.node != plain.node || pod.containers.len() != plain.containers.len() {
            bail!("pod `{}` in place of `{}`", pod.node, plain.node);
        }
        for (container, plain) in pod.containers.iter().zip(&plain.containers) {
            same(container, plain, fields).with_context(|| format!("pod `{}`", pod.node))?;
        }
    }
    Ok(())
}

fn same(container: &Value, plain: &Value, fields: &BTreeMap<String, String>) -> Result<()> {
    let (own, others) = (arguments(container), arguments(plain));
    let without = |container: &Value| {
        let mut container = container.clone();
        if let Some(object) = container.as_object_mut() {
            object.remove("args");
        }
        container
    };
    if without(container) != without(plain) {
        bail!("the container differs in more than its arguments: {container} in place of {plain}");
    }
    if own.len() != others.len() {
        bail!("{} arguments in place of {}", own.len(), others.len());
    }
    let mut carried = Vec::new();
    for (argument, other) in own.iter().zip(&others) {
        if argument != other {
            carried.push(data_flag(&own, argument, other)?);
        }
    }
    if !is_luban(container) {
        return match carried.first() {
            None => Ok(()),
            Some(flag) => Err(anyhow!("`{}` goes to a tool of upstream's", flag.name)),
        };
    }
    // Data that is the same in both events is data all the same.
    let verb = others.get(1).and_then(|name| verb(name));
    for flag in verb.into_iter().flat_map(|verb| verb.flags) {
        if flag.value == Kind::Base64
            && fields.contains_key(flag.name)
            && !carried.contains(&flag)
            && own.iter().any(|argument| {
                argument
                    .strip_prefix(&format!("--{}=", flag.name))
                    .is_some_and(|value| !value.is_empty())
            })
        {
            carried.push(flag);
        }
    }
    read(&own, &others, &carried, fields)
}

/// The flag that two arguments set, which must be one for data of an event.
fn data_flag(all: &[String], argument: &str, other: &str) -> Result<&'static Flag> {
    let name = |argument: &str| {
        let (name, _) = argument.strip_prefix("--")?.split_once('=')?;
        Some(name.to_owned())
    };
    let differs = || {
        anyhow!(
            "argument `{}` in place of `{}`",
            shown(argument),
            shown(other)
        )
    };
    let own = name(argument).ok_or_else(differs)?;
    if Some(&own) != name(other).as_ref() {
        return Err(differs());
    }
    let verb = all.get(1).and_then(|name| verb(name)).ok_or_else(differs)?;
    let mut flags = verb.flags.iter();
    flags.find(|flag| flag.name == own).ok_or_else(differs)
}

/// Lets the parser read the arguments and compares what `carried` flags hold with the event's fields.
fn read(
    own: &[String],
    plain: &[String],
    carried: &[&'static Flag],
    fields: &BTreeMap<String, String>,
) -> Result<()> {
    let filled = own
        .iter()
        .zip(plain)
        .map(|(argument, plain)| with_sample(own, argument, plain));
    let parsed = PARSER
        .clone()
        .try_get_matches_from(filled)
        .map_err(|error| error.to_string());
    let matches = match parsed {
        Ok(matches) => matches,
        // A NUL ends an argument for the kernel, so the parser must not take it; it says which flag and what it takes.
        Err(why) if fields.values().any(|text| text.contains('\0')) => {
            let is_said = carried.iter().any(|flag| {
                why.contains(&format!("--{}", flag.name)) && why.contains("text in base64")
            });
            return if is_said {
                Ok(())
            } else {
                Err(anyhow!("the refusal does not say which flag: {why}"))
            };
        }
        // What is no name, Sensors make empty or hand on: then the parser says which flag wants one.
        Err(why) if carried.iter().any(|flag| is_said_to_be_no_name(flag, &why)) => return Ok(()),
        Err(why) => bail!("the parser refuses it: {}", shown(&why)),
    };
    let parsed = Parsed::of(&matches).context("the parser knows no such verb")?;
    for flag in carried {
        let expected = fields
            .get(flag.name)
            .with_context(|| format!("`--{}` takes nothing of the event", flag.name))?;
        let value = parsed.get(flag).unwrap_or_default();
        let got = match flag.value {
            Kind::Base64 => String::from_utf8(STANDARD.decode(value)?)?,
            _ => value.to_owned(),
        };
        if flag.value == Kind::Base64 && value.contains(['$', '{', '}', '`', '\'', '"', '\n']) {
            bail!("`--{}` has text of the event in plain", flag.name);
        }
        let is_same = got == *expected
            || (flag.name == "updates"
                && serde_json::from_str::<Value>(&got)?
                    == serde_json::from_str::<Value>(expected)?);
        if !is_same {
            bail!(
                "`--{}` is `{}` in place of `{}`",
                flag.name,
                shown(&got),
                shown(expected)
            );
        }
    }
    Ok(())
}

/// Whether the parser refuses a flag because its value is no name, and names it.
fn is_said_to_be_no_name(flag: &Flag, why: &str) -> bool {
    flag.value == Kind::Name && why.contains(&format!("'--{} <", flag.name))
}

/// Whether an argument is a flag without a value.
fn is_empty(argument: &str) -> bool {
    let flag = argument
        .strip_prefix("--")
        .and_then(|rest| rest.split_once('='));
    flag.is_some_and(|(_, value)| value.is_empty())
}

/// An argument whose value waits for something that only a real run has, or that is empty because the run leaves its task out, with a
/// sample in its place.
fn with_sample(all: &[String], argument: &str, plain: &str) -> String {
    let is_waiting = |text: &str| text.contains("{{") || text.contains("$(") || is_empty(text);
    if argument != plain || !is_waiting(argument) {
        return argument.to_owned();
    }
    let flag = argument.strip_prefix("--").and_then(|rest| {
        let (name, _) = rest.split_once('=')?;
        let mut flags = verb(all.get(1)?)?.flags.iter();
        flags.find(|flag| flag.name == name)
    });
    match flag {
        Some(flag) => format!("--{}={}", flag.name, flag.value.sample()),
        None => argument.to_owned(),
    }
}

fn is_luban(container: &Value) -> bool {
    container
        .pointer("/command/0")
        .and_then(Value::as_str)
        .is_some_and(|program| program.rsplit('/').next() == Some("luban"))
}

/// The arguments of a container as its process gets them.
fn arguments(container: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |key: &str| {
        let list = container.get(key).and_then(Value::as_array);
        list.into_iter().flatten()
    };
    let mut variables = BTreeMap::new();
    for variable in list("env") {
        if let Some(name) = text(variable, "name") {
            let value = text(variable, "value").unwrap_or_else(|| "from elsewhere".to_owned());
            let value = expand(&value, &variables);
            variables.insert(name, value);
        }
    }
    list("args")
        .filter_map(Value::as_str)
        .map(|argument| expand(argument, &variables))
        .collect()
}

fn shown(text: &str) -> String {
    text.escape_debug().take(200).collect()
}
