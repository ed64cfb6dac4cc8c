//! Whether the paths of kustomizations lead where they must.

use luban_yaml::{Path, PathSegment};

use super::folders::{Folders, Kustomization, Target, is_kustomization_file, item};
use super::path::{is_within, join};
use super::{Fault, form};

pub(super) fn check(folders: &Folders<'_>, faults: &mut Vec<Fault>) {
    for (entry, first) in &folders.further {
        let first = folders.order.get(*first).map(|first| first.entry);
        let fault = Fault::new(
            "several-kustomizations",
            "there is another kustomization in this folder",
            entry.document.locate_head(&entry.path),
        );
        let place = first.and_then(|first| first.document.locate_head(&first.path));
        faults.push(fault.related("the other is here", place));
    }
    for entry in &folders.others {
        let kind = entry.name.kind.as_str();
        let (wanted, place) = match kind {
            "Kustomization" => (
                "apiVersion of a Kustomization is `kustomize.config.k8s.io/v1beta1`",
                "apiVersion",
            ),
            "Component" => (
                "apiVersion of a Component is `kustomize.config.k8s.io/v1alpha1`",
                "apiVersion",
            ),
            _ => (
                "kind of a kustomization is `Kustomization` or `Component`",
                "kind",
            ),
        };
        // Flux has a kind of that name, and files are called as one likes.
        if entry.name.api_version.contains(".fluxcd.io/") || entry.document.length_at(&[]).is_some()
        {
            continue;
        }
        let place = entry
            .key_or_head(&Path::root().key(place))
            .and(entry.document.locate(&Path::root().key(place)));
        faults.push(Fault::new(
            "kustomization-kind",
            format!("the {wanted}"),
            place,
        ));
    }
    for kustomization in &folders.order {
        let mut check = Check {
            folders,
            of: kustomization,
            faults,
        };
        check.resources();
        check.components();
        check.others();
        form::check(kustomization, faults);
    }
}

struct Check<'c, 'a> {
    folders: &'c Folders<'a>,
    of: &'c Kustomization<'a>,
    faults: &'c mut Vec<Fault>,
}

impl Check<'_, '_> {
    fn say(&mut self, rule: &'static str, path: &Path, message: String) -> Fault {
        Fault::new(rule, message, self.of.entry.document.locate(path))
    }

    fn push(&mut self, rule: &'static str, path: &Path, message: String) {
        let fault = self.say(rule, path, message);
        self.faults.push(fault);
    }

    fn resources(&mut self) {
        let lists = [
            ("resources", self.of.parts.resources),
            ("bases", self.of.parts.bases),
        ];
        for (field, paths) in lists {
            for (index, path) in paths.iter().enumerate() {
                let at = item(field, index);
                if path.is_empty() {
                    self.push("kustomization-path", &at, "the path is empty".to_owned());
                    continue;
                }
                match self.folders.target(&self.of.folder, path) {
                    Target::Elsewhere => {}
                    Target::File(file) if !is_within(&file, &self.of.folder) => {
                        self.outside(&at, path)
                    }
                    Target::File(file) if is_kustomization_file(&file) => {
                        let folder = path.rsplit_once('/').map_or(".", |(folder, _)| folder);
                        let message = format!(
                            "`{path}` is the file of a kustomization, not a resource: name its folder, `{folder}`"
                        );
                        self.push("kustomization-path", &at, message);
                    }
                    Target::File(_) => {}
                    Target::Folder(folder) => self.folder(&at, path, &folder, false),
                    Target::Nothing(target) => self.nothing(&at, path, &target),
                }
            }
        }
    }

    fn components(&mut self) {
        for (index, path) in self.of.parts.components.iter().enumerate() {
            let at = item("components", index);
            match self.folders.target(&self.of.folder, path) {
                Target::Elsewhere => {}
                Target::File(_) => {
                    let message = format!(
                        "`{path}` is a file: a component is the folder of a kustomization of kind Component"
                    );
                    self.push("kustomization-path", &at, message);
                }
                Target::Folder(folder) => self.folder(&at, path, &folder, true),
                Target::Nothing(target) => self.nothing(&at, path, &target),
            }
        }
    }

