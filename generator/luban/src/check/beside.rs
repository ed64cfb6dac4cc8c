//! Files that kustomizations name and that hold no objects: whether they are there is asked of the disk.

use luban_yaml::Document;
use std::fs;
use std::path::Path;

/// What a kustomization is called.
const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
/// Longer texts are no paths.
const LONGEST: usize = 4096;

/// Every file that is there of those which the kustomizations among the documents name, and of a folder that they name a file that
/// shows it is there. What they name and is not among these is missing.
pub(crate) fn named(documents: &[Document]) -> Vec<String> {
    let mut there = Vec::new();
    for document in documents {
        let (folder, name) = document
            .file()
            .rsplit_once('/')
            .unwrap_or((".", document.file()));
        if !NAMES.contains(&name) {
            continue;
        }
        for scalar in document.scalars(&[]) {
            let text = scalar.text();
            if text.is_empty() || text.len() > LONGEST || text.contains(['\n', '\0']) {
                continue;
            }
            // A generator's file may have a key: `name=path`.
            let after = text.split_once('=').map(|(_, path)| path);
            for path in std::iter::once(text).chain(after) {
                there.extend(found(&Path::new(folder).join(path)));
            }
        }
    }
    there
}

/// The file that is at a path, or one that is in the folder there.
fn found(path: &Path) -> Option<String> {
    let metadata = fs::metadata(path).ok()?;
    let file = if metadata.is_dir() {
        let mut kustomizations = NAMES.iter().map(|name| path.join(name));
        let kustomization = kustomizations.find(|file| file.is_file());
        kustomization.or_else(|| {
            let mut entries = fs::read_dir(path).ok()?.filter_map(Result::ok);
            entries.next().map(|entry| entry.path())
        })?
    } else {
        path.to_owned()
    };
    file.to_str().map(str::to_owned)
}
