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
    /// The one object; empty for all of them.
    pub(super) name: String,
}

impl Access {
    /// Whether this includes what was done to one object.
    fn includes(&self, done: &Self) -> bool {
        let same = |access: &Self| Self {
            name: String::new(),
            ..access.clone()
        };
        same(self) == same(done) && (self.name.is_empty() || self.name == done.name)
    }
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
        if !self.name.is_empty() {
            write!(formatter, ", `{}`", self.name)?;
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
        let mut names = texts(rule, "resourceNames");
        if names.is_empty() {
            names.push(String::new());
        }
        for group in texts(rule, "apiGroups") {
            for resource in texts(rule, "resources") {
                for verb in texts(rule, "verbs") {
                    accesses.extend(names.iter().map(|name| Access {
                        verb: verb.clone(),
                        group: group.clone(),
                        resource: resource.clone(),
                        namespace: namespace.to_owned(),
                        name: name.clone(),
                    }));
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
    response_status: Option<ResponseStatus>,
}

#[derive(Debug, Deserialize)]
struct ResponseStatus {
    #[serde(default)]
    code: u16,
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
    name: String,
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
        let access = Access {
            verb: event.verb,
            group: object.api_group,
            resource,
            namespace: object.namespace,
            name: object.name,
        };
        // An apply that makes its object is asked about twice (apiserver's `endpoints/handlers/patch.go`), and logged once.
        if access.verb == "patch" && event.response_status.is_some_and(|it| it.code == 201) {
            used.insert(Access {
                verb: "create".to_owned(),
                ..access.clone()
            });
        }
        used.insert(access);
    }
    Ok(used)
}

/// How `granted` and `used` differ, in words; empty if they are the same.
pub(super) fn difference(granted: &BTreeSet<Access>, used: &BTreeSet<Access>) -> String {
    let unused = granted
        .iter()
        .filter(|granted| !used.iter().any(|used| granted.includes(used)))
        .map(|access| format!("granted and not used: {access}"));
    let missing = used
        .iter()
        .filter(|used| !granted.iter().any(|granted| granted.includes(used)))
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
            name: String::new(),
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

    #[test]
    fn what_is_granted_for_one_object_is_not_there_for_another_and_each_one_must_be_used() {
        let of = |name: &str| Access {
            name: name.into(),
            ..access("get", "applications", "a")
        };
        let all = BTreeSet::from([of("")]);
        assert_eq!(difference(&all, &BTreeSet::from([of("x")])), "");
        let two = BTreeSet::from([of("x"), of("y")]);
        assert_eq!(difference(&two, &two), "");
        assert_eq!(
            difference(&two, &BTreeSet::from([of("x"), of("z")])),
            "granted and not used: get applications in a, `y`\nused and not granted: get applications in a, `z`"
        );
    }

    #[test]
    fn an_apply_that_makes_its_object_needs_both_verbs() {
        let mut log = tempfile::NamedTempFile::new().unwrap();
        for (code, resource) in [(201, "images"), (200, "builds")] {
            writeln!(
                log,
                r#"{{"verb":"patch","user":{{"username":"system:serviceaccount:a:bot"}},"objectRef":{{"resource":"{resource}","namespace":"a"}},"responseStatus":{{"code":{code}}}}}"#
            )
            .unwrap();
        }
        let used = used(log.path(), 0, &account()).unwrap();
        let expected = [
            access("create", "images", "a"),
            access("patch", "images", "a"),
            access("patch", "builds", "a"),
        ];
        assert_eq!(used, BTreeSet::from(expected));
    }
}
