//! The run of one application: a compiled template, a name, and declared parameters filled in. Nothing else is ever set.

use luban_platform::dispatch_table::Run;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::event::Push;
use crate::failure::{Exit, Failure};
use crate::yaml;

/// The longest name that labels can hold too.
const LONGEST: usize = 63;
/// Hexadecimal digits of the key in a name.
const DIGITS: usize = 10;

/// What makes two events the same to an application.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key<'a> {
    pub(super) provider: &'a str,
    pub(super) repository: &'a str,
    pub(super) push: &'a Push,
    /// Why it is built again; empty for the first time.
    pub(super) rebuild: &'a str,
}

impl Key<'_> {
    /// The name of an application's run: the same for an event that comes twice, another for any other event.
    pub(super) fn name(&self, application: &str) -> String {
        let parts = [
            self.provider,
            self.repository,
            &self.push.name,
            &self.push.before,
            &self.push.after,
            &self.push.delivery,
            self.rebuild,
        ];
        let mut hash = Sha256::new();
        for part in parts {
            // The length first, so that no two lists of parts are one text.
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let digest: String = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let digits = digest.get(..DIGITS).unwrap_or_default();
        let room = LONGEST - DIGITS - 1;
        let head = application
            .get(..room)
            .unwrap_or(application)
            .trim_end_matches('-');
        format!("{head}-{digits}")
    }
}

/// A template with name, revision label and parameters.
///
/// # Errors
/// When the template is not what it was compiled as: it was changed by hand, or is of another version.
pub(super) fn filled(
    run: &Run,
    template: &str,
    name: &str,
    values: &[(&str, String)],
) -> Result<Value, Failure> {
    let broken = |why: &str| {
        let message = format!(
            "run template `{}` of ConfigMap `{}` {why}",
            run.key, run.config_map
        );
        Failure::new(Exit::Failed, message)
            .help("let Argo CD sync what `luban generate` compiled, with this version of luban")
    };
    let mut object: Value =
        yaml::read(template).map_err(|why| broken(&format!("cannot be read: {why}")))?;
    let is_kind = object.get("kind").and_then(Value::as_str) == Some(&run.kind);
    let is_there = object
        .pointer("/metadata/namespace")
        .and_then(Value::as_str)
        == Some(&run.namespace);
    if !is_kind || !is_there {
        return Err(broken(&format!(
            "is no {} of namespace `{}`",
            run.kind, run.namespace
        )));
    }
    let list = if run.kind == "PipelineRun" {
        "/spec/params"
    } else {
        "/spec/arguments/parameters"
    };
    let parameters = object.pointer_mut(list).and_then(Value::as_array_mut);
    let parameters = parameters.ok_or_else(|| broken("declares no parameters"))?;
    for wanted in &run.parameters {
        let value = values
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value);
        let value = value.ok_or_else(|| {
            broken(&format!(
                "wants a parameter `{wanted}` that this version does not know"
            ))
        })?;
        let declared = parameters
            .iter_mut()
            .find(|parameter| parameter.get("name").and_then(Value::as_str) == Some(wanted));
        let declared = declared.and_then(Value::as_object_mut);
        let declared =
            declared.ok_or_else(|| broken(&format!("does not declare parameter `{wanted}`")))?;
        declared.insert("value".to_owned(), Value::String(value.clone()));
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert("name".to_owned(), json!(name));
    }
    Ok(object)
}
