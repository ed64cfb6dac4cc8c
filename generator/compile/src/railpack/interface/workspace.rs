//! Workspaces. Every one is isolated: a container sees those that its step names and no others.

use super::Workspace;

pub(crate) const OUTPUT: Workspace = Workspace {
    name: "output",
    mount_path: None,
    is_optional: false,
    is_read_only: false,
    description: "The clone, the plan, and what the lookup found",
};
pub(crate) const BUILD_CACHE: Workspace = Workspace {
    name: "build-cache",
    mount_path: Some(crate::railpack::buildkitd::STATE_DIRECTORY),
    is_optional: true,
    is_read_only: false,
    description: "State of BuildKit; without it, it is in the container and goes with it",
};
pub(crate) const GIT_CREDENTIALS: Workspace = Workspace::secret(
    "git-credentials",
    false,
    "Files `username` and `password` for the source repository",
);
pub(crate) const REGISTRY_CREDENTIALS: Workspace = Workspace::secret(
    "registry-credentials",
    false,
    "File `config.json` that may push the image",
);
pub(crate) const BUILD_SECRETS: Workspace =
    Workspace::secret("build-secrets", true, "A file for each build secret");
pub(crate) const SECRETS_HASH_KEY: Workspace = Workspace::secret(
    "secrets-hash-key",
    true,
    "File `key`: what the hash of the build secrets is made with",
);
pub(crate) const CERTIFICATE_AUTHORITY: Workspace = Workspace::secret(
    "certificate-authority",
    true,
    "Files with certificates to trust beside the public ones",
);
pub(crate) const SIGNING_KEY: Workspace = Workspace::secret(
    "signing-key",
    true,
    "Files `cosign.key` and `cosign.password`",
);
pub(crate) const GITOPS_CREDENTIALS: Workspace = Workspace::secret(
    "gitops-credentials",
    true,
    "Files `username` and `password` for the GitOps repository; runs that release nothing have none",
);
pub(crate) const REPORT_KEY: Workspace = Workspace::secret(
    "report-key",
    true,
    "File `key`: what the report's webhook is signed with",
);
