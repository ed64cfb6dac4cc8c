//! Promotions of Kargo: their steps, and the expressions in them.

mod expressions;

use luban_yaml::Path;

use crate::objects::Entry;

pub(crate) use expressions::expressions;

/// A step that is built in.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// Fields of its config that must be there.
    pub(crate) needs: &'static [&'static str],
    /// Other fields of its config.
    pub(crate) fields: &'static [&'static str],
}

/// Where the steps of an object stand.
pub(crate) fn steps(entry: &Entry) -> Path {
    let spec = entry.path.key("spec");
    match entry.name.kind.as_str() {
        "Stage" => spec.key("promotionTemplate").key("spec").key("steps"),
        _ => spec.key("steps"),
    }
}

/// Steps of Kargo v1.11 and v1.12, from the schemas of their configs.
pub(crate) const STEPS: &[Step] = &[
    Step {
        name: "argocd-update",
        needs: &["apps"],
        fields: &[],
    },
    Step {
        name: "argocd-wait",
        needs: &["apps"],
        fields: &[],
    },
    Step {
        name: "compose-output",
        needs: &[],
        fields: &[],
    },
    Step {
        name: "copy",
        needs: &["inPath", "outPath"],
        fields: &["ignore"],
    },
    Step {
        name: "delete",
        needs: &[],
        fields: &["path", "paths", "pathsAreGlobs", "strict"],
    },
    Step {
        name: "fail",
        needs: &[],
        fields: &["message"],
    },
    Step {
        name: "file-write",
        needs: &["path", "contents"],
        fields: &["overwrite", "permissions"],
    },
    Step {
        name: "git-clear",
        needs: &["path"],
        fields: &[],
    },
    Step {
        name: "git-clone",
        needs: &["repoURL", "checkout"],
        fields: &[
            "author",
            "blobless",
            "insecureSkipTLSVerify",
            "recurseSubmodules",
        ],
    },
    Step {
        name: "git-commit",
        needs: &["path", "message"],
        fields: &["author"],
    },
    Step {
        name: "git-merge-pr",
        needs: &["repoURL", "prNumber"],
        fields: &[
            "insecureSkipTLSVerify",
            "mergeMethod",
            "pollInterval",
            "provider",
            "wait",
        ],
    },
    Step {
        name: "git-open-pr",
        needs: &["repoURL", "targetBranch", "sourceBranch"],
        fields: &[
            "createTargetBranch",
            "description",
            "insecureSkipTLSVerify",
            "labels",
            "provider",
            "title",
        ],
    },
    Step {
        name: "git-push",
        needs: &["path"],
        fields: &[
            "force",
            "generateTargetBranch",
            "maxAttempts",
            "provider",
            "tag",
            "targetBranch",
        ],
    },
    Step {
        name: "git-tag",
        needs: &["path", "tag", "message"],
        fields: &["force"],
    },
    Step {
        name: "git-wait-for-pr",
        needs: &["repoURL", "prNumber"],
        fields: &["insecureSkipTLSVerify", "pollInterval", "provider"],
    },
    Step {
        name: "github-push",
        needs: &["path"],
        fields: &[
            "force",
            "generateTargetBranch",
            "insecureSkipTLSVerify",
            "maxAttempts",
            "targetBranch",
        ],
    },
    Step {
        name: "helm-template",
        needs: &["outPath", "path", "releaseName"],
        fields: &[
            "apiVersions",
            "buildDependencies",
            "disableHooks",
            "ignoreMissingValueFiles",
            "includeCRDs",
            "kubeVersion",
            "namespace",
            "outLayout",
            "setValues",
            "skipTests",
            "useReleaseName",
            "valuesFiles",
        ],
    },
    Step {
        name: "helm-update-chart",
        needs: &["path"],
        fields: &["charts"],
    },
    Step {
        name: "http",
        needs: &["url"],
        fields: &[
            "body",
            "errorExpression",
            "failureExpression",
            "headers",
            "insecureSkipTLSVerify",
            "method",
            "outputs",
            "pollInterval",
            "proxy",
            "queryParams",
            "responseContentType",
            "successExpression",
            "timeout",
            "bodyFromFile",
        ],
    },
    Step {
        name: "http-download",
        needs: &["url", "outPath"],
        fields: &[
            "allowOverwrite",
            "headers",
            "insecureSkipTLSVerify",
            "queryParams",
            "timeout",
        ],
    },
    Step {
        name: "json-parse",
        needs: &["path", "outputs"],
        fields: &[],
    },
    Step {
        name: "json-update",
        needs: &["path", "updates"],
        fields: &[],
    },
    Step {
        name: "kustomize-build",
        needs: &["path", "outPath"],
        fields: &["outputFormat", "plugin"],
    },
    Step {
        name: "kustomize-set-image",
        needs: &["path"],
        fields: &["images"],
    },
    Step {
        name: "oci-download",
        needs: &["imageRef", "outPath"],
        fields: &["allowOverwrite", "insecureSkipTLSVerify", "mediaType"],
    },
    Step {
        name: "oci-push",
        needs: &["srcRef", "destRef"],
        fields: &["annotations", "insecureSkipTLSVerify"],
    },
    Step {
        name: "set-freight-alias",
        needs: &["name", "alias"],
        fields: &[],
    },
    Step {
        name: "set-metadata",
        needs: &["updates"],
        fields: &[],
    },
    Step {
        name: "tar",
        needs: &["inPath", "outPath"],
        fields: &["ignore"],
    },
    Step {
        name: "toml-parse",
        needs: &["path", "outputs"],
        fields: &[],
    },
    Step {
        name: "toml-update",
        needs: &["path", "updates"],
        fields: &[],
    },
    Step {
        name: "untar",
        needs: &["inPath", "outPath"],
        fields: &["ignore", "stripComponents"],
    },
    Step {
        name: "yaml-merge",
        needs: &["inFiles", "outFile"],
        fields: &["ignoreMissingFiles"],
    },
    Step {
        name: "yaml-parse",
        needs: &["path", "outputs"],
        fields: &[],
    },
    Step {
        name: "yaml-update",
        needs: &["path", "updates"],
        fields: &[],
    },
];

/// Steps that only other editions of Kargo have.
pub(crate) const OTHERS: &[&str] = &[
    "gha-dispatch-workflow",
    "gha-wait-for-workflow",
    "gh-create-issue",
    "gh-update-issue",
    "gh-search-issue",
    "gh-comment-issue",
    "hcl-update",
    "jira",
    "jfrog-evidence",
    "record-audit-event",
    "get-user-input",
    "send-message",
    "snow-create",
    "snow-delete",
    "snow-query-for-records",
    "snow-update",
    "snow-wait-for-condition",
    "tf-apply",
    "tf-output",
    "tf-plan",
    "wait-for-approval",
];
