//! What ServiceAccounts may do and did: grants of compiled Roles, and the audit log.

use super::super::document::{Object, list_at, text_at};
use super::api::AGENT;
use super::placement::Placed;
use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_yaml::Value;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::Path;

/// A ServiceAccount.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Account {
    pub(super) namespace: String,
    pub(super) name: String,
}

impl fmt::Display for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "system:serviceaccount:{}:{}",
            self.namespace, self.name
        )
    }
}

/// A verb of the API on a kind of object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Access {
    pub(super) verb: String,
    pub(super) group: String,
    /// The plural, with the subresource after a slash.
    pub(super) resource: String,
    /// Empty for kinds of the cluster as a whole.
    pub(super) namespace: String,
}

impl fmt::Display for Access {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.verb, self.resource)?;
        if !self.group.is_empty() {
            write!(formatter, ".{}", self.group)?;
        }
        if !self.namespace.is_empty() {
            write!(formatter, " in {}", self.namespace)?;
        }
        Ok(())
    }
}

/// What the Roles and ClusterRoles among `objects` grant `account` by their bindings.
pub(super) fn granted(objects: &[Placed<'_>], account: &Account) -> BTreeSet<Access> {
    let mut granted = BTreeSet::new();
    for binding in objects {
        let namespace = match binding.object.kind() {
            "RoleBinding" => binding.namespace,
            "ClusterRoleBinding" => "",
            _ => continue,
        };
        let is_ours = list_at(&binding.object.value, &["subjects"])
            .iter()
            .any(|subject| {
                text_at(subject, &["kind"]) == Some("ServiceAccount")
                    && text_at(subject, &["name"]) == Some(account.name.as_str())
                    && text_at(subject, &["namespace"]) == Some(account.namespace.as_str())
            });
        let role = |key| text_at(&binding.object.value, &["roleRef", key]).unwrap_or_default();
        let is_role = |placed: &&Placed<'_>| {
            placed.object.kind() == role("kind")
                && placed.object.name() == role("name")
                && (role("kind") == "ClusterRole" || placed.namespace == namespace)
        };
        if let Some(role) = objects.iter().filter(|_| is_ours).find(is_role) {
            granted.extend(rules(role.object, namespace));
        }
    }
    granted
}

fn rules(role: &Object, namespace: &str) -> Vec<Access> {
    let texts = |rule: &Value, key: &str| -> Vec<String> {
        list_at(rule, &[key])
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let mut accesses = Vec::new();
    for rule in list_at(&role.value, &["rules"]) {
        for group in texts(rule, "apiGroups") {
            for resource in texts(rule, "resources") {
                for verb in texts(rule, "verbs") {
                    accesses.push(Access {
                        verb,
                        group: group.clone(),
                        resource: resource.clone(),
                        namespace: namespace.to_owned(),
                    });
                }
            }
        }
    }
    accesses
}

/// A line of the audit log, as far as it is read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    verb: String,
    user: User,
    #[serde(default)]
    user_agent: String,
    object_ref: Option<ObjectReference>,
}

#[derive(Debug, Deserialize)]
struct User {
    username: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ObjectReference {
    api_group: String,
    resource: String,
    subresource: String,
    namespace: String,
}

/// What `account` asked for by itself, refused or not, from byte `from` of the log on.
///
/// # Errors
/// When the log cannot be read.
pub(super) fn used(log: &Path, from: u64, account: &Account) -> Result<BTreeSet<Access>> {
    let mut file = File::open(log).with_context(|| format!("cannot read `{}`", log.display()))?;
    file.seek(SeekFrom::Start(from))?;
    let user = account.to_string();
    let mut used = BTreeSet::new();
    for line in BufReader::new(file).lines() {
        let event: Event =
            serde_json::from_str(&line?).context("the audit log has a line that is no event")?;
        if event.user.username != user || event.user_agent == AGENT {
            continue;
        }
        let object = event.object_ref.unwrap_or_default();
        let resource = match object.subresource.as_str() {
            "" => object.resource,
            subresource => format!("{}/{subresource}", object.resource),
        };
        used.insert(Access {
            verb: event.verb,
            group: object.api_group,
            resource,
            namespace: object.namespace,
        });
    }
    Ok(used)
}

/// How `granted` and `used` differ, in words; empty if they are the same.
pub(super) fn difference(granted: &BTreeSet<Access>, used: &BTreeSet<Access>) -> String {
    let unused = granted
        .difference(used)
        .map(|access| format!("granted and not used: {access}"));
    let missing = used
        .difference(granted)
        .map(|access| format!("used and not granted: {access}"));
    unused.chain(missing).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn account() -> Account {
        Account {
            namespace: "a".into(),
            name: "bot".into(),
        }
    }

    fn access(verb: &str, resource: &str, namespace: &str) -> Access {
        Access {
            verb: verb.into(),
            group: String::new(),
            resource: resource.into(),
            namespace: namespace.into(),
        }
    }

    #[test]
    fn a_role_grants_in_the_namespace_of_its_binding_and_to_its_subjects_alone() {
        let text = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: b}\n\
                    rules: [{apiGroups: [''], resources: [pods, pods/log], verbs: [get]}]\n---\n\
                    apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: r, namespace: b}\n\
                    subjects: [{kind: ServiceAccount, name: bot, namespace: a}]\nroleRef: {kind: Role, name: r}\n";
        let objects = Object::read("r.yaml", text).unwrap();
        let placed: Vec<Placed<'_>> = objects
            .iter()
            .map(|object| Placed {
                object,
                namespace: "b",
            })
            .collect();
        let expected = [access("get", "pods", "b"), access("get", "pods/log", "b")];
        assert_eq!(granted(&placed, &account()), BTreeSet::from(expected));
        let other = Account {
            namespace: "b".into(),
            ..account()
        };
        assert_eq!(granted(&placed, &other), BTreeSet::new());
    }

    #[test]
    fn requests_of_others_and_those_of_this_program_are_not_counted() {
        let mut log = tempfile::NamedTempFile::new().unwrap();
        for (user, agent, resource) in [
            ("system:serviceaccount:a:bot", "luban", "configmaps"),
            ("system:serviceaccount:a:bot", AGENT, "secrets"),
            ("system:serviceaccount:a:other", "luban", "pods"),
        ] {
            writeln!(
                log,
                r#"{{"verb":"get","user":{{"username":"{user}"}},"userAgent":"{agent}","objectRef":{{"resource":"{resource}","namespace":"a"}}}}"#
            )
            .unwrap();
        }
        let used = used(log.path(), 0, &account()).unwrap();
        assert_eq!(used, BTreeSet::from([access("get", "configmaps", "a")]));
    }

    #[test]
    fn what_is_granted_in_vain_and_what_is_missing_are_both_said() {
        let (one, two) = (access("get", "pods", "a"), access("list", "secrets", "a"));
        assert_eq!(
            difference(&BTreeSet::from([one.clone()]), &BTreeSet::from([two])),
            "granted and not used: get pods in a\nused and not granted: list secrets in a"
        );
        assert_eq!(
            difference(&BTreeSet::from([one.clone()]), &BTreeSet::from([one])),
            ""
        );
    }
}
