//! Rules over any set of objects: what controllers reject, what breaks later, what an attacker would use.
//!
//! Pure: documents in, findings out. [`Objects`] reads documents as the kinds that they are and finds objects by name, over
//! all files in any order; [`check`] runs the [`RULES`] on each object, in parallel, and gives all findings at once, sorted,
//! one a cause. A [`Rule`] carries its documentation; pages and `explain` are made from that, and its examples are its tests.
//!
//! What controllers accept is found by following their code: [`argo`](crate::Rule) workflows are walked as upstream's
//! validation walks them, quirks included, but past the first mistake.
//!
//! ```
//! use luban_check::{Objects, Options, check};
//! use luban_yaml::{Budget, parse};
//!
//! let yaml = "apiVersion: argoproj.io/v1alpha1
//! kind: Workflow
//! metadata: {generateName: hello-}
//! spec:
//!   entrypoint: hello
//!   templates:
//!   - name: helo
//!     container: {image: alpine:3.23}
//! ";
//! let objects = Objects::new(parse("hello.yaml", yaml.as_bytes(), &Budget::default()).unwrap());
//! let findings = check(&objects, &Options::default());
//! assert_eq!(findings[0].rule, "unknown-template");
//! assert_eq!(findings[0].message, "template `hello` does not exist (did you mean `helo`?)");
//! ```
//!
//! A comment `# luban: ignore[rule] reason` accepts findings, and [`Options`] say what else is not shown or weighs otherwise. This
//! crate reads no file: paths and a configuration file are the caller's.

mod access;
mod argo;
mod argo_cd;
mod argo_events;
mod chain;
mod checked;
mod definitions;
mod expressions;
mod fault;
mod fields;
mod flags;
mod ignores;
mod inner;
mod kargo;
mod kustomize;
mod kustomized;
mod levels;
mod objects;
mod options;
pub mod page;
mod quantity;
mod reading;
mod references;
mod rule;
mod rules;
mod run;
mod sink;
mod subject;
mod surface;
mod taint;
mod tasks;
mod tekton;
mod time;
mod triggers;
mod views;

pub use argo::{Holds, Known, VARIABLES, Variable};
pub use checked::{Checked, check, check_all};
pub use flags::{
    ApiFields, Coschedule, FlagError, Flags, NoMatchPolicy, Nonfalsifiability, ResultsFrom,
};
pub use levels::Level;
pub use objects::{Entry, Objects};
pub use options::{As, Crds, Options};
pub use rule::{Confidence, Example, ExampleFile, Family, Profile, Rule};
pub use rules::{RULES, rule};
