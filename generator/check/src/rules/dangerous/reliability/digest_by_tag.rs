use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "digest-by-tag",
    title: "a digest that is asked for by tag after a push",
    why: "Between the push and the question somebody else may push the same tag: the digest that is recorded and signed is \
          then of another image.",
    fix: "Take it from the push itself: `buildctl --metadata-file`, `skopeo copy --digestfile`, `crane push`.",
    source: "moby/buildkit v0.32 docs/buildkitd.toml.md and README, `--metadata-file`",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --output type=image,name=$IMAGE,push=true
      digest=$(⟦skopeo inspect docker://$IMAGE⟧ | jq -r .Digest)
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --metadata-file /tmp/meta.json --output type=image,name=$IMAGE,push=true
      jq -r '.[\"containerimage.digest\"]' /tmp/meta.json
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs() {
        let text = program.text;
        let pushed = ["push=true", "docker push", "podman push", "buildah push", "--push"].iter().filter_map(|push| text.find(push)).min();
        let Some(pushed) = pushed else { continue };
        for question in ["skopeo inspect docker://", "crane digest "] {
            let after = text.get(pushed..).unwrap_or_default();
            let Some(at) = after.find(question).map(|at| at + pushed) else {
                continue;
            };
            let rest = text.get(at..).unwrap_or_default();
            let length = rest.find(['|', ')', '\n', ';']).unwrap_or(rest.len());
            let whole = rest.get(..length).unwrap_or_default().trim_end();
            if !whole.contains("@sha256") {
                let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + whole.len()));
                sink.push(sink.finding("the tag may be another image by now: take the digest from the push itself").at(place));
            }
        }
    }
}
