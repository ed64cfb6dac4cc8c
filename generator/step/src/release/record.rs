//! The record of a release: what an environment deploys, in `release/kustomization.yaml`.
//!
//! Image, tag and digest are kustomize's; where they come from stands in annotations beside them. What else people wrote into the
//! file, and their comments, stay.

use std::collections::BTreeMap;

use luban_yaml::{EditError, Editor, Path, PathSegment};
use serde::Serialize;
use thiserror::Error;

use crate::failure::{Exit, Failure};

/// The file in the directory of a release.
pub(crate) const FILE: &str = "kustomization.yaml";

/// Annotations of a release.
mod annotation {
    pub(super) const REVISION: &str = "luban.dev/revision";
    pub(super) const SOURCE: &str = "luban.dev/source";
    pub(super) const REASON: &str = "luban.dev/build-reason";
    pub(super) const RUN: &str = "luban.dev/run";
}

/// What an environment deploys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Release {
    /// The image's repository.
    pub(crate) image: String,
    pub(crate) tag: String,
    pub(crate) digest: String,
    /// Commit that it was built from.
    pub(crate) revision: String,
    /// URL of the repository that it was built from.
    pub(crate) source: String,
    /// Why it was built.
    pub(crate) reason: String,
    /// The run that released it.
    pub(crate) run: String,
}

/// Why a file is no release.
#[derive(Debug, Error)]
pub(crate) enum RecordError {
    /// It is something else.
    #[error("`{file}` is no release: {why}")]
    Other {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// It cannot be changed without changing more.
    #[error("`{file}` cannot be changed: {source}")]
    Edit {
        /// The file.
        file: String,
        /// Why.
        source: EditError,
    },
}

/// An entry of `images`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Image<'a> {
    name: &'a str,
    new_tag: &'a str,
    digest: &'a str,
}

/// The file of a release, while it is changed.
pub(crate) struct Record {
    file: String,
    editor: Editor,
}

impl Record {
    /// Reads a file; `file` is its path in messages.
    ///
    /// # Errors
    /// When it is no Component.
    pub(crate) fn read(file: &str, text: &str) -> Result<Self, RecordError> {
        let editor = Editor::new(file, text).map_err(|source| RecordError::Edit {
            file: file.to_owned(),
            source,
        })?;
        match editor.document().text_at(&Path::root().key("kind")) {
            Some("Component") => Ok(Self {
                file: file.to_owned(),
                editor,
            }),
            kind => Err(RecordError::Other {
                file: file.to_owned(),
                why: format!(
                    "its kind is `{}` in place of `Component`",
                    kind.unwrap_or_default()
                ),
            }),
        }
    }

    /// The file's text.
    pub(crate) fn text(&self) -> &str {
        self.editor.text()
    }

    /// What it releases of `image`; none before the first release. `image` may be left out where the file has one only.
    pub(crate) fn release(&self, image: Option<&str>) -> Option<Release> {
        let images = Path::root().key("images");
        let at = self.editor.position(&images, |item| {
            image.is_none_or(|image| item.text("name") == Some(image))
                && item.text("digest").is_some()
        })?;
        let entry = images.index(at);
        let text = |path: Path| {
            self.editor
                .document()
                .text_at(&path)
                .unwrap_or_default()
                .to_owned()
        };
        let noted = |key: &str| text(annotations().key(key));
        Some(Release {
            image: text(entry.key("name")),
            tag: text(entry.key("newTag")),
            digest: text(entry.key("digest")),
            revision: noted(annotation::REVISION),
            source: noted(annotation::SOURCE),
            reason: noted(annotation::REASON),
            run: noted(annotation::RUN),
        })
    }

    /// Names of the images that it releases by digest.
    pub(crate) fn images(&self) -> Vec<String> {
        let images = Path::root().key("images");
        let document = self.editor.document();
        let length = document.length_at(&images).unwrap_or_default();
        let entries = (0..length).map(|at| images.index(at));
        entries
            .filter(|entry| document.text_at(&entry.key("digest")).is_some())
            .filter_map(|entry| document.text_at(&entry.key("name")).map(str::to_owned))
            .collect()
    }

