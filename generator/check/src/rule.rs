//! What a rule is, and what is said about it.

use std::cell::OnceCell;
use std::fmt;

use luban_diagnostic::Severity;

use crate::argo::View;
use crate::argo_events::SensorView;
use crate::definitions::Refused;
use crate::objects::{Entry, Objects};
use crate::options::{As, Crds};
use crate::references::References;
use crate::sink::Sink;
use crate::surface::Surface;
use crate::taint::Flow;
use crate::tasks::Tasks;
use crate::tekton;
use crate::tekton::pipeline::Pipelines;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// What the controllers, their servers or their definitions reject.
    Rejected,
    /// What they accept and then fail at, or ignore.
    Broken,
    /// What an attacker would use.
    Dangerous,
}

impl fmt::Display for Family {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rejected => "rejected",
            Self::Broken => "broken",
            Self::Dangerous => "dangerous",
        })
    }
}

/// How sure a rule is of what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// It may well be meant.
    Low,
    /// It is probably a mistake.
    Medium,
    /// Upstream's code decides it.
    High,
}

/// Who wants to see a rule's findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Everyone.
    #[default]
    Regular,
    /// Those who asked for more.
    Strict,
}

impl fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Regular => "regular",
            Self::Strict => "strict",
        })
    }
}

/// An example of a rule, which is a test of it too.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// YAML documents, with `⟦…⟧` around each place that the rule finds.
    marked: &'static str,
    /// As what it is judged.
    pub judged_as: As,
    /// Which definitions the cluster has.
    pub crds: Crds,
    /// Tekton's feature flags, other than by default.
    pub flags: &'static [(&'static str, &'static str)],
    /// Files that exist beside those of the documents, if it is said which.
    pub others: Option<&'static [&'static str]>,
}

/// A file of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFile {
    /// Its path.
    pub name: String,
    /// Where its text begins in [`Example::yaml`].
    pub start: usize,
    /// Its text.
    pub text: String,
}

impl Example {
    pub(crate) const fn new(marked: &'static str) -> Self {
        Self {
            marked,
            judged_as: As::Lint,
            crds: Crds::Full,
            flags: &[],
            others: None,
        }
    }

    /// With all files that exist, documents apart.
    pub(crate) const fn beside(mut self, others: &'static [&'static str]) -> Self {
        self.others = Some(others);
        self
    }

    pub(crate) const fn judged_as(mut self, judged_as: As) -> Self {
        self.judged_as = judged_as;
        self
    }

    pub(crate) const fn flags(mut self, flags: &'static [(&'static str, &'static str)]) -> Self {
        self.flags = flags;
        self
    }

    /// The YAML without marks.
    #[must_use]
    pub fn yaml(&self) -> String {
        self.marked.replace(['⟦', '⟧'], "")
    }

    /// Its files: each begins at a line `# file: PATH`; without any, all of it is `example.yaml`.
    #[must_use]
    pub fn files(&self) -> Vec<ExampleFile> {
        const MARK: &str = "# file: ";
        let yaml = self.yaml();
        let mut files = vec![ExampleFile {
            name: "example.yaml".to_owned(),
            start: 0,
            text: String::new(),
        }];
        let mut at = 0;
        for line in yaml.split_inclusive('\n') {
            if let Some(name) = line.strip_prefix(MARK) {
                files.push(ExampleFile {
                    name: name.trim_end().to_owned(),
                    start: at,
                    text: String::new(),
                });
            }
            if let Some(file) = files.last_mut() {
                file.text.push_str(line);
            }
            at += line.len();
        }
        files.retain(|file| !file.text.is_empty());
        files
    }

    /// The bytes of [`Example::yaml`] that the rule finds.
    #[must_use]
    pub fn found(&self) -> Vec<std::ops::Range<usize>> {
        let mut found = Vec::new();
        let mut open = Vec::new();
        let mut at = 0;
        for character in self.marked.chars() {
            match character {
                '⟦' => open.push(at),
                '⟧' => found.extend(open.pop().map(|start| start..at)),
                _ => at += character.len_utf8(),
            }
        }
        found.sort_by_key(|range| range.start);
        found
    }
}

