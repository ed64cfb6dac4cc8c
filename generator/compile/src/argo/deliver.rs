//! From a built image to its release: scan, bill of materials, signature, release.

use super::mount::Mount;
use super::pod::{Pod, path};
use super::report::SBOM;
use super::setting::{
    FAIL_ON, GITOPS_PATH, IGNORE_UNFIXED, IMAGE, PUSH_SECRET, SCAN, SIGN, SIGNING_SECRET, SOURCE,
    SOURCE_BRANCH, SOURCE_CA_SECRET, SOURCE_SECRET,
};
use super::time::SCAN_SECONDS;
use super::{dag, declared, hand_on, of_input, task};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::images::Tool;
use crate::names::account;
use luban_api_argo_workflows::{DAGTask, Inputs, Parameter, Template};
use luban_command::{self as command, Call};

/// Commit that was built.
pub(crate) const REVISION: &str = "revision";
/// Digest of the image.
pub(crate) const DIGEST: &str = "digest";
/// Why it was built.
pub(crate) const REASON: &str = "reason";
/// Whether it is released.
pub(crate) const RELEASE: &str = "release";

/// How images are signed: cosign 3 writes its bundle format by itself, of which policy-controller 0.13 reads nothing where
/// it checks with a key.
pub(crate) const SIGNATURE_FORMAT: &str = "legacy";

/// The bill of materials is read from the layers of the image, which are as large as the project makes them.
const SBOM_SIZE: Size = Size {
    cpu: "200m",
    memory: "512Mi",
    storage: "10Gi",
};

/// The result of `luban step sbom`.
const SBOM_RESULT: &str = "sbomRef";

const SCAN_INPUTS: [&str; 6] = [IMAGE, DIGEST, FAIL_ON, IGNORE_UNFIXED, RELEASE, PUSH_SECRET];
const SBOM_INPUTS: [&str; 3] = [IMAGE, DIGEST, PUSH_SECRET];
const SIGN_INPUTS: [&str; 6] = [IMAGE, DIGEST, REVISION, SOURCE, PUSH_SECRET, SIGNING_SECRET];
const RELEASE_INPUTS: [&str; 9] = [
    GITOPS_PATH,
    IMAGE,
    DIGEST,
    REVISION,
    REASON,
    SOURCE,
    SOURCE_BRANCH,
    SOURCE_SECRET,
    SOURCE_CA_SECRET,
];

/// The task that delivers: a call of the template `deliver` with the settings that `setting` gives.
pub(crate) fn deliver(
    context: &Context<'_>,
    setting: impl Fn(&str) -> String,
    built: impl Fn(&str) -> String,
) -> DAGTask {
    let parameters = inputs(context)
        .iter()
        .map(|&name| {
            let is_built = matches!(name, REVISION | DIGEST | REASON | RELEASE);
            super::valued(name, if is_built { built(name) } else { setting(name) })
        })
        .collect();
    task("deliver", "deliver", parameters)
}

/// The template `deliver` and those it calls.
pub(crate) fn deliver_templates(context: &Context<'_>) -> Result<Vec<Template>, CompileError> {
    let does_scan = does_scan(context);
    let does_sign = does_sign(context);
    let mut tasks = Vec::new();
    let mut templates = Vec::new();
    let mut before = vec!["sbom"];
    if does_scan {
        tasks.push(DAGTask {
            when: Some(format!("{} == true", of_input(SCAN))),
            ..call("scan", &SCAN_INPUTS)
        });
        templates.push(scan(context)?);
        before.insert(0, "scan");
    }
    tasks.push(call("sbom", &SBOM_INPUTS));
    templates.push(sbom(context)?);
    if does_sign {
        tasks.push(DAGTask {
            depends: Some(before.join(" && ")),
            when: Some(format!("{} == true", of_input(SIGN))),
            ..call("sign", &SIGN_INPUTS)
        });
        templates.push(sign(context)?);
        before = vec!["sign"];
    }
    tasks.push(DAGTask {
        depends: Some(before.join(" && ")),
        when: Some(format!("{} == true", of_input(RELEASE))),
        ..call("release", &RELEASE_INPUTS)
    });
    templates.push(release(context)?);
    let deliver = Template {
        inputs: Some(Inputs {
            parameters: inputs(context).iter().map(|name| declared(name)).collect(),
            ..Inputs::default()
        }),
        ..dag("deliver", tasks)
    };
    templates.insert(0, deliver);
    Ok(templates)
}

