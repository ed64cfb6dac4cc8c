//! The verbs, their flags, and what each does with the Kubernetes API.

use crate::Value;

/// A flag of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Its name, without dashes.
    pub name: &'static str,
    /// What it takes.
    pub value: Value,
    /// Whether it must be there, and not empty.
    pub is_required: bool,
    /// Whether it may be there several times, or take a list that Tekton expands.
    pub is_list: bool,
    /// What it is for, in one line.
    pub help: &'static str,
}

const fn required(name: &'static str, value: Value, help: &'static str) -> Flag {
    Flag {
        name,
        value,
        is_required: true,
        is_list: false,
        help,
    }
}

const fn optional(name: &'static str, value: Value, help: &'static str) -> Flag {
    Flag {
        name,
        value,
        is_required: false,
        is_list: false,
        help,
    }
}

const fn list(name: &'static str, value: Value, help: &'static str) -> Flag {
    Flag {
        name,
        value,
        is_required: false,
        is_list: true,
        help,
    }
}

/// Where a permission is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// In the namespace that the pod runs in.
    OwnNamespace,
    /// In the `-ci` namespace of every project.
    CiNamespaces,
    /// In the `-build` namespace of every project.
    BuildNamespaces,
    /// In Argo CD's namespace.
    ArgoCdNamespace,
    /// In the namespace of dispatch.
    DispatchNamespace,
    /// On cluster-scoped objects.
    Cluster,
}

/// What a verb does with one kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Where.
    pub grant: Grant,
    /// API group; empty for the core group.
    pub group: &'static str,
    /// Resource, in the plural.
    pub resource: &'static str,
    /// Verbs of the API.
    pub verbs: &'static [&'static str],
}

const fn need(
    grant: Grant,
    group: &'static str,
    resource: &'static str,
    verbs: &'static [&'static str],
) -> Need {
    Need {
        grant,
        group,
        resource,
        verbs,
    }
}

/// A verb of `luban step`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Its flags.
    pub flags: &'static [Flag],
    /// Whether a tool and its arguments follow after `--`.
    pub takes_command: bool,
    /// What it does with the Kubernetes API.
    pub needs: &'static [Need],
}

/// Where a result is written; every verb that has results takes it.
pub const RESULT: Flag = list(
    "result",
    Value::Pair,
    "Write the result NAME to the file PATH, as NAME=PATH",
);