    /// Writes a release in the place of the one before.
    ///
    /// # Errors
    /// When the file is written in a way that cannot be changed without changing more.
    pub(crate) fn write(&mut self, release: &Release) -> Result<(), RecordError> {
        let file = self.file.clone();
        self.change(release)
            .map_err(|source| RecordError::Edit { file, source })
    }

    fn change(&mut self, release: &Release) -> Result<(), EditError> {
        self.note(release)?;
        let images = Path::root().key("images");
        let (tag, digest) = (release.tag.as_str(), release.digest.as_str());
        let entry = Image {
            name: &release.image,
            new_tag: tag,
            digest,
        };
        let known = self
            .editor
            .position(&images, |item| item.text("name") == Some(&release.image));
        match (known, self.editor.document().length_at(&images)) {
            (Some(at), _) => {
                let entry = images.index(at);
                self.editor.set(&entry.key("newTag"), tag)?;
                self.editor.set(&entry.key("digest"), digest)?;
            }
            (None, Some(_)) => self.editor.append(&images, &entry)?,
            (None, None) => self.editor.set(&images, &[entry])?,
        }
        self.start()
    }

    /// Notes where a release comes from.
    fn note(&mut self, release: &Release) -> Result<(), EditError> {
        let notes = [
            (annotation::REVISION, &release.revision),
            (annotation::SOURCE, &release.source),
            (annotation::REASON, &release.reason),
            (annotation::RUN, &release.run),
        ];
        let is_there = |editor: &Editor, path: &Path| editor.document().has_value(path);
        if !is_there(&self.editor, &annotations()) {
            let notes: BTreeMap<&str, &str> = notes
                .iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| (*key, value.as_str()))
                .collect();
            return self.editor.set(&annotations(), &notes);
        }
        for (key, value) in notes {
            let path = annotations().key(key);
            match (value.is_empty(), is_there(&self.editor, &path)) {
                (false, _) => self.editor.set(&path, value)?,
                (true, true) => self.editor.remove(&path)?,
                (true, false) => {}
            }
        }
        Ok(())
    }

    /// Takes away the patch that kept the application from starting before there was a release.
    fn start(&mut self) -> Result<(), EditError> {
        let patches = Path::root().key("patches");
        let at = self
            .editor
            .position(&patches, |item| item.text("patch").is_some_and(is_stop));
        let Some(at) = at else {
            return Ok(());
        };
        match self.editor.document().length_at(&patches) {
            Some(1) => self.editor.remove(&patches),
            _ => self.editor.remove(&patches.index(at)),
        }
    }
}

fn annotations() -> Path {
    Path::from(vec![
        PathSegment::Key("metadata".into()),
        PathSegment::Key("annotations".into()),
    ])
}

/// Whether a patch is the one that is compiled: zero replicas and nothing else.
fn is_stop(patch: &str) -> bool {
    let lines = patch
        .lines()
        .map(|line| line.trim_start_matches(['-', ' ']).trim_end())
        .filter(|line| !line.is_empty());
    lines.eq(["op: add", "path: /spec/replicas", "value: 0"])
}

