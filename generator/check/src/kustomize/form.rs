//! What is wrong with a kustomization by itself.

use luban_expression::go_regexp;
use luban_yaml::Path;

use super::folders::{Kustomization, item};
use super::{Fault, generators, path, selector};

pub(super) fn check(of: &Kustomization<'_>, faults: &mut Vec<Fault>) {
    let document = &of.entry.document;
    let root = Path::root();
    let is_said =
        |key: &&str| !matches!(*key, "apiVersion" | "kind") && document.has_value(&root.key(key));
    // Of a key that stands there twice kustomize takes the last.
    let has_twice = document
        .findings()
        .iter()
        .any(|finding| finding.rule == "duplicate-key");
    if !has_twice && !document.keys(&root).any(|key| is_said(&key)) {
        faults.push(Fault::new(
            "kustomization-empty",
            "the kustomization says nothing",
            document.locate_head(&root),
        ));
    }
    generators::check(of, faults);
    images(of, faults);
    targets(of, faults);
    vars(of, faults);
    deprecated(of, faults);
}

fn images(of: &Kustomization<'_>, faults: &mut Vec<Fault>) {
    for (field, images) in [
        ("images", of.parts.images),
        ("imageTags", of.parts.image_tags),
    ] {
        for (index, image) in images.iter().enumerate() {
            if path::is_filled_in_later(&image.name) {
                continue;
            }
            if let Err(problem) = go_regexp::check(&image.name) {
                let at = item(field, index).key("name");
                let scalar = of.entry.document.scalar(&at);
                let message = format!(
                    "image `{}` cannot be read as a pattern: {}",
                    image.name, problem.message
                );
                faults.push(Fault::new(
                    "image-pattern",
                    message,
                    scalar.map(|scalar| scalar.place_of(problem.span)),
                ));
            }
        }
    }
}

/// Patterns and selectors of patches and replacements.
fn targets(of: &Kustomization<'_>, faults: &mut Vec<Fault>) {
    let patches = [
        ("patches", of.parts.patches),
        ("patchesJson6902", of.parts.patches_json6902),
    ];
    let mut targets = Vec::new();
    for (field, patches) in patches {
        for (index, patch) in patches.iter().enumerate() {
            targets.extend(
                patch
                    .target
                    .as_ref()
                    .map(|target| (item(field, index).key("target"), target)),
            );
        }
    }
    for (index, replacement) in of.parts.replacements.iter().enumerate() {
        for (target, selected) in replacement.targets.iter().enumerate() {
            let at = item("replacements", index).key("targets").index(target);
            targets.push((at.key("select"), &selected.select));
            targets.extend(
                selected
                    .reject
                    .iter()
                    .enumerate()
                    .map(|(index, reject)| (at.key("reject").index(index), reject)),
            );
        }
    }
    for (at, target) in targets {
        for (field, problem) in selector::problems(target) {
            let scalar = of.entry.document.scalar(&at.key(field));
            let text = scalar.map(|scalar| scalar.text()).unwrap_or_default();
            if path::is_filled_in_later(text) {
                continue;
            }
            let what = if field.ends_with("Selector") {
                "selector"
            } else {
                "pattern"
            };
            let message = format!("{what} `{text}` cannot be read: {}", problem.message);
            faults.push(Fault::new(
                "selector-pattern",
                message,
                scalar.map(|scalar| scalar.place_of(problem.span)),
            ));
        }
    }
}

fn vars(of: &Kustomization<'_>, faults: &mut Vec<Fault>) {
    let document = &of.entry.document;
    let mut seen: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for (index, var) in of.parts.vars.iter().enumerate() {
        if let Some(first) = seen.insert(&var.name, index) {
            let place = document.locate(&item("vars", index).key("name"));
            let fault = Fault::new(
                "kustomization-variable",
                format!("variable `{}` is declared twice", var.name),
                place,
            );
            faults.push(fault.related(
                "the other is here",
                document.locate(&item("vars", first).key("name")),
            ));
        }
    }
}

/// Fields that `kustomize edit fix` replaces.
fn deprecated(of: &Kustomization<'_>, faults: &mut Vec<Fault>) {
    let fields = [
        ("bases", "resources"),
        ("commonLabels", "labels"),
        ("imageTags", "images"),
        ("patchesJson6902", "patches"),
        ("patchesStrategicMerge", "patches"),
        ("vars", "replacements"),
    ];
    for (field, new) in fields {
        let at = Path::root().key(field);
        if of.entry.document.has_value(&at) {
            let message = format!("`{field}` is deprecated: write `{new}`");
            let fault = Fault::new(
                "deprecated-kustomization-field",
                message,
                of.entry.document.locate_key(&at),
            );
            faults.push(fault.help("`kustomize edit fix` rewrites it"));
        }
    }
}
