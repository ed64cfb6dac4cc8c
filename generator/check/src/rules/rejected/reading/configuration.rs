use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "configuration",
    title: "a setting of `luban check` that cannot be",
    why: "The setting is not followed, so other findings are shown than its author meant.",
    fix: "Write what the message names. `luban schema check` prints the JSON Schema of `luban-check.yaml`.",
    source: "Luban, `luban-check.yaml` and files for `--targets`",
    check: Check::Elsewhere,
    ..REJECTED
};
