//! Secrets are named, never written: whatever looks like a value is refused and not shown.

use super::scope::Scope;
use crate::input::SecretRef;
use crate::names::ResourceName;
use luban_diagnostic::did_you_mean;
use luban_yaml::Path;

const NEVER_A_VALUE: &str = "write the name of a Kubernetes Secret, never its value, and replace that value: it has been written to a file";

impl Scope<'_> {
    /// Name of the Secret that `parent.key` refers to; it must be there.
    pub(super) fn required_secret(
        &mut self,
        parent: &Path,
        key: &str,
        reference: &Option<SecretRef>,
    ) -> Option<ResourceName> {
        let reference = self.required(parent, key, reference)?;
        self.secret(&parent.key(key), reference)
    }

    /// Name of the Secret that `parent.key` refers to, if it is there.
    pub(super) fn optional_secret(
        &mut self,
        parent: &Path,
        key: &str,
        reference: &Option<SecretRef>,
    ) -> Option<ResourceName> {
        self.secret(&parent.key(key), reference.as_ref()?)
    }

    fn secret(&mut self, path: &Path, reference: &SecretRef) -> Option<ResourceName> {
        if reference.is_value {
            let finding = self.finding(
                "secret-value",
                path,
                format!("`{path}` holds a value where the name of a Secret belongs"),
            );
            self.push(
                finding
                    .help(format!("write `{{secret: <name>}}`; {NEVER_A_VALUE}"))
                    .redacted(),
            );
            return None;
        }
        for key in &reference.unknown {
            let finding = self.finding(
                "unknown-field",
                &path.key(key),
                format!("unknown field `{path}.{key}`"),
            );
            let help = match did_you_mean(key, ["secret"]) {
                Some(near) => format!("write `{near}`"),
                None => "the only field is `secret`".to_owned(),
            };
            self.push(finding.help(help).redacted());
        }
        let name = self.required(path, "secret", &reference.secret)?;
        self.secret_name(&path.key("secret"), name)
    }

    /// Name of a Secret that is written as plain text at `path`.
    pub(super) fn secret_name(&mut self, path: &Path, text: &str) -> Option<ResourceName> {
        match ResourceName::new(text) {
            Ok(name) if !is_token(text) && !is_hexadecimal_key(text) => Some(name),
            _ => {
                let finding = self.finding(
                    "secret-value",
                    path,
                    format!(
                        "`{path}` is no name of a Secret (lower case letters, digits, `-` and `.`)"
                    ),
                );
                self.push(finding.help(NEVER_A_VALUE).redacted());
                None
            }
        }
    }

    /// Refuses a setting whose value is a well-known kind of credential, and warns of one whose name says so.
    pub(super) fn refuse_credential(&mut self, path: &Path, key: &str, value: &str) {
        if is_token(value) {
            let finding =
                self.finding("secret-value", path, format!("`{path}` holds a credential"));
            self.push(finding.help("put it into a Secret and name that in `secrets`; replace it: it has been written to a file").redacted());
        } else if is_secret_key(key) {
            let message = format!("`{path}` has a name that credentials have");
            self.warn("secret-value", path, message);
        }
    }
}

/// Shapes of credentials that are known beyond doubt: tokens of Git providers and clouds, private keys.
fn is_token(text: &str) -> bool {
    const PREFIXES: [&str; 12] = [
        "ghp_",
        "gho_",
        "ghs_",
        "ghu_",
        "github_pat_",
        "glpat-",
        "xoxb-",
        "xoxp-",
        "AKIA",
        "ASIA",
        "sk_live_",
        "npm_",
    ];
    let starts_as_one = PREFIXES
        .iter()
        .any(|prefix| text.len() >= prefix.len() + 16 && text.starts_with(prefix));
    starts_as_one || text.contains("PRIVATE KEY-----")
}

/// A long run of hexadecimal digits names nothing that a person made up.
fn is_hexadecimal_key(text: &str) -> bool {
    text.len() >= 32
        && text.bytes().all(|byte| byte.is_ascii_hexdigit())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_secret_key(key: &str) -> bool {
    const ENDS: [&str; 5] = ["PASSWORD", "TOKEN", "SECRET", "API_KEY", "PRIVATE_KEY"];
    let key = key.to_ascii_uppercase();
    ENDS.iter()
        .any(|end| key == *end || key.ends_with(&format!("_{end}")))
}
