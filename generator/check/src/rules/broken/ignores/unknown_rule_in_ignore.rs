use crate::ignores;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: ignores::UNKNOWN_RULE,
    title: "a comment that accepts findings of no rule, or of one that does not exist",
    why: "It accepts nothing, whatever its author meant.",
    fix: "Name rules that exist between the brackets; findings show their names, and `luban explain rules` lists them.",
    source: "Luban",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'} # luban: ignore[⟦unknown-feild⟧] shows what an older version does
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', comand: [sh]} # luban: ignore[unknown-field] shows what an older version does
",
    )],
    check: Check::Comments,
    ..BROKEN
};
