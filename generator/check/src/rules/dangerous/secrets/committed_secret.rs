use crate::rules::prelude::*;
use crate::surface::has_variable;

pub(crate) static RULE: Rule = Rule {
    id: "committed-secret",
    kinds: &["Secret"],
    title: "a Secret with its values",
    why: "Base64 hides nothing: what is in a repository is known to everyone who can read it, now and in its history.",
    fix: "Keep an ExternalSecret, a SealedSecret or a file encrypted by SOPS in the repository, or make the Secret by \
          hand.",
    source: "kubernetes v1.35 docs, Good practices for Kubernetes Secrets; argo-cd v3.5 \
             docs/operator-manual/secret-management.md",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Secret
metadata: {name: database}
data:
  password: ⟦cG9zdGdyZXM=⟧
",
        ),
        Example::new(
            "apiVersion: v1
kind: Secret
metadata: {name: git}
type: kubernetes.io/basic-auth
stringData: {username: robot, password: ⟦hunter2⟧}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Secret
metadata: {name: repository, labels: {argocd.argoproj.io/secret-type: repository}}
stringData: {type: git, url: 'https://git.example.com/shop.git', password: $(PASSWORD)}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    if !surface.entry.name.api_version.eq("v1") || surface.root.get("sops").is_some() {
        return;
    }
    for field in ["data", "stringData"] {
        let values = surface.root.get(field).into_iter().flat_map(|data| data.entries());
        for (key, value) in values {
            let text = value.text().unwrap_or_default();
            let is_open = has_variable(text) || text.contains("ENC[") || text.contains('<') || text.trim().is_empty();
            if is_secret(key) && !is_open {
                let message = format!("`{key}` of this Secret is written down");
                sink.push(sink.finding(message).at(value.place()).redacted());
                // One is enough: all of them belong elsewhere.
                return;
            }
        }
    }
}

/// Whether a key is that of something secret: not a certificate, a name or a URL.
fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let parts = ["password", "passwd", "token", "secret", "private", "id_rsa", "id_ed25519", "dockerconfigjson", "credential", "apikey", "api-key", "access-key", "access_key", "passphrase", "kubeconfig"];
    let is_key = key == "key" || key.ends_with(".key") || key.ends_with("_key") || key.ends_with("-key");
    (is_key || parts.iter().any(|part| key.contains(part))) && !key.ends_with(".pub") && !key.contains("public") && !key.contains("name")
}
