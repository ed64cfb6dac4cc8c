use crate::rules::prelude::*;

const FIELDS: [&str; 10] = [
    "container", "containerSet", "steps", "dag", "script", "resource", "data", "suspend", "http", "plugin",
];

pub(crate) static RULE: Rule = Rule {
    id: "template-type",
    kinds: WORKFLOWS,
    title: "a template that does nothing, or several things",
    why: "A template has exactly one of `container`, `containerSet`, `steps`, `dag`, `script`, `resource`, `data`, `suspend`, \
          `http` and `plugin`.",
    fix: "Keep one; to do several things, call several templates from `steps` or `dag`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateTemplateType`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
    ⟦script⟧: {image: 'alpine:3.23', command: [sh], source: 'true'}
  - ⟦name⟧: nothing
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    suspend: {}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let finding = match visit.kinds[..] {
            [_] => continue,
            [] => {
                if FIELDS.iter().any(|field| sink.is_misspelt(base.entry, &visit.path, field)) {
                    continue;
                }
                let message = format!("template `{}` does nothing", visit.name());
                sink.finding(message).at(base.head(&visit.path))
            }
            [first, second, ..] => {
                // The later one in the document is the one too many.
                let of = |kind: crate::argo::TemplateKind| base.key(&visit.path.key(kind.field()));
                let mut places = [of(first), of(second)];
                places.sort();
                let [before, after] = places;
                let message = format!("template `{}` is of several types: `{}`", visit.name(), names(&visit.kinds));
                sink.finding(message).at(after).related("the other is here", before)
            }
        };
        let finding = finding.help(format!("a template has exactly one of `{}`", FIELDS.join("`, `")));
        sink.push_in(view.foreign(&visit.site), finding);
    }
}

fn names(kinds: &[crate::argo::TemplateKind]) -> String {
    let fields: Vec<_> = kinds.iter().map(|kind| kind.field()).collect();
    fields.join("`, `")
}
