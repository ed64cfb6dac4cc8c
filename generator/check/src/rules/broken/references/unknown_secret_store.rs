use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-secret-store",
    title: "a SecretStore or ClusterSecretStore that is not given",
    why: "The ExternalSecret is never synced, and its Secret never made. Clusters have ClusterSecretStores from \
          elsewhere: without `--closed` only a name that is nearly one of the given is said of them.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "external-secrets v1 pkg/controllers/secretstore/client_manager.go, `getStore`",
    bad: &[Example::new(
        "apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: api, namespace: shop}
spec:
  secretStoreRef: {name: ⟦vault⟧}
  data:
  - secretKey: token
    remoteRef: {key: shop/api}
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {vault: {server: 'https://vault.acme.dev'}}}
",
    )],
    good: &[Example::new(
        "apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: api, namespace: shop}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: vault}
  data:
  - secretKey: token
    remoteRef: {key: shop/api}
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {vault: {server: 'https://vault.acme.dev'}}}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::SecretStore, Target::ClusterSecretStore], sink);
}
