use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "too-many-mistakes",
    title: "a document with more mistakes than are listed",
    why: "The rest are of the same kinds, or the file is not what it says it is.",
    fix: "Put right what is listed, and check again.",
    source: "Luban lists up to 1,000 mistakes a document",
    check: Check::Elsewhere,
    ..REJECTED
};
