//! Images of the tools that compiled pods run: one list, replaced by the platform's own `images`, pinned by the lock.

use luban_diagnostic::Finding;
use luban_platform::Platform;
use luban_platform::lock::{Lock, Locked};
use luban_platform::names::{ImageRef, NameError};

/// A tool that compiled pods run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// Luban itself, with git, openssh, git-lfs and CA certificates.
    Luban,
    /// The railpack command; the platform builds this image.
    Railpack,
    /// Railpack's BuildKit frontend, of the same version as the command.
    RailpackFrontend,
    /// BuildKit, rootless: `buildkitd` and `buildctl`.
    Buildkit,
    /// Trivy.
    Trivy,
    /// Cosign.
    Cosign,
    /// The Cloudflare Tunnel's client.
    Cloudflared,
    /// The Cloud Native Buildpacks lifecycle.
    KpackLifecycle,
    /// Amazon Linux 2023 minimal, the base of the stack.
    AmazonLinux,
    /// Debian, the base of the railpack command's image.
    Debian,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Luban,
        Self::Railpack,
        Self::RailpackFrontend,
        Self::Buildkit,
        Self::Trivy,
        Self::Cosign,
        Self::Cloudflared,
        Self::KpackLifecycle,
        Self::AmazonLinux,
        Self::Debian,
    ];

    /// Its name in the platform's `images`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Luban => "luban",
            Self::Railpack => "railpack",
            Self::RailpackFrontend => "railpack-frontend",
            Self::Buildkit => "buildkit",
            Self::Trivy => "trivy",
            Self::Cosign => "cosign",
            Self::Cloudflared => "cloudflared",
            Self::KpackLifecycle => "kpack-lifecycle",
            Self::AmazonLinux => "amazonlinux",
            Self::Debian => "debian",
        }
    }

    /// The image unless the platform replaces it; full versions, never a tag that moves.
    fn default_image(self, platform: &Platform) -> String {
        let fixed = match self {
            Self::Luban => "ghcr.io/luban-dev/luban:v0.1.0",
            Self::Buildkit => "docker.io/moby/buildkit:v0.32.2-rootless",
            Self::Trivy => "ghcr.io/aquasecurity/trivy:0.67.2",
            Self::Cosign => "ghcr.io/sigstore/cosign/cosign:v3.0.2",
            Self::Cloudflared => "docker.io/cloudflare/cloudflared:2025.11.1",
            Self::KpackLifecycle => "docker.io/buildpacksio/lifecycle:0.20.12",
            Self::AmazonLinux => "public.ecr.aws/amazonlinux/amazonlinux:2023.9.20251117.1-minimal",
            Self::Debian => "docker.io/library/debian:bookworm-20251117-slim",
            Self::Railpack | Self::RailpackFrontend => {
                let Some(railpack) = &platform.railpack else {
                    return String::new();
                };
                let repository = match self {
                    Self::Railpack => railpack.registry.platform_image("railpack"),
                    _ => "ghcr.io/railwayapp/railpack-frontend".to_owned(),
                };
                return format!("{repository}:{}", railpack.version);
            }
        };
        fixed.to_owned()
    }

    /// Whether this platform runs it.
    fn is_used(self, platform: &Platform) -> bool {
        let has_railpack = platform.railpack.is_some();
        let has_kpack = platform.kpack.is_some();
        match self {
            Self::Luban => true,
            Self::Railpack | Self::RailpackFrontend | Self::Debian => has_railpack,
            Self::Buildkit => has_railpack || has_kpack,
            Self::KpackLifecycle | Self::AmazonLinux => has_kpack,
            Self::Trivy => platform
                .projects
                .iter()
                .any(|project| project.scan.is_some()),
            Self::Cosign => platform
                .projects
                .iter()
                .any(|project| project.sign.is_some()),
            Self::Cloudflared => matches!(
                platform.events.way,
                luban_platform::model::WayIn::CloudflareTunnel { .. }
            ),
        }
    }
}

/// The image of each tool, pinned as far as the lock knows.
#[derive(Clone, Debug)]
pub(crate) struct Images(Vec<(Tool, ImageRef)>);

impl Images {
    pub(crate) fn new(platform: &Platform, lock: &Lock) -> Result<Self, NameError> {
        let pinned = used(platform)?.into_iter().map(|(tool, image)| {
            let image = match lock.get(&image) {
                Some(Locked::Digest(digest)) => image.at_digest(digest)?,
                Some(Locked::Reason(_)) | None => image,
            };
            Ok((tool, image))
        });
        pinned.collect::<Result<_, NameError>>().map(Self)
    }

    /// The image of `tool`; empty if this platform does not use it.
    pub(crate) fn get(&self, tool: Tool) -> &str {
        self.0
            .iter()
            .find(|(known, _)| *known == tool)
            .map_or("", |(_, image)| image.as_str())
    }
}

/// The images that `platform` uses, as their tags: what a lock file is about.
///
/// # Errors
/// When a registry's host and namespace make no image.
pub fn used(platform: &Platform) -> Result<Vec<(Tool, ImageRef)>, NameError> {
    let used = Tool::ALL.into_iter().filter(|tool| tool.is_used(platform));
    used.map(|tool| {
        let image = match platform.images.get(tool.key()) {
            Some(image) => image.clone(),
            None => ImageRef::new(tool.default_image(platform))?,
        };
        Ok((tool, image))
    })
    .collect()
}

/// A warning if there are images whose digest is not known and for which the lock gives no reason.
///
/// # Errors
/// As [`used`].
pub fn unpinned(platform: &Platform, lock: &Lock) -> Result<Option<Finding>, NameError> {
    let unpinned: Vec<String> = used(platform)?
        .into_iter()
        .filter(|(_, image)| image.digest().is_none() && lock.get(image).is_none())
        .map(|(_, image)| format!("`{image}`"))
        .collect();
    Ok((!unpinned.is_empty()).then(|| {
        let message = format!(
            "luban.lock does not know the digest of {}",
            unpinned.join(", ")
        );
        Finding::warning("unpinned-image", message)
            .help("run `luban lock`, or give the reason in luban.lock")
    }))
}
