//! The Secrets that `pipelines/SECRETS.md` asks for, with values for this machine.

use crate::conformance::server::RealCluster;
use crate::stand_ins::registry::{LOGIN, docker};
use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_step::testing::host::Host;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the key of cosign is encrypted with.
const PASSWORD: &str = "p4ss-of-the-key";
/// What a build needs to fetch packages.
const BUILD: &str = "s3cr3t-of-the-build";

/// Texts that no log may have.
pub(super) const HIDDEN: [&str; 4] = [Host::LOGIN.1, LOGIN.1, PASSWORD, BUILD];

/// A Secret to make.
#[derive(Debug, PartialEq, Eq)]
struct Row<'a> {
    namespace: &'a str,
    name: &'a str,
    kind: &'a str,
    keys: Vec<&'a str>,
}

/// Makes each Secret of the page; gives how many there are. Keys of cosign are made in `directory`.
///
/// # Errors
/// When the server refuses one, or cosign makes no keys.
pub(super) fn make(
    page: &str,
    cluster: &RealCluster,
    registry: &str,
    cosign: &Path,
    directory: &Path,
) -> Result<usize> {
    let output = Command::new(cosign)
        .arg("generate-key-pair")
        .env("COSIGN_PASSWORD", PASSWORD)
        .current_dir(directory)
        .output()
        .with_context(|| format!("cannot run `{}`", cosign.display()))?;
    if !output.status.success() {
        bail!(
            "cosign makes no keys: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let mut random = [0; 32];
    if SystemRandom::new().fill(&mut random).is_err() {
        bail!("the system gives no random bytes");
    }
    let rows = rows(page);
    for row in &rows {
        let mut data = serde_json::Map::new();
        for key in &row.keys {
            let value = match *key {
                "username" => Host::LOGIN.0.into(),
                "password" => Host::LOGIN.1.into(),
                ".dockerconfigjson" => docker(registry).into_bytes(),
                "cosign.password" => PASSWORD.into(),
                "cosign.key" | "cosign.pub" => fs::read(directory.join(key))?,
                "key" => random.to_vec(),
                _ => BUILD.into(),
            };
            data.insert((*key).to_owned(), STANDARD.encode(value).into());
        }
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "type": row.kind,
            "metadata": {"name": row.name, "namespace": row.namespace}, "data": Value::Object(data),
        });
        cluster.create(&secret, None)?;
    }
    Ok(rows.len())
}

/// The rows of the page's tables, each below the heading of its namespace.
fn rows(page: &str) -> Vec<Row<'_>> {
    let mut namespace = "";
    let mut rows = Vec::new();
    for line in page.lines() {
        let mut quoted = line.split('`').skip(1).step_by(2);
        if line.starts_with("## ") {
            namespace = quoted.next().unwrap_or_default();
        } else if line.starts_with("| `")
            && let (Some(name), Some(kind)) = (quoted.next(), quoted.next())
        {
            let keys = line.split('|').nth(3).unwrap_or_default();
            rows.push(Row {
                namespace,
                name,
                kind,
                keys: keys.split('`').skip(1).step_by(2).collect(),
            });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_the_keys_of_its_row_and_the_namespace_of_its_heading() {
        let page = "## `shop-ci` on cluster `delivery`\n\n| Secret | Type | Keys | Annotations | For |\n| --- | --- | --- | --- | --- |\n\
                    | `source-creds` | `kubernetes.io/basic-auth` | `username`, `password` |  | read `x` |\n";
        let expected = Row {
            namespace: "shop-ci",
            name: "source-creds",
            kind: "kubernetes.io/basic-auth",
            keys: vec!["username", "password"],
        };
        assert_eq!(rows(page), [expected]);
    }
}
