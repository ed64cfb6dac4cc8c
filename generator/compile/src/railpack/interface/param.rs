//! Parameters.

use super::{Default, Param};

pub(crate) const REVISION: Param = Param::required("revision", "Commit that is built");
pub(crate) const REF: Param = Param::text(
    "ref",
    "",
    "Ref that was pushed, in base64: no template engine sees it as text",
);
pub(crate) const URL: Param = Param::required("url", "URL of the source repository");
pub(crate) const SUBMODULES: Param = Param::text("submodules", "false", "Fetch Git submodules");
pub(crate) const LFS: Param = Param::text("lfs", "false", "Fetch Git LFS files");
pub(crate) const CONTEXT_PATH: Param = Param::text(
    "contextPath",
    ".",
    "Directory of the repository that is built; it cannot leave the repository",
);
pub(crate) const RAILPACK_VERSION: Param = Param::required(
    "railpackVersion",
    "Version that the railpack command must have; that of the frontend, from one constant",
);
pub(crate) const IMAGE_REGISTRY: Param = Param::required("imageRegistry", "Host of the registry");
pub(crate) const IMAGE_REPOSITORY: Param = Param::required(
    "imageRepository",
    "Repository of the image in the registry, the same for every run of an application",
);
pub(crate) const IMAGE_TAG: Param = Param::required("imageTag", "Tag of the image");
pub(crate) const PLATFORM: Param = Param::text(
    "platform",
    "linux/amd64",
    "Platform of the image: one, as railpack's frontend builds one at a time",
);
pub(crate) const CACHE_KEY: Param = Param::required(
    "cacheKey",
    "What keeps the mount caches of projects apart: the project's name",
);
pub(crate) const CACHE_TAG: Param = Param::text(
    "cacheTag",
    "buildcache",
    "Tag of the image's repository that holds the layer cache",
);
pub(crate) const CACHE_FROM_TAG: Param = Param::text(
    "cacheFromTag",
    "buildcache",
    "Tag of the image's repository with a layer cache that is only read",
);
pub(crate) const CACHE_SCOPE: Param = Param::required(
    "cacheScope",
    "`release` or `branches`: what other branches build never gets into the cache of releases",
);
pub(crate) const BUILD_SECRETS: Param =
    Param::list("buildSecrets", "Names of build secrets, never their values");
pub(crate) const ADDITIONAL_BUILD_ARGS: Param = Param::list(
    "additionalBuildArgs",
    "Variables of plan and build, as NAME=VALUE; nothing secret",
);
pub(crate) const LABELS: Param = Param::list(
    "labels",
    "Labels and annotations of the image beside OCI's own, as NAME=VALUE",
);
pub(crate) const ADDITIONAL_TAGS: Param = Param::list(
    "additionalTags",
    "Tags that move to the image once nothing is left that could refuse it",
);
pub(crate) const MOVE_TAGS: Param =
    Param::text("moveTags", "false", "Whether the additional tags move");
pub(crate) const IMAGE: Param =
    Param::required("image", "Repository of the image, with its registry");
pub(crate) const DIGEST: Param = Param::required("digest", "Digest of the image");
pub(crate) const OPTIONAL_DIGEST: Param =
    Param::text("digest", "", "Digest of the image; none if none was built");
pub(crate) const DIGESTS: Param = Param::new(
    "digests",
    Default::RequiredList,
    "Digests of the platforms' images",
);
pub(crate) const SCAN: Param =
    Param::text("scan", "false", "Scan the image, and list what is in it");
pub(crate) const SCAN_FAIL_ON: Param = Param::list("scanFailOn", "Severities that fail the run");
pub(crate) const SCAN_IGNORE_UNFIXED: Param = Param::text(
    "scanIgnoreUnfixed",
    "false",
    "Do not count what has no fix yet",
);
pub(crate) const SIGN: Param = Param::text("sign", "false", "Sign the image");
pub(crate) const RELEASE: Param = Param::text(
    "release",
    "false",
    "Release the image to the first environment",
);
pub(crate) const RELEASE_PATH: Param = Param::text(
    "releasePath",
    "",
    "Directory of the first environment's release in the GitOps repository",
);
pub(crate) const SOURCE_BRANCH: Param = Param::required(
    "sourceBranch",
    "Branch that releases follow: what is newer is decided there",
);
pub(crate) const PROJECT: Param = Param::required("project", "Project");
pub(crate) const APPLICATION: Param = Param::required("application", "Application");
pub(crate) const PROVIDER: Param =
    Param::required("provider", "Kind of provider that hosts the source");
pub(crate) const RUN: Param = Param::required("run", "Name of the run");
pub(crate) const STATUS: Param = Param::required("status", "What became of the run");
pub(crate) const TASK_STATUSES: Param =
    Param::list("taskStatuses", "What became of each part, as NAME=STATUS");
pub(crate) const DURATIONS: Param =
    Param::list("durations", "Seconds that parts took, as NAME=SECONDS");
pub(crate) const REUSED: Param = Param::list(
    "reused",
    "Whether builds were found instead of made, as NAME=true or NAME=false",
);
pub(crate) const OPTIONAL_SBOM: Param = Param::text(
    "sbom",
    "",
    "Bill of materials in the registry, by digest; none if there is none",
);
