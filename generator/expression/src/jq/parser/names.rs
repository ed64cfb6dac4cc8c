//! Names in a query that gojq must find.

use std::ops::Range;

use super::super::builtins;
use super::Parser;
use crate::problem::{Kind, Problem, counted};

impl<'a> Parser<'a> {
    pub(super) fn check_call(&mut self, name: &str, arguments: usize, span: Range<usize>) {
        let own = self
            .scope
            .functions
            .iter()
            .filter(|(known, _)| known == name);
        let counts: Vec<usize> = own.map(|(_, count)| *count).collect();
        if counts.contains(&arguments) {
            return;
        }
        let builtin = builtins::counts(name);
        if arguments == 0 && matches!(name, "input" | "inputs") {
            let message = format!("`{name}` has nothing to read here: `.` is all of the input");
            self.say(span, message);
            return;
        }
        if builtin.contains(&arguments) || name.contains("::") {
            return;
        }
        let known: Vec<String> = counts.iter().chain(builtin).map(usize::to_string).collect();
        if known.is_empty() {
            let own = self.scope.functions.iter().map(|(name, _)| name.as_str());
            let all = own.take(20).chain(builtins::names());
            let near = self.suggestions.for_name(name, all);
            self.say(span, format!("there is no function `{name}`{near}"));
        } else {
            let message = format!(
                "`{name}` takes {} arguments, and gets {}",
                known.join(" or "),
                counted(arguments, "argument")
            );
            self.found
                .problems
                .push(Problem::new(Kind::Arguments, span, message));
        }
    }

    pub(super) fn check_variable(&mut self, name: &str, span: Range<usize>) {
        let known = matches!(name, "$ENV" | "$__loc__") || name.contains("::");
        if known || self.scope.variables.iter().any(|it| it == name) {
            return;
        }
        let near = self.suggestions.for_name(
            name,
            self.scope.variables.iter().map(String::as_str).take(20),
        );
        self.say(span, format!("there is no variable `{name}` here{near}"));
    }

    pub(super) fn check_format(&mut self, name: &str, span: Range<usize>) {
        const FORMATS: [&str; 11] = [
            "@text", "@json", "@html", "@uri", "@urid", "@csv", "@tsv", "@sh", "@base64",
            "@base64d", "@base32",
        ];
        if FORMATS.contains(&name) || name == "@base32d" {
            return;
        }
        let near = self.suggestions.for_name(name, FORMATS);
        self.say(span, format!("there is no format `{name}`{near}"));
    }
}
