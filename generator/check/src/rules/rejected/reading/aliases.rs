use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "aliases",
    title: "aliases that stand for more than is read",
    why: "A few lines of aliases can stand for billions of values; Kubernetes refuses such files too.",
    fix: "Write the values out.",
    source: "Luban reads a million values from aliases; sigs.k8s.io/yaml has a limit of the same kind",
    check: Check::Elsewhere,
    ..REJECTED
};
