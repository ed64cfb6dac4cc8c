//! Every verb, what it needs to work, and what cannot go wrong with it and why.

use super::place::{COMMIT, DIGEST, Place};
use super::servers::Backend;
use super::table::Fault;
use crate::Exit;
use crate::kpack::tests::Playing;

/// A verb, and what it needs to work.
pub(super) struct Verb {
    pub(super) name: &'static str,
    pub(super) arguments: fn(&Place) -> Vec<String>,
    pub(super) results: &'static [&'static str],
    /// Variables that make it fail: name, a path in the pod, and what to do there.
    pub(super) environment: &'static [(&'static str, &'static str)],
    /// Files without which it does not work.
    pub(super) needs: &'static [&'static str],
    /// Files that it cannot read with just anything in them.
    pub(super) reads: &'static [&'static str],
    /// Whether it asks a server before it reads them: the others say what is wrong though nobody answers.
    reads_late: bool,
    /// What is left of it where nothing is wrong with that: a directory for what comes.
    pub(super) leaves: &'static [&'static str],
    /// How it ends when nobody answers it, and when it is refused.
    pub(super) network: Option<(Exit, Exit)>,
    /// Whether it writes temporary files.
    pub(super) has_temporary: bool,
    /// The tool that it waits for, where that is not a server.
    pub(super) tool: Option<&'static str>,
    /// What there is none of, and why.
    pub(super) not: &'static [(&'static [Fault], &'static str)],
}

const NOTHING: Verb = Verb {
    name: "",
    arguments: |_| Vec::new(),
    results: &[],
    environment: &[],
    needs: &[],
    reads: &[],
    reads_late: false,
    leaves: &[],
    network: Some((Exit::Transient, Exit::Failed)),
    has_temporary: false,
    tool: None,
    not: &[],
};
/// Docker's configuration, which is found by a variable.
const DOCKER: (&str, &str) = ("DOCKER_CONFIG", "broken-docker");
/// A kubeconfig that is none.
const KUBE: (&str, &str) = ("KUBECONFIG", "object.yaml");
/// Nothing in the search path.
const TOOLS: (&str, &str) = ("PATH", "out");
/// No directory for temporary files.
const TMPDIR: (&str, &str) = ("TMPDIR", "nowhere");

fn texts(arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|text| (*text).to_owned()).collect()
}

fn image(place: &Place) -> Vec<String> {
    vec![
        format!("--image={}/acme/app", place.host),
        format!("--digest={}", place.digest),
    ]
}

fn gitops(place: &Place) -> Vec<String> {
    vec![
        format!("--gitops={}/gitops.git", place.git),
        "--branch=main".to_owned(),
        place.flag("credentials", "git"),
    ]
}

fn build(place: &Place) -> Vec<String> {
    vec![
        format!("--revision={COMMIT}"),
        "--context=web".to_owned(),
        place.flag("plan-directory", "plan"),
        "--frontend=ghcr.io/railwayapp/railpack-frontend:v0.37.0".to_owned(),
        "--platform=linux/amd64".to_owned(),
        "--secret=TOKEN".to_owned(),
        place.flag("secrets-directory", "secrets"),
        place.flag("secrets-hash-key", "key"),
        place.flag("certificate-authority", "ca"),
    ]
}

