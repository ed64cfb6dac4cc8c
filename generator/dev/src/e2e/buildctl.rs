//! A stand-in of `buildctl` 0.32 with its daemon: it takes the same command line and refuses every other flag, and does what the
//! registry would see of a build. The image's one layer is the context as it is.

use crate::stand_ins::registry::Plain;
use anyhow::{Context as _, Result, anyhow, bail};
use luban_registry::{
    Credentials, Descriptor, Digest, INDEX, MANIFEST, Manifest, Platform, Registry, image,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Build as buildctl does, for a program of that name.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// buildctl's arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// A file of the context with which a step of the build fails.
pub(super) const BROKEN: &str = "broken";

/// Flags with a value, before `build` and after it (`cmd/buildctl/main.go`, `cmd/buildctl/build.go`).
const GLOBAL: [&str; 2] = ["addr", "timeout"];
const OF_BUILD: [&str; 9] = [
    "progress",
    "frontend",
    "local",
    "opt",
    "secret",
    "output",
    "export-cache",
    "import-cache",
    "metadata-file",
];

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Build {
    flags: BTreeMap<String, Vec<String>>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let build = Build::read(&arguments.arguments)?;
    let digest = match build.push() {
        Ok(digest) => digest,
        Err(error) => {
            // As its `handleErr` does.
            eprintln!("error: {error:#}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let metadata = json!({"containerimage.digest": digest.as_str()});
    fs::write(build.one("metadata-file")?, metadata.to_string())?;
    Ok(ExitCode::SUCCESS)
}

impl Build {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut build = Self::default();
        let mut known = &GLOBAL[..];
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let Some(flag) = word.strip_prefix("--") else {
                if word != "build" {
                    bail!("Incorrect Usage: no argument is known but `build`: {word}");
                }
                known = &OF_BUILD;
                continue;
            };
            if flag == "wait" {
                continue;
            }
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (flag, None),
            };
            if !known.contains(&name) {
                bail!("Incorrect Usage: flag provided but not defined: {word}");
            }
            let value = value.or_else(|| words.next().cloned());
            let value = value.with_context(|| format!("`{word}` of what?"))?;
            build.flags.entry(name.to_owned()).or_default().push(value);
        }
        Ok(build)
    }

    fn all(&self, flag: &str) -> &[String] {
        self.flags.get(flag).map_or(&[], Vec::as_slice)
    }

    fn one(&self, flag: &str) -> Result<&str> {
        match self.all(flag) {
            [one] => Ok(one),
            other => bail!("--{flag} is given {} times", other.len()),
        }
    }

    /// The value of a flag of the form `NAME=VALUE`.
    fn value(&self, flag: &str, name: &str) -> Option<&str> {
        let mut values = self.all(flag).iter();
        values.find_map(|value| value.strip_prefix(name)?.strip_prefix('='))
    }

    /// Pushes the image under all its names.
    fn push(&self) -> Result<Digest> {
        let directory = |name: &str| {
            let path = self.value("local", name).map(PathBuf::from);
            path.with_context(|| format!("there is no --local {name}"))
        };
        if directory("context")?.join(BROKEN).exists() {
            // BuildKit's words (solver/llbsolver/errdefs, util/progress).
            bail!(
                "failed to solve: process \"/bin/sh -c npm run build\" did not complete successfully: exit code: 1"
            );
        }
        let own = directory("dockerfile")?;
        if self.one("frontend")? == "dockerfile.v0" {
            fs::metadata(own.join("Dockerfile")).context("failed to read dockerfile")?;
        } else {
            let plan = own.join("railpack-plan.json");
            let plan = fs::read(&plan).with_context(|| format!("no plan `{}`", plan.display()))?;
            let plan: Value = serde_json::from_slice(&plan).context("the plan is no JSON")?;
            self.has_secrets(&plan)?;
        }

        let output = record(self.one("output")?)?;
        let names = output.get("name").context("an output without a name")?;
        let annotations = |kind: &str| -> BTreeMap<&str, &str> {
            let all = output.iter();
            let own = all.filter_map(|(name, value)| {
                Some((name.strip_prefix(kind)?.strip_prefix('.')?, value.as_str()))
            });
            own.collect()
        };
        let platform = self.value("opt", "platform").unwrap_or("linux/amd64");
        let (os, architecture) = platform.split_once('/').context("no platform")?;
        let platform = Platform {
            os: os.to_owned(),
            architecture: architecture.to_owned(),
            ..Platform::default()
        };

        let (plain, credentials) = (Plain::new()?, Credentials::load_docker()?);
        let registry = Registry::new(&plain, &credentials);
        let images: Vec<_> = names.split(',').map(image).collect::<Result<_, _>>()?;
        let (repository, _) = images.first().context("an image without a name")?;
        let layer = layer(&directory("context")?)?;
        let config = json!({
            "os": os, "architecture": architecture, "config": {},
            "rootfs": {"type": "layers", "diff_ids": [Digest::of(&layer).as_str()]},
        });
        let put = |media: &str, bytes: &[u8]| registry.put_blob(repository, media, bytes);
        let layer = put("application/vnd.oci.image.layer.v1.tar", &layer)?;
        let config = put(
            "application/vnd.oci.image.config.v1+json",
            config.to_string().as_bytes(),
        )?;
        let manifest = json!({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer],
            "annotations": annotations("annotation"),
        });
        let mut top = Manifest::new(MANIFEST, manifest.to_string().into_bytes());
        // Attestations make an index of it.
        if self.value("opt", "attest:provenance").is_some() {
            registry.put_manifest(repository, &top.digest.clone().into(), &top)?;
            let entry = Descriptor {
                platform: Some(platform),
                ..top.descriptor()
            };
            let index = json!({
                "schemaVersion": 2, "mediaType": INDEX, "manifests": [entry],
                "annotations": annotations("annotation-index"),
            });
            top = Manifest::new(INDEX, index.to_string().into_bytes());
        }
        for (repository, reference) in &images {
            registry.put_manifest(repository, reference, &top)?;
        }
        Ok(top.digest)
    }

    /// Every secret that the plan needs is given as a file that is there.
    fn has_secrets(&self, plan: &Value) -> Result<()> {
        let given: Vec<_> = self
            .all("secret")
            .iter()
            .map(|secret| record(secret))
            .collect::<Result<_>>()?;
        let named = plan.get("secrets").and_then(Value::as_array);
        for name in named.into_iter().flatten().filter_map(Value::as_str) {
            let secret = given
                .iter()
                .find(|given| given.get("id").is_some_and(|id| id == name))
                .with_context(|| format!("secret {name}: not found"))?;
            let path = secret.get("src").context("a secret without a file")?;
            fs::metadata(path).with_context(|| format!("failed to stat {path}"))?;
        }
        Ok(())
    }
}

