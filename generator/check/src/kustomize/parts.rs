//! The fields that kustomizations and components share, by reference.

use luban_api::Object;
use luban_api_kustomize as api;

use crate::objects::Entry;

/// What a kustomization or a component says.
pub(super) struct Parts<'a> {
    pub(super) is_component: bool,
    pub(super) namespace: Option<&'a str>,
    pub(super) name_prefix: Option<&'a str>,
    pub(super) name_suffix: Option<&'a str>,
    pub(super) resources: &'a [String],
    pub(super) bases: &'a [String],
    pub(super) components: &'a [String],
    pub(super) images: &'a [api::Image],
    pub(super) image_tags: &'a [api::Image],
    pub(super) replicas: &'a [api::Replica],
    pub(super) patches: &'a [api::Patch],
    pub(super) patches_json6902: &'a [api::Patch],
    pub(super) patches_strategic_merge: &'a [String],
    pub(super) replacements: &'a [api::ReplacementField],
    pub(super) config_maps: &'a [api::ConfigMapArgs],
    pub(super) secrets: &'a [api::SecretArgs],
    pub(super) generators: &'a [String],
    pub(super) transformers: &'a [String],
    pub(super) validators: &'a [String],
    pub(super) configurations: &'a [String],
    pub(super) crds: &'a [String],
    pub(super) vars: &'a [api::Var],
    pub(super) open_api: Option<&'a str>,
    /// Whether Helm's charts are among what it generates.
    pub(super) has_charts: bool,
    /// Whether labels are put where patches and selectors may look for them.
    pub(super) has_labels: bool,
}

/// What an object says, if it is a kustomization or a component.
pub(super) fn of(entry: &Entry) -> Option<Parts<'_>> {
    macro_rules! parts {
        ($of:expr, $is_component:expr) => {
            Some(Parts {
                is_component: $is_component,
                namespace: given(&$of.namespace),
                name_prefix: given(&$of.name_prefix),
                name_suffix: given(&$of.name_suffix),
                resources: &$of.resources,
                bases: &$of.bases,
                components: &$of.components,
                images: &$of.images,
                image_tags: &$of.image_tags,
                replicas: &$of.replicas,
                patches: &$of.patches,
                patches_json6902: &$of.patches_json6902,
                patches_strategic_merge: &$of.patches_strategic_merge,
                replacements: &$of.replacements,
                config_maps: &$of.config_map_generator,
                secrets: &$of.secret_generator,
                generators: &$of.generators,
                transformers: &$of.transformers,
                validators: &$of.validators,
                configurations: &$of.configurations,
                crds: &$of.crds,
                vars: &$of.vars,
                open_api: $of.openapi.get("path").map(String::as_str),
                has_charts: !$of.helm_charts.is_empty()
                    || !$of.helm_chart_inflation_generator.is_empty(),
                has_labels: !$of.labels.is_empty()
                    || !$of.common_labels.is_empty()
                    || !$of.common_annotations.is_empty(),
            })
        };
    }
    match entry.object.as_ref()? {
        Object::Kustomization(of) => parts!(of, false),
        Object::Component(of) => parts!(of, true),
        _ => None,
    }
}

/// A text that says something.
pub(super) fn given(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}
