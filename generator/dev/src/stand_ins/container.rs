//! Kubelet's part: a container as a process of this machine, its volumes as directories.

use super::variables::plain;
use crate::conformance::server::RealCluster;
use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where git is, and what the stand-ins of tools use.
const SYSTEM: &str = "/usr/local/bin:/usr/bin:/bin";

/// A process that does what a container would do.
#[derive(Debug)]
pub(crate) struct Process {
    /// Command and arguments, as the controller made them.
    pub(crate) command: Vec<String>,
    /// Environment of the container.
    pub(crate) environment: BTreeMap<String, String>,
    /// Directories of the pod, and where they are on this machine.
    pub(crate) mounts: Vec<(String, PathBuf)>,
    /// Configuration of the pod's ServiceAccount, if the pod has its token.
    pub(crate) kubeconfig: Option<PathBuf>,
    /// What other words begin with on this machine than where the platform is, and what stands in their place.
    pub(crate) instead: Vec<(String, String)>,
}

/// How a process ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Its exit code; -1 if a signal ended it.
    pub(crate) code: i32,
    /// What it wrote.
    pub(crate) log: String,
    /// What ran, with the pod's paths.
    pub(crate) command: Vec<String>,
}

impl Process {
    /// Runs it to its end, with the programs of that directory before those of the system.
    pub(crate) fn run(&self, programs: &Path) -> Result<Ended> {
        let words = self.command.iter().map(|word| match self.other(word) {
            Some(other) => other,
            None => self.here(word),
        });
        let words: Vec<String> = words.collect();
        let Some((program, arguments)) = words.split_first() else {
            bail!("a container without a command");
        };
        let program = if program.contains('/') {
            PathBuf::from(program)
        } else {
            programs.join(program)
        };
        // Everything is on this machine.
        let environment = self.environment.iter();
        let environment = environment.filter(|(name, _)| !name.to_lowercase().ends_with("_proxy"));
        let mut command = Command::new(&program);
        command
            .args(arguments)
            .env_clear()
            .env("PATH", format!("{}:{SYSTEM}", programs.display()))
            .envs(environment.map(|(name, value)| (name, self.here(value))))
            .stdin(Stdio::null());
        if let Some(kubeconfig) = &self.kubeconfig {
            command.env("KUBECONFIG", kubeconfig);
        }
        let output = command
            .output()
            .with_context(|| format!("cannot run `{}`", program.display()))?;
        let log = [output.stdout, output.stderr].concat();
        Ok(Ended {
            code: output.status.code().unwrap_or(-1),
            log: String::from_utf8_lossy(&log).into_owned(),
            command: self.command.clone(),
        })
    }

    /// A word that is another here.
    fn other(&self, word: &str) -> Option<String> {
        let mut all = self.instead.iter();
        let other = all.find(|(begin, _)| word.starts_with(begin));
        other.map(|(_, other)| other.clone())
    }

    /// A text with the pod's directories replaced by those of this machine.
    pub(crate) fn here(&self, text: &str) -> String {
        let mut here = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('/') {
            let (before, path) = rest.split_at(at);
            here.push_str(before);
            let mount = self
                .mounts
                .iter()
                .filter(|(mount, _)| is_below(path, mount) && !here.ends_with(is_of_path))
                .max_by_key(|(mount, _)| mount.len());
            let taken = match mount {
                Some((mount, place)) => {
                    here.push_str(&place.display().to_string());
                    mount.len()
                }
                None => {
                    here.push('/');
                    1
                }
            };
            rest = path.get(taken..).unwrap_or_default();
        }
        here + rest
    }
}

/// Whether `path` begins with the directory `mount`.
fn is_below(path: &str, mount: &str) -> bool {
    path.strip_prefix(mount)
        .is_some_and(|rest| !rest.starts_with(is_of_path) || rest.starts_with('/'))
}

fn is_of_path(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-_./".contains(character)
}

/// Environment of a container; only plain values, which is all that compiled containers have.
pub(crate) fn environment(container: &Value) -> Result<BTreeMap<String, String>> {
    let mut environment = BTreeMap::new();
    for entry in list(container, "env") {
        let name = plain(&entry["name"]);
        if entry.get("valueFrom").is_some() {
            bail!(
                "variable `{name}` has a value from elsewhere, which this stand-in does not know"
            );
        }
        environment.insert(name, plain(&entry["value"]));
    }
    Ok(environment)
}

