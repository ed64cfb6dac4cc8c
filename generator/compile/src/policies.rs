//! Which images may run where promotions go: only those of the platform's projects, by digest, and signed. Which runs a
//! person may start: promotions. And what pods may be beside BuildKit.
//!
//! Of images, two policies say so. A ValidatingAdmissionPolicy, which the API server enforces by itself, looks at where an image
//! is from and that a digest names it; sigstore's policy-controller checks signatures of the projects that sign.

#[cfg(test)]
mod admission;
#[cfg(test)]
mod tests;

mod buildkit;

use crate::CompileError;
use crate::context::Context;
use crate::labels;
use crate::names::{self, template};
use crate::secrets;
use crate::tree::Folder;
use k8s_openapi::api::admissionregistration::v1::{
    MatchCondition, MatchResources, NamedRuleWithOperations, ValidatingAdmissionPolicy,
    ValidatingAdmissionPolicyBinding, ValidatingAdmissionPolicyBindingSpec,
    ValidatingAdmissionPolicySpec, Validation, Variable,
};
use k8s_openapi::api::core::v1::SecretReference;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelectorRequirement;
use luban_api_cluster::{
    Authority, ClusterImagePolicy, ClusterImagePolicySpec, ImagePattern, KeyRef,
};
use luban_api_core::{LabelSelector, named};
use luban_platform::Platform;
use luban_platform::model::{Cluster, Environment, Project, PromotionTrigger, Sign};
use luban_platform::names::ResourceName;
use luban_platform::versions::Feature;
use std::collections::BTreeSet;

pub(crate) use buildkit::add_buildkit;

/// Label of namespaces that policy-controller looks at (sigstore policy-controller `config/webhook`).
pub(crate) const INCLUDE_LABEL: &str = "policy.sigstore.dev/include";

/// Label of namespaces that says what runs there.
pub(crate) const PURPOSE_LABEL: &str = "luban.dev/purpose";
/// Its value for `-ci` namespaces.
pub(crate) const CI: &str = "ci";
/// Its value for namespaces that BuildKit runs in.
pub(crate) const BUILDKIT: &str = "buildkit";

/// Name of the policy on images and of its binding.
const POLICY: &str = "luban-images";
/// Name of the policy on Workflows and of its binding.
const WORKFLOWS_POLICY: &str = "luban-workflows";

/// Whether only signed images of a project run in an environment: it signs, and releases come there by promotion.
pub(crate) fn wants_signatures(project: &Project, environment: &Environment) -> bool {
    environment.after.is_some() && project.sign.is_some()
}

/// The Secret that signatures in an environment are checked with; none if the platform says the key, or nothing is checked.
pub(crate) fn key_in_secret<'a>(
    project: &'a Project,
    environment: &Environment,
) -> Option<&'a ResourceName> {
    let sign = project.sign.as_ref()?;
    (wants_signatures(project, environment) && sign.public_key.is_none()).then_some(&sign.key)
}

/// The folder of a cluster's policies, for clusters that have some ([`crate::delivery::has_policies`]).
pub(crate) fn policies_folder(
    context: &Context<'_>,
    cluster: &Cluster,
) -> Result<Folder, CompileError> {
    let platform = context.platform;
    let mut folder = context.folder(crate::delivery::policies_path(cluster));
    let guarded: Vec<&str> = platform
        .environments
        .iter()
        .filter(|environment| {
            environment.after.is_some() && environment.cluster.name == cluster.name
        })
        .map(|environment| environment.name.as_str())
        .collect();
    folder.add(images_policy(platform))?;
    folder.add(enforce(POLICY, labels::ENVIRONMENT, &guarded))?;
    for project in &platform.projects {
        if let Some(sign) = &project.sign {
            folder.add(signed(project, sign))?;
        }
    }
    let needs = secrets::of_policies(platform, cluster);
    secrets::add(&mut folder, platform, &needs, names::POLICY_CONTROLLER)?;
    Ok(folder)
}

