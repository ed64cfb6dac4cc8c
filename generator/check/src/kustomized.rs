//! What Kustomize will change in objects, so that what stands in them is not the last word.

use std::collections::HashSet;

use luban_yaml::Path;

use crate::objects::Entry;

/// Names of images that are replaced, and folders that are the base of others.
#[derive(Debug, Default)]
pub(crate) struct Kustomized {
    images: HashSet<String>,
    bases: HashSet<String>,
}

impl Kustomized {
    pub(crate) fn new(entries: &[Entry]) -> Self {
        let mut found = Self::default();
        let kinds = ["Kustomization", "Component"];
        for entry in entries
            .iter()
            .filter(|entry| kinds.contains(&entry.name.kind.as_str()))
        {
            let Some(root) = entry.document.value(&Path::root()) else {
                continue;
            };
            for image in root.items_of("images") {
                found
                    .images
                    .extend(image.text_of("name").map(str::to_owned));
            }
            let here = folder(entry.document.file());
            for list in ["resources", "bases", "components"] {
                for resource in root.items_of(list).filter_map(|it| it.text()) {
                    if resource.starts_with('.') && !resource.ends_with(".yaml") {
                        found.bases.insert(joined(here, resource));
                    }
                }
            }
        }
        found
    }

    /// Whether an overlay says the tag of an image that stands in `file` without one.
    pub(crate) fn sets_tag(&self, file: &str, image: &str) -> bool {
        self.images.contains(image) || self.bases.contains(&joined(folder(file), "."))
    }
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path from a folder, without `.` and `..` where they can be resolved.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_found_from_another() {
        assert_eq!(joined("a/b/snd", "../base"), "a/b/base");
        assert_eq!(joined("../x/a", "../../y/."), "../y");
        assert_eq!(joined(folder("a/b/c.yaml"), "."), "a/b");
    }
}
