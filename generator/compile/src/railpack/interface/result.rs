//! Results. None is a plan, a log or a list: all of a pod's results must fit into 4096 bytes.

use super::Output;

const fn output(name: &'static str, from: &'static str, description: &'static str) -> Output {
    Output {
        name,
        from,
        description,
    }
}

pub(crate) const GIT_COMMIT: Output = output(
    "CHAINS-GIT_COMMIT",
    "commit",
    "Commit that was fetched, as Tekton Chains looks for it",
);
pub(crate) const GIT_URL: Output = output(
    "CHAINS-GIT_URL",
    "url",
    "Repository that was fetched, as Tekton Chains looks for it",
);
pub(crate) const PLAN_PATH: Output = output(
    "planPath",
    "planPath",
    "Path of the plan in the workspace `output`",
);
pub(crate) const INFO_PATH: Output = output(
    "infoPath",
    "infoPath",
    "Path of the build information in the workspace `output`",
);
pub(crate) const IMAGE: Output = output("image", "image", "Image, with its tag");
pub(crate) const DIGEST: Output = output("digest", "digest", "Digest of the image");
pub(crate) const IMAGE_URL: Output =
    output("IMAGE_URL", "image", "Image, as Tekton Chains looks for it");
pub(crate) const IMAGE_DIGEST: Output = output(
    "IMAGE_DIGEST",
    "digest",
    "Digest, as Tekton Chains looks for it",
);
pub(crate) const BUILD_DURATION: Output = output(
    "buildDuration",
    "buildDuration",
    "Seconds that the build took",
);
pub(crate) const REUSED: Output = output(
    "reused",
    "reused",
    "`true` if the same had been built before, and nothing was built now",
);
pub(crate) const SBOM_REF: Output = output(
    "sbomRef",
    "sbomRef",
    "Bill of materials in the registry, by digest",
);
pub(crate) const REPORT_REF: Output = output(
    "reportRef",
    "reportRef",
    "Report of the scan in the registry, by digest",
);
