//! Trivy's report (JSON, `SchemaVersion` 2), as far as the policy asks for it.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::policy::Severity;

/// The version of the schema that is read.
const SCHEMA: u64 = 2;

/// What a scan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) findings: Vec<Finding>,
    /// Distributions that get no more updates, so that nobody looks for vulnerabilities in them.
    pub(crate) ended: Vec<String>,
}

/// A vulnerability in a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// `CVE-2024-1234`, or the number of another list.
    pub(crate) id: String,
    /// Kind of the package: `alpine`, `gobinary`, `python-pkg`.
    pub(crate) kind: String,
    pub(crate) package: String,
    pub(crate) installed: String,
    /// Version that has it no more.
    pub(crate) fixed: Option<String>,
    pub(crate) severity: Severity,
}

/// What makes a vulnerability the same in two images: not the version, which a rebuild moves, nor the layer or the path.
pub(crate) type Key = (String, String, String);

impl Finding {
    pub(crate) fn key(&self) -> Key {
        (self.id.clone(), self.kind.clone(), self.package.clone())
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            id,
            package,
            installed,
            severity,
            ..
        } = self;
        write!(formatter, "{id} ({severity}) in {package} {installed}")?;
        match &self.fixed {
            Some(fixed) => write!(formatter, ", fixed in {fixed}"),
            None => write!(formatter, ", not fixed yet"),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    schema_version: Option<u64>,
    #[serde(default)]
    metadata: Option<Metadata>,
    #[serde(default)]
    results: Option<Vec<Target>>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "OS", default)]
    os: Option<System>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct System {
    #[serde(default)]
    family: String,
    #[serde(default)]
    name: String,
    #[serde(rename = "EOSL", default)]
    is_ended: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Target {
    #[serde(default)]
    class: String,
    #[serde(default, rename = "Type")]
    kind: String,
    #[serde(default)]
    vulnerabilities: Option<Vec<Vulnerability>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Vulnerability {
    #[serde(rename = "VulnerabilityID")]
    id: String,
    pkg_name: String,
    #[serde(default)]
    installed_version: String,
    #[serde(default)]
    fixed_version: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    severity: String,
}

impl Report {
    /// Reads a report.
    ///
    /// # Errors
    /// Why it is none.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, String> {
        let document: Document = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        match document.schema_version {
            Some(SCHEMA) => {}
            Some(other) => return Err(format!("its `SchemaVersion` is {other}, not {SCHEMA}")),
            None => return Err("it has no `SchemaVersion`".to_owned()),
        }
        let system = document.metadata.and_then(|metadata| metadata.os);
        let ended = system.filter(|system| system.is_ended);
        let targets = document.results.unwrap_or_default();
        Ok(Self {
            findings: targets.into_iter().flat_map(findings).collect(),
            ended: ended
                .map(|system| format!("{} {}", system.family, system.name))
                .into_iter()
                .collect(),
        })
    }

    /// What makes each of its vulnerabilities the same elsewhere.
    pub(crate) fn keys(&self) -> BTreeSet<Key> {
        self.findings.iter().map(Finding::key).collect()
    }

    /// Adds what was found in the image of another platform, once.
    pub(crate) fn add(&mut self, other: Self) {
        for finding in other.findings {
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
        for ended in other.ended {
            if !self.ended.contains(&ended) {
                self.ended.push(ended);
            }
        }
    }
}

fn findings(target: Target) -> impl Iterator<Item = Finding> {
    let kind = match target.kind.is_empty() {
        true => target.class,
        false => target.kind,
    };
    let all = target.vulnerabilities.unwrap_or_default();
    all.into_iter().map(move |one| {
        // Trivy before 0.46 writes no status.
        let is_fixed = matches!(one.status.as_str(), "" | "fixed") && !one.fixed_version.is_empty();
        Finding {
            id: one.id,
            kind: kind.clone(),
            package: one.pkg_name,
            installed: one.installed_version,
            fixed: is_fixed.then_some(one.fixed_version),
            severity: Severity::parse(&one.severity.to_lowercase()).unwrap_or(Severity::Unknown),
        }
    })
}

/// One document of the reports of several platforms: the first one's, with the results of all, each under its platform.
///
/// # Errors
/// Why a report is none.
pub(crate) fn joined(
    image: &str,
    reports: &[(Option<String>, Vec<u8>)],
) -> Result<Vec<u8>, String> {
    if let [(_, only)] = reports {
        return Ok(only.clone());
    }
    let mut whole = Value::Null;
    let mut results = Vec::new();
    for (platform, report) in reports {
        let mut document: Value =
            serde_json::from_slice(report).map_err(|error| error.to_string())?;
        let platform = platform.as_deref().unwrap_or("unknown platform");
        if let Some(Value::Array(own)) = document.get_mut("Results").map(Value::take) {
            results.extend(own.into_iter().map(|mut result| {
                if let Some(Value::String(target)) = result.get_mut("Target") {
                    *target = format!("{platform}: {target}");
                }
                result
            }));
        }
        if whole.is_null() {
            whole = document;
        }
    }
    if let Value::Object(document) = &mut whole {
        document.insert("ArtifactName".to_owned(), image.into());
        document.insert("Results".to_owned(), results.into());
    }
    serde_json::to_vec(&whole).map_err(|error| error.to_string())
}
