//! Lua, as gopher-lua v1.1.2 parses it (5.1 with `goto`): script filters and transformations of Argo Events.
//!
//! [`parse`] accepts what gopher-lua loads (nested 100 deep), but for the targets of `goto` and limits of registers. Names that
//! are neither local nor set in the script are listed.

mod parser;
mod token;

use std::collections::BTreeSet;

use crate::path::Path;
use crate::problem::{Problem, Suggestions};

/// What a script reads.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Script {
    /// Globals that it reads, with their fields as far as they are constant.
    pub reads: Vec<Path>,
    /// Globals that it sets somewhere.
    pub sets: BTreeSet<String>,
}

/// Globals of gopher-lua's standard libraries.
pub const STANDARD: [&str; 39] = [
    "_G",
    "_GOPHER_LUA_VERSION",
    "_VERSION",
    "_printregs",
    "assert",
    "channel",
    "collectgarbage",
    "coroutine",
    "debug",
    "dofile",
    "error",
    "getfenv",
    "getmetatable",
    "io",
    "ipairs",
    "load",
    "loadfile",
    "loadstring",
    "math",
    "module",
    "newproxy",
    "next",
    "os",
    "package",
    "pairs",
    "pcall",
    "print",
    "rawequal",
    "rawget",
    "rawset",
    "require",
    "select",
    "setfenv",
    "setmetatable",
    "string",
    "table",
    "tonumber",
    "tostring",
    "type",
];

const MORE: [&str; 2] = ["unpack", "xpcall"];

/// Reads a script.
///
/// # Errors
///
/// Where gopher-lua stops.
pub fn parse(text: &str) -> Result<Script, Problem> {
    let words = token::lex(text)?;
    let mut parser = parser::Parser::new(text, &words);
    parser.run()?;
    Ok(parser.found)
}

impl Script {
    /// Globals that nothing sets: not the script, not Lua, not the program, whose own are `given` (`event`). They are `nil`.
    #[must_use]
    pub fn unknown(&self, given: &[&str]) -> Vec<Problem> {
        let known = |name: &str| {
            given.contains(&name)
                || STANDARD.contains(&name)
                || MORE.contains(&name)
                || self.sets.contains(name)
        };
        let mut suggestions = Suggestions::default();
        let unknown = self.reads.iter().filter_map(|path| {
            let first = path.segments.first()?;
            let name = first.key().filter(|name| !known(name))?;
            let near =
                suggestions.for_name(name, given.iter().copied().chain(STANDARD).chain(MORE));
            let message = format!("nothing sets `{name}`, so it is nil{near}");
            Some(Problem::never(first.span.clone(), message))
        });
        unknown.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lua_refuses_is_said_at_the_word() {
        for (text, wrong) in [
            ("return event.a = 1", "="),
            ("if event.a then return true", ""),
            ("return event.a != 1", "!"),
            ("local x = 'a", "'"),
            ("event.a", "event.a"),
            ("return 1 return 2", "return"),
            ("break", "break"),
            ("function f() return ... end", "..."),
            ("x = {1 2}", "2"),
            ("--[[ x", "--[["),
        ] {
            let problem = parse(text).unwrap_err();
            assert_eq!(&text[problem.span.clone()], wrong, "{text}: {problem:?}");
        }
    }

    #[test]
    fn globals_that_nothing_sets_are_listed_with_their_fields() {
        let text = "local e = event.body; y = e.ref; if string.match(y, 'x') and evnt['a'].b then return true end";
        let script = parse(text).unwrap();
        let paths: Vec<_> = script.reads.iter().map(Path::to_string).collect();
        assert_eq!(paths, ["event.body", "string.match", "y", "evnt.a.b"]);
        let unknown = script.unknown(&["event"]);
        assert_eq!(unknown.len(), 1);
        assert_eq!(&text[unknown[0].span.clone()], "evnt");
    }
}