/// The context's files, those of Git's own left out, with nothing that another run would have otherwise.
fn layer(context: &Path) -> Result<Vec<u8>> {
    let mut archive = tar::Builder::new(Vec::new());
    archive.mode(tar::HeaderMode::Deterministic);
    let entries = walkdir::WalkDir::new(context).sort_by_file_name();
    let shown = entries.into_iter();
    for entry in shown.filter_entry(|entry| entry.file_name() != ".git") {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(context)?;
            archive.append_path_with_name(entry.path(), Path::new("app").join(name))?;
        }
    }
    Ok(archive.into_inner()?)
}

/// The fields `NAME=VALUE` of a CSV record, as Go's reader takes it.
fn record(text: &str) -> Result<BTreeMap<String, String>> {
    let mut fields = vec![String::new()];
    let mut characters = text.chars().peekable();
    let mut is_quoted = false;
    while let Some(character) = characters.next() {
        let is_at_start = fields.last().is_some_and(String::is_empty);
        let is_pair = character == '"' && characters.peek() == Some(&'"');
        match character {
            '"' if is_quoted && is_pair => {
                characters.next();
            }
            '"' if is_quoted || is_at_start => {
                is_quoted = !is_quoted;
                continue;
            }
            '"' => bail!("bare \" in non-quoted field"),
            ',' if !is_quoted => {
                fields.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(field) = fields.last_mut() {
            field.push(character);
        }
    }
    let pairs = fields.into_iter().map(|field| {
        let (name, value) = field
            .split_once('=')
            .ok_or_else(|| anyhow!("`{field}` is no NAME=VALUE"))?;
        Ok((name.to_owned(), value.to_owned()))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_quotes_in_a_quoted_field_belong_to_its_value() {
        let read = record("type=image,\"name=a:1,b:2\",\"annotation.x=say \"\"hi\"\"\",push=true");
        let expected = [
            ("annotation.x", "say \"hi\""),
            ("name", "a:1,b:2"),
            ("push", "true"),
            ("type", "image"),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read.unwrap(), BTreeMap::from(expected));
    }

    #[test]
    fn a_flag_that_buildctl_does_not_have_is_refused() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let build = Build::read(&words("--addr x --wait build --opt a=b --opt c=d")).unwrap();
        assert_eq!(build.value("opt", "c"), Some("d"));
        assert!(Build::read(&words("build --progress=plain")).is_ok());
        for wrong in ["--opt a=b build", "build --addr x", "build --push"] {
            Build::read(&words(wrong)).unwrap_err();
        }
    }
}
