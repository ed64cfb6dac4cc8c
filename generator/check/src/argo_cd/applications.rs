//! Applications and projects among the objects, and what of the Applications' sources is there too.

use std::collections::{HashMap, HashSet};

use luban_api::Object;
use luban_api_argo_cd::{AppProject, ApplicationSource, ApplicationSpec};
use luban_yaml::Path;

use crate::kustomize::normal;
use crate::objects::{Entry, Objects};

use super::is_template;
use super::permissions::normal_url;

/// All specs of an Application or an ApplicationSet's template, with their ways.
pub(crate) fn specs(entry: &Entry) -> Option<(&ApplicationSpec, Path)> {
    match entry.object.as_ref()? {
        Object::Application(application) => Some((&application.spec, entry.path.key("spec"))),
        Object::ApplicationSet(set) => Some((
            &set.spec.template.spec,
            entry.path.key("spec").key("template").key("spec"),
        )),
        _ => None,
    }
}

/// Sources of a spec that are manifests, with their ways.
pub(crate) fn sources<'a>(
    spec: &'a ApplicationSpec,
    path: &Path,
) -> Vec<(&'a ApplicationSource, Path)> {
    if spec.sources.is_empty() {
        return spec
            .source
            .iter()
            .map(|source| (source, path.key("source")))
            .collect();
    }
    let several = spec.sources.iter().enumerate();
    several
        .map(|(index, source)| (source, path.key("sources").index(index)))
        .collect()
}

/// An object that an Application brings.
pub(crate) struct Rendered {
    pub(crate) group: String,
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) namespace: String,
    pub(crate) entry: Option<usize>,
}

/// Applications and projects among the objects.
pub(crate) struct Applications<'a> {
    objects: &'a Objects,
    projects: HashMap<&'a str, Vec<(&'a Entry, &'a AppProject)>>,
    /// Repositories, normal, that the objects are files of: every path of every Application leads into them.
    own: HashSet<String>,
    /// Repositories, normal, of which most paths, and at least two, lead into them.
    mostly_own: HashSet<String>,
    /// Objects by the folder of their file.
    by_folder: HashMap<String, Vec<usize>>,
    /// Scopes of custom kinds whose definitions are given, by group and kind.
    scopes: HashMap<(String, String), bool>,
}

impl<'a> Applications<'a> {
    pub(crate) fn new(objects: &'a Objects) -> Self {
        let mut projects: HashMap<&str, Vec<_>> = HashMap::new();
        let mut by_folder: HashMap<String, Vec<usize>> = HashMap::new();
        let mut scopes = HashMap::new();
        let mut has_applications = false;
        for entry in objects
            .entries()
            .iter()
            .filter(|entry| !entry.is_patch && !entry.is_template)
        {
            if let Some(Object::AppProject(project)) = &entry.object {
                projects
                    .entry(entry.object_name())
                    .or_default()
                    .push((entry, &**project));
            }
            has_applications |= matches!(entry.object, Some(Object::Application(_)));
            if entry.name.kind == "CustomResourceDefinition" {
                let text =
                    |path: &Path| entry.document.text_at(path).unwrap_or_default().to_owned();
                let spec = entry.path.key("spec");
                let key = (
                    text(&spec.key("group")),
                    text(&spec.key("names").key("kind")),
                );
                scopes.insert(key, text(&spec.key("scope")) == "Namespaced");
            }
        }
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        if has_applications {
            for (position, entry) in objects.entries().iter().enumerate() {
                let file = normal(entry.document.file());
                let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
                if !entry.is_patch && !entry.is_template {
                    by_folder
                        .entry(folder.to_owned())
                        .or_default()
                        .push(position);
                }
            }
            for entry in objects
                .entries()
                .iter()
                .filter(|entry| !entry.is_patch && !entry.is_template)
            {
                let Some(Object::Application(application)) = &entry.object else {
                    continue;
                };
                for (source, _) in sources(&application.spec, &Path::root()) {
                    let Some(path) = source.path.as_deref().filter(|path| !is_template(path))
                    else {
                        continue;
                    };
                    if source.chart.is_some() || is_template(&source.repo_url) {
                        continue;
                    }
                    let path = normal(path.trim_start_matches('/'));
                    let is_there = !path.is_empty() && objects.kustomize().has_folder(&path);
                    let (there, all) = counts.entry(normal_url(&source.repo_url)).or_default();
                    *there += usize::from(is_there);
                    *all += 1;
                }
            }
        }
        let mut own = HashSet::new();
        let mut mostly_own = HashSet::new();
        // The order does not matter: these become sets.
        #[allow(clippy::iter_over_hash_type)]
        for (url, (there, all)) in counts {
            if there == all {
                own.insert(url);
            } else if there >= 2 && there * 2 > all {
                mostly_own.insert(url);
            }
        }
        Self {
            objects,
            projects,
            own,
            mostly_own,
            by_folder,
            scopes,
        }
    }

