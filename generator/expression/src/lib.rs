//! The expression languages of the objects that Luban checks, read with places: each module parses one language as upstream's
//! engine does, says what an expression refers to and what cannot work in it.
//!
//! Every language is a function from a text to what was found; nothing here knows an object, a field or a file. Spans are
//! bytes of the text given ([`Problem::shifted`], [`Path::shifted`] move them to where the text stands). Names of variables
//! are reported, not judged: the caller knows which there are. Names of functions are judged.

mod letters;
mod path;
mod problem;
mod types;

pub mod cel;
pub mod conditions;
pub mod cron;
pub mod duration;
pub mod expr_lang;
pub mod gjson;
pub mod go_regexp;
pub mod go_template;
pub mod govaluate;
pub mod jq;
pub mod jsonpath;
pub mod lua;
pub mod prometheus;
pub mod quantity;
pub mod selector;
pub mod tags;

pub use path::{Path, Segment, Step};
pub use problem::{Kind, Problem};
pub use types::Type;

/// tmp
#[doc(hidden)]
pub fn verdict(lang: &str, text: &str) -> Option<Problem> {
    match lang {
        "expr" => expr_lang::parse(text).err(),
        "exprcheck" => match expr_lang::parse(text) {
            Err(problem) => Some(problem),
            Ok(expression) => expression
                .check(&expr_lang::Environment {
                    dialect: &expr_lang::PLAIN,
                    variable: &|_| expr_lang::Type::UNKNOWN,
                })
                .problems
                .into_iter()
                .next(),
        },
        "govaluate" => govaluate::parse(text, &[]).err(),
        "gotemplate" => match go_template::parse(text, go_template::Program::ArgoEvents) {
            Err(problem) => Some(problem),
            Ok(t) => t.problems.into_iter().find(|it| {
                it.kind == Kind::Name
                    && !it.message.contains("no template")
                    && !it.message.contains("not set yet")
            }),
        },
        "cel" => cel::parse(text).err(),
        "celempty" | "celtriggers" => match cel::parse(text) {
            Err(problem) => Some(problem),
            Ok(it) => it
                .check(
                    if lang == "celempty" {
                        cel::Program::TektonWhen
                    } else {
                        cel::Program::TriggersInterceptor
                    },
                    &[],
                )
                .problems
                .into_iter()
                .next(),
        },
        "cron" => cron::parse(text).err().filter(|it| it.kind == Kind::Syntax),
        "duration" => duration::parse(text).err(),
        "quantity" => quantity::check(text)
            .err()
            .filter(|it| it.kind == Kind::Syntax),
        "selector" => selector::check(text)
            .err()
            .filter(|it| it.kind == Kind::Syntax),
        "jsonpath" => jsonpath::parse(text).err(),
        "jq" => jq::parse(text).err(),
        "jqcompile" => match jq::parse(text) {
            Err(p) => Some(p),
            Ok(q) => q.problems.into_iter().next(),
        },
        "lua" => lua::parse(text).err(),
        "regexp" => go_regexp::check(text).err(),
        "when" => match govaluate::parse_when(text, &[]) {
            Err(problem) => Some(problem),
            Ok(checked) => checked.problems.into_iter().next(),
        },
        _ => None,
    }
}
