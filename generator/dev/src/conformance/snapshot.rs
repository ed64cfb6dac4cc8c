//! What kustomize renders of each overlay, kept in `snapshots/rendered/` for review.

use super::folder::Folder;
use super::protocol::Verdict;
use super::set::Set;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Where rendered overlays are kept, a folder for each platform.
const RENDERED: &str = "snapshots/rendered";

/// Compares what is rendered of an overlay with what is kept, or keeps it if `is_updated`; nothing for other folders.
///
/// # Errors
/// When the snapshot cannot be written.
pub(crate) fn compare(
    set: &Set,
    folder: &Folder,
    verdict: &Verdict,
    is_updated: bool,
) -> Result<Option<Verdict>> {
    let Some(path) = path(&set.name, &folder.path).filter(|_| verdict.ok) else {
        return Ok(None);
    };
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if kept != verdict.output && is_updated {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, &verdict.output)
            .with_context(|| format!("cannot write `{}`", path.display()))?;
        return Ok(None);
    }
    let is_same = kept == verdict.output;
    let error = format!(
        "is not what `{}` says; look at the difference after `make rendered`",
        path.display()
    );
    Ok(Some(Verdict {
        ok: is_same,
        error: if is_same { String::new() } else { error },
        ..Verdict::default()
    }))
}

/// The snapshot of `overlays/<project>/<application>/<environment>` of a compiled platform.
fn path(set: &str, folder: &str) -> Option<PathBuf> {
    let platform = Path::new(set.strip_suffix(".yaml")?)
        .file_name()?
        .to_str()?;
    let parts: Vec<&str> = folder.strip_prefix("overlays/")?.split('/').collect();
    let [project, application, environment] = parts[..] else {
        return None;
    };
    let name = format!("{project}-{application}-{environment}.yaml");
    (environment != "base").then(|| Path::new(RENDERED).join(platform).join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments_have_snapshots_and_other_folders_have_none() {
        let of = |folder| path("snapshots/fixtures/smallest.yaml", folder);
        assert_eq!(
            of("overlays/payments/api/snd"),
            Some(PathBuf::from(
                "snapshots/rendered/smallest/payments-api-snd.yaml"
            ))
        );
        assert_eq!(of("overlays/payments/api/base"), None);
        assert_eq!(of("overlays/payments/api/snd/release"), None);
        assert_eq!(path("some/tree", "overlays/payments/api/snd"), None);
    }
}
