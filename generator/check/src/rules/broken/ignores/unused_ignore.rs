use crate::ignores;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: ignores::UNUSED,
    title: "a comment that accepts a finding that there is not",
    why: "What it was for is gone. It would hide the next mistake of this kind, which nobody has looked at.",
    fix: "Remove the rule from the comment, or the comment.",
    source: "Luban",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'} # luban: ignore[⟦unknown-field⟧] shows what an older version does
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
