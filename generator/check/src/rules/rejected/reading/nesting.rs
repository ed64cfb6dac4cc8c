use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "nesting",
    title: "values inside values, deeper than is read",
    why: "No object is that deep; programs that read it recursively would crash.",
    fix: "Write it flatter.",
    source: "Luban reads 1,000 levels; go.yaml.in/yaml reads 10,000",
    check: Check::Elsewhere,
    ..REJECTED
};
