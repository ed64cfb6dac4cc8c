//! What a project and an application decide about their runs: parameters of the runs, and annotations of their kpack
//! Image, under the same names.

use crate::names::release_folder;
use luban_platform::model::Platform;
use luban_platform::model::{Application, Project, Severity};

/// The project.
pub(crate) const PROJECT: &str = "project";
/// The application.
pub(crate) const APPLICATION: &str = "application";
/// Kind of the source's provider.
pub(crate) const PROVIDER: &str = "provider";
/// URL of the source.
pub(crate) const SOURCE: &str = "source";
/// Branch that is released.
pub(crate) const SOURCE_BRANCH: &str = "source-branch";
/// Secret with the source's credentials.
pub(crate) const SOURCE_SECRET: &str = "source-secret";
/// Secret with the certificates of the source's provider; [`NONE`] if it has none.
pub(crate) const SOURCE_CA_SECRET: &str = "source-ca-secret";
/// Repository of the image.
pub(crate) const IMAGE: &str = "image";
/// Folder of the first environment's release; empty if the application is deployed nowhere.
pub(crate) const GITOPS_PATH: &str = "gitops-path";
/// Secret that may push the image, and pull it. The one that may only pull is where applications run, and nowhere else.
pub(crate) const PUSH_SECRET: &str = "push-secret";
/// Whether the image is scanned.
pub(crate) const SCAN: &str = "scan";
/// Severities that fail a build, separated by commas.
pub(crate) const FAIL_ON: &str = "fail-on";
/// Whether what has no fix yet does not count.
pub(crate) const IGNORE_UNFIXED: &str = "ignore-unfixed";
/// Whether the image is signed.
pub(crate) const SIGN: &str = "sign";
/// Secret with the key pair; [`NONE`] if images are not signed.
pub(crate) const SIGNING_SECRET: &str = "signing-secret";

/// All of them, in the order in which runs have them.
pub(crate) const ALL: [&str; 15] = [
    PROJECT,
    APPLICATION,
    PROVIDER,
    SOURCE,
    SOURCE_BRANCH,
    SOURCE_SECRET,
    SOURCE_CA_SECRET,
    IMAGE,
    GITOPS_PATH,
    PUSH_SECRET,
    SCAN,
    FAIL_ON,
    IGNORE_UNFIXED,
    SIGN,
    SIGNING_SECRET,
];

/// The name of a Secret where there is none: volumes of such a Secret are optional, or their pod never runs.
pub(crate) const NONE: &str = "none";

/// The settings of an application, in the order of [`ALL`].
pub(crate) fn settings(
    platform: &Platform,
    project: &Project,
    application: &Application,
) -> Vec<(&'static str, String)> {
    let registry = &project.registry;
    let scan = project.scan.as_ref();
    let sign = project.sign.as_ref();
    let value = |name: &str| match name {
        PROJECT => project.name.to_string(),
        APPLICATION => application.name.to_string(),
        PROVIDER => project.provider.kind.as_str().to_owned(),
        SOURCE => application.source.clone_url.to_string(),
        SOURCE_BRANCH => application.source.release.clone(),
        SOURCE_SECRET => project.provider.credentials.to_string(),
        SOURCE_CA_SECRET => or_none(project.provider.certificate_authority.as_ref()),
        IMAGE => registry.image_of(&project.name, &application.name),
        GITOPS_PATH => application.deploy.as_ref().map_or_else(String::new, |_| {
            release_folder(project, application, platform.first_environment())
        }),
        PUSH_SECRET => registry.push.to_string(),
        SCAN => scan.is_some().to_string(),
        FAIL_ON => scan.map_or_else(String::new, |scan| severities(&scan.fail_on)),
        IGNORE_UNFIXED => scan.is_some_and(|scan| scan.ignore_unfixed).to_string(),
        SIGN => sign.is_some().to_string(),
        _ => or_none(sign.map(|sign| &sign.key)),
    };
    ALL.iter().map(|&name| (name, value(name))).collect()
}

fn or_none(secret: Option<&impl ToString>) -> String {
    secret.map_or_else(|| NONE.to_owned(), ToString::to_string)
}

fn severities(severities: &[Severity]) -> String {
    let names = severities.iter().map(|severity| match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    });
    names.collect::<Vec<_>>().join(",")
}