/// Images of a pod in CEL, those that it mounts among them: `ephemeralContainers` are there once somebody debugs it.
fn images_of(pod: &str) -> String {
    let list = |field: &str| {
        format!("(has({pod}.spec.{field}) ? {pod}.spec.{field}.map(c, c.image) : [])")
    };
    // On by default since Kubernetes 1.35; a volume whose image has no reference yet mounts nothing.
    let mounted = format!(
        "(has({pod}.spec.volumes) ? {pod}.spec.volumes.filter(v, has(v.image) && has(v.image.reference)).map(v, v.image.reference) : [])"
    );
    format!("{} + {mounted}", CONTAINERS.map(list).join(" + "))
}

/// Fields of a pod that hold containers.
const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];

/// What the names of all images of the platform's projects begin with: to where the application's name stands.
fn places(platform: &Platform) -> BTreeSet<String> {
    let of = |project: &Project| -> Vec<String> {
        let repositories = project.applications.iter().map(|application| {
            let repository = project.registry.image_of(&project.name, &application.name);
            let place = repository.strip_suffix(application.name.as_str());
            place.unwrap_or(&repository).to_owned()
        });
        repositories.collect()
    };
    platform
        .projects
        .iter()
        .flat_map(|project| of(project))
        .collect()
}

fn images_policy(platform: &Platform) -> ValidatingAdmissionPolicy {
    let places = Vec::from_iter(places(platform));
    let quoted: Vec<String> = places.iter().map(|place| format!("'{place}'")).collect();
    let variable = |name: &str, expression: String| Variable {
        name: name.to_owned(),
        expression,
    };
    let mut spec = rules(
        "",
        "v1",
        &["pods", "pods/ephemeralcontainers"],
        &["CREATE", "UPDATE"],
    );
    spec.variables = Some(vec![
        variable("images", images_of("object")),
        // A pod that was there before the policy can still be labelled and be deleted.
        variable(
            "unchanged",
            format!(
                "oldObject != null && ({}) == variables.images",
                images_of("oldObject")
            ),
        ),
        variable("places", format!("[{}]", quoted.join(", "))),
    ]);
    spec.validations = Some(vec![
        forbid(
            "variables.unchanged || variables.images.all(image, variables.places.exists(place, image.startsWith(place)))",
            &format!("images must come from {}", places.join(", ")),
        ),
        forbid(
            "variables.unchanged || variables.images.all(image, image.matches('@sha256:[0-9a-f]{64}$'))",
            "images must be named by digest, as `host/repository@sha256:…`",
        ),
    ]);
    ValidatingAdmissionPolicy {
        metadata: named(POLICY),
        spec: Some(spec),
        ..ValidatingAdmissionPolicy::default()
    }
}

