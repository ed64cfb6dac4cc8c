use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "docker-config-key",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a Secret that is mounted as Docker's configuration under unknown names",
    why: "Tools look for `config.json` in the folder of `DOCKER_CONFIG`. A Secret of type `kubernetes.io/dockerconfigjson` \
          has the key `.dockerconfigjson`: mounted as it is, no tool finds it and the push is refused as one without a login.",
    fix: "Say which key becomes which file: `items: [{key: .dockerconfigjson, path: config.json}]`.",
    source: "kubernetes v1.35 pkg/apis/core/types.go, `DockerConfigJSONKey`; docker/cli v28 cli/config/config.go, `ConfigFileName`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    env: [{name: DOCKER_CONFIG, value: /docker}]
    volumeMounts: [{name: login, mountPath: /docker/}]
  volumes:
  - name: login
    secret: {secretName: ⟦login⟧}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: '{}'}
",
    )],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    env: [{name: DOCKER_CONFIG, value: /docker}]
    volumeMounts: [{name: login, mountPath: /docker}]
  volumes:
  - name: login
    secret: {secretName: login, items: [{key: .dockerconfigjson, path: config.json}]}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: '{}'}
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
    env: [{name: DOCKER_CONFIG, value: /docker}]
    volumeMounts: [{name: login, mountPath: /docker}, {name: other, mountPath: /other}]
  volumes:
  - name: login
    secret: {secretName: login}
---
apiVersion: v1
kind: Secret
metadata: {name: login}
stringData: {config.json: '{}'}
",
        ),
    ],
    check: Check::Surface(check),
    ..BROKEN
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in &surface.pods {
        let mut said = Vec::new();
        for container in &pod.containers {
            let folder = container.env().find(|env| env.text_of("name") == Some("DOCKER_CONFIG"));
            let Some(folder) = folder.and_then(|env| env.text_of("value")) else { continue };
            let same = |path: &str| path.trim_end_matches('/') == folder.trim_end_matches('/');
            let mounts = container.value.items_of("volumeMounts");
            let mounts = mounts.chain(container.template.into_iter().flat_map(|template| template.items_of("volumeMounts")));
            for mount in mounts.filter(|mount| mount.text_of("mountPath").is_some_and(same) && mount.get("subPath").is_none()) {
                let name = mount.text_of("name");
                let volume = pod.volumes.iter().find(|volume| volume.text_of("name") == name);
                let Some(secret) = volume.and_then(|volume| volume.get("secret")) else { continue };
                let Some(reference) = secret.get("secretName").filter(|_| secret.get("items").is_none()) else { continue };
                let name = reference.text().unwrap_or_default();
                if said.contains(&name) || crate::surface::has_variable(name) || has_file(surface, name) {
                    continue;
                }
                said.push(name);
                let message = format!("no `items` say which key of Secret `{name}` is `config.json`");
                let finding = sink.finding(message).at(reference.place());
                sink.push(finding.related("tools look for it in this folder", mount.get("mountPath").map(|path| path.place())));
            }
        }
    }
}

/// Whether the Secret is given and has that file by itself.
fn has_file(surface: &Surface<'_>, name: &str) -> bool {
    let namespace = surface.entry.namespace();
    let Some(Some(entry)) = surface.objects.find_near(surface.entry, "v1", "Secret", namespace, name) else {
        return false;
    };
    let root = entry.document.value(&entry.path);
    let has = |key: &str| root.and_then(|root| root.get(key)?.get("config.json")).is_some();
    has("data") || has("stringData")
}
