//! The parser of `luban step`, made from the same data.

use crate::verbs::{ALL, Flag, Verb};
use clap::builder::{PossibleValuesParser, StringValueParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command};

/// The `step` command with a subcommand for each verb.
pub fn parser() -> Command {
    let command = Command::new("step")
        .about("What the compiled pods run")
        .long_about("What the compiled pods run. Each verb does one job of a pipeline; `luban generate` writes the calls, and nobody needs to type them.")
        .subcommand_required(true)
        .arg_required_else_help(true);
    ALL.iter().fold(command, |command, verb| {
        command.subcommand(subcommand(verb))
    })
}

fn subcommand(verb: &'static Verb) -> Command {
    let command = verb.flags.iter().fold(
        Command::new(verb.name).about(verb.about),
        |command, flag| command.arg(arg(flag)),
    );
    if verb.takes_command {
        command.arg(
            Arg::new("command")
                .help("The tool and its arguments")
                .last(true)
                .num_args(1..)
                .required(true),
        )
    } else {
        command
    }
}

fn arg(flag: &'static Flag) -> Arg {
    let arg = Arg::new(flag.name)
        .long(flag.name)
        .help(flag.help)
        .required(flag.is_required)
        .value_parser(value_parser(flag));
    if flag.is_list {
        arg.action(ArgAction::Append)
            .num_args(0..)
            .value_terminator(";")
            .allow_hyphen_values(true)
    } else {
        arg.action(ArgAction::Set)
            .num_args(1)
            .allow_hyphen_values(true)
    }
}

fn value_parser(flag: &'static Flag) -> ValueParser {
    match flag.value {
        crate::Value::OneOf(words) if flag.is_required => PossibleValuesParser::new(words).into(),
        value => StringValueParser::new()
            .try_map(move |text: String| {
                if text.is_empty() && !flag.is_required {
                    Ok(text)
                } else {
                    value.check(&text).map(|()| text)
                }
            })
            .into(),
    }
}

/// A parsed call.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The verb.
    pub verb: &'static Verb,
    matches: ArgMatches,
}

impl Parsed {
    /// The call in the matches of [`parser`].
    pub fn of(matches: &ArgMatches) -> Option<Self> {
        let (name, matches) = matches.subcommand()?;
        Some(Self {
            verb: crate::verb(name)?,
            matches: matches.clone(),
        })
    }

    /// The value of `flag`; none if it is not set or empty.
    pub fn get(&self, flag: &'static Flag) -> Option<&str> {
        self.list(flag).next().filter(|value| !value.is_empty())
    }

    /// The values of a repeated `flag`.
    pub fn list(&self, flag: &'static Flag) -> impl Iterator<Item = &str> {
        self.matches
            .try_get_many::<String>(flag.name)
            .ok()
            .flatten()
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// The tool and arguments of `exec`.
    pub fn command(&self) -> impl Iterator<Item = &str> {
        self.matches
            .try_get_many::<String>("command")
            .ok()
            .flatten()
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CLONE, Call, DISPATCH, EXEC, RAILPACK_BUILD, clone, dispatch, railpack_build};

    fn parse(args: Vec<String>) -> Result<Parsed, clap::Error> {
        let matches = parser().try_get_matches_from(args)?;
        Ok(Parsed::of(&matches).unwrap())
    }

    #[test]
    fn the_parser_is_consistent() {
        parser().debug_assert();
    }

    #[test]
    fn a_value_that_looks_like_an_option_stays_a_value() {
        let call = Call::new(&CLONE)
            .flag(&clone::URL, "https://example.com/a.git")
            .flag(&clone::REVISION, "0123456789abcdef0123456789abcdef01234567")
            .flag(&clone::INTO, "--upload-pack=touch /tmp/x");
        let parsed = parse(call.args().unwrap()).unwrap();
        assert_eq!(parsed.get(&clone::INTO), Some("--upload-pack=touch /tmp/x"));
        assert_eq!(parsed.get(&clone::SUBMODULES), None);
    }

    #[test]
    fn lists_that_tekton_expands_end_where_they_end() {
        let args = [
            "step",
            "railpack-build",
            "--secret",
            "A",
            "B",
            ";",
            "--build-arg",
            "--x=1",
            ";",
            "--cache-key=p",
        ];
        let parsed = parse(args.map(str::to_owned).to_vec());
        let why = parsed.unwrap_err().to_string();
        assert!(
            why.contains("--image"),
            "only required flags are missing: {why}"
        );
        assert!(
            Call::new(&RAILPACK_BUILD)
                .flag(&railpack_build::SECRET, "$(params.buildSecrets[*])")
                .args()
                .is_err()
        );
    }

    #[test]
    fn exec_keeps_the_arguments_of_its_tool() {
        let call = Call::new(&EXEC).command(["trivy", "--version", "--", "-x"]);
        let parsed = parse(call.args().unwrap()).unwrap();
        assert_eq!(
            parsed.command().collect::<Vec<_>>(),
            ["trivy", "--version", "--", "-x"]
        );
    }

    #[test]
    fn an_event_without_a_field_is_an_empty_value() {
        let parsed = parse(
            [
                "step",
                "dispatch",
                "--provider=github",
                "--kind=",
                "--after=",
            ]
            .map(str::to_owned)
            .to_vec(),
        )
        .unwrap();
        assert_eq!(parsed.get(&dispatch::AFTER), None);
        assert_eq!(parsed.verb.name, DISPATCH.name);
    }
}
