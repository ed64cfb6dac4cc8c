//! Versions that the clusters run, and settings that they are too old for.

use super::scope::Scope;
use crate::input;
use crate::versions::{Component, Feature, Targets, Version};
use luban_yaml::Path;

pub(super) fn targets(scope: &mut Scope<'_>, at: &Path, input: &input::Targets) -> Targets {
    let mut targets = Targets::default();
    let texts = [
        &input.argo_workflows,
        &input.argo_events,
        &input.argo_cd,
        &input.tekton_pipelines,
        &input.tekton_triggers,
        &input.kargo,
        &input.kpack,
        &input.kubernetes,
    ];
    for (component, text) in Component::ALL.into_iter().zip(texts) {
        let Some(text) = text else { continue };
        let path = at.key(component.key());
        let (oldest, newest) = component.known();
        match Version::parse(text) {
            Some(version) if version >= oldest && version <= newest => {
                targets.set(component, version)
            }
            Some(version) => scope.error(
                "unsupported-version",
                &path,
                format!(
                    "{} {version} is not supported; Luban compiles for {oldest} to {newest}",
                    component.title()
                ),
            ),
            None => scope.error(
                "unsupported-version",
                &path,
                format!("`{text}` is no version; write one such as `\"{newest}\"`"),
            ),
        }
    }
    targets
}

/// Every setting that the targets are too old for, with both ends.
pub(super) fn features(scope: &mut Scope<'_>, at: &Path, targets: &Targets, spec: &input::Spec) {
    let mut missing = Vec::new();
    // A path is made where there is something to say of it: there are thousands of settings.
    let mut uses = |feature: Feature, at: &dyn Fn() -> Path| {
        if !targets.support(feature) {
            missing.push((feature, at()));
        }
    };
    if spec.builders.kpack.is_some() {
        uses(Feature::CLUSTER_LIFECYCLE, &|| {
            at.key("builders").key("kpack")
        });
    }
    if spec.policies.sign.is_some() {
        uses(Feature::ADMISSION_POLICY, &|| {
            at.key("policies").key("sign")
        });
    }
    for (i, project) in spec.projects.iter().flatten().enumerate() {
        let project_at = || at.key("projects").index(i);
        let policies = project.policies.as_ref();
        if policies.is_some_and(|policies| policies.sign.is_some()) {
            uses(Feature::ADMISSION_POLICY, &|| {
                project_at().key("policies").key("sign")
            });
        }
        for (j, application) in project.applications.iter().enumerate() {
            let build_at = |kind| {
                let application_at = project_at().key("applications").index(j);
                application_at.key("build").key(kind)
            };
            let Some(build) = &application.build else {
                continue;
            };
            if build.kpack.is_some() {
                uses(Feature::LOCK_LISTS, &|| build_at("kpack"));
            }
            if build.railpack.is_some() {
                uses(Feature::APP_ARMOR_FIELD, &|| build_at("railpack"));
                uses(Feature::ISOLATED_WORKSPACES, &|| build_at("railpack"));
            }
        }
    }
    for (feature, path) in missing {
        let have = targets.get(feature.component);
        let title = feature.component.title();
        let finding = scope.finding(
            "unsupported-version",
            &path,
            format!("{} needs {title} {} or newer", feature.what, feature.since),
        );
        let target = at.key("targets").key(feature.component.key());
        let finding = scope.related(finding, &target, format!("the clusters run {title} {have}"));
        scope.push(finding);
    }
}
