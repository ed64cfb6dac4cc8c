//! The expression languages of the objects that Luban checks, read with places: each module parses one language as upstream's
//! engine does, says what an expression refers to and what cannot work in it.
//!
//! Every language is a function from a text to what was found; nothing here knows an object, a field or a file. Spans are
//! bytes of the text given ([`Problem::shifted`], [`Path::shifted`] move them to where the text stands). Names of variables
//! are reported, not judged: the caller knows which there are. Names of functions are judged.

mod functions;
mod letters;
mod path;
mod problem;
mod types;

pub mod cel;
pub mod conditions;
pub mod cron;
pub mod depends;
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

pub use functions::{Call, Function};
pub use path::{Path, Segment, Step};
pub use problem::{Kind, Problem};
pub use types::Type;
