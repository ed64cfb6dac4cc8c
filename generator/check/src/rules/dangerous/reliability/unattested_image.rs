use crate::rules::prelude::*;
use crate::surface::task_specs;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "unattested-image",
    profile: Profile::Strict,
    title: "an image that nothing vouches for",
    why: "Tekton Chains signs what results called `IMAGE_URL` and `IMAGE_DIGEST` name, or `*_ARTIFACT_OUTPUTS`: by other \
          names the image has no signature and no provenance.",
    fix: "Add results `IMAGE_URL` and `IMAGE_DIGEST` with the same values.",
    source: "tektoncd/chains v0.26 docs/slsa-provenance.md, Type Hinting",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: image}, {name: ⟦digest⟧}]
  steps: [{name: build, image: 'alpine:3.23'}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: image}, {name: digest}, {name: IMAGE_URL}, {name: IMAGE_DIGEST}]
  steps: [{name: build, image: 'alpine:3.23'}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for task in task_specs(surface.kind(), surface.root) {
        let names: Vec<Value<'_>> = task.spec.items_of("results").filter_map(|result| result.get("name")).collect();
        let has = |known: &dyn Fn(&str) -> bool| names.iter().find(|name| name.text().is_some_and(known)).copied();
        let is_image = has(&|name| matches!(name.to_ascii_lowercase().as_str(), "image" | "image-url" | "imageurl" | "image_url" | "image-ref")).is_some();
        let is_known = has(&|name| name.ends_with("IMAGE_DIGEST") || name == "IMAGES" || name.ends_with("ARTIFACT_OUTPUTS") || name.ends_with("ARTIFACT_DIGEST")).is_some();
        let digest = has(&|name| name.to_ascii_lowercase().contains("digest"));
        if let Some(digest) = digest.filter(|_| is_image && !is_known) {
            let message = "Tekton Chains looks for `IMAGE_URL` and `IMAGE_DIGEST`: under these names the image is not signed";
            sink.push(sink.finding(message).at(digest.place()));
        }
    }
}