    /// A folder that is a resource or a component.
    fn folder(&mut self, at: &Path, path: &str, folder: &str, as_component: bool) {
        if path.starts_with('/') {
            let message =
                format!("`{path}` is absolute: a folder is named by its way from this one");
            self.push("kustomization-outside", at, message);
            return;
        }
        if is_within(&self.of.folder, folder) {
            let what = if folder == self.of.folder {
                "is this folder itself"
            } else {
                "holds this folder"
            };
            let message =
                format!("`{path}` {what}: a kustomization cannot have itself among its resources");
            self.push("kustomization-cycle", at, message);
            return;
        }
        let Some(target) = self
            .folders
            .by_folder
            .get(folder)
            .and_then(|at| self.folders.order.get(*at))
        else {
            let mut files =
                ["kustomization.yaml", "kustomization.yml", "Kustomization"].into_iter();
            let is_there = files.any(|file| {
                let file = join(folder, file);
                self.folders.files.contains_key(&file)
                    || self
                        .folders
                        .objects
                        .files()
                        .is_some_and(|files| files.contains(&file))
            });
            if !is_there {
                let message = format!("there is no `kustomization.yaml` in `{path}`");
                let fault = self
                    .say("kustomization-path", at, message)
                    .missing(!self.folders.is_complete() || folder.starts_with(".."));
                self.faults.push(fault);
            }
            return;
        };
        let is_component = target.parts.is_component;
        if is_component != as_component {
            let message = if is_component {
                format!("`{path}` is a Component: it belongs under `components`")
            } else {
                format!(
                    "`{path}` is no Component: it belongs under `resources`, or its kind must be Component"
                )
            };
            let kind = target.entry.key_or_head(&Path::root().key("kind"));
            let fault = self
                .say("kustomization-kind", at, message)
                .related("this is its kind", kind);
            self.faults.push(fault);
        }
    }

    fn outside(&mut self, at: &Path, path: &str) {
        let message = format!("`{path}` is a file outside this kustomization's folder");
        let fault = self.say("kustomization-outside", at, message);
        self.faults.push(fault.help("kustomize reads files only from below the kustomization's folder; a folder with a kustomization may be anywhere"));
    }

    fn nothing(&mut self, at: &Path, path: &str, target: &str) {
        let is_sure =
            self.folders.is_complete() && !target.starts_with("..") && !target.starts_with('/');
        let (folder, name) = target.rsplit_once('/').unwrap_or(("", target));
        let near = self.folders.nearest(folder, name);
        let near = near.map_or_else(String::new, |near| {
            let folder = path.strip_suffix(name).unwrap_or_default();
            format!(" (did you mean `{folder}{near}`?)")
        });
        let fault = self
            .say(
                "kustomization-path",
                at,
                format!("`{path}` does not exist{near}"),
            )
            .missing(!is_sure);
        self.faults.push(fault);
    }

    /// Paths of files that are no resources.
    fn others(&mut self) {
        let parts = &self.of.parts;
        let mut files: Vec<(Path, &str)> = Vec::new();
        for (field, patches) in [
            ("patches", parts.patches),
            ("patchesJson6902", parts.patches_json6902),
        ] {
            for (index, patch) in patches.iter().enumerate() {
                files.extend(
                    patch
                        .path
                        .as_deref()
                        .map(|path| (item(field, index).key("path"), path)),
                );
            }
        }
        let inline_or_files = [
            ("patchesStrategicMerge", parts.patches_strategic_merge),
            ("generators", parts.generators),
            ("transformers", parts.transformers),
            ("validators", parts.validators),
        ];
        for (field, texts) in inline_or_files {
            let paths = texts
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.contains('\n') && !text.contains('{'));
            files.extend(paths.map(|(index, path)| (item(field, index), path.as_str())));
        }
        for (field, paths) in [
            ("configurations", parts.configurations),
            ("crds", parts.crds),
        ] {
            files.extend(
                paths
                    .iter()
                    .enumerate()
                    .map(|(index, path)| (item(field, index), path.as_str())),
            );
        }
        files.extend(
            parts
                .open_api
                .map(|path| (Path::root().key("openapi").key("path"), path)),
        );
        for (index, replacement) in parts.replacements.iter().enumerate() {
            files.extend(
                replacement
                    .path
                    .as_deref()
                    .map(|path| (item("replacements", index).key("path"), path)),
            );
        }
        for (field, sources) in super::generators::sources(parts) {
            for (index, source) in sources.iter().enumerate() {
                let at = item(field, index);
                for (list, paths) in [("files", source.files), ("envs", source.envs)] {
                    for (index, path) in paths.iter().enumerate() {
                        let path = if list == "files" {
                            path.split_once('=').map_or(path.as_str(), |(_, path)| path)
                        } else {
                            path
                        };
                        files.push((at.key(list).index(index), path));
                    }
                }
                files.extend(source.env.map(|path| (at.key("env"), path)));
            }
        }
        for (at, path) in files {
            self.file(&at, path);
        }
    }

    fn file(&mut self, at: &Path, path: &str) {
        if path.is_empty() {
            return;
        }
        let is_plugin = ["generators", "transformers", "validators"]
            .iter()
            .any(|field| at.first() == Some(&PathSegment::Key((*field).into())));
        match self.folders.target(&self.of.folder, path) {
            Target::Elsewhere => {}
            Target::File(file) => {
                if !is_within(&file, &self.of.folder) {
                    self.outside(at, path);
                }
            }
            Target::Folder(_) if is_plugin => {}
            Target::Folder(_) => self.push(
                "kustomization-path",
                at,
                format!("`{path}` is a folder, not a file"),
            ),
            Target::Nothing(target) => {
                let is_outside = !is_within(&target, &self.of.folder);
                if is_outside && !is_plugin {
                    self.outside(at, path);
                } else if self.folders.is_complete() {
                    self.nothing(at, path, &target);
                }
            }
        }
    }
}
