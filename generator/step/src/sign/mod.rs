//! `luban step sign`: the signature of an image, and the attestation of where it comes from.
//!
//! cosign signs, in the one pod that has the key: the key's password reaches it through the environment of that one process, the key
//! through its file. What is written is cosign's `legacy` format, the only one that policy-controller reads where it checks with a
//! key; nothing is sent to a transparency log, which would publish the names of private repositories.

mod provenance;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use luban_command::{Parsed, sign as flag};
use luban_registry::Registry;

use crate::failure::{Exit, Failure};
use crate::image::Image;
use crate::process::Tool;
use crate::registry::{self, Registries};
use crate::registry_tool::RegistryTool;
use crate::results::Results;
use crate::secret::Secret;
use crate::signature;
use crate::world::World;
use provenance::Origin;

/// How long a call may take: what it sends is small.
const LIMIT: Duration = Duration::from_secs(120);
/// What an encrypted key of cosign begins with, today and before 2.0.
const KEYS: [&str; 2] = [
    "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----",
    "-----BEGIN ENCRYPTED COSIGN PRIVATE KEY-----",
];

/// Signs an image and attests its provenance.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    Results::of(call, &[])?;
    let trusted = call.get(&flag::CERTIFICATE_AUTHORITY).map(Path::new);
    let registries = Registries::of_docker(trusted, world)?;
    let cosign = Cosign::new(Path::new("cosign"), trusted, call, world)?;
    sign(call, &registries.client(), &cosign, world)
}

fn sign(
    call: &Parsed,
    registry: &Registry<'_>,
    cosign: &Cosign,
    world: &World<'_>,
) -> Result<(), Failure> {
    let image = Image::find(
        registry,
        call.get(&flag::IMAGE).unwrap_or_default(),
        call.get(&flag::DIGEST).unwrap_or_default(),
    )?;
    let digest = &image.manifest.digest;
    let name = image.reference(digest);
    let origin = Origin {
        source: call.get(&flag::SOURCE).unwrap_or_default(),
        revision: call.get(&flag::REVISION).unwrap_or_default(),
        // Kubernetes calls a pod's host as the pod, and runs call their pods by their own names.
        run: std::env::var("HOSTNAME").ok(),
    };
    // All that may be wrong with the files is known before anything is written to the registry.
    let report = call.get(&flag::REPORT).map(Path::new);
    let report = report.map(provenance::vulnerabilities).transpose()?;
    cosign.sign(&name, world)?;
    cosign.attest(&name, "slsaprovenance1", &origin.predicate(), world)?;
    if let Some(report) = report {
        cosign.attest(&name, "vuln", &report, world)?;
    }
    for tag in [
        signature::tag(digest.as_str()),
        signature::attestation_tag(digest.as_str()),
    ] {
        expect(&image, &tag)?;
    }
    world.say(format!("signed `{name}` and attested where it comes from"));
    Ok(())
}

/// Fails unless cosign wrote what promotions and clusters look for.
fn expect(image: &Image<'_>, tag: &str) -> Result<(), Failure> {
    let reference = luban_registry::Reference::tag(tag)
        .map_err(|error| Failure::new(Exit::Failed, error.to_string()))?;
    let found = image
        .registry
        .head(&image.repository, &reference)
        .map_err(registry::failure)?;
    found.map(|_| ()).ok_or_else(|| {
        let message = format!(
            "cosign ended well and wrote no `{}:{tag}`",
            image.repository
        );
        Failure::new(Exit::Failed, message).help(
            "the cosign of `luban.lock` writes signatures in the legacy format; another may not",
        )
    })
}

/// cosign with a key.
struct Cosign {
    tool: RegistryTool,
    key: PathBuf,
    password: Secret,
}

impl Cosign {
    /// The program at that path, or of that name in `PATH`, with the key of the call.
    fn new(
        program: &Path,
        trusted: Option<&Path>,
        call: &Parsed,
        world: &World<'_>,
    ) -> Result<Self, Failure> {
        let directory = Path::new(call.get(&flag::KEY).unwrap_or_default());
        let key = directory.join("cosign.key");
        let text = Secret::read(&key)?;
        world.redactor.hide(&text);
        let is_key = KEYS
            .iter()
            .any(|start| text.expose().starts_with(start.as_bytes()));
        if !is_key {
            let message = format!("`{}` is no private key of cosign", key.display());
            return Err(Failure::new(Exit::Usage, message).help(
                "make a pair with `cosign generate-key-pair`, and its Secret with the keys `cosign.key`, `cosign.password` and `cosign.pub`",
            ));
        }
        let password = Secret::read(&directory.join("cosign.password"))?;
        world.redactor.hide(&password);
        if password.expose().contains(&0) {
            let message = "the password in `cosign.password` holds a zero byte";
            return Err(Failure::new(Exit::Usage, message));
        }
        // The tool runs in a directory of its own.
        let key = std::path::absolute(&key)
            .map_err(|error| Failure::new(Exit::Usage, format!("`{}`: {error}", key.display())))?;
        Ok(Self {
            // None of its own variables: they stand for flags.
            tool: RegistryTool::new(program, trusted, "DOCKER_CONFIG", LIMIT)?,
            key,
            password,
        })
    }

    fn call(&self, tool: Tool, command: &str) -> Tool {
        use std::os::unix::ffi::OsStrExt as _;
        let password = std::ffi::OsStr::from_bytes(self.password.expose());
        tool.variable("COSIGN_PASSWORD", password)
            .arg(command)
            .arg("--key")
            .arg(&self.key)
            .args([
                "--new-bundle-format=false",
                "--use-signing-config=false",
                "--tlog-upload=false",
                "--yes",
            ])
    }

    /// Signs the image; one that has this very signature gets no other.
    fn sign(&self, image: &str, world: &World<'_>) -> Result<(), Failure> {
        self.tool
            .run(&format!("sign `{image}`"), world, |tool, _| {
                self.call(tool, "sign").arg(image)
            })?;
        Ok(())
    }

    /// Attests `predicate`, in the place of an older one of that type: a step that runs again leaves one.
    fn attest(
        &self,
        image: &str,
        kind: &str,
        predicate: &[u8],
        world: &World<'_>,
    ) -> Result<(), Failure> {
        let file = self.tool.write("predicate.json", predicate)?;
        self.tool.run(
            &format!("attest `{kind}` of `{image}`"),
            world,
            |tool, _| {
                self.call(tool, "attest")
                    .args(["--replace", "--type", kind, "--predicate"])
                    .arg(&file)
                    .arg(image)
            },
        )?;
        Ok(())
    }
}