/// A policy that fails closed, about `operations` on `resources`.
fn rules(
    group: &str,
    version: &str,
    resources: &[&str],
    operations: &[&str],
) -> ValidatingAdmissionPolicySpec {
    let texts = |list: &[&str]| {
        list.iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    ValidatingAdmissionPolicySpec {
        failure_policy: Some("Fail".to_owned()),
        match_constraints: Some(MatchResources {
            resource_rules: Some(vec![NamedRuleWithOperations {
                api_groups: Some(texts(&[group])),
                api_versions: Some(texts(&[version])),
                operations: Some(texts(operations)),
                resources: Some(texts(resources)),
                scope: Some("Namespaced".to_owned()),
                ..NamedRuleWithOperations::default()
            }]),
            ..MatchResources::default()
        }),
        ..ValidatingAdmissionPolicySpec::default()
    }
}

fn forbid(expression: &str, message: &str) -> Validation {
    Validation {
        expression: expression.to_owned(),
        message: Some(message.to_owned()),
        reason: Some("Forbidden".to_owned()),
        ..Validation::default()
    }
}

/// Enforces the policy called `name` in namespaces whose label `key` has one of `values`.
fn enforce(name: &str, key: &str, values: &[&str]) -> ValidatingAdmissionPolicyBinding {
    ValidatingAdmissionPolicyBinding {
        metadata: named(name),
        spec: Some(ValidatingAdmissionPolicyBindingSpec {
            policy_name: Some(name.to_owned()),
            validation_actions: Some(vec!["Deny".to_owned(), "Audit".to_owned()]),
            match_resources: Some(MatchResources {
                namespace_selector: Some(LabelSelector {
                    match_expressions: Some(vec![LabelSelectorRequirement {
                        key: key.to_owned(),
                        operator: "In".to_owned(),
                        values: Some(values.iter().map(|value| (*value).to_owned()).collect()),
                    }]),
                    ..LabelSelector::default()
                }),
                ..MatchResources::default()
            }),
            ..ValidatingAdmissionPolicyBindingSpec::default()
        }),
    }
}

/// Adds the policy by which a person may start promotions in a `-ci` namespace and no other run.
///
/// Who writes a Workflow chooses its ServiceAccount and mounts its Secrets, among them the credentials that write every
/// project's releases. So people only name the compiled template and give it arguments; programs, which are
/// ServiceAccounts, start what is compiled.
pub(crate) fn add_workflows(folder: &mut Folder) -> Result<(), CompileError> {
    let mut spec = rules("argoproj.io", "v1alpha1", &["workflows"], &["CREATE"]);
    spec.match_conditions = Some(vec![MatchCondition {
        name: "people".to_owned(),
        expression: "!request.userInfo.username.startsWith('system:serviceaccount:')".to_owned(),
    }]);
    spec.validations = Some(vec![
        forbid(
            "object.spec.all(field, field in ['arguments', 'workflowTemplateRef'])",
            "a run that a person starts has `workflowTemplateRef` and `arguments` and nothing else",
        ),
        forbid(
            &format!(
                "has(object.spec.workflowTemplateRef) && object.spec.workflowTemplateRef.all(field, field == 'name') && object.spec.workflowTemplateRef.name == '{}'",
                template::PROMOTE
            ),
            &format!(
                "people start runs of the WorkflowTemplate `{}` only",
                template::PROMOTE
            ),
        ),
    ]);
    folder.add(ValidatingAdmissionPolicy {
        metadata: named(WORKFLOWS_POLICY),
        spec: Some(spec),
        ..ValidatingAdmissionPolicy::default()
    })?;
    folder.add(enforce(WORKFLOWS_POLICY, PURPOSE_LABEL, &[CI]))
}

/// Whether the delivery cluster keeps pods beside BuildKit to what they need: something is built with it, and the cluster
/// knows such policies.
pub(crate) fn guards_buildkit(platform: &Platform) -> bool {
    platform.targets.support(Feature::ADMISSION_POLICY)
        && (platform.railpack.is_some() || platform.kpack.is_some())
}

/// Whether people may start promotions: the clusters enforce the policy that keeps them to it.
pub(crate) fn people_promote(platform: &Platform) -> bool {
    platform.targets.support(Feature::ADMISSION_POLICY)
        && platform
            .environments
            .iter()
            .filter(|environment| environment.after.is_some())
            .any(|environment| environment.on.contains(&PromotionTrigger::Manual))
}

/// Images of a project must be signed with its key.
fn signed(project: &Project, sign: &Sign) -> ClusterImagePolicy {
    let images = project.applications.iter().flat_map(|application| {
        let repository = project.registry.image_of(&project.name, &application.name);
        // A pattern must match the whole of `repository@digest` or `repository:tag` (policy-controller v0.13 `pkg/apis/glob`).
        ["@", ":"].map(|separator| ImagePattern {
            glob: format!("{repository}{separator}**"),
        })
    });
    let key = match &sign.public_key {
        Some(key) => KeyRef {
            data: Some(key.clone()),
            ..KeyRef::default()
        },
        None => KeyRef {
            // It is looked for in policy-controller's own namespace, and another is refused (policy-controller v0.13
            // `clusterimagepolicy_validation.go`).
            secret_ref: Some(SecretReference {
                name: Some(sign.key.to_string()),
                namespace: None,
            }),
            ..KeyRef::default()
        },
    };
    let mut metadata = named(format!("{}-signed", project.name));
    metadata.labels = Some(labels::map([(labels::PROJECT, project.name.as_str())]));
    ClusterImagePolicy {
        metadata,
        spec: ClusterImagePolicySpec {
            images: images.collect(),
            authorities: vec![Authority {
                name: Some("key".to_owned()),
                key: Some(key),
                // With a key, policy-controller v0.13 reads no other format (`pkg/webhook/validator.go`).
                signature_format: Some("legacy".to_owned()),
                ..Authority::default()
            }],
            mode: Some("enforce".to_owned()),
            ..ClusterImagePolicySpec::default()
        },
        ..ClusterImagePolicy::default()
    }
}