/// A rule: what it is called, what is said about it, and how it is checked.
pub struct Rule {
    /// Its name in kebab case, as findings have it.
    pub id: &'static str,
    /// What it is about.
    pub family: Family,
    /// What its findings weigh.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// Who sees it.
    pub profile: Profile,
    /// The kinds that it looks at; every kind if there are none.
    pub kinds: &'static [&'static str],
    /// What it finds, in one line.
    pub title: &'static str,
    /// Why that is wrong.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
    /// The upstream file and version that it follows.
    pub source: &'static str,
    /// What it finds.
    pub bad: &'static [Example],
    /// What it does not find.
    pub good: &'static [Example],
    /// Whether it asks for other objects, as every rule of references does.
    pub(crate) needs_others: bool,
    pub(crate) check: Check,
}

impl Rule {
    /// Whether it is about files, not objects: no short text is an example of it.
    #[must_use]
    pub fn is_of_files(&self) -> bool {
        matches!(self.check, Check::Elsewhere)
    }

    /// Whether it asks for other objects, which an example of another rule need not give.
    #[must_use]
    pub fn asks_for_others(&self) -> bool {
        self.needs_others || matches!(self.check, Check::References(_) | Check::Tasks(_))
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// One object among all.
pub(crate) struct Subject<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) entry: &'a Entry,
    /// Its place among all.
    pub(crate) position: usize,
    /// What its definition refuses, once it is asked for.
    pub(crate) refused: &'a OnceCell<Vec<Refused>>,
}

/// How a rule looks at things.
pub(crate) enum Check {
    /// The strict reader finds it while it reads.
    Reading,
    /// At each object by itself.
    Object(fn(&Subject<'_>, &mut Sink<'_>)),
    /// At each object by itself, and with what it refers to if it is of Argo Workflows and could be read.
    Perhaps(fn(&Subject<'_>, Option<&View<'_>>, &mut Sink<'_>)),
    /// At each object of Argo Workflows, with what it refers to.
    Workflow(fn(&View<'_>, &mut Sink<'_>)),
    /// At each object that Tekton's webhook serves.
    Tekton(fn(&tekton::View<'_>, &mut Sink<'_>)),
    /// At each Pipeline and PipelineRun of Tekton.
    Pipeline(fn(&Pipelines<'_>, &mut Sink<'_>)),
    /// Where findings meet the comments that accept them.
    Comments,
    /// At each Sensor, with what it refers to.
    Sensor(fn(&SensorView<'_>, &mut Sink<'_>)),
    /// At what each object refers to.
    References(fn(&References<'_>, &mut Sink<'_>)),
    /// At the tasks of Tekton in each object.
    Tasks(fn(&Tasks<'_>, &mut Sink<'_>)),
    /// At each object as an attacker sees it, those that others make later too.
    Surface(fn(&Surface<'_>, &mut Sink<'_>)),
    /// Once, at what outside text reaches over all objects.
    Flows(fn(&[Flow], &mut Sink<'_>)),
    /// Where files are read.
    Elsewhere,
    /// Once, at all objects together: for what no object has alone.
    All(fn(&Objects, &mut Sink<'_>)),
}

/// What most rules are: certain, an error, for everyone.
pub(crate) const REJECTED: Rule = Rule {
    id: "",
    family: Family::Rejected,
    severity: Severity::Error,
    confidence: Confidence::High,
    profile: Profile::Regular,
    kinds: &[],
    title: "",
    why: "",
    fix: "",
    source: "",
    bad: &[],
    good: &[],
    needs_others: false,
    check: Check::Reading,
};

/// What is accepted and goes wrong later: a warning, for everyone.
pub(crate) const BROKEN: Rule = Rule {
    family: Family::Broken,
    severity: Severity::Warning,
    ..REJECTED
};

/// What an attacker would use: a warning, for everyone.
pub(crate) const DANGEROUS: Rule = Rule {
    family: Family::Dangerous,
    severity: Severity::Warning,
    confidence: Confidence::Medium,
    ..REJECTED
};
