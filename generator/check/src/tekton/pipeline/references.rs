//! What the texts of a Pipeline refer to, found as upstream finds it.
//!
//! After tektoncd/pipeline v1.15 `pkg/apis/pipeline/v1/resultref.go`, `pkg/internal/resultref`.

use std::ops::Range;

/// A `$(…)` that upstream takes for a reference: names, dots and at most one index at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'a> {
    /// From `$(` to `)`.
    pub(crate) span: Range<usize>,
    /// What is between them.
    pub(crate) body: &'a str,
}

impl<'a> Reference<'a> {
    /// Whether upstream takes it for a result: it may still be none, if it has too many parts.
    pub(crate) fn looks_like_result(&self) -> bool {
        let mut parts = self.body.split('.');
        let is_of_task = matches!(parts.next(), Some("tasks" | "finally"));
        let _task = parts.next();
        is_of_task && parts.next() == Some("results") && parts.next().is_some()
    }

    /// The result that it refers to.
    pub(crate) fn result(&self) -> Option<ResultReference<'a>> {
        if !self.looks_like_result() {
            return None;
        }
        let mut parts = self.body.split('.').skip(1);
        let task = parts.next()?;
        let name = parts.nth(1)?;
        let key = parts.next();
        if parts.next().is_some() {
            return None;
        }
        let task_start = self.span.start + 2 + self.body.find('.')? + 1;
        let (result, index) = match (key, name.find('[')) {
            (None, Some(at)) => {
                let (result, index) = name.split_at(at);
                (result, Some(index.trim_matches(['[', ']'])))
            }
            _ => (name, None),
        };
        let result_start = task_start + task.len() + ".results.".len();
        Some(ResultReference {
            is_of_finally: self.body.starts_with("finally"),
            task,
            task_span: task_start..task_start + task.len(),
            result,
            result_span: result_start..result_start + result.len(),
            index,
            key: key.map(|key| key.split('[').next().unwrap_or_default()),
        })
    }

    /// The task whose status or reason it asks for; empty for the status of all tasks together.
    pub(crate) fn status(&self) -> Option<StatusReference<'a>> {
        let rest = self.body.strip_prefix("tasks.")?;
        if rest == "status" {
            return Some(StatusReference {
                task: "",
                span: self.span.clone(),
            });
        }
        let task = rest
            .strip_suffix(".status")
            .or_else(|| rest.strip_suffix(".reason"));
        // `tasks.reason` is of a task called `tasks.reason` to upstream, which cannot be.
        let task = task.or((rest == "reason").then_some(rest))?;
        let start = self.span.start + "$(tasks.".len();
        Some(StatusReference {
            task,
            span: start..start + task.len(),
        })
    }
}

/// A result of a task of the Pipeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultReference<'a> {
    /// Whether it begins with `finally`.
    pub(crate) is_of_finally: bool,
    pub(crate) task: &'a str,
    pub(crate) task_span: Range<usize>,
    pub(crate) result: &'a str,
    pub(crate) result_span: Range<usize>,
    /// What stands between brackets: `*` or a number.
    pub(crate) index: Option<&'a str>,
    /// The key of an object.
    pub(crate) key: Option<&'a str>,
}

/// The status or reason of a task, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusReference<'a> {
    pub(crate) task: &'a str,
    pub(crate) span: Range<usize>,
}

/// All references of a text, in order.
pub(crate) fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find("$(")?;
            let inside = start + 2;
            match length(text.get(inside..)?) {
                Some(length) => {
                    let end = inside + length;
                    at = end + 1;
                    let body = text.get(inside..end)?;
                    return Some(Reference {
                        span: start..at,
                        body,
                    });
                }
                None => at = inside,
            }
        }
    })
}

/// How long the body of a reference is that begins here, if `)` ends it.
fn length(rest: &str) -> Option<usize> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let name = rest.bytes().take_while(is_of_name).count();
    let behind = rest.get(name..)?;
    if name == 0 {
        return None;
    }
    let index = match behind.strip_prefix('[') {
        None => 0,
        Some(inside) => {
            let close = inside.find(']')?;
            let index = inside.get(..close)?;
            let is_index = index == "*"
                || (!index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit()));
            if !is_index {
                return None;
            }
            close + 2
        }
    };
    behind
        .get(index..)?
        .starts_with(')')
        .then_some(name + index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(text: &str) -> Vec<&str> {
        references(text).map(|reference| reference.body).collect()
    }

    #[test]
    fn references_are_what_upstreams_expression_matches() {
        assert_eq!(
            bodies("a $(params.x)-$(tasks.t.results.r[*])"),
            ["params.x", "tasks.t.results.r[*]"]
        );
        assert_eq!(bodies("$($(a.b))"), ["a.b"]);
        assert_eq!(
            bodies("$(VAR) $(date +%s) $() $(a[b]) $(a[1].c) $(params[\"x\"])"),
            ["VAR"]
        );
        assert_eq!(bodies("$(a[12])$(-.-)"), ["a[12]", "-.-"]);
    }

    #[test]
    fn a_result_has_a_task_a_name_and_an_index_or_a_key() {
        let of = |text: &'static str| {
            references(text)
                .next()
                .and_then(|reference| reference.result())
        };
        let text = "x$(tasks.build.results.image[3])";
        let result = of(text).unwrap();
        assert_eq!(
            (result.task, result.result, result.index, result.key),
            ("build", "image", Some("3"), None)
        );
        assert_eq!(&text[result.task_span], "build");
        assert_eq!(&text[result.result_span], "image");
        let object = of("$(finally.t.results.o.url)").unwrap();
        assert!(object.is_of_finally);
        assert_eq!((object.result, object.key), ("o", Some("url")));
        assert_eq!(of("$(tasks.t.results.a.b.c)"), None);
        assert_eq!(of("$(tasks.t.status)"), None);
    }

    #[test]
    fn a_status_is_of_a_task_or_of_all() {
        let of = |text: &'static str| {
            references(text)
                .next()
                .and_then(|it| it.status())
                .map(|it| it.task)
        };
        assert_eq!(of("$(tasks.build.status)"), Some("build"));
        assert_eq!(of("$(tasks.build.reason)"), Some("build"));
        assert_eq!(of("$(tasks.status)"), Some(""));
        assert_eq!(of("$(params.status)"), None);
    }
}