    /// Projects of that name; several, if several Argo CDs are among the objects.
    pub(crate) fn projects(&self, name: &str) -> &[(&'a Entry, &'a AppProject)] {
        self.projects
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Names of all projects.
    pub(crate) fn project_names(&self) -> impl Iterator<Item = &'a str> {
        let mut names: Vec<&str> = self.projects.keys().copied().collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// What a source brings, if it is a folder among the objects and all of it is known.
    pub(crate) fn rendered(&self, source: &ApplicationSource) -> Option<Vec<Rendered>> {
        let path = source.path.as_deref().filter(|path| !is_template(path))?;
        if source.helm.is_some() || source.plugin.is_some() || source.kustomize.is_some() {
            return None;
        }
        if !self.own.contains(&normal_url(&source.repo_url)) {
            return None;
        }
        let folder = normal(path.trim_start_matches('/'));
        let kustomize = self.objects.kustomize();
        if kustomize.is_kustomization(&folder) {
            let built = kustomize.built(&folder)?;
            return Some(
                built
                    .into_iter()
                    .map(|built| Rendered {
                        api_version: if built.group.is_empty() {
                            built.version.clone()
                        } else {
                            format!("{}/{}", built.group, built.version)
                        },
                        group: built.group,
                        kind: built.kind,
                        name: built.name,
                        namespace: built.namespace,
                        entry: built.entry,
                    })
                    .collect(),
            );
        }
        let directory = source.directory.as_ref();
        let is_plain = directory.is_none_or(|of| {
            of.include.is_none() && of.exclude.is_none() && of.recurse != Some(true)
        });
        let positions = self.by_folder.get(&folder).filter(|_| is_plain)?;
        let entries = positions
            .iter()
            .filter_map(|position| Some((*position, self.objects.entries().get(*position)?)));
        let entries = entries
            .filter(|(_, entry)| !entry.name.kind.is_empty() && !entry.name.kind.ends_with("List"));
        Some(
            entries
                .map(|(position, entry)| Rendered {
                    group: entry
                        .name
                        .api_version
                        .rsplit_once('/')
                        .map_or("", |(group, _)| group)
                        .to_owned(),
                    api_version: entry.name.api_version.clone(),
                    kind: entry.name.kind.clone(),
                    name: entry.object_name().to_owned(),
                    namespace: text(entry, "namespace"),
                    entry: Some(position),
                })
                .collect(),
        )
    }

    /// Whether objects of a kind live in namespaces, if that is known.
    pub(crate) fn is_namespaced(&self, of: &Rendered) -> Option<bool> {
        let row = luban_api::Kind::of(&of.api_version, &of.kind).map(|row| row.is_namespaced);
        row.or_else(|| {
            self.scopes
                .get(&(of.group.clone(), of.kind.clone()))
                .copied()
        })
    }

    /// Whether most paths of a repository lead into the objects' folders, so that one that does not is a slip.
    pub(crate) fn is_mostly_own(&self, repository: &str) -> bool {
        self.mostly_own.contains(&normal_url(repository))
    }
}

fn text(entry: &Entry, field: &str) -> String {
    let path = entry.path.key("metadata").key(field);
    entry.document.text_at(&path).unwrap_or_default().to_owned()
}
