//! Upstream's examples, read and written again; shared by the tests of the API crates.
//!
//! `LUBAN_CORPUS` names the folder of examples; without it nothing is read and the tests pass.

#![allow(clippy::print_stdout, reason = "a test says what it read")]

use std::path::PathBuf;
use std::{env, fs};

use luban_api_core::k8s_openapi::Resource;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The examples, and what became of them.
pub(crate) struct Corpus {
    folder: PathBuf,
    documents: Vec<Value>,
    counts: Vec<String>,
    losses: Vec<String>,
    known: &'static [(&'static str, &'static str)],
}

impl Corpus {
    /// The corpus, if there is one. `known` names documents that do not survive, and why.
    pub(crate) fn open(known: &'static [(&'static str, &'static str)]) -> Option<Corpus> {
        let Some(folder) = env::var_os("LUBAN_CORPUS").map(PathBuf::from) else {
            println!("LUBAN_CORPUS is not set: no example read");
            return None;
        };
        let index =
            fs::read_to_string(folder.join("index.jsonl")).expect("the corpus has an index");
        let documents = index
            .lines()
            .map(|line| serde_json::from_str(line).expect("each line of the index is JSON"))
            .collect();
        Some(Corpus {
            folder,
            documents,
            counts: Vec::new(),
            losses: Vec::new(),
            known,
        })
    }

    /// Reads every example of kind `K` into its type, writes it, and compares.
    pub(crate) fn round_trip<K: Resource + Serialize + DeserializeOwned>(&mut self) {
        let (mut all, mut equal) = (0, 0);
        for document in &self.documents {
            if document["apiVersion"] != K::API_VERSION || document["kind"] != K::KIND {
                continue;
            }
            let path = document["path"].as_str().expect("the index names a path");
            let text = fs::read_to_string(self.folder.join(path)).expect("the index names a file");
            all += 1;
            let known = self.known.iter().any(|(name, _)| path.contains(name));
            match lost::<K>(&text) {
                Ok(()) if known => self
                    .losses
                    .push(format!("{path}: survives, though it is known not to")),
                Ok(()) => equal += 1,
                Err(_) if known => {}
                Err(loss) => self.losses.push(format!("{path}: {loss}")),
            }
        }
        self.counts.push(format!("{} {equal}/{all}", K::KIND));
    }

    /// Prints what survived; fails if anything else did not.
    pub(crate) fn finish(self) {
        println!(
            "equal after reading and writing: {}",
            self.counts.join(", ")
        );
        assert!(self.losses.is_empty(), "\n{}", self.losses.join("\n"));
    }
}

fn lost<K: Serialize + DeserializeOwned>(text: &str) -> Result<(), String> {
    let before: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let object: K = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let after = serde_json::to_value(&object).map_err(|error| error.to_string())?;
    same("", &before, &after)
}

/// Whether two values mean the same: null and `[]` count as missing where the other side lacks them, and a number
/// or boolean as its text, because that is how upstream reads a string field. A kustomization may leave out what it is.
fn same(path: &str, before: &Value, after: &Value) -> Result<(), String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => same(&format!("{path}.{key}"), value, other)?,
                    None if is_empty(value) => {}
                    None => return Err(format!("{path}.{key} is lost")),
                }
            }
            let implied = |key: &str| path.is_empty() && (key == "apiVersion" || key == "kind");
            // A required field that is missing is read, and written, as the empty value.
            let is_zero = |value: &Value| value.as_str() == Some("") || is_empty(value);
            match after
                .iter()
                .find(|(key, value)| !before.contains_key(*key) && !implied(key) && !is_zero(value))
            {
                Some((key, value)) => Err(format!("{path}.{key} is new: {value}")),
                None => Ok(()),
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.try_for_each(|(index, (before, after))| {
                same(&format!("{path}[{index}]"), before, after)
            })
        }
        (Value::Number(_) | Value::Bool(_), Value::String(text))
            if before.to_string().as_str() == text =>
        {
            Ok(())
        }
        _ if before == after => Ok(()),
        _ => Err(format!("{path} was {before}, is {after}")),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}