/// The release of the application itself: people may have put further images into the file.
///
/// # Errors
/// When it cannot be told which image is the application's.
pub(crate) fn released(
    path: &str,
    record: &Record,
    application: &str,
) -> Result<Option<Release>, Failure> {
    let images = record.images();
    let own = |image: &&String| image.rsplit('/').next() == Some(application);
    let candidates: Vec<&String> = match images.as_slice() {
        [only] => vec![only],
        several => several.iter().filter(own).collect(),
    };
    match candidates.as_slice() {
        [image] => Ok(record.release(Some(image))),
        [] if images.is_empty() => Ok(None),
        _ => Err(Failure::new(
            Exit::Failed,
            format!(
                "`{path}` releases several images, and it cannot be told which is `{application}`: `{}`",
                images.join("`, `")
            ),
        )
        .help("move the others into `base/` or `settings/`")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const FIRST: &str = "# Written once by luban; pipelines write the releases here, and 'make generate' leaves it alone.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
metadata:
  name: release
patches:
- target:
    group: apps
    version: v1
    kind: Deployment
    name: api
  patch: |
    - op: add
      path: /spec/replicas
      value: 0
";

    pub(crate) fn release(tag: &str) -> Release {
        Release {
            image: "harbor.acme.dev/payments/api".to_owned(),
            tag: tag.to_owned(),
            digest: format!("sha256:{}", "a".repeat(64)),
            revision: "b".repeat(40),
            source: "https://github.com/acme/payments-api.git".to_owned(),
            reason: "COMMIT".to_owned(),
            run: "api-0123456789".to_owned(),
        }
    }

    #[test]
    fn the_first_release_starts_the_application() {
        let mut record = Record::read("kustomization.yaml", FIRST).unwrap();
        assert_eq!(record.release(None), None);
        record.write(&release("1.0")).unwrap();
        assert_eq!(
            record.text(),
            "# Written once by luban; pipelines write the releases here, and 'make generate' leaves it alone.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
metadata:
  name: release
  annotations:
    luban.dev/build-reason: COMMIT
    luban.dev/revision: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
    luban.dev/run: api-0123456789
    luban.dev/source: https://github.com/acme/payments-api.git
images:
- name: harbor.acme.dev/payments/api
  newTag: \"1.0\"
  digest: sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
"
        );
        assert_eq!(
            record.release(Some("harbor.acme.dev/payments/api")),
            Some(release("1.0"))
        );
        assert_eq!(record.release(Some("harbor.acme.dev/payments/other")), None);
    }

    /// Defect W2: the tag was written as YAML sees it, so that `1e5` was a number, which kustomize refuses.
    #[test]
    fn comments_order_and_what_others_wrote_stay() {
        let text = "kind: Component # ours
apiVersion: kustomize.config.k8s.io/v1alpha1
# who is on call
metadata: {name: release, annotations: {team: payments}}
images:
- digest: sha256:1 # the digest
  name: harbor.acme.dev/payments/api
  # rolled back by hand
  newTag: 'old'
- name: sidecar
  newTag: \"7\"
patches:
- path: extra.yaml
- patch: |-
    - op: add
      path: /spec/replicas
      value: 0
";
        let mut record = Record::read("kustomization.yaml", text).unwrap();
        record.write(&release("1e5")).unwrap();
        let digest = release("").digest;
        for kept in [
            "kind: Component # ours\n",
            "# who is on call\n",
            "team: payments",
            "- name: sidecar\n  newTag: \"7\"\n",
            "# rolled back by hand\n  newTag: '1e5'\n",
            "- path: extra.yaml\n",
        ] {
            assert!(record.text().contains(kept), "{kept}\n{}", record.text());
        }
        assert!(
            record
                .text()
                .contains(&format!("- digest: {digest} # the digest")),
            "{}",
            record.text()
        );
        assert!(!record.text().contains("/spec/replicas"));
    }

    #[test]
    fn a_release_that_is_there_changes_nothing() {
        let mut record = Record::read("kustomization.yaml", FIRST).unwrap();
        record.write(&release("0123")).unwrap();
        let text = record.text().to_owned();
        record.write(&release("0123")).unwrap();
        assert_eq!(record.text(), text);
    }

    #[test]
    fn something_else_in_the_place_of_a_release_is_not_touched() {
        for text in [
            "kind: Kustomization\n",
            "images: [\n",
            "a: 1\n---\nb: 2\n",
            "",
        ] {
            assert!(Record::read("kustomization.yaml", text).is_err(), "{text}");
        }
    }
}
