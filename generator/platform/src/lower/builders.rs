//! What builds images, and the images of its tools.

use super::infrastructure::Defined;
use super::scope::Scope;
use crate::input;
use crate::model::{Buildpack, KpackBuilder, Layout, RailpackBuilder, Registry, Stack};
use crate::names::{ImageRef, ImageTag, Quantity, ResourceName};
use indexmap::IndexMap;
use luban_diagnostic::did_you_mean;
use luban_yaml::Path;

/// The version of railpack that Luban knows; command and frontend have the same one.
const RAILPACK_VERSION: &str = "v0.37.0";

/// Tools whose images `images` may replace.
pub(crate) const TOOLS: [&str; 10] = [
    "luban",
    "railpack",
    "railpack-frontend",
    "buildkit",
    "trivy",
    "cosign",
    "cloudflared",
    "kpack-lifecycle",
    "amazonlinux",
    "debian",
];

pub(super) fn kpack(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::KpackBuilder>,
    registries: &Defined<Registry>,
    section: &Path,
) -> Option<KpackBuilder> {
    let input = input?;
    let registry = scope.resolve(
        "registry",
        &at.key("registry"),
        input.registry.as_deref(),
        section,
        registries,
    );
    let buildpacks = input
        .buildpacks
        .clone()
        .unwrap_or_else(|| vec![Buildpack::PythonUv]);
    if buildpacks.is_empty() {
        scope.error(
            "missing-field",
            &at.key("buildpacks"),
            "a builder has at least one buildpack",
        );
    }
    Some(KpackBuilder {
        stack: input.stack.unwrap_or(Stack::Al2023),
        buildpacks,
        registry: registry?,
    })
}

pub(super) fn railpack(
    scope: &mut Scope<'_>,
    at: &Path,
    input: Option<&input::RailpackBuilder>,
    default_registry: Option<&str>,
    registries: &Defined<Registry>,
    section: &Path,
) -> Option<RailpackBuilder> {
    let input = input?;
    let registry = scope.resolve(
        "registry",
        &at.key("registry"),
        input.registry.as_deref().or(default_registry),
        section,
        registries,
    );
    let version = input.version.as_deref().unwrap_or(RAILPACK_VERSION);
    let is_release = version.strip_prefix('v').is_some_and(|rest| {
        let mut parts = rest.split('.');
        parts
            .by_ref()
            .take(3)
            .filter(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            .count()
            == 3
            && parts.next().is_none()
    });
    if !is_release {
        scope.error(
            "image",
            &at.key("version"),
            format!(
                "`{version}` is no release of railpack; write one such as `{RAILPACK_VERSION}`"
            ),
        );
    }
    for (i, toleration) in input.nodes.tolerations.iter().enumerate() {
        label_key(
            scope,
            &at.key("nodes").key("tolerations").index(i),
            toleration,
        );
    }
    for (key, value) in &input.nodes.selector {
        let path = at.key("nodes").key("selector").key(key);
        label_key(scope, &path, key);
        label_value(scope, &path, value);
    }
    let (cpu, memory) = resources(scope, &at.key("resources"), &input.resources, "1", "4Gi");
    let timeout_minutes = input.timeout_minutes.unwrap_or(45);
    if !(5..=360).contains(&timeout_minutes) {
        scope.error(
            "out-of-range",
            &at.key("timeoutMinutes"),
            format!("`timeoutMinutes` is {timeout_minutes}; write 5 to 360"),
        );
    }
    Some(RailpackBuilder {
        version: ImageTag::new(version).ok()?,
        registry: registry?,
        layout: input.layout.unwrap_or(Layout::Combined),
        selector: input.nodes.selector.clone(),
        tolerations: input.nodes.tolerations.clone(),
        cpu: cpu?,
        memory: memory?,
        timeout_minutes,
    })
}

/// A key of a label or taint: an optional DNS prefix and a name of at most 63 (Kubernetes `IsQualifiedName`).
pub(super) fn label_key(scope: &mut Scope<'_>, at: &Path, key: &str) {
    let (prefix, name) = key
        .rsplit_once('/')
        .map_or((None, key), |(prefix, name)| (Some(prefix), name));
    let prefix_is_fine = prefix.is_none_or(|prefix| ResourceName::new(prefix).is_ok());
    if !prefix_is_fine || !is_label_text(name) || name.is_empty() {
        scope.error("name", at, format!("`{key}` is no key of a label or taint; write one such as `pool` or `example.com/pool`"));
    }
}

fn label_value(scope: &mut Scope<'_>, at: &Path, value: &str) {
    if !is_label_text(value) {
        scope.error(
            "name",
            at,
            format!(
                "`{value}` is no value of a label (letters, digits, `-`, `_` and `.`, at most 63)"
            ),
        );
    }
}

fn is_label_text(text: &str) -> bool {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    text.is_empty()
        || (text.len() <= crate::names::MAX_LABEL
            && text.starts_with(is_end)
            && text.ends_with(is_end)
            && text
                .chars()
                .all(|c| is_end(c) || matches!(c, '-' | '_' | '.')))
}

/// CPU and memory, with defaults.
pub(super) fn resources(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &input::Resources,
    cpu: &str,
    memory: &str,
) -> (Option<Quantity>, Option<Quantity>) {
    let mut quantity = |key: &str, value: &Option<String>, default: &str| match value {
        Some(value) => scope.name("quantity", &at.key(key), value, Quantity::new),
        None => Quantity::new(default).ok(),
    };
    (
        quantity("cpu", &input.cpu, cpu),
        quantity("memory", &input.memory, memory),
    )
}

pub(super) fn images(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, String>,
) -> IndexMap<String, ImageRef> {
    let mut images = IndexMap::new();
    for (tool, image) in input {
        let path = at.key(tool);
        if !TOOLS.contains(&tool.as_str()) {
            let finding = scope.finding_at_key(
                "unknown-reference",
                &path,
                format!("no tool is called `{tool}`"),
            );
            let help = match did_you_mean(tool, TOOLS) {
                Some(near) => format!("write `{near}`"),
                None => format!(
                    "the tools are {}",
                    TOOLS.map(|tool| format!("`{tool}`")).join(", ")
                ),
            };
            scope.push(finding.help(help));
        }
        if let Some(image) = scope.name("image", &path, image, ImageRef::new) {
            images.insert(tool.clone(), image);
        }
    }
    images
}
