use crate::ignores;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: ignores::WITHOUT_REASON,
    title: "a comment that accepts a finding and does not say why",
    why: "Whoever reads it later cannot tell whether it still holds, and it stays for ever.",
    fix: "Write the reason behind the bracket.",
    source: "Luban",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', comand: [sh]} # ⟦luban: ignore[unknown-field]⟧
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
