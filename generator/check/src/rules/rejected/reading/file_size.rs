use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "file-size",
    title: "a file that is larger than is read",
    why: "An object of Kubernetes has 1.5 MB at most; a file of this size is something else.",
    fix: "Split the file, or exclude it in `luban-check.yaml`.",
    source: "Luban reads files of up to 100 MB",
    check: Check::Elsewhere,
    ..REJECTED
};
