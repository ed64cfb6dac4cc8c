//! Arguments of one call of a verb, as compiled into a container.

use crate::verbs::{Flag, Verb};
use thiserror::Error;

/// Why a call does not fit its verb.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CallError {
    /// A flag of another verb.
    #[error("`luban step {verb}` has no flag `--{flag}`")]
    UnknownFlag {
        /// The verb.
        verb: &'static str,
        /// The flag.
        flag: &'static str,
    },
    /// A flag that must be there and is not.
    #[error("`luban step {verb}` needs `--{flag}`")]
    MissingFlag {
        /// The verb.
        verb: &'static str,
        /// The flag.
        flag: &'static str,
    },
    /// A flag that is there twice and takes one value.
    #[error("`luban step {verb}` takes `--{flag}` once")]
    RepeatedFlag {
        /// The verb.
        verb: &'static str,
        /// The flag.
        flag: &'static str,
    },
    /// A value that the flag does not take.
    #[error("`--{flag}` of `luban step {verb}`: expected {expected}, not `{value}`")]
    Value {
        /// The verb.
        verb: &'static str,
        /// The flag.
        flag: &'static str,
        /// What it takes.
        expected: String,
        /// What it was given.
        value: String,
    },
}

/// A call of a verb: `luban step VERB --flag=value …`.
#[derive(Clone, Debug)]
pub struct Call {
    verb: &'static Verb,
    set: Vec<(&'static Flag, Vec<String>)>,
    command: Vec<String>,
}

impl Call {
    /// A call of `verb` with no flag yet.
    pub fn new(verb: &'static Verb) -> Self {
        Self {
            verb,
            set: Vec::new(),
            command: Vec::new(),
        }
    }

    /// Sets `flag`. The value may hold placeholders of Argo (`{{…}}`) or Tekton (`$(…)`); a repeated flag may be set again.
    #[must_use]
    pub fn flag(mut self, flag: &'static Flag, value: impl Into<String>) -> Self {
        self.set.push((flag, vec![value.into()]));
        self
    }

    /// Sets `flag` if there is a value.
    #[must_use]
    pub fn maybe(self, flag: &'static Flag, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.flag(flag, value),
            None => self,
        }
    }

    /// Sets a repeated flag to each of `values`.
    #[must_use]
    pub fn each(
        self,
        flag: &'static Flag,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        values
            .into_iter()
            .fold(self, |call, value| call.flag(flag, value))
    }

    /// The tool that `luban step exec` runs, with its arguments.
    #[must_use]
    pub fn command(mut self, command: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.command = command.into_iter().map(Into::into).collect();
        self
    }

    /// The verb that is called.
    pub fn verb(&self) -> &'static Verb {
        self.verb
    }

    /// The arguments after the program's name.
    ///
    /// # Errors
    /// When a flag is not the verb's, is missing or repeated, or a value without placeholder is not what it takes.
    pub fn args(&self) -> Result<Vec<String>, CallError> {
        let verb = self.verb.name;
        for flag in self.verb.flags.iter().filter(|flag| flag.is_required) {
            if !self.set.iter().any(|(set, _)| set.name == flag.name) {
                return Err(CallError::MissingFlag {
                    verb,
                    flag: flag.name,
                });
            }
        }
        let mut args = vec!["step".to_owned(), verb.to_owned()];
        for (i, (flag, values)) in self.set.iter().enumerate() {
            let flag_name = flag.name;
            if !self.verb.flags.iter().any(|known| known == *flag) {
                return Err(CallError::UnknownFlag {
                    verb,
                    flag: flag_name,
                });
            }
            if !flag.is_list
                && self.set[..i]
                    .iter()
                    .any(|(earlier, _)| earlier.name == flag_name)
            {
                return Err(CallError::RepeatedFlag {
                    verb,
                    flag: flag_name,
                });
            }
            for value in values {
                if is_tekton_list(value) {
                    args.extend([format!("--{flag_name}"), value.clone(), ";".to_owned()]);
                    continue;
                }
                let has_placeholder = value.contains("{{") || value.contains("$(");
                let is_empty_option = value.is_empty() && !flag.is_required;
                if !has_placeholder
                    && !is_empty_option
                    && let Err(why) = flag.value.check(value)
                {
                    let expected = why.to_string();
                    return Err(CallError::Value {
                        verb,
                        flag: flag_name,
                        expected,
                        value: value.clone(),
                    });
                }
                args.push(format!("--{flag_name}={value}"));
            }
        }
        if !self.command.is_empty() {
            args.push("--".to_owned());
            args.extend(self.command.iter().cloned());
        }
        Ok(args)
    }
}

/// Whether `value` is a whole Tekton array, which must be an argument of its own.
fn is_tekton_list(value: &str) -> bool {
    value.starts_with("$(") && value.ends_with("[*])")
}
