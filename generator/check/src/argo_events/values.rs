//! Values that must be of a form.

use luban_expression::{cron, duration, go_regexp};

use super::table::Valid;

/// Kinds of changes to files, as `fsevent.NewOp` knows them.
const CHANGES: [&str; 5] = ["CREATE", "REMOVE", "WRITE", "RENAME", "CHMOD"];

/// Why upstream refuses a value.
pub(crate) fn fault(value: &str, valid: Valid) -> Option<String> {
    match valid {
        Valid::Duration => duration::parse(value).err().map(|problem| problem.message),
        Valid::Schedule => schedule_fault(value),
        Valid::Number => value
            .parse::<i64>()
            .is_err()
            .then(|| "it is no number".to_owned()),
        Valid::AbsolutePath => {
            (!value.starts_with('/')).then(|| "it must begin with `/`".to_owned())
        }
        Valid::RelativePath => value
            .starts_with('/')
            .then(|| "it must not begin with `/`: it is looked for in `directory`".to_owned()),
        Valid::Regexp => go_regexp::check(value).err().map(|problem| problem.message),
        Valid::OneOf(known) => {
            let near = luban_diagnostic::did_you_mean(value, known.iter().copied())
                .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            (!known.contains(&value))
                .then(|| format!("it must be one of `{}`{near}", known.join("`, `")))
        }
        Valid::Changes => {
            let is_known = value.split('|').any(|change| CHANGES.contains(&change));
            (!is_known)
                .then(|| format!("it must be of `{}`, with `|` between", CHANGES.join("`, `")))
        }
        Valid::NotEmpty => value
            .is_empty()
            .then(|| "it must not be empty where it is written".to_owned()),
    }
}

/// Why robfig/cron's parser of five fields refuses a schedule; one that is never due is not refused.
pub(crate) fn schedule_fault(value: &str) -> Option<String> {
    let problem = cron::parse_fields(value).err()?;
    (problem.kind != luban_expression::Kind::Never).then_some(problem.message)
}
