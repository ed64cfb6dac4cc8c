use crate::rules::prelude::*;
use crate::surface::has_variable;

pub(crate) static RULE: Rule = Rule {
    id: "remote-base",
    confidence: Confidence::High,
    kinds: &["Kustomization", "Component"],
    title: "manifests of others, from a moving place",
    why: "Kustomize fetches this each time that it builds: without `ref`, or from a branch, others change what is applied \
          here without a commit here.",
    fix: "Name a commit or a version: `?ref=v1.2.3`; or keep a copy.",
    source: "kustomize v5 examples/remoteBuild.md",
    bad: &[
        Example::new(
            "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ⟦https://github.com/acme/base//deploy⟧
",
        ),
        Example::new(
            "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ⟦https://github.com/acme/base//deploy?ref=main⟧
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- https://github.com/acme/base//deploy?ref=v1.2.3
",
        ),
        Example::new(
            "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- https://github.com/acme/base/releases/download/v1.2.3/install.yaml
",
        ),
        Example::new(
            "apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- deployment.yaml
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let lists = ["resources", "bases", "components", "crds"];
    for resource in lists.iter().flat_map(|list| surface.root.items_of(list)) {
        let text = resource.text().unwrap_or_default();
        if !is_repository(text) || has_variable(text) {
            continue;
        }
        let (_, query) = text.split_once('?').unwrap_or((text, ""));
        let mut pairs = query.split('&');
        let reference = pairs.find_map(|pair| pair.strip_prefix("ref=").or_else(|| pair.strip_prefix("version=")));
        let message = match reference {
            None => "no `ref` is named: what the default branch has is fetched at each build".to_owned(),
            Some(name) if !name.bytes().any(|byte| byte.is_ascii_digit()) => {
                format!("`{name}` names no version: what it has is fetched at each build")
            }
            Some(_) => continue,
        };
        sink.push(sink.finding(message).at(resource.place()));
    }
}

/// Whether it is a repository of Git and not a file.
fn is_repository(text: &str) -> bool {
    let hosts = ["github.com/", "gitlab.com/", "bitbucket.org/", "codeberg.org/"];
    let is_remote = text.contains("://") || text.starts_with("git@") || hosts.iter().any(|host| text.starts_with(host));
    let path = text.split('?').next().unwrap_or_default();
    let is_file = path.ends_with(".yaml") || path.ends_with(".yml") || path.contains("/raw/") || path.contains("raw.githubusercontent.com") || path.contains("/releases/download/");
    is_remote && !is_file
}
