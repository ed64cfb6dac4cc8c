//! After the build: index, tags, scan, bill of materials, signature. None of these runs users' code.

use super::interface::{param, result, task, workspace};
use super::step::{Definition, Run};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::images::Tool;
use luban_api_tekton::Task;
use luban_command::{Call, IMAGE_INDEX, RESULT, SBOM, SCAN, SIGN, image_index, sbom, scan, sign};
use luban_platform::Platform;

/// Where the report of the scan is before it is attached to the image.
const REPORT_FILE: &str = "/tmp/report.json";

/// Whether a project of `platform` scans its images.
pub(super) fn scans(platform: &Platform) -> bool {
    platform
        .projects
        .iter()
        .any(|project| project.scan.is_some())
}

/// Whether a project of `platform` signs its images.
pub(super) fn signs(platform: &Platform) -> bool {
    platform
        .projects
        .iter()
        .any(|project| project.sign.is_some())
}

/// Task `image-index`: joins the images of platforms, and moves tags.
pub(super) fn index_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let results = [
        result::IMAGE,
        result::DIGEST,
        result::IMAGE_URL,
        result::IMAGE_DIGEST,
    ];
    let step = Run {
        name: "index",
        tool: Tool::Luban,
        size: Size::SMALL,
        call: Call::new(&IMAGE_INDEX)
            .flag(
                &image_index::IMAGE,
                format!(
                    "{}:{}",
                    param::IMAGE.reference(),
                    param::IMAGE_TAG.reference()
                ),
            )
            .flag(&image_index::DIGEST, param::DIGESTS.reference())
            .flag(&image_index::TAG, param::ADDITIONAL_TAGS.reference())
            .flag(
                &image_index::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .each(&RESULT, results.map(super::interface::Output::written)),
        workspaces: &[workspace::REGISTRY_CREDENTIALS],
    }
    .step(context)?;
    Definition {
        name: task::INDEX,
        description: "Joins the images of several platforms into one index and tags it; one image is only tagged",
        params: &[
            param::IMAGE,
            param::IMAGE_TAG,
            param::DIGESTS,
            param::ADDITIONAL_TAGS,
        ],
        workspaces: &[workspace::REGISTRY_CREDENTIALS],
        results: &results,
    }
    .task(context, vec![step], Vec::new(), Vec::new())
}

/// Task `image-scan`: Trivy, with the project's policy as gate and the report in the registry.
pub(super) fn scan_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let step = Run {
        name: "scan",
        tool: Tool::Trivy,
        size: Size::TRIVY,
        call: Call::new(&SCAN)
            .flag(&scan::IMAGE, param::IMAGE.reference())
            .flag(&scan::DIGEST, param::DIGEST.reference())
            .flag(&scan::FAIL_ON, param::SCAN_FAIL_ON.reference())
            .flag(
                &scan::IGNORE_UNFIXED,
                param::SCAN_IGNORE_UNFIXED.reference(),
            )
            .flag(&scan::REPORT, REPORT_FILE)
            .flag(&scan::ATTACH, "true")
            .flag(&scan::RELEASE, param::RELEASE.reference())
            .flag(
                &scan::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .flag(&RESULT, result::REPORT_REF.written()),
        workspaces: &[workspace::REGISTRY_CREDENTIALS],
    }
    .step(context)?;
    Definition {
        name: task::SCAN,
        description: "Scans an image, attaches the report to it, and fails on what the project's policy names",
        params: &[
            param::IMAGE,
            param::DIGEST,
            param::SCAN_FAIL_ON,
            param::SCAN_IGNORE_UNFIXED,
            param::RELEASE,
        ],
        workspaces: &[workspace::REGISTRY_CREDENTIALS],
        results: &[result::REPORT_REF],
    }
    .task(context, vec![step], Vec::new(), Vec::new())
}

/// Task `image-sbom`: the bill of materials, attached to the image.
pub(super) fn sbom_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let step = Run {
        name: "sbom",
        tool: Tool::Trivy,
        size: Size::TRIVY,
        call: Call::new(&SBOM)
            .flag(&sbom::IMAGE, param::IMAGE.reference())
            .flag(&sbom::DIGEST, param::DIGEST.reference())
            .flag(
                &sbom::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            )
            .flag(&RESULT, result::SBOM_REF.written()),
        workspaces: &[workspace::REGISTRY_CREDENTIALS],
    }
    .step(context)?;
    Definition {
        name: task::SBOM,
        description: "Attaches the bill of materials to an image",
        params: &[param::IMAGE, param::DIGEST],
        workspaces: &[workspace::REGISTRY_CREDENTIALS],
        results: &[result::SBOM_REF],
    }
    .task(context, vec![step], Vec::new(), Vec::new())
}

/// Task `image-sign`: signature and attestations, the only pod that sees the key.
pub(super) fn sign_task(context: &Context<'_>) -> Result<Task, CompileError> {
    let workspaces = [workspace::REGISTRY_CREDENTIALS, workspace::SIGNING_KEY];
    let step = Run {
        name: "sign",
        tool: Tool::Cosign,
        size: Size::COSIGN,
        call: Call::new(&SIGN)
            .flag(&sign::IMAGE, param::IMAGE.reference())
            .flag(&sign::DIGEST, param::DIGEST.reference())
            .flag(&sign::KEY, workspace::SIGNING_KEY.path())
            .flag(&sign::REVISION, param::REVISION.reference())
            .flag(&sign::SOURCE, param::URL.reference())
            .flag(&sign::SIGNATURE_FORMAT, crate::argo::SIGNATURE_FORMAT)
            .flag(
                &sign::CERTIFICATE_AUTHORITY,
                workspace::CERTIFICATE_AUTHORITY.path(),
            ),
        workspaces: &workspaces,
    }
    .step(context)?;
    Definition {
        name: task::SIGN,
        description: "Signs an image and attests where it comes from",
        params: &[param::IMAGE, param::DIGEST, param::REVISION, param::URL],
        workspaces: &workspaces,
        results: &[],
    }
    .task(context, vec![step], Vec::new(), Vec::new())
}
