//! Images by their references.

use luban_yaml::Value;

use super::{Surface, has_variable};

/// A reference to an image.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Image<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) text: &'a str,
}

impl<'a> Image<'a> {
    fn new(value: Value<'a>) -> Option<Self> {
        let text = value.text()?.trim();
        // A name has no capital letters: with one it is a mistake of another kind.
        let name = text.split(['@', ':']).next().unwrap_or_default();
        let is_name = has_variable(text) || !name.bytes().any(|byte| byte.is_ascii_uppercase());
        (!text.is_empty() && is_name).then_some(Self { value, text })
    }

    /// Whether a digest stands behind it.
    pub(crate) fn has_digest(&self) -> bool {
        self.text.contains("@sha256:") || self.text.contains("@sha512:")
    }

    /// Its tag; a port is none.
    pub(crate) fn tag(&self) -> Option<&'a str> {
        let name = self.text.split('@').next().unwrap_or_default();
        let last = name.rsplit('/').next().unwrap_or_default();
        last.split_once(':').map(|(_, tag)| tag)
    }

    /// Whether its tag or digest is only known later.
    pub(crate) fn is_open(&self) -> bool {
        has_variable(self.text)
    }
}

/// The images that an object names.
pub(super) fn images<'a>(surface: &Surface<'a>) -> Vec<Image<'a>> {
    let containers = surface
        .containers()
        .filter_map(|container| container.value.get("image"));
    let mut values: Vec<Value<'a>> = containers.collect();
    for pod in &surface.pods {
        let volumes = pod.volumes.iter();
        values.extend(volumes.filter_map(|volume| volume.at(&["image", "reference"])));
        let template = pod
            .containers
            .first()
            .and_then(|container| container.template);
        values.extend(template.and_then(|template| template.get("image")));
    }
    let spec = surface.root.get("spec");
    let at = |keys: &[&str]| spec.and_then(|spec| spec.at(keys));
    if surface.is_of("kpack.io") {
        match surface.kind() {
            "ClusterStack" => {
                values.extend(at(&["buildImage", "image"]));
                values.extend(at(&["runImage", "image"]));
            }
            "ClusterStore" => {
                let sources = spec.into_iter().flat_map(|spec| spec.items_of("sources"));
                values.extend(sources.filter_map(|source| source.get("image")));
            }
            "Buildpack" | "ClusterBuildpack" | "ClusterLifecycle" => values.extend(at(&["image"])),
            _ => {}
        }
    }
    let mut seen = std::collections::HashSet::new();
    let values = values.into_iter().filter(|value| seen.insert(value.id()));
    values.filter_map(Image::new).collect()
}
