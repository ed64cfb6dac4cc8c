//! Images that kustomize finds in resources, and their names.

use luban_yaml::{Document, Path};

use super::selector::Pattern;

/// Images of containers in a document: what kustomize looks at without further configuration.
pub(super) fn of_document(document: &Document, path: &Path, kind: &str) -> Vec<String> {
    let mut images = Vec::new();
    if kind != "CustomResourceDefinition" {
        let mut pending = vec![path.clone()];
        while let Some(path) = pending.pop() {
            if let Some(length) = document.length_at(&path) {
                pending.extend((0..length).map(|index| path.index(index)));
                continue;
            }
            for key in document.keys(&path) {
                let below = path.key(key);
                let holds = match key {
                    "containers" | "initContainers" => Some("image"),
                    "volumes" => Some("image.reference"),
                    _ => None,
                };
                if let (Some(field), Some(length)) = (holds, document.length_at(&below)) {
                    let texts = (0..length).filter_map(|index| {
                        let mut at = below.index(index);
                        for key in field.split('.') {
                            at = at.key(key);
                        }
                        document.text_at(&at)
                    });
                    images.extend(texts.map(str::to_owned));
                }
                pending.push(below);
            }
        }
    }
    images
}

/// Whether an image is what `images[].name` means: the name is a pattern, and a tag and a digest may follow.
pub(super) fn is_matched(image: &str, name: &Pattern<'_>) -> bool {
    name.matches(image_name(image)) || name.matches(image)
}

/// An image with a new name.
pub(super) fn renamed(image: &str, new: &str) -> String {
    let rest = image.get(image_name(image).len()..).unwrap_or_default();
    format!("{new}{rest}")
}

/// The image without the tag and the digest that kustomize leaves aside.
fn image_name(image: &str) -> &str {
    let is_part = |text: &str| {
        text.chars()
            .all(|it| it.is_ascii_alphanumeric() || "_.{}-".contains(it))
    };
    let image = match image.split_once("@sha256:") {
        Some((name, digest)) if is_part(digest) => name,
        _ => image,
    };
    match image.rsplit_once(':') {
        Some((name, tag)) if is_part(tag) => name,
        _ => image,
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, is_matched};

    #[test]
    fn images_are_matched_as_kustomize_matches_them() {
        for (image, name, expected) in [
            ("nginx", "nginx", true),
            ("nginx:1.2", "nginx", true),
            ("nginx:1@sha256:ab", "nginx", true),
            ("localhost:5000/nginx", "localhost:5000/nginx", true),
            ("localhost:5000/nginx:2", "localhost:5000/nginx", true),
            ("docker.io/nginx", "nginx", false),
            ("nginx2", "nginx", false),
            ("ghcr.io/a/b:1", "ghcr.io/a/.*", true),
        ] {
            assert_eq!(
                is_matched(image, &Pattern::new(name)),
                expected,
                "{image} {name}"
            );
        }
    }
}
