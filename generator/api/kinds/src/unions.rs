//! Rules about fields that exclude each other, as the reader takes them.

use luban_api_core::Union;
use luban_yaml::Exclusive;

/// The rules of a group's unions. A template's defaults are merged into templates of every form, so they may have several.
pub(crate) fn rules(unions: &[Union]) -> Vec<Exclusive> {
    unions
        .iter()
        .map(|union| Exclusive {
            owner: union.owner,
            fields: union.fields,
            except_below: Some("templateDefaults"),
        })
        .collect()
}
