//! Compiled trees for the tests of whole platforms.
#![allow(dead_code, reason = "each test uses its part")]

use luban_compile::{Context, File, RunTemplate, compile, parts, runs};
use luban_platform::Platform;
use luban_platform::lock::Lock;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// The platform of this repository and the fixtures, by name.
pub(crate) const PLATFORMS: [(&str, &str); 5] = [
    ("acme", include_str!("../../../../platform.yaml")),
    (
        "every-option",
        include_str!("../../../../snapshots/fixtures/every-option.yaml"),
    ),
    (
        "kpack-only",
        include_str!("../../../../snapshots/fixtures/kpack-only.yaml"),
    ),
    (
        "railpack-only",
        include_str!("../../../../snapshots/fixtures/railpack-only.yaml"),
    ),
    (
        "smallest",
        include_str!("../../../../snapshots/fixtures/smallest.yaml"),
    ),
];

/// The lock of this repository.
pub(crate) fn lock() -> Lock {
    Lock::read("luban.lock", include_bytes!("../../../../luban.lock")).unwrap()
}

/// The platform in `text`.
pub(crate) fn load(text: &str) -> Platform {
    let loaded = luban_platform::load("platform.yaml", text.as_bytes());
    loaded
        .platform
        .unwrap_or_else(|| panic!("{:#?}", loaded.findings))
}

/// Every file of a platform's tree, by path.
pub(crate) fn tree(text: &str) -> BTreeMap<String, String> {
    let platform = load(text);
    let lock = lock();
    let context = Context::new(&platform, &lock).unwrap();
    let files: Vec<File> = parts(&platform)
        .into_iter()
        .flat_map(|part| compile(&context, part).unwrap())
        .collect();
    let count = files.len();
    let tree: BTreeMap<String, String> = files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    assert_eq!(tree.len(), count, "two files have the same path");
    tree
}

/// Every run template of a platform: project, application, template.
pub(crate) fn run_templates(text: &str) -> Vec<(String, String, RunTemplate)> {
    let platform = load(text);
    let lock = lock();
    let context = Context::new(&platform, &lock).unwrap();
    let of = |(project, application): (
        &std::sync::Arc<luban_platform::model::Project>,
        &luban_platform::model::Application,
    )| {
        let templates = runs(&context, project, application).unwrap();
        templates
            .into_iter()
            .map(|template| {
                (
                    project.name.to_string(),
                    application.name.to_string(),
                    template,
                )
            })
            .collect::<Vec<_>>()
    };
    platform.applications().flat_map(of).collect()
}

/// Every YAML object of a tree and of its run templates, with where it is.
pub(crate) fn objects(text: &str) -> Vec<(String, Value)> {
    let files = tree(text)
        .into_iter()
        .filter(|(path, _)| path.ends_with(".yaml"));
    let mut objects: Vec<(String, Value)> = files
        .map(|(path, text)| (path, serde_yaml::from_str(&text).unwrap()))
        .collect();
    objects.extend(
        run_templates(text)
            .into_iter()
            .map(|(project, application, template)| {
                (
                    format!(
                        "run {project}/{application} on {}",
                        template.occasion.as_str()
                    ),
                    serde_yaml::from_str(&template.text).unwrap(),
                )
            }),
    );
    objects
}

/// Calls `visit` with each mapping in `value`, outermost first.
pub(crate) fn mappings<'v>(value: &'v Value, visit: &mut dyn FnMut(&'v serde_yaml::Mapping)) {
    match value {
        Value::Mapping(mapping) => {
            visit(mapping);
            mapping.values().for_each(|value| mappings(value, visit));
        }
        Value::Sequence(items) => items.iter().for_each(|value| mappings(value, visit)),
        _ => {}
    }
}

/// The strings of a list.
pub(crate) fn strings(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_sequence)
        .into_iter()
        .flatten()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}