/// What `deliver` takes: what the templates that there are take, each once.
fn inputs(context: &Context<'_>) -> Vec<&'static str> {
    let mut names = vec![RELEASE];
    if does_scan(context) {
        names.push(SCAN);
        names.extend(SCAN_INPUTS);
    }
    names.extend(SBOM_INPUTS);
    if does_sign(context) {
        names.push(SIGN);
        names.extend(SIGN_INPUTS);
    }
    names.extend(RELEASE_INPUTS);
    names.sort_unstable();
    names.dedup();
    names
}

fn does_scan(context: &Context<'_>) -> bool {
    context
        .platform
        .projects
        .iter()
        .any(|project| project.scan.is_some())
}

fn does_sign(context: &Context<'_>) -> bool {
    context
        .platform
        .projects
        .iter()
        .any(|project| project.sign.is_some())
}

fn call(name: &str, inputs: &[&str]) -> DAGTask {
    let parameters: Vec<Parameter> = hand_on(inputs, of_input);
    task(name, name, parameters)
}

/// Where the certificates are that the pods trust beside the system's, if there are any.
fn certificates(context: &Context<'_>) -> Option<&'static str> {
    let trusted = context.platform.trust.certificate_authority.as_ref();
    trusted.map(|_| path::CERTIFICATES)
}

fn scan(context: &Context<'_>) -> Result<Template, CompileError> {
    let report = format!("{}/report.json", path::WORK);
    let call = Call::new(&command::SCAN)
        .flag(&command::scan::IMAGE, of_input(IMAGE))
        .flag(&command::scan::DIGEST, of_input(DIGEST))
        .flag(&command::scan::FAIL_ON, of_input(FAIL_ON))
        .flag(&command::scan::IGNORE_UNFIXED, of_input(IGNORE_UNFIXED))
        .flag(&command::scan::REPORT, report)
        .flag(&command::scan::ATTACH, "true")
        .flag(&command::scan::RELEASE, of_input(RELEASE))
        .maybe(&command::scan::CERTIFICATE_AUTHORITY, certificates(context));
    Pod::new(context, "scan", account::SUPPLY_CHAIN, call)
        .tool(Tool::Trivy)
        .size(Size::TRIVY)
        .deadline(SCAN_SECONDS)
        .inputs(&SCAN_INPUTS)
        .registry(of_input(PUSH_SECRET))
        .certificates(false, None)
        .build()
}

/// The bill of materials is in the image: buildpacks write it, and so does BuildKit. It needs no scanner.
fn sbom(context: &Context<'_>) -> Result<Template, CompileError> {
    let call = Call::new(&command::SBOM)
        .flag(&command::sbom::IMAGE, of_input(IMAGE))
        .flag(&command::sbom::DIGEST, of_input(DIGEST))
        .maybe(&command::sbom::CERTIFICATE_AUTHORITY, certificates(context));
    Pod::new(context, "sbom", account::SUPPLY_CHAIN, call)
        .size(SBOM_SIZE)
        .inputs(&SBOM_INPUTS)
        .output(SBOM_RESULT, Some(SBOM))
        .registry(of_input(PUSH_SECRET))
        .certificates(false, None)
        .build()
}

fn sign(context: &Context<'_>) -> Result<Template, CompileError> {
    let call = Call::new(&command::SIGN)
        .flag(&command::sign::IMAGE, of_input(IMAGE))
        .flag(&command::sign::DIGEST, of_input(DIGEST))
        .flag(&command::sign::KEY, path::SIGNING)
        .flag(&command::sign::REVISION, of_input(REVISION))
        .flag(&command::sign::SOURCE, of_input(SOURCE))
        .flag(&command::sign::SIGNATURE_FORMAT, SIGNATURE_FORMAT)
        .maybe(&command::sign::CERTIFICATE_AUTHORITY, certificates(context));
    let key = Mount::new(
        of_input(SIGNING_SECRET),
        &[
            ("cosign.key", "cosign.key"),
            ("cosign.password", "cosign.password"),
        ],
    );
    Pod::new(context, "sign", account::SUPPLY_CHAIN, call)
        .tool(Tool::Cosign)
        .size(Size::COSIGN)
        .inputs(&SIGN_INPUTS)
        .secrets("signing", path::SIGNING, vec![key])
        .registry(of_input(PUSH_SECRET))
        .certificates(false, None)
        .build()
}

fn release(context: &Context<'_>) -> Result<Template, CompileError> {
    let gitops = &context.platform.gitops;
    let call = Call::new(&command::RELEASE)
        .flag(&command::release::GITOPS, gitops.repository.to_string())
        .flag(&command::release::BRANCH, gitops.branch.clone())
        .flag(&command::release::PATH, of_input(GITOPS_PATH))
        .flag(&command::release::CREDENTIALS, path::GITOPS)
        .flag(&command::release::IMAGE, of_input(IMAGE))
        .flag(&command::release::TAG, of_input(REVISION))
        .flag(&command::release::DIGEST, of_input(DIGEST))
        .flag(&command::release::REVISION, of_input(REVISION))
        .flag(&command::release::SOURCE, of_input(SOURCE))
        .flag(&command::release::SOURCE_BRANCH, of_input(SOURCE_BRANCH))
        .flag(&command::release::SOURCE_CREDENTIALS, path::SOURCE)
        .flag(&command::release::CERTIFICATE_AUTHORITY, path::CERTIFICATES)
        .flag(&command::release::REASON, of_input(REASON))
        .flag(&command::release::RUN, "{{workflow.name}}");
    let gitops_credentials = Mount::credentials(gitops.credentials.to_string());
    Pod::new(context, "release", account::RELEASE, call)
        .size(Size::MEDIUM)
        .inputs(&RELEASE_INPUTS)
        .secrets("gitops", path::GITOPS, vec![gitops_credentials])
        .secrets(
            "source",
            path::SOURCE,
            vec![Mount::credentials(of_input(SOURCE_SECRET))],
        )
        .certificates(true, Some(of_input(SOURCE_CA_SECRET)))
        .build()
}
