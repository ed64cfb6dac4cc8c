//! Findings: what everything that reads files says about them, and the forms in which people and machines read that.
//!
//! A [`Finding`] has a rule's name, what is wrong in one line, the [`Place`] in the user's file, related places and what to
//! write instead. This crate renders findings; it reads no file and decides nothing about exit codes or about which rules
//! apply. Messages are lower case, without a full stop, with the offending value in backticks.
//!
//! ```
//! use luban_diagnostic::{Finding, Lines, Sources, human};
//!
//! let text = "spec:\n  imagee: x\n";
//! let place = Lines::new(text).place("platform.yaml", text, 8..14);
//! let finding = Finding::error("unknown-field", "unknown field `spec.imagee` (did you mean `image`?)").at(place);
//! let mut sources = Sources::new();
//! sources.insert("platform.yaml", text);
//! assert_eq!(
//!     human(&[finding], &sources, false),
//!     "error[unknown-field]: unknown field `spec.imagee` (did you mean `image`?)
//!  --> platform.yaml:2:3
//!   |
//! 2 |   imagee: x
//!   |   ^^^^^^
//!
//! "
//! );
//! ```

mod finding;
mod place;
mod render;
mod sources;
mod suggest;

pub use finding::{Finding, Related, Severity, Subject, Summary, sort_findings};
pub use place::{Lines, Place, Position, Span};
pub use render::concise::concise;
pub use render::github::github;
pub use render::human::human;
pub use render::json::json;
pub use render::sarif::{RuleText, sarif};
pub use sources::Sources;
pub use suggest::did_you_mean;
