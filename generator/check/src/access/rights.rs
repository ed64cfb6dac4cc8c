//! Rights by ServiceAccount.

use std::collections::HashMap;

use luban_yaml::Cursor;

use super::need::Need;
use crate::objects::{Entry, Objects};

/// Whether an account may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    /// With the role that says most about the resource, by its position.
    No {
        near: Option<usize>,
    },
    /// Nothing is bound to it.
    Unbound,
    Unknown,
}

/// A role that an account has.
#[derive(Debug, Clone)]
struct Grant {
    /// The role's entry; none if it is not given.
    role: Option<usize>,
    /// Where it holds: in these namespaces, or everywhere.
    namespaces: Option<Vec<String>>,
}

/// The rights that bindings give.
#[derive(Debug, Default)]
pub(crate) struct Rights {
    /// By the account's namespace and name.
    grants: HashMap<(String, String), Vec<Grant>>,
    /// Roles that ClusterRoles gather.
    gathered: HashMap<usize, Vec<usize>>,
    /// Whether a group of accounts has rights, or a binding could not be read.
    is_open: bool,
}

impl Rights {
    pub(crate) fn new(objects: &Objects) -> Self {
        let mut rights = Self::default();
        let roles = Roles::new(objects);
        rights.gathered.clone_from(&roles.gathered);
        for (position, entry) in objects.entries().iter().enumerate() {
            let is_of_cluster = entry.name.kind == "ClusterRoleBinding";
            let is_rbac = entry
                .name
                .api_version
                .starts_with("rbac.authorization.k8s.io/");
            if entry.is_template || !is_rbac || !(is_of_cluster || entry.name.kind == "RoleBinding")
            {
                continue;
            }
            let Some(node) = entry.document.cursor(&entry.path) else {
                continue;
            };
            let placement = objects.universe().placement(position);
            let placed = placement.map(|placement| placement.namespaces.iter());
            let placed: Vec<String> = placed
                .into_iter()
                .flatten()
                .map(|name| name.to_string())
                .collect();
            let namespaces = (!is_of_cluster).then(|| placed.clone());
            let kind = node.text_at(&["roleRef", "kind"]).unwrap_or_default();
            let name = node.text_at(&["roleRef", "name"]).unwrap_or_default();
            let found = match kind {
                "ClusterRole" => roles.of_cluster.get(name).cloned().unwrap_or_default(),
                _ => {
                    let found = roles.by_name.get(name).into_iter().flatten().copied();
                    let is_here = |role: &usize| {
                        placed
                            .iter()
                            .any(|namespace| objects.universe().shares(*role, namespace))
                    };
                    found.filter(is_here).collect()
                }
            };
            let granted: Vec<Option<usize>> = if found.is_empty() {
                vec![None]
            } else {
                found.into_iter().map(Some).collect()
            };
            for subject in items(node, "subjects") {
                rights.bind(subject, &placed, &namespaces, &granted);
            }
        }
        rights
    }

    fn bind(
        &mut self,
        subject: Cursor<'_>,
        placed: &[String],
        namespaces: &Option<Vec<String>>,
        roles: &[Option<usize>],
    ) {
        let name = subject.text_at(&["name"]).unwrap_or_default();
        if subject.text_at(&["kind"]) == Some("Group") {
            self.is_open |=
                name.starts_with("system:serviceaccounts") || name == "system:authenticated";
            return;
        }
        if subject.text_at(&["kind"]) != Some("ServiceAccount") {
            return;
        }
        let own = subject
            .text_at(&["namespace"])
            .map(|namespace| vec![namespace.to_owned()]);
        let own = own.unwrap_or_else(|| placed.to_vec());
        for namespace in own {
            let grants = self.grants.entry((namespace, name.to_owned())).or_default();
            grants.extend(roles.iter().map(|role| Grant {
                role: *role,
                namespaces: namespaces.clone(),
            }));
        }
    }

