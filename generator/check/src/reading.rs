//! What the strict reader finds, as findings of rules.

use luban_diagnostic::{Finding, Severity};
use luban_yaml::Path;

use crate::objects::Entry;
use crate::options::Options;
use crate::rules::rule;

/// The reader's findings of a document that begins with `entry`.
///
/// Upstream reads objects of Argo Workflows by Go's decoder, which misses no field and, below the fields of a step, knows
/// none too many: what only the cluster's definitions refuse, or nothing does, weighs less.
pub(crate) fn findings(entry: &Entry, options: &Options) -> Vec<Finding> {
    let is_argo =
        entry.name.api_version.starts_with("argoproj.io/") && is_workflow_kind(&entry.name.kind);
    let is_tekton = entry.name.api_version.starts_with("tekton.dev/");
    let is_events = is_of_events(entry);
    let is_triggers = entry.name.api_version.starts_with("triggers.tekton.dev/");
    let mut findings = Vec::new();
    let unquoted = unquoted(entry);
    for finding in entry.reading.iter() {
        // A patch says what changes: it may lack any field, and `$patch: delete` and its like are instructions.
        if entry.is_patch
            && (finding.rule == "missing-field"
                || finding.message.contains("`$")
                || finding.message.contains(".$"))
        {
            continue;
        }
        let mut finding = finding.clone();
        let start = finding.place.as_ref().map(|place| place.span.start.offset);
        if let Some(start) = start.filter(|_| !unquoted.is_empty()) {
            // The key is the inner mapping of `{{…}}`, the value the outer one: one mistake.
            let is_value = finding.rule == "wrong-type" && unquoted.contains(&start);
            let is_key = finding.rule == "key-type" && unquoted.contains(&start.wrapping_sub(1));
            let is_said = is_key
                && entry.reading.iter().any(|other| {
                    let place = other.place.as_ref();
                    other.rule == "wrong-type"
                        && place.is_some_and(|place| place.span.start.offset + 1 == start)
                });
            if is_said {
                continue;
            }
            if is_key || is_value {
                finding.help = Some("put `{{…}}` between quotes".to_owned());
            }
        }
        if is_argo && finding.rule == "unknown-field" && is_inside_a_step(&finding.message) {
            finding.rule = "ignored-field";
            finding.severity = Severity::Warning;
        }
        // Tekton's webhook reads fields without regard to case; its controllers do not, so that the value is lost.
        // Below a list or mapping nothing has been read, so that nobody knows what stands there.
        let is_lost = is_tekton && finding.rule == "unknown-field";
        if is_lost && differs_in_case(&finding.message) && is_scalar(entry, &finding.message) {
            finding.severity = Severity::Warning;
        }
        if is_argo && let Some((field, instead)) = gone_in_4(&finding) {
            if options.has_workflows_3 {
                continue;
            }
            finding.message =
                format!("unknown field `{field}`: it is gone since Argo Workflows 4.0");
            finding.help = Some(format!(
                "{instead}; or say in the targets that the clusters run 3"
            ));
        }
        if finding.rule == "unknown-field" && (is_events || is_subscription(entry, &finding)) {
            // Sensors said of what kind an object is where its own text says it: until 1.7, and in many still.
            if is_events && is_kind_of_object(&finding.message) {
                continue;
            }
            // Their definitions keep any field, and their controllers decode none that they do not know.
            finding.severity = Severity::Warning;
            finding.message.push_str(": it is ignored");
        }
        // kustomize reads names in any case, and means by `fieldpath` what it means by `fieldPath`.
        let is_kustomization = entry
            .name
            .api_version
            .starts_with("kustomize.config.k8s.io/");
        if is_kustomization && finding.rule == "unknown-field" && differs_in_case(&finding.message)
        {
            continue;
        }
        // Rules of their own say more about the choices of workflows, of Tekton's objects and of Argo Events'.
        let has_own = is_argo || is_tekton || is_events && is_choice_of_events(&finding);
        if finding.rule == "one-of" && has_own {
            continue;
        }
        // Admission takes these, and the webhook counts.
        let is_webhook = ["`ref`, `webhook`", "`objectRef`, `url`"];
        if is_triggers
            && finding.rule == "one-of"
            && is_webhook
                .iter()
                .any(|fields| finding.message.contains(fields))
        {
            finding.severity = Severity::Warning;
        }
        // Null is nothing to Go.
        let is_lenient = finding.message.contains(", found nothing")
            || finding.message.contains(", found the null value");
        let decodes_nothing =
            is_argo || is_events || is_triggers || is_tekton || is_built_in(entry);
        if decodes_nothing && finding.rule == "wrong-type" && is_lenient {
            finding.severity = Severity::Warning;
        }
        if rule(finding.rule).is_none_or(|rule| options.has(rule)) {
            findings.push(finding);
        }
    }
    findings
}

/// Whether the API server decodes an object by types of its own, not by a definition that refuses null.
fn is_built_in(entry: &Entry) -> bool {
    let group = entry
        .name
        .api_version
        .split_once('/')
        .map_or("", |(group, _)| group);
    let is_of_kubernetes = group
        .strip_suffix(".k8s.io")
        .is_some_and(|name| !matches!(name, "gateway.networking" | "kustomize.config" | "metrics"));
    !group.contains('.') || is_of_kubernetes
}

/// The field that a finding says is unknown, if Argo Workflows had it until 4.0, and what stands in its place ("Upgrading to v4.0").
fn gone_in_4(finding: &Finding) -> Option<(String, &'static str)> {
    const GONE: [(&str, &str); 3] = [
        ("spec.schedule", "write the list `schedules`"),
        (".synchronization.mutex", "write the list `mutexes`"),
        (".synchronization.semaphore", "write the list `semaphores`"),
    ];
    if finding.rule != "unknown-field" {
        return None;
    }
    let field = finding.message.split('`').nth(1)?;
    let (_, instead) = GONE.iter().find(|(gone, _)| {
        field
            .strip_suffix(gone)
            .is_some_and(|before| gone.starts_with('.') || before.is_empty())
    })?;
    Some((field.to_owned(), instead))
}

