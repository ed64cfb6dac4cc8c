use crate::rules::prelude::*;
use crate::surface::{Language, Program, has_variable, words};

pub(crate) static RULE: Rule = Rule {
    id: "insecure-transport",
    title: "something that is fetched without looking who gives it",
    why: "Over plain HTTP or `git://`, or with the check of certificates or host keys off, whoever is on the way chooses \
          what is fetched, and reads the credentials that are sent.",
    fix: "Use HTTPS or SSH; add the certificate authority or the host keys that are meant.",
    source: "argo-cd v3.5 docs/user-guide/private-repositories.md; argo-workflows v4.1 docs/fields.md, GitArtifact",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  source:
    repoURL: ⟦http://git.example.com/shop.git⟧
    path: overlays/prd
    targetRevision: main
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /src, git: {repo: 'git@git.example.com:shop.git', insecureIgnoreHostKey: ⟦true⟧}}]
    container: {image: 'alpine:3.23'}
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      curl ⟦-k⟧ https://api.example.com/done
      ⟦GIT_SSL_NO_VERIFY=true⟧ git fetch
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  source:
    repoURL: https://git.example.com/shop.git
    path: overlays/prd
    targetRevision: main
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  project: shop
  destination: {server: 'https://kubernetes.default.svc', namespace: shop}
  source:
    repoURL: http://gitea.gitea.svc:3000/shop.git
    path: overlays/prd
    targetRevision: main
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      curl -sSf https://api.example.com/done -o k
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

/// Fields that name where something is fetched from.
const FIELDS: &[&str] = &["repoURL", "repo", "url", "repository", "gitURL"];
/// Fields that switch a check off.
const SWITCHES: &[&str] = &["insecureIgnoreHostKey", "insecureSkipVerify", "insecureSkipTLSVerify", "insecureSSL"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    if let Some(spec) = surface.root.get("spec").filter(|_| is_ours(surface)) {
        let mut pending = vec![spec];
        while let Some(value) = pending.pop() {
            pending.extend(value.items());
            for (key, inner) in value.entries() {
                if inner.is_mapping() || inner.is_list() {
                    pending.push(inner);
                    continue;
                }
                let text = inner.text().unwrap_or_default();
                if SWITCHES.contains(&key) && inner.boolean() == Some(true) {
                    sink.push(sink.finding("whoever is on the way can give what they like: nothing looks who gives it").at(inner.place()));
                } else if FIELDS.contains(&key) && is_plain(text) {
                    let message = format!("`{text}` is fetched without encryption: whoever is on the way can change it");
                    sink.push(sink.finding(message).at(inner.place()));
                }
            }
        }
    }
    for program in surface.programs() {
        if program.language == Language::Shell {
            of_script(program, sink);
        }
    }
}

/// Whether the kind's fields of these names say where programs and manifests come from. Endpoints of brokers and the like have
/// the same names.
fn is_ours(surface: &Surface<'_>) -> bool {
    let kinds = ["EventSource", "Sensor", "EventListener", "Trigger", "TriggerTemplate", "TriggerBinding"];
    let groups = ["argoproj.io", "tekton.dev", "kpack.io", "kargo.akuity.io"];
    groups.iter().any(|group| surface.is_of(group)) && !kinds.contains(&surface.kind())
}

/// Whether a URL is plain and leads out of the cluster.
fn is_plain(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://").or_else(|| url.strip_prefix("git://")) else {
        return false;
    };
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let is_inside = !host.contains('.') || host.ends_with(".svc") || host.contains(".svc.") || host.ends_with(".local") || host.ends_with(".internal");
    let is_address = host.split('.').all(|part| part.parse::<u8>().is_ok());
    !is_inside && !is_address && !has_variable(host)
}

fn of_script(program: &Program<'_>, sink: &mut Sink<'_>) {
    let has = |part: &str| program.text.contains(part);
    if !(has("curl") || has("wget") || has("SSL") || has("http.sslVerify")) {
        return;
    }
    let mut command = "";
    let mut is_first = true;
    for (at, word) in words(program.text) {
        if matches!(word, "\n" | ";" | "|" | "&" | "(" | ")") {
            is_first = true;
            continue;
        }
        if is_first && !word.contains('=') {
            command = word;
            is_first = false;
        }
        let is_short = |letter: char| word.starts_with('-') && !word.starts_with("--") && word.len() < 8 && word.contains(letter);
        let is_off = match command {
            "curl" => word == "--insecure" || is_short('k') && word.bytes().skip(1).all(|byte| byte.is_ascii_alphabetic()),
            "wget" => word == "--no-check-certificate",
            _ => false,
        };
        let is_variable = matches!(word, "GIT_SSL_NO_VERIFY=true" | "GIT_SSL_NO_VERIFY=1" | "http.sslVerify=false" | "NODE_TLS_REJECT_UNAUTHORIZED=0");
        if is_off || is_variable {
            let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + word.len()));
            let message = format!("`{word}` switches the check of certificates off: whoever is on the way can give what they like");
            sink.push(sink.finding(message).at(place));
        }
    }
}
