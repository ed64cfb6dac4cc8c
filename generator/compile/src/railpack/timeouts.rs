//! How long things may take, each inside the next: a build ends itself before its pod is ended, the pods before the
//! tasks of the run, these and the report before the run.

use luban_platform::model::Layout;

/// Fetching a repository, and the time until its pod runs, which a new node may take.
pub(super) const CLONE: u32 = 10;
/// Planning, and the time until its pod runs.
pub(super) const PREPARE: u32 = 10;
/// The time until the pod of a build runs, the lookup, and what is left for cancelling a build gracefully.
pub(super) const AROUND_BUILD: u32 = 10;
/// Joining or tagging images: a few requests to the registry.
pub(super) const INDEX: u32 = 10;
/// Scanning, with the download of the vulnerability database.
pub(super) const SCAN: u32 = 20;
/// Listing what is in the image.
pub(super) const SBOM: u32 = 15;
/// Signing.
pub(super) const SIGN: u32 = 10;
/// Writing the release, with as many attempts as other releases make needed.
pub(super) const RELEASE: u32 = 15;
/// Reporting to the provider and the webhook.
pub(super) const REPORT: u32 = 10;

/// Minutes as Tekton writes a duration.
pub(super) fn duration(minutes: u32) -> String {
    format!("{minutes}m")
}

/// The pod that builds, for builds of at most `minutes`.
pub(super) fn build_pod(minutes: u32, layout: Layout) -> u32 {
    match layout {
        Layout::Combined => CLONE + PREPARE + AROUND_BUILD + minutes,
        Layout::Split => AROUND_BUILD + minutes,
    }
}

/// All tasks of a run one after another; platforms build at the same time.
pub(super) fn tasks(minutes: u32) -> u32 {
    let before = CLONE + PREPARE + AROUND_BUILD + minutes;
    let index_and_tags = INDEX + INDEX;
    before + index_and_tags + SCAN + SBOM + SIGN + RELEASE
}

/// The whole run.
pub(super) fn run(minutes: u32) -> u32 {
    tasks(minutes) + REPORT
}
