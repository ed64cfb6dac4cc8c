//! Files and folders that documents stand in, as they name each other.

use std::collections::HashMap;

use crate::objects::Entry;

/// Positions of entries by their files.
pub(crate) struct Files<'a> {
    files: HashMap<String, Vec<usize>>,
    kustomizations: HashMap<String, usize>,
    /// Folders by each of their ends; none where several have it.
    ends: HashMap<String, Option<String>>,
    entries: std::marker::PhantomData<&'a Entry>,
}

impl<'a> Files<'a> {
    pub(crate) fn new(entries: &'a [Entry]) -> Self {
        let mut files: HashMap<String, Vec<usize>> = HashMap::new();
        let mut kustomizations = HashMap::new();
        for (position, entry) in entries.iter().enumerate() {
            if entry.is_given_apart {
                continue;
            }
            let file = joined("", entry.document.file());
            let is_kustomize = entry
                .name
                .api_version
                .starts_with("kustomize.config.k8s.io/");
            if is_kustomize && matches!(entry.name.kind.as_str(), "Kustomization" | "Component") {
                kustomizations
                    .entry(folder(&file).to_owned())
                    .or_insert(position);
            }
            files.entry(file).or_default().push(position);
        }
        let mut ends: HashMap<String, Option<String>> = HashMap::new();
        let mut folders: Vec<&str> = files.keys().map(|file| folder(file)).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            let starts = folder.match_indices('/').map(|(at, _)| at + 1);
            if folder.is_empty() {
                ends.insert(String::new(), Some(String::new()));
            }
            for start in std::iter::once(0).chain(starts) {
                let Some(end) = folder.get(start..).filter(|end| !end.is_empty()) else {
                    continue;
                };
                let whole = start == 0;
                ends.entry(end.to_owned())
                    .and_modify(|known| match known {
                        // The folder of exactly that name is meant before one that only ends so.
                        Some(known) if known == end => {}
                        _ if whole => *known = Some(folder.to_owned()),
                        _ => *known = None,
                    })
                    .or_insert_with(|| Some(folder.to_owned()));
            }
        }
        Self {
            files,
            kustomizations,
            ends,
            entries: std::marker::PhantomData,
        }
    }

    /// The positions of kustomizations.
    pub(crate) fn kustomizations(&self) -> impl Iterator<Item = usize> + '_ {
        self.kustomizations.values().copied()
    }

    /// The entries of a file.
    pub(crate) fn file(&self, file: &str) -> Option<&[usize]> {
        self.files.get(file).map(Vec::as_slice)
    }

    /// The kustomization of a folder.
    pub(crate) fn kustomization(&self, folder: &str) -> Option<usize> {
        self.kustomizations.get(folder).copied()
    }

    /// The folder that a path from a repository's root means.
    pub(crate) fn folder(&self, path: &str) -> Option<&str> {
        self.ends.get(&joined("", path))?.as_deref()
    }

    /// A folder's name as it is kept here.
    pub(crate) fn normal(&self, folder: &str) -> String {
        joined("", folder)
    }

    /// Entries that kustomizations lay over others.
    pub(crate) fn patches(&self, entries: &[Entry]) -> Vec<usize> {
        let mut patches = Vec::new();
        for position in self.kustomizations() {
            let Some(entry) = entries.get(position) else {
                continue;
            };
            let Some(node) = entry.document.cursor(&entry.path) else {
                continue;
            };
            let lists = ["patches", "patchesStrategicMerge", "patchesJson6902"];
            let lists = lists.iter().filter_map(|field| node.get(field));
            for item in lists.flat_map(|list| list.values()) {
                let Some(path) = item.text().or_else(|| item.text_at(&["path"])) else {
                    continue;
                };
                let file = joined(folder(entry.document.file()), path);
                patches.extend(self.file(&file).unwrap_or_default());
            }
        }
        patches
    }
}

/// The folder of a file; empty for one without.
pub(crate) fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path below a folder, without `.` and `..`.
pub(crate) fn joined(folder: &str, path: &str) -> String {
    let is_absolute = folder.starts_with('/') || (folder.is_empty() && path.starts_with('/'));
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
    let start = if is_absolute { "/" } else { "" };
    format!("{start}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn paths_are_joined_as_kustomize_reads_them() {
        assert_eq!(joined("a/b", "../base/x.yaml"), "a/base/x.yaml");
        assert_eq!(joined("./a", "./b"), "a/b");
        assert_eq!(joined("", "../x"), "../x");
        assert_eq!(joined("/a", "b"), "/a/b");
        assert_eq!(joined("", "/a/./b"), "/a/b");
    }
}
