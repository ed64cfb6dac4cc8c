use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-issuer",
    title: "an Issuer or ClusterIssuer of cert-manager that is not given",
    why: "The certificate is never issued, and its Secret never made. Clusters have ClusterIssuers from elsewhere: \
          without `--closed` only a name that is nearly one of the given is said of them.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "cert-manager v1 pkg/controller/certificaterequests/sync.go",
    bad: &[Example::new(
        "apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web, namespace: shop}
spec:
  secretName: web-tls
  dnsNames: [web.acme.dev]
  issuerRef: {name: ⟦acme⟧}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: acme-ca, namespace: shop}
spec: {selfSigned: {}}
",
    )],
    good: &[Example::new(
        "apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: web, namespace: shop}
spec:
  secretName: web-tls
  dnsNames: [web.acme.dev]
  issuerRef: {name: acme-ca}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: acme-ca, namespace: shop}
spec: {selfSigned: {}}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Issuer, Target::ClusterIssuer], sink);
}
