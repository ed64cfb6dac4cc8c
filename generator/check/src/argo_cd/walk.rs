//! One walk over all applications, for the rules that look at several objects at once.

use std::collections::HashMap;

use luban_api::Object;
use luban_api_argo_cd::{AppProject, ApplicationSource, ApplicationSpec};
use luban_diagnostic::{Place, did_you_mean};
use luban_yaml::Path;

use crate::fault::Fault;
use crate::kustomize::normal;
use crate::objects::{Entry, Objects};

use super::applications::{Applications, Rendered, sources, specs};
use super::is_template;
use super::permissions::{normal_url, permits_destination, permits_kind, permits_source};

pub(super) fn faults(objects: &Objects) -> Vec<Fault> {
    let of_argo_cd = |entry: &&Entry| {
        !entry.is_given_apart && !entry.is_template && !entry.is_patch && specs(entry).is_some()
    };
    let entries: Vec<&Entry> = objects.entries().iter().filter(of_argo_cd).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let mut walk = Walk {
        applications: Applications::new(objects),
        objects,
        faults: Vec::new(),
        managed: HashMap::new(),
    };
    for entry in entries {
        walk.application(entry);
    }
    walk.faults
}

struct Walk<'a> {
    applications: Applications<'a>,
    objects: &'a Objects,
    faults: Vec<Fault>,
    /// Applications by what they bring where.
    managed: HashMap<String, &'a Entry>,
}

impl<'a> Walk<'a> {
    fn application(&mut self, entry: &'a Entry) {
        let Some((spec, path)) = specs(entry) else {
            return;
        };
        let projects = self.project(entry, spec, &path);
        for (source, at) in sources(spec, &path) {
            self.path(entry, source, &at);
        }
        if matches!(entry.object, Some(Object::Application(_))) {
            self.duplicate(entry, spec, &path);
            self.prune(entry, spec, &path);
        }
        // Of several projects of one name, it is not known which is meant.
        let [(project_entry, project)] = projects[..] else {
            return;
        };
        self.permissions(entry, spec, &path, project_entry, project);
    }

