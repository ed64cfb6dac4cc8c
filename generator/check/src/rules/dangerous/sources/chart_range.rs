use crate::rules::prelude::*;
use crate::surface::has_variable;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "chart-range",
    kinds: &["Application", "ApplicationSet", "Kustomization", "Component"],
    title: "a chart of no fixed version",
    why: "A range takes the newest chart that its publisher pushes, into every environment at once and without a commit \
          that says so.",
    fix: "Write the full version; let a bot or Kargo raise it.",
    source: "argo-cd v3.5 docs/user-guide/tracking_strategies.md, Helm",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  source:
    repoURL: https://charts.example.com
    chart: redis
    targetRevision: ⟦'>=1.0.0'⟧
",
        ),
        Example::new(
            "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
helmCharts:
- ⟦name⟧: redis
  repo: https://charts.example.com
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  source:
    repoURL: https://charts.example.com
    chart: redis
    targetRevision: 1.2.3
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let spec = surface.root.get("spec");
    let specs = match surface.kind() {
        "Application" => spec,
        "ApplicationSet" => spec.and_then(|spec| spec.at(&["template", "spec"])),
        _ => None,
    };
    for source in specs.into_iter().flat_map(|spec| spec.get("source").into_iter().chain(spec.items_of("sources"))) {
        if source.get("chart").is_some() {
            look(source, "targetRevision", sink);
        }
    }
    for chart in surface.root.items_of("helmCharts").filter(|chart| chart.get("repo").is_some()) {
        look(chart, "version", sink);
    }
}

fn look(source: Value<'_>, key: &str, sink: &mut Sink<'_>) {
    let (message, place) = match source.get(key) {
        None => (format!("`{key}` is missing: the newest version of this chart is taken"), source.head()),
        Some(version) => {
            let text = version.text().unwrap_or_default();
            let is_range = text.contains(['*', '>', '<', '^', '~', '|']) || text.split('.').any(|part| part == "x") || text == "latest";
            // `1.2` is a range to Helm.
            let is_short = text.split('.').count() < 3 && text.starts_with(|letter: char| letter.is_ascii_digit());
            if has_variable(text) || !(is_range || is_short) {
                return;
            }
            (format!("`{text}` is a range: the newest version of this chart is taken that fits it"), version.place())
        }
    };
    sink.push(sink.finding(message).at(place));
}
