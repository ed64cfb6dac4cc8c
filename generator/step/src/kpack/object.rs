//! The compiled Image or Build, made into that of one commit.

use luban_command::{Parsed, kpack_build as flag};
use serde_json::{Map, Value, json};

use crate::failure::{Exit, Failure};
use crate::yaml;

/// Annotation of an Image, which kpack copies to its Builds, and label of a Build: for whom it is.
pub(super) const RUN: &str = "luban.dev/run";

/// The version of kpack's API that Luban compiles for.
pub(super) const API_VERSION: &str = "kpack.io/v1alpha2";

/// The longest name that labels can hold too.
const LONGEST: usize = 63;

/// What is built, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) revision: String,
    pub(super) tag: String,
    /// UID of the Workflow; empty for a call of a person.
    pub(super) run: String,
}

/// A compiled object.
#[derive(Clone, Debug)]
pub(super) enum Object {
    /// The Image of a release branch.
    Image(Compiled),
    /// The Build of any other branch, with the name that it gets.
    Build(Compiled, String),
}

/// The object, and its namespace.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub(super) namespace: String,
    object: Value,
}

impl Object {
    /// Reads the compiled object of a call; one without namespace is of `own_namespace`.
    ///
    /// # Errors
    /// When it is no Image and no Build as they are compiled.
    pub(super) fn read(text: &str, call: &Parsed, own_namespace: &str) -> Result<Self, Failure> {
        let path = call.get(&flag::OBJECT).unwrap_or_default();
        let wrong = |why: String| {
            Failure::new(Exit::Usage, format!("`{path}` {why}")).help(
                "give the Image or Build that `luban generate` compiled, with this version of luban",
            )
        };
        let object: Value =
            yaml::read(text).map_err(|why| wrong(format!("cannot be read: {why}")))?;
        let field = |path: &str| object.pointer(path).and_then(Value::as_str);
        if field("/apiVersion") != Some(API_VERSION) {
            let version = field("/apiVersion").unwrap_or_default();
            return Err(wrong(format!("is of `{version}`, not of `{API_VERSION}`")));
        }
        if !object
            .pointer("/spec/source/git")
            .is_some_and(Value::is_object)
        {
            return Err(wrong("has no `spec.source.git`".to_owned()));
        }
        let namespace = field("/metadata/namespace").unwrap_or(own_namespace);
        let namespace = namespace.to_owned();
        match field("/kind") {
            Some("Image") => match field("/metadata/name") {
                Some(_) => Ok(Self::Image(Compiled { namespace, object })),
                None => Err(wrong("has no `metadata.name`".to_owned())),
            },
            Some("Build") => match call.get(&flag::NAME) {
                Some(name) => {
                    let name = name.to_owned();
                    Ok(Self::Build(Compiled { namespace, object }, name))
                }
                None => Err(Failure::new(
                    Exit::Usage,
                    "a Build needs a name: give `--name`",
                )),
            },
            kind => {
                let kind = kind.unwrap_or_default();
                Err(wrong(format!("is a `{kind}`, not an Image or a Build")))
            }
        }
    }
}

impl Compiled {
    /// The name of an Image.
    pub(super) fn name(&self) -> &str {
        let name = self.object.pointer("/metadata/name");
        name.and_then(Value::as_str).unwrap_or_default()
    }

    /// The Image that builds this commit under this tag.
    pub(super) fn image(&self, wanted: &Wanted) -> Value {
        let mut object = self.of_commit(wanted);
        if let Some(spec) = fields(&mut object, &["spec"]) {
            spec.insert("additionalTags".to_owned(), json!([wanted.tag]));
        }
        if !wanted.run.is_empty()
            && let Some(annotations) = fields(&mut object, &["metadata", "annotations"])
        {
            annotations.insert(RUN.to_owned(), json!(wanted.run));
        }
        object
    }

    /// The Build of this commit, the `attempt`th of the run `run`.
    pub(super) fn build(&self, wanted: &Wanted, run: &str, attempt: u64) -> Value {
        let mut object = self.of_commit(wanted);
        if let Some(spec) = fields(&mut object, &["spec"]) {
            spec.insert("tags".to_owned(), json!([wanted.tag]));
        }
        if let Some(metadata) = fields(&mut object, &["metadata"]) {
            metadata.insert("name".to_owned(), json!(attempt_name(run, attempt)));
            if !wanted.run.is_empty() {
                let owner = json!({
                    "apiVersion": "argoproj.io/v1alpha1",
                    "kind": "Workflow",
                    "name": run,
                    "uid": wanted.run,
                });
                metadata.insert("ownerReferences".to_owned(), json!([owner]));
            }
        }
        if let Some(labels) = fields(&mut object, &["metadata", "labels"]) {
            labels.insert(RUN.to_owned(), json!(run));
        }
        object
    }

    fn of_commit(&self, wanted: &Wanted) -> Value {
        let mut object = self.object.clone();
        if let Some(git) = fields(&mut object, &["spec", "source", "git"]) {
            git.insert("revision".to_owned(), json!(wanted.revision));
        }
        if let Some(metadata) = fields(&mut object, &["metadata"]) {
            metadata.insert("namespace".to_owned(), json!(self.namespace));
        }
        object
    }
}

/// The name of a run's `attempt`th Build: the run's own for the first.
pub(super) fn attempt_name(run: &str, attempt: u64) -> String {
    if attempt <= 1 {
        return run.to_owned();
    }
    let end = format!("-r{attempt}");
    let room = LONGEST.saturating_sub(end.len());
    let head = run.get(..room).unwrap_or(run).trim_end_matches('-');
    format!("{head}{end}")
}

/// The attempt that the name of a run's Build says.
pub(super) fn attempt_of(run: &str, name: &str) -> u64 {
    if name == run {
        return 1;
    }
    let (_, digits) = name.rsplit_once("-r").unwrap_or_default();
    digits.parse().unwrap_or(1)
}

/// The fields of an object in an object, which is made if it is not there.
fn fields<'a>(value: &'a mut Value, path: &[&str]) -> Option<&'a mut Map<String, Value>> {
    let mut at = value.as_object_mut()?;
    for name in path {
        let below = at.entry(*name).or_insert_with(|| json!({}));
        if below.is_null() {
            *below = json!({});
        }
        at = below.as_object_mut()?;
    }
    Some(at)
}
