//! References to tasks, pipelines and step actions.

use luban_yaml::Cursor;

use super::text_of;

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Task,
    Pipeline,
    StepAction,
}

impl Of {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Pipeline => "pipeline",
            Self::StepAction => "step action",
        }
    }
}

/// A reference that upstream validates by `validateRef`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reference<'a> {
    pub(crate) of: Of,
    pub(crate) at: Cursor<'a>,
}

impl<'a> Reference<'a> {
    pub(crate) fn name(&self) -> &'a str {
        text_of(self.at, "name")
    }

    pub(crate) fn resolver(&self) -> &'a str {
        text_of(self.at, "resolver")
    }

    pub(crate) fn params(&self) -> Option<Cursor<'a>> {
        self.at.get("params")
    }

    /// Whether its name has a scheme: upstream's `RefNameLikeUrl`, `[\w-]+:\/\/*` anywhere in it.
    pub(crate) fn has_url(&self) -> bool {
        let name = self.name();
        let is_of_scheme = |byte: Option<&u8>| {
            byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        };
        name.match_indices(":/")
            .any(|(at, _)| at > 0 && is_of_scheme(name.as_bytes().get(at - 1)))
    }
}

#[cfg(test)]
mod tests {
    use luban_yaml::{Budget, Path, parse};

    use super::*;

    #[test]
    fn a_name_with_a_scheme_is_a_url() {
        for (name, has_url) in [
            ("git+https://a/b", true),
            ("git:/a", true),
            ("a/b", false),
            ("://a", false),
            ("a:b", false),
        ] {
            let yaml = format!("name: {name:?}\n");
            let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
            let at = documents[0].cursor(&Path::root()).unwrap();
            let of = Of::Task;
            assert_eq!(Reference { of, at }.has_url(), has_url, "{name}");
        }
    }
}
