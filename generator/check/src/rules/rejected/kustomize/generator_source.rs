use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "generator-source",
    title: "a generator whose sources cannot be read",
    why: "A ConfigMap or Secret that is generated needs a name; a literal is `key=value`, a file a path or \
          `key=path`; a key is there once.",
    fix: "Correct the source.",
    source: "kustomize v5.8 (api v0.21.1) `kv.loader.Load`, `generators.ParseFileSource`, `makeValidatedDataMap`",
    bad: &[Example::new(
        "# file: a/kustomization.yaml
configMapGenerator:
- name: settings
  literals: [a=b, ⟦c⟧, ⟦a=d⟧]
- ⟦literals⟧: [a=b]
secretGenerator:
- name: token
  files: [⟦=a⟧]
",
    )],
    good: &[Example::new(
        "# file: a/kustomization.yaml
configMapGenerator:
- name: settings
  literals: [a=b, c=]
  files: [d=e.properties]
",
    )],
    check: Check::All(crate::kustomize::say),
    ..REJECTED
};