/// Directories of a pod's mounts, by the path in the container.
pub(crate) fn mounts(
    container: &Value,
    volumes: &BTreeMap<String, PathBuf>,
) -> Result<Vec<(String, PathBuf)>> {
    let mounts = list(container, "volumeMounts").iter().map(|mount| {
        let (name, path) = (plain(&mount["name"]), plain(&mount["mountPath"]));
        let volume = volumes
            .get(&name)
            .with_context(|| format!("`{path}` is of volume `{name}`, which there is not"))?;
        let directory = volume.join(plain(&mount["subPath"]));
        fs::create_dir_all(&directory)?;
        Ok((path, directory))
    });
    mounts.collect()
}

/// Makes the volumes, each a directory below `pod`.
pub(crate) fn volumes<'a>(
    all: impl Iterator<Item = &'a Value>,
    pod: &Path,
    cluster: &RealCluster,
    namespace: &str,
) -> Result<BTreeMap<String, PathBuf>> {
    let mut volumes = BTreeMap::new();
    for volume in all {
        let name = plain(&volume["name"]);
        let directory = pod.join("volumes").join(&name);
        fill(volume, &directory, cluster, namespace)?;
        volumes.insert(name, directory);
    }
    Ok(volumes)
}

/// What a Secret or ConfigMap has, if there is one.
fn files(
    cluster: &RealCluster,
    kind: &str,
    namespace: &str,
    name: &str,
) -> Result<Option<BTreeMap<String, Vec<u8>>>> {
    let Some(object) = cluster.object("v1", kind, namespace, name)? else {
        return Ok(None);
    };
    let data = object.get("data").and_then(Value::as_object);
    let files = data.into_iter().flatten().map(|(key, value)| {
        let text = plain(value);
        let bytes = match kind {
            "Secret" => STANDARD.decode(text)?,
            _ => text.into_bytes(),
        };
        Ok((key.clone(), bytes))
    });
    files.collect::<Result<_>>().map(Some)
}

/// Writes the files of a volume, or of a workspace's binding, below `directory`.
pub(crate) fn fill(
    volume: &Value,
    directory: &Path,
    cluster: &RealCluster,
    namespace: &str,
) -> Result<()> {
    fs::create_dir_all(directory)?;
    let put = |kind: &str, name: &str, source: &Value| -> Result<()> {
        let Some(files) = files(cluster, kind, namespace, name)? else {
            if source["optional"] == Value::Bool(true) {
                return Ok(());
            }
            bail!("there is no {kind} `{name}`, and the pod would not start");
        };
        let items = list(source, "items");
        if items.is_empty() {
            for (key, bytes) in files {
                write(&directory.join(key), &bytes)?;
            }
            return Ok(());
        }
        for item in items {
            let (key, path) = (plain(&item["key"]), plain(&item["path"]));
            match files.get(&key) {
                Some(bytes) => write(&directory.join(path), bytes)?,
                None if source["optional"] == Value::Bool(true) => {}
                None => bail!("{kind} `{name}` has no `{key}`, and the pod would not start"),
            }
        }
        Ok(())
    };
    if let Some(secret) = volume.get("secret") {
        put("Secret", &plain(&secret["secretName"]), secret)?;
    }
    if let Some(map) = volume.get("configMap") {
        put("ConfigMap", &plain(&map["name"]), map)?;
    }
    for source in volume
        .get("projected")
        .map_or(&[][..], |projected| list(projected, "sources"))
    {
        for (key, kind) in [("secret", "Secret"), ("configMap", "ConfigMap")] {
            if let Some(source) = source.get(key) {
                put(kind, &plain(&source["name"]), source)?;
            }
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

/// The list of a field; empty if there is none.
pub(crate) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_of_the_pod_become_those_of_this_machine_and_nothing_else_does() {
        let process = Process {
            command: Vec::new(),
            environment: BTreeMap::new(),
            kubeconfig: None,
            instead: Vec::new(),
            mounts: vec![
                ("/luban/git".to_owned(), PathBuf::from("/here/git")),
                ("/luban".to_owned(), PathBuf::from("/here/all")),
            ],
        };
        let cases = [
            ("--credentials=/luban/git", "--credentials=/here/git"),
            ("/luban/git/username", "/here/git/username"),
            ("/luban/gitops", "/here/all/gitops"),
            ("/etc/ssl/certs:/luban/git", "/etc/ssl/certs:/here/git"),
            (
                "https://example.org/luban/git",
                "https://example.org/luban/git",
            ),
            ("no path", "no path"),
        ];
        for (pod, here) in cases {
            assert_eq!(process.here(pod), here);
        }
    }
}
