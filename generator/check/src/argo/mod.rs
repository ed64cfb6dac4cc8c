//! Workflows with what they refer to, resolved once for all rules.
//!
//! [`View`] follows `workflow/validate/validate.go` of argo-workflows v4.1: it starts where upstream starts, visits templates
//! in upstream's order, each once for each scope and name, and keeps what rules ask for: the calls and what they lead to
//! ([`Call`]), the templates with the values of their inputs ([`Visit`]), what is in scope ([`Scope`]), and the variables that
//! are not. Unlike upstream it goes on after a mistake.

mod arguments;
mod base;
mod dag;
mod given;
mod globals;
mod kind;
mod mistakes;
mod named;
mod path;
mod scope;
mod tags;
mod text;
mod variables;
mod view;
mod walk;
mod walk_group;
mod walk_start;
mod walk_text;
mod written;

pub(crate) use arguments::arguments;
pub(crate) use base::{Base, BaseKind};
pub(crate) use dag::{At, Dag, task_results};
pub(crate) use given::{Argument, artifact_is_located, value_is};
pub(crate) use kind::TemplateKind;
pub(crate) use mistakes::{What, called, of_event_binding};
pub(crate) use named::{Grammar, named_lists};
pub(crate) use path::{PathFault, path_fault};
pub(crate) use tags::is_parameter;
pub(crate) use text::{has_placeholder, is_placeholder, with_placeholders_as_x};
pub use variables::{Holds, Known, VARIABLES, Variable};
pub(crate) use view::{Fault, Holder, Site, Target, View, Visit, is_template_alone};
pub(crate) use walk::may_lack_values;
pub(crate) use written::{Node, Written};
