use luban_api_argo_workflows::{GitArtifact, HDFSArtifact};
use luban_yaml::Path;

use crate::argo::{Base, Site};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "artifact-location",
    kinds: WORKFLOWS,
    title: "a Git or HDFS location that lacks what it takes",
    why: "Git needs a repository; HDFS needs addresses, an absolute path, and a user or Kerberos credentials with all that goes \
          with them.",
    fix: "Add what the message names.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateArtifactLocation`; workflow/artifacts/hdfs, `ValidateArtifact`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts:
      - {name: source, path: /source, ⟦git⟧: {repo: ''}}
      - {name: data, path: /data, ⟦hdfs⟧: {addresses: ['hdfs:8020'], path: data}}
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts:
      - {name: source, path: /source, git: {repo: 'https://example.com/a.git'}}
      - {name: data, path: /data, hdfs: {addresses: ['hdfs:8020'], path: /data, hdfsUser: root}}
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let artifacts = visit.template.inputs.iter().flat_map(|inputs| &inputs.artifacts);
        for (at, artifact) in artifacts.enumerate() {
            let path = visit.path.key("inputs").key("artifacts").index(at);
            location(view, sink, (&visit.site, base), (artifact.git.as_deref(), artifact.hdfs.as_deref()), &path);
        }
        if let Some(location_of_logs) = visit.template.archive_location.as_ref().filter(|_| visit.is_first) {
            let path = visit.path.key("archiveLocation");
            let what = (location_of_logs.git.as_deref(), location_of_logs.hdfs.as_deref());
            location(view, sink, (&visit.site, base), what, &path);
        }
    }
}

fn location(
    view: &View<'_>,
    sink: &mut Sink<'_>,
    (site, base): (&Site, &Base<'_>),
    (git, hdfs): (Option<&GitArtifact>, Option<&HDFSArtifact>),
    path: &Path,
) {
    let mut say = |field: &str, message: String| {
        let path = path.key(field);
        if !sink.is_misspelt(base.entry, &path, "repo") {
            sink.push_in(view.foreign(site), sink.finding(message).at(base.key(&path)));
        }
    };
    if git.is_some_and(|git| git.repo.is_empty()) {
        say("git", format!("`{}` is missing", path.key("git").key("repo")));
    }
    let Some(hdfs) = hdfs else { return };
    let has_cache = hdfs.krb_c_cache_secret.is_some();
    let has_keytab = hdfs.krb_keytab_secret.is_some();
    let is = |value: &Option<String>| value_is(value.as_deref());
    let has_principal = is(&hdfs.krb_service_principal_name) && hdfs.krb_config_config_map.is_some();
    let mut lacks = Vec::new();
    if hdfs.addresses.is_empty() {
        lacks.push("`addresses`");
    }
    if !hdfs.path.starts_with('/') {
        lacks.push("an absolute `path`");
    }
    if !is(&hdfs.hdfs_user) && !has_cache && !has_keytab {
        lacks.push("one of `hdfsUser`, `krbCCacheSecret` and `krbKeytabSecret`");
    }
    if (has_cache || has_keytab) && !has_principal {
        lacks.push("`krbServicePrincipalName` and `krbConfigConfigMap`");
    }
    if has_keytab && (!is(&hdfs.krb_username) || !is(&hdfs.krb_realm)) {
        lacks.push("`krbUsername` and `krbRealm`");
    }
    if !lacks.is_empty() {
        say("hdfs", format!("`hdfs` needs {}", lacks.join(", ")));
    }
}
