//! The grammar of every `luban step` verb, as data.
//!
//! `luban-compile` builds the arguments of containers from it ([`Call`]), the binary parses with it ([`parser`],
//! [`Parsed`]), and Roles are made from what each verb does with the Kubernetes API ([`Verb::needs`]). So the three
//! cannot disagree.
//!
//! Every value is passed as one argument, `--flag=value`: a value that looks like an option stays a value. A list that
//! Tekton expands (`$(params.x[*])` must be an argument of its own) stands between its flag and a `;`.

mod call;
mod parse;
mod value;
mod verbs;

pub use call::{Call, CallError};
pub use parse::{Parsed, parser};
pub use value::{Value, ValueError};
/// Exit code of a verb that met a fault which may pass (`EX_TEMPFAIL` of sysexits.h), such as a registry that does not
/// answer: what calls it may try again. Every other failure would only be the same again.
pub const TRANSIENT: u8 = 75;

pub use verbs::{ALL, Flag, Grant, Need, Verb, verb, *};