    /// Whether the account of a need may do `verb`.
    pub(crate) fn may(&self, objects: &Objects, need: &Need<'_>, verb: &str) -> Answer {
        if self.is_open {
            return Answer::Unknown;
        }
        let key = |namespace: &str| (namespace.to_owned(), need.account.to_owned());
        let mut grants: Vec<&Grant> = Vec::new();
        if need.account_namespace.is_empty() {
            // Whose namespace nobody says may be any account of the name.
            let named = self
                .grants
                .iter()
                .filter(|((_, name), _)| name == need.account);
            grants.extend(named.flat_map(|(_, grants)| grants));
        } else {
            for namespace in [need.account_namespace, ""] {
                grants.extend(self.grants.get(&key(namespace)).into_iter().flatten());
            }
        }
        if grants.is_empty() {
            return Answer::Unbound;
        }
        if grants.iter().any(|grant| grant.role.is_none()) {
            return Answer::Unknown;
        }
        let mut near: Option<(u8, usize)> = None;
        for grant in grants {
            let holds = grant.namespaces.as_ref().is_none_or(|namespaces| {
                need.namespace.is_empty()
                    || namespaces
                        .iter()
                        .any(|namespace| namespace.is_empty() || namespace == need.namespace)
            });
            let Some(role) = grant.role else {
                continue;
            };
            let gathered = self.gathered.get(&role).into_iter().flatten().copied();
            for position in std::iter::once(role).chain(gathered) {
                let Some(entry) = objects.entries().get(position) else {
                    continue;
                };
                let fit = fit(entry, need, verb);
                if fit == ALL && holds {
                    return Answer::Yes;
                }
                // One that gives it in another namespace is nearest.
                if fit > 0 && near.is_none_or(|(best, _)| fit > best) {
                    near = Some((fit, position));
                }
            }
        }
        Answer::No {
            near: near.map(|(_, position)| position),
        }
    }
}

/// How near a role comes to giving something.
const ALL: u8 = 3;

fn fit(role: &Entry, need: &Need<'_>, verb: &str) -> u8 {
    let Some(node) = role.document.cursor(&role.path) else {
        return 0;
    };
    let mut best = 0;
    for rule in items(node, "rules") {
        let has = |field: &str, wanted: &str| {
            items(rule, field)
                .filter_map(|item| item.text())
                .any(|item| item == wanted || item == "*")
        };
        if !has("apiGroups", need.group) || !has("resources", need.resource) {
            continue;
        }
        let mut names = items(rule, "resourceNames")
            .filter_map(|name| name.text())
            .peekable();
        // A name is not known when an object is made or listed.
        let is_named = names.peek().is_none()
            || need
                .name
                .is_none_or(|name| names.any(|known| known == name))
                && !matches!(verb, "create" | "list" | "watch");
        best = best.max(match (has("verbs", verb), is_named) {
            (true, true) => ALL,
            (true, false) => 2,
            _ => 1,
        });
    }
    best
}

/// The items of a list.
pub(crate) fn items<'a>(
    node: Cursor<'a>,
    field: &str,
) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
    node.get(field).into_iter().flat_map(|list| list.values())
}

/// Roles by name.
#[derive(Default)]
struct Roles<'a> {
    by_name: HashMap<&'a str, Vec<usize>>,
    of_cluster: HashMap<&'a str, Vec<usize>>,
    gathered: HashMap<usize, Vec<usize>>,
}

impl<'a> Roles<'a> {
    fn new(objects: &'a Objects) -> Self {
        let mut roles = Self::default();
        let mut gathering = Vec::new();
        for (position, entry) in objects.entries().iter().enumerate() {
            if entry.is_template
                || !entry
                    .name
                    .api_version
                    .starts_with("rbac.authorization.k8s.io/")
            {
                continue;
            }
            match entry.name.kind.as_str() {
                "Role" => roles
                    .by_name
                    .entry(entry.object_name())
                    .or_default()
                    .push(position),
                "ClusterRole" => {
                    roles
                        .of_cluster
                        .entry(entry.object_name())
                        .or_default()
                        .push(position);
                    let node = entry.document.cursor(&entry.path);
                    let rule = node.and_then(|node| node.get("aggregationRule"));
                    let selectors = rule
                        .into_iter()
                        .flat_map(|rule| items(rule, "clusterRoleSelectors"));
                    gathering.extend(selectors.map(|selector| (position, selector)));
                }
                _ => {}
            }
        }
        for (position, selector) in gathering {
            let wanted: Vec<_> = selector
                .get("matchLabels")
                .into_iter()
                .flat_map(|labels| labels.entries())
                .collect();
            let matching = roles
                .of_cluster
                .values()
                .flatten()
                .copied()
                .filter(|other| {
                    let labels = objects.entries().get(*other).and_then(|entry| {
                        entry
                            .document
                            .cursor(&entry.path)?
                            .at(&["metadata", "labels"])
                    });
                    labels.is_some_and(|labels| {
                        wanted
                            .iter()
                            .all(|(key, value)| labels.text_at(&[key.text()]) == value.text())
                    })
                });
            let mut matching: Vec<usize> = matching.filter(|other| *other != position).collect();
            matching.sort_unstable();
            roles.gathered.entry(position).or_default().extend(matching);
        }
        roles
    }
}
