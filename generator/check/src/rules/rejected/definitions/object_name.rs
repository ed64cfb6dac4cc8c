use luban_api::Object;

use crate::definitions::{is_filled_in_later, may_be_patch};
use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "object-name",
    title: "a name that no object can have, or none",
    why: "Names of objects are names of the DNS: small letters, digits and `-`, at most 253 characters with `.` \
          between the parts; names of namespaces and services are one part of at most 63. A prefix of a generated \
          name is the beginning of one.",
    fix: "Write small letters, digits and `-`.",
    source: "k8s.io/kubernetes v1.36 apimachinery `IsDNS1123Subdomain`, `IsDNS1123Label`, `IsDNS1035Label`; \
          pkg/apis/core/validation",
    bad: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: ⟦Web_Settings⟧}
data: {a: b}
",
    ), Example::new(
        "apiVersion: v1
kind: ConfigMap
⟦metadata⟧: {labels: {team: shop}}
data: {a: b}
",
    ), Example::new(
        "apiVersion: v1
kind: Namespace
metadata: {name: ⟦shop.prd⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: web.settings-1}
data: {a: b}
",
    ), Example::new(
        "apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: \"system:web\"}
rules: []
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

/// Kinds whose names are one part, and those whose names begin with a letter.
const LABELS: [&str; 1] = ["Namespace"];
const SERVICES: [&str; 1] = ["Service"];
/// Kinds whose names are parts of paths.
const FREE: [&str; 4] = ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let kind = entry.name.kind.as_str();
    let is_no_object = matches!(kind, "Kustomization" | "Component") || entry.name.api_version.is_empty();
    if is_no_object || matches!(entry.object, None | Some(Object::List(_) | Object::Unknown(_))) {
        return;
    }
    missing(entry, sink);
    let metadata = entry.path.key("metadata");
    for field in ["name", "generateName", "namespace"] {
        let at = metadata.key(field);
        let Some(text) = entry.document.text_at(&at).filter(|text| !text.is_empty() && !is_filled_in_later(text)) else {
            continue;
        };
        // A generated name goes on with letters and digits.
        let name = if field == "generateName" { text.trim_end_matches(['-', '.']) } else { text };
        let is_label = field == "namespace" || LABELS.contains(&kind) || SERVICES.contains(&kind);
        let why = if is_label && name.contains('.') {
            "it is one part, without `.`"
        } else if is_label && name.len() > 63 {
            "it has at most 63 characters"
        } else if name.len() > 253 {
            "it has at most 253 characters"
        } else if field == "name" && SERVICES.contains(&kind) && name.starts_with(|it: char| it.is_ascii_digit()) {
            "the name of a Service begins with a letter"
        } else if field != "namespace" && FREE.contains(&kind) {
            continue;
        } else if !name.is_empty() && !name.split('.').all(is_dns_label) {
            "it has small letters, digits and `-`, and begins and ends with a letter or a digit"
        } else {
            continue;
        };
        let what = if field == "namespace" { "namespace" } else { "name" };
        let finding = sink.finding(format!("`{text}` is no {what} of an object: {why}"));
        sink.push(finding.at(entry.document.locate(&at)));
    }
}

/// An object needs a name, or the beginning of one.
fn missing(entry: &Entry, sink: &mut Sink<'_>) {
    let metadata = entry.path.key("metadata");
    let has = |field: &str| entry.document.text_at(&metadata.key(field)).is_some_and(|text| !text.is_empty());
    // Workflows have a rule of their own.
    let is_workflow = WORKFLOWS.contains(&entry.name.kind.as_str());
    let is_explained = ["name", "generateName"].iter().any(|field| sink.is_misspelt(entry, &metadata, field))
        || sink.is_misspelt(entry, &entry.path, "metadata");
    if has("name") || has("generateName") || is_workflow || is_explained || may_be_patch(entry) {
        return;
    }
    let at = metadata.key("name");
    let finding = sink.finding(format!("`{at}` is missing: an object needs a name"));
    sink.push(finding.at(entry.key_or_head(&at)));
}

fn is_dns_label(part: &str) -> bool {
    let is_outer = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    part.starts_with(is_outer) && part.ends_with(is_outer) && part.chars().all(|it| is_outer(it) || it == '-')
}
