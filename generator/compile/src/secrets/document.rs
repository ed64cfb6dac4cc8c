//! The page that says which Secrets must exist.

use super::external::remote_key;
use super::{SecretNeed, needed};
use crate::Context;
use std::fmt::Write as _;

const EXISTING: &str = "Luban writes no Secret. Each of these must exist, with this type and these keys, before what uses it is synced.\n";

/// A Markdown page of every Secret that `platform` needs: cluster, namespace, name, type, keys, and what it is for. It holds
/// no value of a Secret.
pub fn secrets_document(context: &Context<'_>) -> String {
    let platform = context.platform;
    // The line that every compiled file begins with is a heading here.
    let mut page = format!("{}\n\n# Secrets of the platform\n\n", crate::tree::HEADER);
    match &platform.external_secrets {
        Some(store) => {
            let _ = writeln!(
                page,
                "The External Secrets operator makes each of these from the ClusterSecretStore `{}`. What must exist there is the remote key, with a property for each key; a key written with `=` is no secret and comes from Luban.",
                store.store
            );
        }
        None => page.push_str(EXISTING),
    }
    let needs = needed(context);
    for group in needs.chunk_by(|a, b| (&a.cluster, &a.namespace) == (&b.cluster, &b.namespace)) {
        let Some(first) = group.first() else { continue };
        let _ = write!(
            page,
            "\n## `{}` on cluster `{}`\n\n",
            first.namespace, first.cluster
        );
        let remote = platform.external_secrets.is_some();
        let (title, line) = if remote {
            (" Remote key |", " --- |")
        } else {
            ("", "")
        };
        let _ = writeln!(page, "| Secret | Type | Keys | Annotations |{title} For |");
        let _ = writeln!(page, "| --- | --- | --- | --- |{line} --- |");
        for need in group {
            let remote = platform
                .external_secrets
                .as_ref()
                .map(|store| format!(" `{}` |", remote_key(store, need)))
                .unwrap_or_default();
            let _ = writeln!(
                page,
                "| `{}` | `{}` | {} | {} |{remote} {} |",
                need.name,
                need.type_,
                keys(need),
                annotations(need),
                need.purposes.join("; ")
            );
        }
    }
    page
}

fn keys(need: &SecretNeed) -> String {
    if need.keys.is_empty() {
        return "those the application reads".to_owned();
    }
    let secret = need.keys.iter().map(|key| format!("`{key}`"));
    let fixed = need
        .literals
        .iter()
        .map(|(key, value)| format!("`{key}={value}`"));
    secret.chain(fixed).collect::<Vec<_>>().join(", ")
}

fn annotations(need: &SecretNeed) -> String {
    let annotations = need
        .annotations
        .iter()
        .map(|(key, value)| format!("`{key}: {value}`"));
    annotations.collect::<Vec<_>>().join(", ")
}
