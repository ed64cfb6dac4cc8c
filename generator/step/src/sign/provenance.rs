//! Where an image comes from (SLSA provenance 1.0), and what is vulnerable in it (cosign's predicate).

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::failure::{Exit, Failure};

/// What `buildType` of the provenance stands for: a commit of a repository, built by a run of the platform.
const BUILD_TYPE: &str = "https://luban.dev/build/v1";
/// Who built.
const BUILDER: &str = "https://luban.dev/builder";
/// The largest report of a scan.
const LARGEST: u64 = 64 << 20;

/// What is known of where an image comes from.
pub(super) struct Origin<'a> {
    /// URL of the repository.
    pub(super) source: &'a str,
    /// Commit that was built.
    pub(super) revision: &'a str,
    /// The run that built it, by the name of its pod.
    pub(super) run: Option<String>,
}

impl Origin<'_> {
    /// The predicate `https://slsa.dev/provenance/v1`.
    pub(super) fn predicate(&self) -> Vec<u8> {
        let Self {
            source,
            revision,
            run,
        } = self;
        let mut details = json!({
            "builder": { "id": BUILDER, "version": { "luban": env!("CARGO_PKG_VERSION") } },
        });
        if let Some(run) = run {
            details["metadata"] = json!({ "invocationId": run });
        }
        let predicate = json!({
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": { "source": { "repository": source, "revision": revision } },
                "resolvedDependencies": [{
                    "uri": format!("git+{source}@{revision}"),
                    "digest": { "gitCommit": revision },
                }],
            },
            "runDetails": details,
        });
        predicate.to_string().into_bytes()
    }
}

/// The predicate `https://cosign.sigstore.dev/attestation/vuln/v1` of a report of Trivy.
///
/// # Errors
/// When the file is no report.
pub(super) fn vulnerabilities(report: &Path) -> Result<Vec<u8>, Failure> {
    let refuse = |why: String| {
        let message = format!("cannot read the report `{}`: {why}", report.display());
        Failure::new(Exit::Usage, message).help("it is what `luban step scan --report` wrote")
    };
    let file = File::open(report).map_err(|error| refuse(error.to_string()))?;
    let mut bytes = Vec::new();
    file.take(LARGEST)
        .read_to_end(&mut bytes)
        .map_err(|error| refuse(error.to_string()))?;
    let result: Value =
        serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
    let Some(time) = result.get("CreatedAt").and_then(Value::as_str) else {
        return Err(refuse("it has no `CreatedAt`".to_owned()));
    };
    let predicate = json!({
        "invocation": { "parameters": null, "uri": "", "event_id": "", "builder.id": BUILDER },
        "scanner": {
            "uri": "pkg:github/aquasecurity/trivy",
            "version": "",
            "db": { "uri": "", "version": "" },
            "result": result,
        },
        "metadata": { "scanStartedOn": time, "scanFinishedOn": time },
    });
    Ok(predicate.to_string().into_bytes())
}