pub(super) const VERBS: &[Verb] = &[
    Verb {
        name: "dispatch",
        arguments: |_| {
            texts(&[
                "--provider=github",
                "--kind=cHVzaA==",
                "--delivery=MQ==",
                "--repository=YWNtZS9hcHA=",
                "--ref=cmVmcy9oZWFkcy9tYWlu",
                "--after=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nw==",
            ])
        },
        environment: &[KUBE],
        not: &[
            (&[Fault::Results], "it has no results"),
            (
                &[Fault::Files],
                "it reads no file but credentials, once a repository is asked: clone has those",
            ),
            (&[Fault::FullDisk, Fault::ReadOnly], "it writes no file"),
        ],
        ..NOTHING
    },
    Verb {
        name: "clone",
        arguments: |place| {
            vec![
                format!("--url={}/source.git", place.git),
                format!("--revision={}", place.revision),
                place.flag("into", "out/clone"),
                place.flag("credentials", "git"),
                place.flag("certificate-authority", "ca"),
            ]
        },
        results: &["commit", "url"],
        environment: &[TOOLS, TMPDIR],
        needs: &["git/password"],
        reads: &["git/username", "git/password", "ca/ca.crt"],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "kpack-build",
        arguments: |place| {
            let mut all = Playing::arguments();
            all.push(place.flag("object", "object.yaml"));
            all
        },
        results: &["digest", "reason", "tags"],
        environment: &[KUBE],
        needs: &["object.yaml"],
        reads: &["object.yaml"],
        ..NOTHING
    },
    Verb {
        name: "kpack-rebuilt",
        arguments: |_| texts(&["--image=books", "--build=books-build-7"]),
        results: &["revision", "digest", "reason", "release"],
        environment: &[KUBE],
        not: &[(&[Fault::Files], "it reads no file")],
        ..NOTHING
    },
    Verb {
        name: "railpack-prepare",
        arguments: |place| {
            vec![
                place.flag("source", "source"),
                "--context=web".to_owned(),
                place.flag("plan-directory", "out/plans"),
                "--secret=TOKEN".to_owned(),
                place.flag("secrets-directory", "secrets"),
                "--railpack-version=0.37.0".to_owned(),
                place.flag("certificate-authority", "ca"),
            ]
        },
        results: &["planPath", "infoPath"],
        environment: &[TOOLS, TMPDIR],
        needs: &["source/web", "secrets/TOKEN"],
        reads: &["ca/ca.crt"],
        leaves: &["plans"],
        network: None,
        has_temporary: true,
        tool: Some("railpack"),
        not: &[(
            &[Fault::Unreachable, Fault::Credentials],
            "railpack alone reaches out: its own errors are tested beside the verb",
        )],
        ..NOTHING
    },
    Verb {
        name: "railpack-build",
        arguments: |place| {
            let mut all = build(place);
            all.extend([
                place.flag("source", "source"),
                format!("--image={}/acme/app:1.0", place.host),
                "--cache-key=acme".to_owned(),
                format!("--cache={}/acme/app:cache", place.host),
                "--address=unix:///run/buildkitd.sock".to_owned(),
                "--timeout-seconds=600".to_owned(),
            ]);
            all
        },
        results: &["image", "digest", "buildDuration", "reused"],
        environment: &[DOCKER, TOOLS, TMPDIR],
        needs: &[
            "source/web",
            "plan/railpack-plan.json",
            "secrets/TOKEN",
            "key/key",
        ],
        reads: &["plan/railpack-plan.json", "ca/ca.crt", "docker/config.json"],
        network: None,
        has_temporary: true,
        tool: Some("buildctl"),
        not: &[(
            &[Fault::Unreachable, Fault::Credentials],
            "BuildKit alone reaches out: its own errors are tested beside the verb",
        )],
        ..NOTHING
    },
    Verb {
        name: "image-index",
        arguments: |place| {
            vec![
                format!("--image={}/acme/app:1.0", place.host),
                format!("--digest={}", place.digest),
                place.flag("certificate-authority", "ca"),
            ]
        },
        results: &["image", "digest"],
        environment: &[DOCKER],
        reads: &["docker/config.json", "ca/ca.crt"],
        ..NOTHING
    },
    Verb {
        name: "lookup",
        arguments: |place| {
            let mut all = build(place);
            all.push(format!("--repository={}/acme/app", place.host));
            all
        },
        results: &["digest"],
        environment: &[DOCKER],
        needs: &["plan/railpack-plan.json", "secrets/TOKEN", "key/key"],
        reads: &["plan/railpack-plan.json", "docker/config.json", "ca/ca.crt"],
        // What cannot be found is built.
        network: Some((Exit::Done, Exit::Done)),
        not: &[(
            &[Fault::FullDisk],
            "that nothing was found takes no room: an empty file",
        )],
        ..NOTHING
    },
    Verb {
        name: "secrets-hash",
        arguments: |place| {
            vec![
                "--secret=TOKEN".to_owned(),
                place.flag("secrets-directory", "secrets"),
                place.flag("secrets-hash-key", "key"),
            ]
        },
        results: &["hash"],
        needs: &["secrets/TOKEN", "key/key"],
        network: None,
        not: &[
            (&[Fault::Environment], "it looks at no variable"),
            (
                &[Fault::Unreachable, Fault::Credentials],
                "it reaches out to nobody",
            ),
            (&[Fault::Sigterm], "it waits for nothing"),
        ],
        ..NOTHING
    },
    Verb {
        name: "install",
        arguments: |place| vec![place.flag("into", "out")],
        network: None,
        not: &[
            (&[Fault::Results], "it has no results"),
            (&[Fault::Environment], "it looks at no variable"),
            (
                &[Fault::Files],
                "it reads itself alone; that its directory is missing is tested beside the verb",
            ),
            (
                &[Fault::Unreachable, Fault::Credentials],
                "it reaches out to nobody",
            ),
            (&[Fault::Sigterm], "it waits for nothing"),
        ],
        ..NOTHING
    },
    Verb {
        name: "exec",
        arguments: |place| {
            vec![
                place.flag("output", "out/output"),
                place.flag("secrets-directory", "secrets"),
                "--".to_owned(),
                "trivy-or-another".to_owned(),
                "--version".to_owned(),
            ]
        },
        environment: &[TOOLS],
        needs: &["secrets"],
        network: None,
        tool: Some("trivy-or-another"),
        not: &[
            (&[Fault::Results], "it has no results"),
            (
                &[Fault::Unreachable, Fault::Credentials],
                "the tool alone reaches out",
            ),
        ],
        ..NOTHING
    },
    Verb {
        name: "publish-stack",
        arguments: |place| {
            vec![
                place.flag("source", "stack"),
                format!("--repository={}/acme/stack", place.host),
                "--stack=luban".to_owned(),
                "--address=unix:///run/buildkitd.sock".to_owned(),
            ]
        },
        results: &["buildDigest", "runDigest"],
        environment: &[DOCKER, KUBE, TOOLS, TMPDIR],
        needs: &[
            "stack/builder.toml",
            "stack/base.Dockerfile",
            "stack/build.Dockerfile",
            "stack/run.Dockerfile",
        ],
        reads: &[
            "stack/builder.toml",
            "stack/base.Dockerfile",
            "docker/config.json",
        ],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "scan",
        arguments: |place| {
            let mut all = image(place);
            all.extend([
                place.flag("report", "out/report"),
                place.flag("certificate-authority", "ca"),
            ]);
            all
        },
        results: &["reportRef"],
        environment: &[DOCKER, TOOLS, TMPDIR],
        reads: &["docker/config.json", "ca/ca.crt"],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "sbom",
        arguments: |place| {
            let mut all = image(place);
            all.push(place.flag("certificate-authority", "ca"));
            all
        },
        results: &["sbomRef"],
        environment: &[DOCKER, TOOLS, TMPDIR],
        reads: &["docker/config.json", "ca/ca.crt"],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "sign",
        reads_late: true,
        arguments: |place| {
            let mut all = image(place);
            all.extend([
                place.flag("key", "cosign"),
                format!("--revision={COMMIT}"),
                "--source=https://git.example/acme/app".to_owned(),
                "--signature-format=legacy".to_owned(),
                place.flag("report", "report.json"),
                place.flag("certificate-authority", "ca"),
            ]);
            all
        },
        results: &["none"],
        environment: &[DOCKER, TOOLS, TMPDIR],
        needs: &["cosign/cosign.key", "cosign/cosign.password", "report.json"],
        reads: &[
            "cosign/cosign.key",
            "report.json",
            "docker/config.json",
            "ca/ca.crt",
        ],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "release",
        arguments: |place| {
            let mut all = gitops(place);
            all.extend([
                "--path=overlays/payments/api/snd/release".to_owned(),
                format!("--image={}/acme/app", place.host),
                "--tag=1.1".to_owned(),
                format!("--digest={DIGEST}"),
                format!("--revision={}", place.revision),
                format!("--source={}/source.git", place.git),
                "--source-branch=main".to_owned(),
                place.flag("certificate-authority", "ca"),
            ]);
            all
        },
        results: &["commit"],
        environment: &[TOOLS, TMPDIR],
        needs: &["git/password"],
        reads: &["git/password", "ca/ca.crt"],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "retag",
        arguments: |place| {
            let mut all = gitops(place);
            all.extend([
                "--path=overlays/payments/api/snd/release".to_owned(),
                format!("--revision={}", place.revision),
                "--ref=cmVmcy90YWdzL3YxLjA=".to_owned(),
                format!("--source={}/source.git", place.git),
                place.flag("source-credentials", "git"),
                place.flag("certificate-authority", "ca"),
            ]);
            all
        },
        results: &["digest", "tag"],
        environment: &[DOCKER, TOOLS, TMPDIR],
        needs: &["git/password"],
        reads: &["git/password", "docker/config.json", "ca/ca.crt"],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "promote",
        arguments: |place| {
            let mut all = gitops(place);
            all.extend(texts(&[
                "--provider=Gitea",
                "--project=payments",
                "--application=api",
                "--from=snd",
                "--to=prd",
                "--approval=none",
            ]));
            all.push(place.flag("certificate-authority", "ca"));
            all
        },
        results: &["commit", "pullRequest"],
        environment: &[DOCKER, TOOLS, TMPDIR],
        needs: &["git/password"],
        reads: &["git/password", "docker/config.json", "ca/ca.crt"],
        has_temporary: true,
        ..NOTHING
    },
    Verb {
        name: "report",
        arguments: |place| {
            vec![
                "--status=Succeeded".to_owned(),
                "--project=payments".to_owned(),
                "--application=api".to_owned(),
                "--provider=Gitea".to_owned(),
                format!("--source=http://{}/acme/app", place.host),
                format!("--revision={COMMIT}"),
                place.flag("credentials", "git"),
                "--run=api-0123456789".to_owned(),
                format!("--webhook=http://{}/hook", place.host),
                place.flag("webhook-key", "webhook/key"),
                place.flag("certificate-authority", "ca"),
            ]
        },
        needs: &["webhook/key"],
        reads: &["git/password", "ca/ca.crt"],
        // What could not be told fails no build.
        network: Some((Exit::Done, Exit::Done)),
        not: &[
            (&[Fault::Results], "it has no results"),
            (&[Fault::Environment], "it looks at no variable"),
            (&[Fault::FullDisk, Fault::ReadOnly], "it writes no file"),
        ],
        ..NOTHING
    },
];

impl Verb {
    /// What it talks to when a file is wrong.
    pub(super) fn first(&self) -> Backend {
        match self.reads_late || self.network.is_none() {
            true => Backend::Good,
            false => Backend::Nobody,
        }
    }
}
