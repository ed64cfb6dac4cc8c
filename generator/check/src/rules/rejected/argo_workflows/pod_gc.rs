use crate::rules::prelude::*;

const STRATEGIES: [&str; 4] = ["OnPodCompletion", "OnPodSuccess", "OnWorkflowCompletion", "OnWorkflowSuccess"];

pub(crate) static RULE: Rule = Rule {
    id: "pod-gc",
    kinds: WORKFLOWS,
    title: "a `podGC` with an unknown strategy or a broken selector",
    why: "The controller would not know which pods to delete when.",
    fix: "Use `OnPodCompletion`, `OnPodSuccess`, `OnWorkflowCompletion` or `OnWorkflowSuccess`, and a valid selector.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `Workflow`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  podGC:
    strategy: ⟦OnPodSucces⟧
    labelSelector:
      matchExpressions: [{key: app, operator: ⟦Is⟧, values: [a]}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  podGC:
    strategy: OnPodSuccess
    labelSelector:
      matchLabels: {app.kubernetes.io/name: build}
      matchExpressions: [{key: keep, operator: DoesNotExist}]
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let Some(pod_gc) = &own.spec.pod_gc else { return };
    let path = own.path.key("podGC");
    let strategy = pod_gc.strategy.as_deref().unwrap_or_default();
    if !strategy.is_empty() && !STRATEGIES.contains(&strategy) {
        let near = did_you_mean(strategy, STRATEGIES).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
        let finding = sink.finding(format!("`podGC` has no strategy `{strategy}`{near}"));
        let finding = finding.help(format!("known strategies: `{}`", STRATEGIES.join("`, `")));
        sink.push(finding.at(own.value(&path.key("strategy"))));
    }
    let Some(selector) = &pod_gc.label_selector else { return };
    let path = path.key("labelSelector");
    for (key, value) in selector.match_labels.iter().flatten() {
        if !is_label_key(key) || !is_label_value(value) {
            let finding = sink.finding(format!("`{key}: {value}` is no label"));
            sink.push(finding.at(own.key(&path.key("matchLabels").key(key))));
        }
    }
    for (at, expression) in selector.match_expressions.iter().flatten().enumerate() {
        let path = path.key("matchExpressions").index(at);
        let values = expression.values.as_deref().unwrap_or_default();
        let (message, field) = match expression.operator.as_str() {
            "In" | "NotIn" if values.is_empty() => ("`In` and `NotIn` need values".to_owned(), "operator"),
            "Exists" | "DoesNotExist" if !values.is_empty() => ("`Exists` and `DoesNotExist` take no values".to_owned(), "operator"),
            "In" | "NotIn" | "Exists" | "DoesNotExist" if !is_label_key(&expression.key) => {
                (format!("`{}` is no key of a label", expression.key), "key")
            }
            "In" | "NotIn" | "Exists" | "DoesNotExist" => match values.iter().find(|value| !is_label_value(value)) {
                Some(value) => (format!("`{value}` is no value of a label"), "values"),
                None => continue,
            },
            other => (format!("there is no operator `{other}`: use `In`, `NotIn`, `Exists` or `DoesNotExist`"), "operator"),
        };
        sink.push(sink.finding(message).at(own.value(&path.key(field))));
    }
}

fn is_label_key(key: &str) -> bool {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    let is_prefix = prefix.is_none_or(|prefix| {
        let is_part = |part: &str| {
            let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
            !part.is_empty() && part.chars().all(allowed) && !part.starts_with('-') && !part.ends_with('-')
        };
        prefix.len() <= 253 && prefix.split('.').all(is_part)
    });
    is_prefix && !name.is_empty() && is_label_value(name)
}

fn is_label_value(value: &str) -> bool {
    let is_inner = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let is_outer = |letter: char| letter.is_ascii_alphanumeric();
    value.is_empty()
        || value.len() <= 63 && value.chars().all(is_inner) && value.starts_with(is_outer) && value.ends_with(is_outer)
}
