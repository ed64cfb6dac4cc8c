//! Trivy: the scanner of images, by its command line (version 0.67).

use std::path::Path;
use std::time::Duration;

use crate::failure::Failure;
use crate::registry_tool::RegistryTool;
use crate::world::World;

/// How long a call may take: the database's download, the image's layers, the search.
const LIMIT: Duration = Duration::from_secs(600);
/// How long it has to say what took so long.
const LAST_WORDS: Duration = Duration::from_secs(30);
/// What it writes.
const OUTPUT: &str = "output.json";
/// Variables that may steer it: mirrors of its databases, a cache that is mounted, `TRIVY_OFFLINE_SCAN` and the like.
const PREFIX: &str = "TRIVY_";

/// Trivy.
pub(crate) struct Trivy(RegistryTool);

impl Trivy {
    /// The program at that path, or of that name in `PATH`.
    ///
    /// # Errors
    /// As [`RegistryTool::new`].
    pub(crate) fn new(program: &Path, trusted: Option<&Path>) -> Result<Self, Failure> {
        RegistryTool::new(program, trusted, PREFIX, LIMIT).map(Self)
    }

    /// The report of the vulnerabilities of `image`, which names a digest.
    ///
    /// # Errors
    /// When Trivy fails; that it finds something is no failure.
    pub(crate) fn report(&self, image: &str, world: &World<'_>) -> Result<Vec<u8>, Failure> {
        let options = ["--scanners=vuln", "--list-all-pkgs=false"];
        self.image(&format!("scan `{image}`"), "json", &options, image, world)
    }

    /// The bill of materials of `image`, which names a digest, in SPDX.
    ///
    /// # Errors
    /// When Trivy fails.
    pub(crate) fn bill(&self, image: &str, world: &World<'_>) -> Result<Vec<u8>, Failure> {
        self.image(
            &format!("list what is in `{image}`"),
            "spdx-json",
            &[],
            image,
            world,
        )
    }

    fn image(
        &self,
        doing: &str,
        format: &str,
        options: &[&str],
        image: &str,
        world: &World<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let output = self.0.file(OUTPUT);
        // What an earlier call wrote is not what this one found.
        let _ = std::fs::remove_file(&output);
        self.0.run(doing, world, |tool, left| {
            tool.arg("image")
                .arg("--image-src=remote")
                .arg(format!("--format={format}"))
                .arg("--output")
                .arg(&output)
                .args(options)
                .arg(format!("--timeout={}s", own_limit(left).as_secs()))
                .args([
                    "--no-progress",
                    "--skip-version-check",
                    "--disable-telemetry",
                ])
                .arg(image)
        })?;
        self.0.read(OUTPUT)
    }
}

/// How long Trivy is told that it has of the time that is left: it says better than we what took so long.
fn own_limit(left: Duration) -> Duration {
    left.saturating_sub(LAST_WORDS)
        .max(left / 2)
        .max(Duration::from_secs(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trivy_is_told_less_time_than_it_has() {
        for (left, told) in [(600, 570), (100, 70), (40, 20), (1, 1)] {
            let told = Duration::from_secs(told);
            assert_eq!(own_limit(Duration::from_secs(left)), told);
        }
    }
}
