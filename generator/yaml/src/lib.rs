//! YAML for Kubernetes, both ways.
//!
//! Writing: [`to_string`] gives the same bytes for the same value, and strings that every YAML version reads back as strings.
//!
//! Reading: [`parse`] turns bytes into [`Document`]s, trees in which every key and value knows its place; [`read`] turns a
//! document into a typed value through its `Deserialize`, strictly and without stopping at the first mistake: a field that
//! the type lacks, a value of another type, an unknown variant are findings with a place and a suggestion, all of a file at
//! once. Scalars mean what they mean to `sigs.k8s.io/yaml`, so `yes` is a boolean and `0777` a number.
//! [`Document::locate`] finds the place of a [`Path`] for checks that run on the typed value later; a [`Value`] looks at a
//! document without any type.
//!
//! Editing: [`Editor`] changes a value in a text and leaves the rest of it, comments too, byte for byte;
//! [`Document::comments`] says what each comment is about.
//!
//! This crate knows no object of Kubernetes but the order in which upstream declares the fields of its types.
//!
//! ```
//! use luban_yaml::{Budget, Path, parse, read};
//!
//! #[derive(serde::Deserialize)]
//! struct Platform {
//!     name: String,
//! }
//! let documents = parse("platform.yaml", b"nmae: shop\n", &Budget::default()).unwrap();
//! let (_, findings) = read::<Platform>(&documents[0]);
//! assert_eq!(findings[0].message, "missing field `name`");
//! assert_eq!(findings[1].message, "unknown field `nmae` (did you mean `name`?)");
//! assert_eq!(documents[0].locate(&Path::root().key("nmae")).unwrap().span.start.column, 7);
//! ```
//!
//! To be strict and know places, a type must be read through `deserialize_struct`: `flatten`, `untagged` and internally
//! tagged enums make serde buffer, and what stands below them is read leniently.

mod budget;
mod comment;
mod cursor;
mod document;
mod edit;
mod inside;
mod parse;
mod path;
mod read;
mod scalar;
mod tree;
mod value;
mod write;

pub use budget::Budget;
pub use comment::Comment;
pub use cursor::Cursor;
pub use document::Document;
pub use edit::{EditError, Editor, Item};
pub use inside::{Scalar, Scalars};
pub use parse::parse;
pub use path::{Path, PathSegment};
pub use read::{Exclusive, read, read_at, read_by};
pub use value::Value;
pub use write::{WriteError, to_string, write_to};
