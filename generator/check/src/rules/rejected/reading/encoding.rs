use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "encoding",
    title: "a file that is not UTF-8",
    why: "Kubernetes reads UTF-8 alone.",
    fix: "Save the file as UTF-8.",
    source: "go.yaml.in/yaml, `readerc.go`",
    check: Check::Elsewhere,
    ..REJECTED
};
