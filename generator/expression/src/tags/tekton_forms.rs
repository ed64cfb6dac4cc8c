//! The forms of Tekton's variables, from tektoncd/pipeline v1.15 docs/variables.md and the code behind it.

use crate::path::{Path, Segment, Step};
use crate::problem::{Problem, suggestion};

/// What may stand at one place of a form.
enum Part {
    /// One of these words.
    Word(&'static [&'static str]),
    /// A name that the user chose.
    Name,
    /// What picks from a value: a key of an object, an index, `[*]`.
    Pick,
}

use Part::{Name, Pick, Word};

/// The forms under each root. Parts after the last written one may be missing only if they are `Pick`.
const FORMS: &[&[Part]] = &[
    &[Word(&["tasks"]), Word(&["status"])],
    &[Word(&["tasks"]), Name, Word(&["status", "reason"])],
    &[Word(&["tasks"]), Name, Word(&["results"]), Name, Pick],
    &[Word(&["tasks"]), Name, Word(&["outputs", "inputs"]), Name],
    &[Word(&["tasks"]), Name, Word(&["outputs", "inputs"])],
    &[Word(&["tasks"]), Name, Word(&["matrix"]), Word(&["length"])],
    &[
        Word(&["tasks"]),
        Name,
        Word(&["matrix"]),
        Name,
        Word(&["length"]),
    ],
    &[Word(&["finally"]), Name, Word(&["results"]), Name, Pick],
    &[
        Word(&["workspaces"]),
        Name,
        Word(&["path", "bound", "claim", "volume"]),
    ],
    &[Word(&["results"]), Name, Word(&["path"])],
    &[Word(&["step"]), Word(&["results"]), Name, Word(&["path"])],
    &[Word(&["step"]), Word(&["artifacts"]), Word(&["path"])],
    &[Word(&["steps"]), Name, Word(&["results"]), Name, Pick],
    &[Word(&["steps"]), Name, Word(&["exitCode"]), Word(&["path"])],
    &[Word(&["steps"]), Name, Word(&["outputs", "inputs"])],
    &[Word(&["steps"]), Name, Word(&["outputs", "inputs"]), Name],
    &[Word(&["artifacts"]), Word(&["path"])],
    &[Word(&["credentials"]), Word(&["path"])],
    &[
        Word(&["context"]),
        Word(&["taskRun", "pipelineRun"]),
        Word(&["name", "namespace", "uid"]),
    ],
    &[
        Word(&["context"]),
        Word(&["task"]),
        Word(&["name", "retry-count"]),
    ],
    &[Word(&["context"]), Word(&["pipeline"]), Word(&["name"])],
    &[
        Word(&["context"]),
        Word(&["pipelineTask"]),
        Word(&["retries"]),
    ],
    &[Word(&["tt"]), Word(&["params"]), Name],
];

/// Says which segment makes `path` a form that Tekton does not know.
pub(super) fn check(path: &Path, problems: &mut Vec<Problem>) {
    match path.root() {
        Some("params") => params(path, problems),
        Some("tt") => trigger_params(path, problems),
        Some("inputs" | "outputs") | None => {}
        Some(_) => form(path, problems),
    }
}

/// `params.name`, `params.object.key`, `params['name'].key`, each with an index: no more than two names after dots.
fn params(path: &Path, problems: &mut Vec<Problem>) {
    let picks = path.segments.get(1..).unwrap_or_default();
    let names: Vec<&Segment> = picks.iter().filter(|it| it.key().is_some()).collect();
    if let [first, _, .., last] = names.as_slice()
        && names.len() > 2
    {
        let message = "at most a name and a key may follow `params.`: write a name with dots as `params['a.b']`";
        problems.push(Problem::syntax(first.span.start..last.span.end, message));
    }
    if let Some(first) = picks.first().filter(|it| it.key().is_none()) {
        problems.push(Problem::never(
            first.span.clone(),
            "the name of a parameter belongs behind `params`",
        ));
    }
}

/// `tt.params.name`, where the name may have dots.
fn trigger_params(path: &Path, problems: &mut Vec<Problem>) {
    let Some(second) = path.segments.get(1) else {
        return;
    };
    if second.key() != Some("params") {
        let message = "only `tt.params` has values in a TriggerTemplate";
        problems.push(Problem::never(second.span.clone(), message));
    }
    if let Some(pick) = path.segments.iter().find(|it| it.key().is_none()) {
        let message = "parameters of a TriggerTemplate are texts: nothing can be picked from them";
        problems.push(Problem::never(pick.span.clone(), message));
    }
}

fn form(path: &Path, problems: &mut Vec<Problem>) {
    let farthest = FORMS
        .iter()
        .map(|form| mismatch(form, &path.segments))
        .try_fold(0, |farthest, at| at.map(|at| at.max(farthest)));
    // `None`: a form fits.
    let Some(at) = farthest else { return };
    let (span, written) = match path.segments.get(at).or(path.segments.last()) {
        Some(segment) => (segment.span.clone(), segment.key()),
        None => return,
    };
    let prefix: Vec<&str> = path.names().take(at).collect();
    let expected: Vec<&str> = FORMS
        .iter()
        .filter(|form| mismatch(form, &path.segments) == Some(at))
        .filter_map(|form| match form.get(at)? {
            Word(words) => Some(*words),
            Name | Pick => None,
        })
        .flatten()
        .copied()
        .collect();
    let shown = prefix.join(".");
    let message = if at >= path.segments.len() {
        if expected.is_empty() {
            format!("a name belongs behind `{shown}.`; the text stays as it is")
        } else {
            format!(
                "`{shown}` has no value of its own: `{}` belongs behind it",
                expected.join("`, `")
            )
        }
    } else if expected.is_empty() {
        format!("nothing more can follow `{shown}`; the text stays as it is")
    } else {
        let near = suggestion(written.unwrap_or_default(), expected.iter().copied());
        let known = expected.join("`, `");
        if near.is_empty() {
            format!("behind `{shown}` Tekton knows `{known}`; the text stays as it is")
        } else {
            format!(
                "`{shown}` has no `{}`; the text stays as it is{near}",
                written.unwrap_or_default()
            )
        }
    };
    problems.push(Problem::never(span, message));
}

/// The first segment at which the form differs; none if it fits.
fn mismatch(form: &[Part], segments: &[Segment]) -> Option<usize> {
    for (at, part) in form.iter().enumerate() {
        let fits = match (part, segments.get(at)) {
            (Pick, None) => true,
            (_, None) => false,
            (Word(words), Some(segment)) => segment.key().is_some_and(|key| words.contains(&key)),
            (Name, Some(segment)) => matches!(segment.step, Step::Key(_)),
            (Pick, Some(_)) => true,
        };
        if !fits {
            return Some(at);
        }
    }
    (segments.len() > form.len()).then_some(form.len())
}