/// Whether an unknown field is below `k8s` or `argoWorkflow` of a trigger and says what kind of object it makes.
fn is_kind_of_object(message: &str) -> bool {
    let path = message.split('`').nth(1).unwrap_or_default();
    let Some((before, field)) = path.rsplit_once('.') else {
        return false;
    };
    matches!(field, "group" | "version" | "resource")
        && (before.ends_with(".k8s") || before.ends_with(".argoWorkflow"))
}

/// Whether an unknown field is in a subscription of Kargo's Warehouse.
fn is_subscription(entry: &Entry, finding: &Finding) -> bool {
    entry.name.api_version.starts_with("kargo.akuity.io/")
        && entry.name.kind == "Warehouse"
        && finding.message.contains("`spec.subscriptions[")
}

/// Whether an object is of Argo Events.
fn is_of_events(entry: &Entry) -> bool {
    entry.name.api_version.starts_with("argoproj.io/")
        && matches!(
            entry.name.kind.as_str(),
            "EventBus" | "EventSource" | "Sensor"
        )
}

/// Whether a finding of `one-of` is about fields of Argo Events, of which its controllers take the first that they know.
pub(crate) fn is_choice_of_events(finding: &Finding) -> bool {
    luban_api_argo_events::UNIONS
        .iter()
        .any(|union| finding.message.contains(&union.fields.join("`, `")))
}

/// Whether an unknown field is another one in other letters: ``unknown field `spec.Steps` (did you mean `steps`?)``.
pub(crate) fn differs_in_case(message: &str) -> bool {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let (Some(path), Some(meant)) = (quoted.next(), quoted.next()) else {
        return false;
    };
    let field = path.rsplit('.').next().unwrap_or_default();
    field.eq_ignore_ascii_case(meant)
}

/// Whether a scalar stands at the path in backticks.
fn is_scalar(entry: &Entry, message: &str) -> bool {
    let mut path = Path::root();
    for part in message.split('`').nth(1).unwrap_or_default().split('.') {
        let mut parts = part.split('[');
        path = path.key(parts.next().unwrap_or_default());
        for index in parts {
            let Some(Ok(index)) = index.strip_suffix(']').map(str::parse) else {
                return false;
            };
            path = path.index(index);
        }
    }
    entry.document.text_at(&path).is_some()
}

/// Where `{{…}}` stands without quotes, which YAML takes for a mapping whose key is a mapping.
fn unquoted(entry: &Entry) -> Vec<u32> {
    let text = entry.document.file_text();
    let keys = entry
        .reading
        .iter()
        .filter(|found| found.rule == "key-type");
    let starts = keys.filter_map(|found| found.place.as_ref()?.span.start.offset.checked_sub(1));
    starts
        .filter(|start| {
            let rest = text.get(*start as usize..);
            rest.is_some_and(|rest| rest.starts_with("{{"))
        })
        .collect()
}

fn is_workflow_kind(kind: &str) -> bool {
    matches!(
        kind,
        "Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate" | "CronWorkflow"
    )
}

/// Whether a path in backticks leads through `steps[0][0].` and another field.
fn is_inside_a_step(message: &str) -> bool {
    let path = message.split('`').nth(1).unwrap_or_default();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once(".steps[") {
        let Some((group, step)) = after.split_once("][") else {
            return false;
        };
        let field = step.split_once("].").map(|(_, field)| field);
        if group.bytes().all(|byte| byte.is_ascii_digit())
            && field.is_some_and(|field| field.contains(['.', '[']))
        {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use luban_diagnostic::Severity;
    use luban_yaml::{Budget, parse};

    use super::{differs_in_case, findings, is_inside_a_step};
    use crate::{Objects, Options};

    #[test]
    fn null_is_nothing_to_the_types_of_the_api_server_and_names_of_kustomize_are_of_any_case() {
        for (yaml, expected) in [
            (
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {key: }\n",
                Some(Severity::Warning),
            ),
            (
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {key: [a]}\n",
                Some(Severity::Error),
            ),
            (
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnameprefix: a-\n",
                None,
            ),
            (
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamePrefx: a-\n",
                Some(Severity::Error),
            ),
        ] {
            let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
            let objects = Objects::new(documents);
            let found = findings(&objects.entries()[0], &Options::default());
            assert_eq!(
                found.first().map(|finding| finding.severity),
                expected,
                "{yaml}"
            );
        }
    }

    #[test]
    fn a_field_in_other_letters_is_told_from_another_one() {
        let of = |path: &str| format!("unknown field `{path}` (did you mean `mountPath`?)");
        assert!(differs_in_case(&of("spec.steps[0].mountpath")));
        assert!(!differs_in_case(&of("spec.steps[0].mountPaht")));
        assert!(!differs_in_case("unknown field `spec.x`"));
    }

    #[test]
    fn only_what_stands_below_the_fields_of_a_step_is_inside_it() {
        for (path, is_inside) in [
            ("spec.templates[0].steps[0][1].arguments.params", true),
            ("spec.templates[0].steps[0][1].inline.steps[2][0].x", true),
            ("spec.templates[0].steps[0][1].argumentz", false),
            ("spec.templates[0].dag.tasks[0].arguments.params", false),
            ("spec.steps[0].image.x", false),
        ] {
            let message = format!("unknown field `{path}`");
            assert_eq!(is_inside_a_step(&message), is_inside, "{path}");
        }
    }
}