    fn push(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// The projects that an application may be in.
    fn project(
        &mut self,
        entry: &Entry,
        spec: &ApplicationSpec,
        path: &Path,
    ) -> Vec<(&'a Entry, &'a AppProject)> {
        let name = if spec.project.is_empty() {
            "default"
        } else {
            spec.project.as_str()
        };
        let projects = self.applications.projects(name).to_vec();
        // Argo CD makes `default` itself.
        if projects.is_empty() && name != "default" && !is_template(name) {
            let near = did_you_mean(name, self.applications.project_names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let place = entry.document.locate(&path.key("project"));
            self.push(
                Fault::new(
                    "unknown-project",
                    format!("AppProject `{name}` is not found{near}"),
                    place,
                )
                .missing(true),
            );
        }
        projects
    }

    /// Folders of the repository that the objects are in.
    fn path(&mut self, entry: &Entry, source: &ApplicationSource, at: &Path) {
        let Some(path) = source
            .path
            .as_deref()
            .filter(|path| !path.is_empty() && !is_template(path))
        else {
            return;
        };
        if source.chart.is_some() || !self.applications.is_mostly_own(&source.repo_url) {
            return;
        }
        let folder = normal(path.trim_start_matches('/'));
        if folder.is_empty() || self.objects.kustomize().has_folder(&folder) {
            return;
        }
        let place = entry.document.locate(&at.key("path"));
        let message = format!(
            "there is no folder `{path}`, and other applications of this repository have theirs here"
        );
        self.push(Fault::new("application-path", message, place));
    }

    /// Two applications that bring the same to the same place.
    fn duplicate(&mut self, entry: &'a Entry, spec: &ApplicationSpec, path: &Path) {
        let [(source, at)] = &sources(spec, path)[..] else {
            return;
        };
        let is_plain = source.helm.is_none()
            && source.plugin.is_none()
            && source.kustomize.is_none()
            && source.directory.is_none();
        let Some(folder) = source
            .path
            .as_deref()
            .filter(|_| is_plain && source.chart.is_none())
        else {
            return;
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let cluster = format!(
            "{} {}",
            text(&spec.destination.server),
            text(&spec.destination.name)
        );
        let key = [
            normal_url(&source.repo_url),
            normal(folder),
            cluster,
            text(&spec.destination.namespace),
            entry.namespace().to_owned(),
        ]
        .join("\n");
        if is_template(&key) || entry.object_name().is_empty() {
            return;
        }
        let Some(other) = self.managed.get(&key).copied() else {
            self.managed.insert(key, entry);
            return;
        };
        // The same Application in two overlays is one.
        if other.object_name() == entry.object_name() {
            return;
        }
        let message = format!(
            "Application `{}` brings the same folder to the same place",
            other.object_name()
        );
        let place = entry.document.locate(&at.key("path"));
        let there = other
            .document
            .locate(&other.path.key("metadata").key("name"));
        self.push(Fault::new("duplicate-application", message, place).related("here", there));
    }

    /// Applications that prune other applications or whole namespaces without asking.
    fn prune(&mut self, entry: &Entry, spec: &ApplicationSpec, path: &Path) {
        let Some(policy) = &spec.sync_policy else {
            return;
        };
        let prunes = policy.automated.as_ref().is_some_and(|automated| {
            automated.prune == Some(true) && automated.enabled != Some(false)
        });
        let is_guarded = |options: &str| {
            options
                .split(',')
                .any(|option| matches!(option.trim(), "Prune=confirm" | "Prune=false"))
        };
        if !prunes || policy.sync_options.iter().any(|option| is_guarded(option)) {
            return;
        }
        for (source, _) in sources(spec, path) {
            let rendered = self.applications.rendered(source).unwrap_or_default();
            let guarded = |of: &Rendered| {
                let entry = of
                    .entry
                    .and_then(|position| self.objects.entries().get(position));
                entry.is_some_and(|entry| {
                    let options = entry
                        .path
                        .key("metadata")
                        .key("annotations")
                        .key("argocd.argoproj.io/sync-options");
                    is_guarded(entry.document.text_at(&options).unwrap_or_default())
                })
            };
            let is_wide = |of: &&Rendered| {
                let is_application = of.group == "argoproj.io"
                    && matches!(of.kind.as_str(), "Application" | "ApplicationSet");
                is_application || (of.group.is_empty() && of.kind == "Namespace")
            };
            let Some(wide) = rendered.iter().filter(is_wide).find(|of| !guarded(of)) else {
                continue;
            };
            let place = entry
                .document
                .locate_key(&path.key("syncPolicy").key("automated").key("prune"));
            let there = wide
                .entry
                .and_then(|position| self.objects.entries().get(position));
            let there = there.and_then(|entry| {
                entry
                    .document
                    .locate(&entry.path.key("metadata").key("name"))
            });
            let message = format!(
                "a file that is lost deletes {} `{}` and all that is in it, without asking",
                wide.kind, wide.name
            );
            let fault =
                Fault::new("prune-without-guard", message, place).related("this is pruned", there);
            self.faults.push(fault.help(
                "sync option `Prune=confirm` asks first, for the application or for the object",
            ));
            return;
        }
    }

    fn permissions(
        &mut self,
        entry: &Entry,
        spec: &ApplicationSpec,
        path: &Path,
        project_entry: &Entry,
        project: &AppProject,
    ) {
        const RULE: &str = "application-not-permitted";
        let name = project_entry.object_name();
        let project_place = |path: Path| {
            project_entry
                .document
                .locate(&path)
                .or_else(|| head(project_entry))
        };
        let project_spec = project_entry.path.key("spec");
        let mut repositories: Vec<(&str, Path)> = Vec::new();
        match &spec.source_hydrator {
            Some(hydrator) => {
                let at = path.key("sourceHydrator").key("drySource").key("repoURL");
                repositories.push((&hydrator.dry_source.repo_url, at));
            }
            None => repositories.extend(
                sources(spec, path)
                    .into_iter()
                    .map(|(source, at)| (source.repo_url.as_str(), at.key("repoURL"))),
            ),
        }
        for (repository, at) in repositories {
            if repository.is_empty()
                || is_template(repository)
                || project
                    .spec
                    .source_repos
                    .iter()
                    .any(|repo| is_template(repo))
            {
                continue;
            }
            if let Err(denied) = permits_source(&project.spec, repository) {
                let message =
                    format!("AppProject `{name}` does not permit the repository `{repository}`");
                let list = project_spec.key("sourceRepos");
                let there = project_place(denied.map_or(list.clone(), |index| list.index(index)));
                self.push(
                    Fault::new(RULE, message, entry.document.locate(&at))
                        .related(says(denied), there),
                );
            }
        }
        let destination = &spec.destination;
        let namespace = destination.namespace.as_deref().unwrap_or_default();
        let texts = [
            &destination.server,
            &destination.name,
            &destination.namespace,
        ];
        let is_known = texts
            .iter()
            .all(|text| text.as_deref().is_none_or(|text| !is_template(text)));
        let is_complete =
            |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
        if !is_known || is_complete(&destination.server) == is_complete(&destination.name) {
            return;
        }
        let denied = match permits_destination(&project.spec, destination, namespace) {
            Some(Err(denied)) => denied,
            Some(Ok(())) => return self.kinds(entry, spec, path, project_entry, project),
            None => return,
        };
        let cluster = destination
            .server
            .as_deref()
            .or(destination.name.as_deref())
            .unwrap_or_default();
        let message = format!(
            "AppProject `{name}` does not permit namespace `{namespace}` of cluster `{cluster}`"
        );
        let list = project_spec.key("destinations");
        let there = project_place(denied.map_or(list.clone(), |index| list.index(index)));
        let place = entry.document.locate_head(&path.key("destination"));
        self.push(Fault::new(RULE, message, place).related(says(denied), there));
    }

    /// Kinds and namespaces of the objects that an application brings, where these are known.
    fn kinds(
        &mut self,
        entry: &Entry,
        spec: &ApplicationSpec,
        path: &Path,
        project_entry: &Entry,
        project: &AppProject,
    ) {
        const RULE: &str = "application-not-permitted";
        if !matches!(entry.object, Some(Object::Application(_))) {
            return;
        }
        let name = project_entry.object_name();
        let own = spec.destination.namespace.as_deref().unwrap_or_default();
        let whitelist = project_entry
            .path
            .key("spec")
            .key("namespaceResourceWhitelist");
        let has_whitelist = project_entry.document.has_value(&whitelist);
        // One finding for each kind and namespace: there may be thousands of objects.
        let mut said: Vec<String> = Vec::new();
        for (source, at) in sources(spec, path) {
            let place = entry.document.locate(&at.key("path"));
            for rendered in self.applications.rendered(source).unwrap_or_default() {
                let Some(is_namespaced) = self.applications.is_namespaced(&rendered) else {
                    continue;
                };
                if is_template(&rendered.name) || is_template(&rendered.namespace) {
                    continue;
                }
                let there = rendered
                    .entry
                    .and_then(|position| self.objects.entries().get(position));
                let there: Option<Place> = there.and_then(|entry| {
                    entry
                        .document
                        .locate(&entry.path.key("metadata").key("name"))
                });
                let shown = format!("{} `{}`", rendered.kind, rendered.name);
                let message = if !permits_kind(
                    &project.spec,
                    has_whitelist,
                    &rendered.group,
                    &rendered.kind,
                    &rendered.name,
                    is_namespaced,
                ) {
                    let group = if rendered.group.is_empty() {
                        "the core group"
                    } else {
                        rendered.group.as_str()
                    };
                    let scope = if is_namespaced {
                        "namespaceResourceWhitelist"
                    } else {
                        "clusterResourceWhitelist"
                    };
                    let key = format!("{} {}", rendered.group, rendered.kind);
                    if said.contains(&key) {
                        continue;
                    }
                    said.push(key);
                    format!(
                        "AppProject `{name}` does not permit {shown} of {group}, which is in this folder: see its `{scope}` and blacklist"
                    )
                } else if is_namespaced
                    && !rendered.namespace.is_empty()
                    && rendered.namespace != own
                {
                    if said.contains(&rendered.namespace) {
                        continue;
                    }
                    match permits_destination(&project.spec, &spec.destination, &rendered.namespace)
                    {
                        Some(Err(_)) => {
                            said.push(rendered.namespace.clone());
                            format!(
                                "AppProject `{name}` does not permit namespace `{}` of {shown}, which is in this folder",
                                rendered.namespace
                            )
                        }
                        _ => continue,
                    }
                } else {
                    continue;
                };
                self.faults.push(
                    Fault::new(RULE, message, place.clone())
                        .related("this object", there)
                        .related("the project", head(project_entry)),
                );
            }
        }
    }
}

fn says(denied: Option<usize>) -> &'static str {
    if denied.is_some() {
        "this denies it"
    } else {
        "nothing here permits it"
    }
}

fn head(entry: &Entry) -> Option<Place> {
    entry
        .document
        .locate(&entry.path.key("metadata").key("name"))
}
