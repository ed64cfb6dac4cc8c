//! ServiceAccounts, one for each job, and Roles made from what the job's verbs do: nothing more is granted.

use crate::CompileError;
use crate::tree::Folder;
use k8s_openapi::api::core::v1::{ObjectReference, ServiceAccount};
use k8s_openapi::api::rbac::v1::{
    ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject,
};
use luban_api_core::{named, named_in};
use luban_command::{Grant, Need, Verb};
use std::collections::{BTreeMap, BTreeSet};

/// What Argo's executor does in every pod of a Workflow (argo-workflows v4.1 `docs/workflow-rbac.md`).
const EXECUTOR: Need = Need {
    grant: Grant::OwnNamespace,
    group: "argoproj.io",
    resource: "workflowtaskresults",
    verbs: &["create", "patch"],
};

/// A ServiceAccount and what its pods do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account<'a> {
    /// Its name.
    pub(crate) name: &'a str,
    /// Its namespace.
    pub(crate) namespace: &'a str,
    /// The verbs that its pods run.
    pub(crate) verbs: &'a [&'static Verb],
    /// Permissions that are needed by something other than a verb, such as a Sensor.
    pub(crate) also: &'a [Need],
    /// Whether its pods are Argo Workflows'.
    pub(crate) runs_workflows: bool,
    /// Secrets of type `kubernetes.io/dockerconfigjson` that its pods pull images with.
    pub(crate) pull_secrets: &'a [&'a str],
    /// Secrets that are listed at the account: kpack finds its credentials there.
    pub(crate) secrets: &'a [&'a str],
}

impl<'a> Account<'a> {
    /// An account whose pods use no API.
    pub(crate) fn new(namespace: &'a str, name: &'a str) -> Self {
        Self {
            name,
            namespace,
            verbs: &[],
            also: &[],
            runs_workflows: false,
            pull_secrets: &[],
            secrets: &[],
        }
    }

    /// What it does where `grant` says.
    pub(crate) fn needs(&self, grant: Grant) -> Vec<Need> {
        let executor = self.runs_workflows.then_some(EXECUTOR);
        let verbs = self.verbs.iter().flat_map(|verb| verb.needs);
        verbs
            .chain(self.also)
            .copied()
            .chain(executor)
            .filter(|need| need.grant == grant)
            .collect()
    }

    /// Whether its pods talk to the API at all.
    fn needs_token(&self) -> bool {
        self.runs_workflows
            || !self.also.is_empty()
            || self.verbs.iter().any(|verb| !verb.needs.is_empty())
    }

    /// Adds the ServiceAccount, and a Role and RoleBinding for what it does in its own namespace.
    pub(crate) fn add(&self, folder: &mut Folder) -> Result<(), CompileError> {
        let pull_secrets =
            self.pull_secrets
                .iter()
                .map(|name| k8s_openapi::api::core::v1::LocalObjectReference {
                    name: (*name).to_owned(),
                });
        let secrets = self.secrets.iter().map(|name| ObjectReference {
            name: Some((*name).to_owned()),
            ..ObjectReference::default()
        });
        folder.add(ServiceAccount {
            metadata: named_in(self.namespace, self.name),
            secrets: Some(secrets.collect::<Vec<_>>()).filter(|secrets| !secrets.is_empty()),
            automount_service_account_token: Some(self.needs_token()),
            image_pull_secrets: Some(pull_secrets.collect::<Vec<_>>())
                .filter(|secrets| !secrets.is_empty()),
        })?;
        self.grant_in(folder, Grant::OwnNamespace, self.namespace)
    }

    /// Adds a Role and RoleBinding in `namespace` for what it does there as `grant` says; nothing if that is nothing.
    pub(crate) fn grant_in(
        &self,
        folder: &mut Folder,
        grant: Grant,
        namespace: &str,
    ) -> Result<(), CompileError> {
        let rules = rules(&self.needs(grant));
        if rules.is_empty() {
            return Ok(());
        }
        let name = if namespace == self.namespace {
            self.name.to_owned()
        } else {
            format!("{}-{}", self.namespace, self.name)
        };
        folder.add(Role {
            metadata: named_in(namespace, &name),
            rules: Some(rules),
        })?;
        folder.add(RoleBinding {
            metadata: named_in(namespace, &name),
            role_ref: role_ref("Role", &name),
            subjects: Some(vec![self.subject()]),
        })
    }

    /// Adds a ClusterRole and ClusterRoleBinding for what it does with the cluster-scoped objects that are called `names`;
    /// nothing if that is nothing.
    pub(crate) fn grant_cluster(
        &self,
        folder: &mut Folder,
        names: &[&str],
    ) -> Result<(), CompileError> {
        let mut rules = rules(&self.needs(Grant::Cluster));
        for rule in &mut rules {
            rule.resource_names = Some(names.iter().map(|&name| name.to_owned()).collect());
        }
        if rules.is_empty() {
            return Ok(());
        }
        let name = format!("{}-{}", self.namespace, self.name);
        folder.add(ClusterRole {
            metadata: named(&name),
            rules: Some(rules),
            ..ClusterRole::default()
        })?;
        folder.add(ClusterRoleBinding {
            metadata: named(&name),
            role_ref: role_ref("ClusterRole", &name),
            subjects: Some(vec![self.subject()]),
        })
    }

    fn subject(&self) -> Subject {
        Subject {
            kind: "ServiceAccount".to_owned(),
            name: self.name.to_owned(),
            namespace: Some(self.namespace.to_owned()),
            ..Subject::default()
        }
    }
}

/// A reference to a Role or ClusterRole.
pub(crate) fn role_ref(kind: &str, name: &str) -> RoleRef {
    RoleRef {
        api_group: "rbac.authorization.k8s.io".to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
    }
}

/// Rules for `needs`, one for each API group and set of verbs, sorted.
fn rules(needs: &[Need]) -> Vec<PolicyRule> {
    let mut by_resource: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for need in needs {
        by_resource
            .entry((need.group, need.resource))
            .or_default()
            .extend(need.verbs);
    }
    let mut by_verbs: BTreeMap<(&str, Vec<&str>), Vec<String>> = BTreeMap::new();
    for ((group, resource), verbs) in by_resource {
        by_verbs
            .entry((group, verbs.into_iter().collect()))
            .or_default()
            .push(resource.to_owned());
    }
    by_verbs
        .into_iter()
        .map(|((group, verbs), resources)| PolicyRule {
            api_groups: Some(vec![group.to_owned()]),
            resources: Some(resources),
            verbs: verbs.into_iter().map(str::to_owned).collect(),
            ..PolicyRule::default()
        })
        .collect()
}
