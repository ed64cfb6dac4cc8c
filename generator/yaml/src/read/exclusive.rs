//! Fields of a struct that exclude each other.

use luban_diagnostic::Finding;

use super::context::{Context, Way};
use crate::scalar::Meaning;
use crate::tree::Children;

/// Fields of which a struct may have at most one.
///
/// Kubernetes writes a choice as optional fields side by side, which serde's structs cannot forbid; reading with these rules
/// does ([`read_by`](crate::read_by)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exclusive {
    /// The struct, by the name that serde knows it by.
    pub owner: &'static str,
    /// The fields, as YAML names them.
    pub fields: &'static [&'static str],
    /// A key below which the rule does not hold: what stands there is merged into something else first.
    pub except_below: Option<&'static str>,
}

impl Exclusive {
    /// Records a finding where a mapping with these pairs has several of the fields.
    pub(super) fn check(&self, context: &Context<'_>, way: &Way<'_, '_>, pairs: Children) {
        let document = context.document;
        let mut set = document.tree.pairs(pairs).filter_map(|(key, value)| {
            let name = document.tree.text(&document.source, key)?;
            let is_set = !matches!(document.meaning(value), Some(Meaning::Null));
            (is_set && self.fields.contains(&name)).then_some((name, key))
        });
        let (Some((first, first_key)), Some((second, second_key))) = (set.next(), set.next())
        else {
            return;
        };
        if self.except_below.is_some_and(|key| way.has_key(key)) {
            return;
        }
        let names: Vec<&str> = [first, second]
            .into_iter()
            .chain(set.map(|(name, _)| name))
            .collect();
        let message = format!(
            "at most one of `{}` may be set{}: `{}` are",
            self.fields.join("`, `"),
            way.shown("in"),
            names.join("` and `")
        );
        let finding = Finding::error("one-of", message)
            .at(document.place(second_key))
            .related(format!("`{first}` is set here"), document.place(first_key));
        context.record(finding);
    }
}
