//! The kinds that Luban knows, in one table: any document read as the type it is.
//!
//! The crates of API groups do not know each other; this one knows them all. [`read`] looks at `apiVersion` and `kind`,
//! reads the document strictly into that kind's type, and reads objects inside objects (a Sensor's resource, a
//! TriggerTemplate's resources, the items of a List) the same way. A kind that is not in the table is kept as it is.
//!
//! ```
//! use luban_yaml::{Budget, parse};
//!
//! let text = b"apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\nspec: {steps: [{imagee: x}]}\n";
//! let documents = parse("task.yaml", text, &Budget::default()).unwrap();
//! let read = luban_api::read(&documents[0]);
//! assert_eq!(read.findings[0].message, "unknown field `spec.steps[0].imagee` (did you mean `image`?)");
//! ```

mod embedded;
#[cfg(feature = "schema")]
mod explain;
mod kind;
mod list;
mod object;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod stateful_set;
mod table;
mod unions;
mod unknown;
#[cfg(feature = "schema")]
mod walk;
mod written;

#[cfg(feature = "schema")]
pub use explain::{ExplainError, Explanation, Field, explain};
pub use kind::{Kind, KindName};
pub use list::List;
pub use read::{Inner, Read, read};
#[cfg(feature = "schema")]
pub use schema::schema;
pub use stateful_set::{StatefulSet, StatefulSetSpec};
pub use table::{KINDS, Object};
pub use unknown::Unknown;
pub use written::as_written;