macro_rules! verbs {
    ($($(#[$docs:meta])* $module:ident $VERB:ident $name:literal, $about:literal, command: $command:literal, flags: {
        $($(#[$flag_docs:meta])* $FLAG:ident = $flag:expr;)*
    }, results: $results:literal, needs: [$($need:expr),* $(,)?];)*) => {
        $(
            $(#[$docs])*
            pub mod $module {
                use super::*;
                $($(#[$flag_docs])* pub const $FLAG: Flag = $flag;)*
                pub(super) const WITHOUT_RESULT: &[Flag] = &[$($FLAG),*];
                pub(super) const WITH_RESULT: &[Flag] = &[$($FLAG,)* RESULT];
            }
            $(#[$docs])*
            pub static $VERB: Verb = Verb {
                name: $name,
                about: $about,
                flags: if $results { $module::WITH_RESULT } else { $module::WITHOUT_RESULT },
                takes_command: $command,
                needs: &[$($need),*],
            };
        )*

        /// Every verb.
        pub static ALL: &[&Verb] = &[$(&$VERB),*];
    };
}

/// What `kpack-build` does beside its needs where it is given a Build: an Image's Builds are kpack's own.
pub const BUILDS_OF_BRANCHES: Need = need(OwnNamespace, "kpack.io", "builds", &["create"]);

/// The verb called `name`.
pub fn verb(name: &str) -> Option<&'static Verb> {
    ALL.iter().copied().find(|verb| verb.name == name)
}

use Grant::{ArgoCdNamespace, BuildNamespaces, CiNamespaces, Cluster, OwnNamespace};
use Value::{
    Base64, Boolean, Commit, Digest, GitUrl, Image, Integer, Name, OneOf, Pair, Path, Repository,
    Text, Url,
};

verbs! {
    /// From an event to runs.
    dispatch DISPATCH "dispatch", "Turn an event into the runs of the applications that it concerns", command: false, flags: {
        /// The provider, as the platform names it.
        PROVIDER = required("provider", Name, "Provider that sent the event, as the platform names it");
        /// Kind of event.
        KIND = optional("kind", Base64, "Kind of event, as the provider names it");
        /// Delivery id.
        DELIVERY = optional("delivery", Base64, "Id of the delivery");
        /// Repository's id.
        REPOSITORY_ID = optional("repository-id", Base64, "Id of the repository at the provider");
        /// Repository's name.
        REPOSITORY = optional("repository", Base64, "Name of the repository with its owner or project");
        /// The ref.
        REF = optional("ref", Base64, "Ref that was pushed");
        /// Commit before.
        BEFORE = optional("before", Base64, "Commit that the ref pointed to before");
        /// Commit after.
        AFTER = optional("after", Base64, "Commit that the ref points to now");
        /// Azure's ref updates.
        UPDATES = optional("updates", Base64, "Azure DevOps' refUpdates, as JSON");
        /// Who pushed.
        SENDER = optional("sender", Base64, "Who pushed");
        /// When the repository was last changed before.
        REPOSITORY_UPDATED = optional("repository-updated", Base64, "When the repository was last changed before this, which Gitea says and says again on a redelivery");
        /// A recorded event.
        REPLAY = optional("replay", Name, "ConfigMap of a recorded event to dispatch instead");
        /// Why to build again.
        REBUILD = optional("rebuild", Name, "Build again what has been built, under this key");
        /// Credentials of providers.
        CREDENTIALS = optional("credentials", Path, "Directory with a directory for each provider that is asked which files changed, with the files `username` and `password`");
        /// Certificate authorities of providers.
        CERTIFICATE_AUTHORITIES = optional("certificate-authorities", Path, "Directory with a directory for each provider whose certificates only its own authority vouches for, with the file `ca.crt`");
    }, results: false, needs: [
        need(OwnNamespace, "", "configmaps", &["get"]),
        need(CiNamespaces, "argoproj.io", "workflows", &["create"]),
        need(BuildNamespaces, "tekton.dev", "pipelineruns", &["create"]),
    ];

    /// Sources at one commit.
    clone CLONE "clone", "Fetch one commit of a repository", command: false, flags: {
        /// URL.
        URL = required("url", GitUrl, "URL of the repository");
        /// Commit.
        REVISION = required("revision", Commit, "Commit to fetch");
        /// Target.
        INTO = required("into", Path, "Empty directory to write to");
        /// Credentials.
        CREDENTIALS = optional("credentials", Path, "Directory with the files `username` and `password`, or `header` with a header line in their place or beside them, or `ssh-privatekey` and `known_hosts`");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
        /// Submodules.
        SUBMODULES = optional("submodules", Boolean, "Fetch submodules too");
        /// LFS.
        LFS = optional("lfs", Boolean, "Fetch Git LFS files too");
        /// A folder of it alone.
        SUB_DIRECTORY = optional("sub-directory", Path, "Check out this directory alone, with the files beside it and above; submodules and Git LFS files of it alone");
    }, results: true, needs: [];

    /// A kpack Image or Build, applied and awaited.
    kpack_build KPACK_BUILD "kpack-build", "Apply a kpack Image or Build and wait for the build of one commit", command: false, flags: {
        /// The object.
        OBJECT = required("object", Path, "File with the compiled Image or Build");
        /// Commit.
        REVISION = required("revision", Commit, "Commit that is built");
        /// Tag.
        TAG = required("tag", Text, "Image with the tag of this commit");
        /// Name of a Build.
        NAME = optional("name", Name, "Name of the Build; an Image has its own");
        /// Owner of a Build.
        OWNER_UID = optional("owner-uid", Name, "UID of the Workflow called as the Build, which takes the Build along when it goes");
        /// Limit.
        TIMEOUT = required("timeout-seconds", Integer, "Give up after so many seconds");
    }, results: true, needs: [
        need(OwnNamespace, "kpack.io", "images", &["create", "list", "patch", "watch"]),
        need(OwnNamespace, "kpack.io", "builds", &["list", "patch", "watch"]),
        need(OwnNamespace, "", "pods", &["list", "watch"]),
        need(OwnNamespace, "", "pods/log", &["get"]),
    ];

    /// A rebuild that kpack started itself.
    kpack_rebuilt KPACK_REBUILT "kpack-rebuilt", "Find what a rebuild by kpack made, and whether it is to be released", command: false, flags: {
        /// Image.
        IMAGE = required("image", Name, "Name of the kpack Image");
        /// Build.
        BUILD = required("build", Name, "Name of its Build");
        /// Whether a failed Build is a failure.
        FAIL_WITH_BUILD = optional("fail-with-build", Boolean, "Fail if the Build failed, once the results are written");
    }, results: true, needs: [
        need(OwnNamespace, "kpack.io", "images", &["get"]),
        need(OwnNamespace, "kpack.io", "builds", &["get"]),
    ];

    /// A railpack plan.
    railpack_prepare RAILPACK_PREPARE "railpack-prepare", "Write the railpack plan of a directory", command: false, flags: {
        /// Source.
        SOURCE = required("source", Path, "Directory of the clone");
        /// Context.
        CONTEXT = required("context", Path, "Directory in the clone that is built");
        /// Output.
        PLAN_DIRECTORY = required("plan-directory", Path, "Directory outside the clone that gets the plan and the build information");
        /// Secret names.
        SECRET = list("secret", Name, "Name of a build secret");
        /// Secret files.
        SECRETS_DIRECTORY = optional("secrets-directory", Path, "Directory with a file for each build secret");
        /// Variables.
        BUILD_ARG = list("build-arg", Pair, "Variable that the plan and the steps of the build see, as NAME=VALUE");
        /// Version.
        VERSION = required("railpack-version", Name, "Version that the railpack command must have");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// An image built from a plan.
    railpack_build RAILPACK_BUILD "railpack-build", "Build and push the image of a railpack plan with BuildKit", command: false, flags: {
        /// Source.
        SOURCE = required("source", Path, "Directory of the clone");
        /// Context.
        CONTEXT = required("context", Path, "Directory in the clone that is built");
        /// Commit.
        REVISION = required("revision", Commit, "Commit that is built");
        /// Plan.
        PLAN_DIRECTORY = required("plan-directory", Path, "Directory with the plan");
        /// Frontend.
        FRONTEND = required("frontend", Image, "Image of the railpack frontend");
        /// Image.
        IMAGE = required("image", Image, "Image to push, with its tag");
        /// More tags.
        TAG = list("tag", Text, "Another tag of the image");
        /// Platform.
        PLATFORM = required("platform", OneOf(&["linux/amd64", "linux/arm64"]), "Platform of the image");
        /// Cache key.
        CACHE_KEY = required("cache-key", Name, "What keeps this project's caches apart");
        /// Cache image.
        CACHE = required("cache", Image, "Image that holds the cache of this application");
        /// More caches.
        CACHE_FROM = list("cache-from", Image, "Image with another cache of this application, which is read only");
        /// Finding of the lookup.
        FOUND = optional("found", Path, "File with the digest that the lookup found, which is given out in place of a build; empty if it found none");
        /// Provenance.
        PROVENANCE = optional("provenance", OneOf(&["min", "max"]), "How much BuildKit attests of the build");
        /// Secret names.
        SECRET = list("secret", Name, "Name of a build secret");
        /// Secret files.
        SECRETS_DIRECTORY = optional("secrets-directory", Path, "Directory with a file for each build secret");
        /// Key of the hash.
        SECRETS_HASH_KEY = optional("secrets-hash-key", Path, "Directory with the file `key` that the secrets' hash is made with");
        /// Build arguments.
        BUILD_ARG = list("build-arg", Pair, "Variable that the plan and the steps of the build see, as NAME=VALUE");
        /// Labels.
        LABEL = list("label", Pair, "Label and annotation of the image");
        /// Address.
        ADDRESS = required("address", Text, "Address of buildkitd");
        /// Limit.
        TIMEOUT = required("timeout-seconds", Integer, "Cancel the build after so many seconds");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// An index over images of several platforms.
    image_index IMAGE_INDEX "image-index", "Join the images of several platforms into one index and tag it; one image is only tagged", command: false, flags: {
        /// Repository.
        IMAGE = required("image", Image, "Image to push, with its tag");
        /// Digests.
        DIGEST = list("digest", Text, "Digest of one platform's image; empty where its build failed");
        /// Tags.
        TAG = list("tag", Text, "Another tag of the image");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// Has this been built?
    lookup LOOKUP "lookup", "Find the image of the same commit, plan, frontend, variables and secrets", command: false, flags: {
        /// Repository.
        REPOSITORY = required("repository", Repository, "Repository of the image");
        /// Commit.
        REVISION = required("revision", Commit, "Commit that would be built");
        /// Context.
        CONTEXT = required("context", Path, "Directory in the clone that would be built");
        /// Plan.
        PLAN_DIRECTORY = required("plan-directory", Path, "Directory with the plan");
        /// Frontend.
        FRONTEND = required("frontend", Image, "Image of the railpack frontend");
        /// Platform.
        PLATFORM = required("platform", OneOf(&["linux/amd64", "linux/arm64"]), "Platform of the image");
        /// Secret names.
        SECRET = list("secret", Name, "Name of a build secret");
        /// Secret files.
        SECRETS_DIRECTORY = optional("secrets-directory", Path, "Directory with a file for each build secret");
        /// Key of the hash.
        SECRETS_HASH_KEY = optional("secrets-hash-key", Path, "Directory with the file `key` that the secrets' hash is made with");
        /// Variables.
        BUILD_ARG = list("build-arg", Pair, "Variable that the plan and the steps of the build see, as NAME=VALUE");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// The hash of build secrets.
    secrets_hash SECRETS_HASH "secrets-hash", "Hash build secrets with the project's key", command: false, flags: {
        /// Secret names.
        SECRET = list("secret", Name, "Name of a build secret");
        /// Secret files.
        SECRETS_DIRECTORY = optional("secrets-directory", Path, "Directory with a file for each build secret");
        /// Key of the hash.
        SECRETS_HASH_KEY = required("secrets-hash-key", Path, "Directory with the file `key` that the secrets' hash is made with");
    }, results: true, needs: [];

    /// The static binary, copied for another image's pod.
    install INSTALL "install", "Copy this program into a directory that another container shares", command: false, flags: {
        /// Directory.
        INTO = required("into", Path, "Directory that the other container shares");
    }, results: false, needs: [];

    /// Another tool, run without a shell.
    exec EXEC "exec", "Run a tool with prepared files, its output bounded and redacted", command: true, flags: {
        /// Result from output.
        OUTPUT = optional("output", Path, "File that gets what the tool prints");
        /// Secrets.
        SECRETS_DIRECTORY = optional("secrets-directory", Path, "Directory with files whose content is cut out of what the tool prints");
        /// Limit.
        TIMEOUT = optional("timeout-seconds", Integer, "Stop the tool after so many seconds; an hour without this");
    }, results: false, needs: [];

    /// Stack, buildpacks and builder.
    publish_stack PUBLISH_STACK "publish-stack", "Build and publish the stack's images when a base digest has changed", command: false, flags: {
        /// Sources.
        SOURCE = required("source", Path, "Directory with the Dockerfiles and builder.toml");
        /// Repository.
        REPOSITORY = required("repository", Repository, "Repository that the images are pushed to");
        /// Name.
        STACK = required("stack", Name, "Name of the ClusterStack");
        /// Address.
        ADDRESS = required("address", Text, "Address of buildkitd");
    }, results: true, needs: [
        need(Cluster, "kpack.io", "clusterstacks", &["get", "patch"]),
    ];

    /// Vulnerabilities.
    scan SCAN "scan", "Scan an image and apply the severity policy", command: false, flags: {
        /// Repository.
        IMAGE = required("image", Repository, "Repository of the image");
        /// Digest.
        DIGEST = required("digest", Digest, "Digest of the image");
        /// Policy.
        FAIL_ON = list("fail-on", Text, "Severities that fail the build, each in a flag or separated by commas");
        /// Policy.
        IGNORE_UNFIXED = optional("ignore-unfixed", Boolean, "Do not count what has no fix yet");
        /// Report.
        REPORT = required("report", Path, "File that gets the report");
        /// Attach it.
        ATTACH = optional("attach", Boolean, "Attach the report to the image in its registry");
        /// What later images replace.
        RELEASE = optional("release", Boolean, "Whether the image is released if it passes: later ones must add nothing to it");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// Bill of materials.
    sbom SBOM "sbom", "Attach the bill of materials to an image", command: false, flags: {
        /// Repository.
        IMAGE = required("image", Repository, "Repository of the image");
        /// Digest.
        DIGEST = required("digest", Digest, "Digest of the image");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// Signature.
    sign SIGN "sign", "Sign an image and attest its provenance", command: false, flags: {
        /// Repository.
        IMAGE = required("image", Repository, "Repository of the image");
        /// Digest.
        DIGEST = required("digest", Digest, "Digest of the image");
        /// Key.
        KEY = required("key", Path, "Directory with the files `cosign.key` and `cosign.password`");
        /// Commit.
        REVISION = required("revision", Commit, "Commit that was built");
        /// Source.
        SOURCE = required("source", Url, "URL of the repository that was built");
        /// Report of the scan.
        REPORT = optional("report", Path, "File with the report of the scan");
        /// Format.
        SIGNATURE_FORMAT = required("signature-format", OneOf(&["legacy"]), "Format that signatures are written in");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// A release.
    release RELEASE "release", "Write an image into the release of an environment and push it", command: false, flags: {
        /// GitOps repository.
        GITOPS = required("gitops", GitUrl, "URL of the GitOps repository");
        /// Branch.
        BRANCH = required("branch", Text, "Branch of the GitOps repository");
        /// Directory.
        PATH = required("path", Path, "Directory of the release in the GitOps repository");
        /// Credentials.
        CREDENTIALS = required("credentials", Path, "Directory with the files `username` and `password` for the GitOps repository");
        /// Repository.
        IMAGE = required("image", Repository, "Repository of the image");
        /// Tag.
        TAG = required("tag", Text, "Tag of the image");
        /// Digest.
        DIGEST = required("digest", Digest, "Digest of the image");
        /// Commit.
        REVISION = required("revision", Commit, "Commit that was built");
        /// Source.
        SOURCE = required("source", GitUrl, "URL of the repository that was built");
        /// Branch.
        SOURCE_BRANCH = required("source-branch", Text, "Branch that the release follows: what is newer is decided there");
        /// Source credentials.
        SOURCE_CREDENTIALS = optional("source-credentials", Path, "Directory with the files `username` and `password` for the source repository");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
        /// Reason.
        REASON = optional("reason", Text, "Why it was built");
        /// Run.
        RUN = optional("run", Text, "Name of the run");
    }, results: true, needs: [];

    /// A Git tag's image.
    retag RETAG "retag", "Put a Git tag on the image that was released for its commit", command: false, flags: {
        /// GitOps repository.
        GITOPS = required("gitops", GitUrl, "URL of the GitOps repository");
        /// Branch.
        BRANCH = required("branch", Text, "Branch of the GitOps repository");
        /// Directory.
        PATH = required("path", Path, "Directory of the first environment's release");
        /// Credentials.
        CREDENTIALS = required("credentials", Path, "Directory with the files `username` and `password`");
        /// Commit.
        REVISION = required("revision", Commit, "What the tag points to: a commit, or the tag itself where it has a message");
        /// Tag.
        REF = required("ref", Base64, "The Git tag, as a ref");
        /// Source.
        SOURCE = required("source", GitUrl, "URL of the repository that has the tag");
        /// Source credentials.
        SOURCE_CREDENTIALS = optional("source-credentials", Path, "Directory with the files `username` and `password` for the source repository");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [];

    /// A promotion.
    promote PROMOTE "promote", "Propose what one environment runs to the next", command: false, flags: {
        /// GitOps repository.
        GITOPS = required("gitops", GitUrl, "URL of the GitOps repository");
        /// Branch.
        BRANCH = required("branch", Text, "Branch of the GitOps repository");
        /// Credentials.
        CREDENTIALS = required("credentials", Path, "Directory with the files `username` and `password`");
        /// Provider.
        PROVIDER = required("provider", OneOf(&["GitHub", "AzureDevOpsServices", "AzureDevOpsServer", "Gitea"]), "Kind of provider that hosts the GitOps repository");
        /// Project.
        PROJECT = required("project", Name, "Project");
        /// Application.
        APPLICATION = required("application", Name, "Application");
        /// From.
        FROM = required("from", Name, "Environment that has the release");
        /// To.
        TO = required("to", Name, "Environment that gets it");
        /// Approval.
        APPROVAL = required("approval", OneOf(&["pull-request", "none"]), "Who agrees");
        /// Requirements.
        REQUIRE = list("require", Text, "What must be true of the release");
        /// Key.
        PUBLIC_KEY = optional("public-key", Path, "File with the key that signatures are checked with");
        /// Format.
        SIGNATURE_FORMAT = optional("signature-format", OneOf(&["legacy"]), "Format that signatures are read in");
        /// Digest.
        DIGEST = optional("digest", Digest, "Digest that must be the one that is promoted");
        /// Tag.
        TAG = optional("tag", Text, "Tag to release it under");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: true, needs: [
        need(ArgoCdNamespace, "argoproj.io", "applications", &["get"]),
    ];

    /// What became of a run.
    report REPORT "report", "Report what became of a run", command: false, flags: {
        /// Status.
        STATUS = required("status", Text, "What became of it");
        /// Project.
        PROJECT = required("project", Name, "Project");
        /// Application.
        APPLICATION = required("application", Name, "Application");
        /// Provider.
        PROVIDER = required("provider", OneOf(&["GitHub", "AzureDevOpsServices", "AzureDevOpsServer", "Gitea"]), "Kind of provider that hosts the source");
        /// Source.
        SOURCE = required("source", Url, "URL of the repository that was built");
        /// Commit.
        REVISION = required("revision", Commit, "Commit that was built");
        /// Credentials.
        CREDENTIALS = required("credentials", Path, "Directory with the files `username` and `password`");
        /// Run.
        RUN = required("run", Name, "Name of the run");
        /// Image.
        IMAGE = optional("image", Repository, "Repository of the image");
        /// Digest.
        DIGEST = optional("digest", Text, "Digest of the image");
        /// SBOM.
        SBOM = optional("sbom", Text, "Where the bill of materials is");
        /// Log.
        LOG_URL = optional("log-url", Url, "Where the log is");
        /// What parts took.
        DURATION = list("duration", Pair, "What a part of the run took, as NAME=SECONDS");
        /// Cache hits.
        REUSED = list("reused", Pair, "Whether a build was found instead of made, as NAME=true or NAME=false");
        /// Started.
        STARTED = optional("started", Text, "When the run started");
        /// Failures.
        FAILURES = optional("failures", Text, "What failed, as Argo Workflows' JSON");
        /// Parts.
        TASK = list("task", Pair, "Part of a PipelineRun and what became of it, as NAME=STATUS");
        /// The ref.
        REF = optional("ref", Base64, "Ref that was built");
        /// Webhook.
        WEBHOOK = optional("webhook", Url, "Webhook that hears of it");
        /// Metrics.
        METRICS = optional("metrics", Url, "Pushgateway that gets the run's metrics");
        /// Webhook key.
        WEBHOOK_KEY = optional("webhook-key", Path, "File with the key that signs the webhook's body");
        /// Certificate authority.
        CERTIFICATE_AUTHORITY = optional("certificate-authority", Path, "File with certificates to trust, or directory of such files");
    }, results: false, needs: [];
}
