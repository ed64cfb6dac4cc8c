//! The pod of a promotion, whoever asks for it: a person or a Git tag.

use super::SIGNATURE_FORMAT;
use super::mount::Mount;
use super::pod::{Pod, path};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::names::account;
use luban_api_argo_workflows::Template;
use luban_command::{self as command, Call};
use luban_platform::model::{Approval, Environment, Requirement};

/// Key of the public key in a Secret of cosign's key pair, and its file.
const PUBLIC_KEY: &str = "cosign.pub";

/// What is promoted. Names may be placeholders.
pub(crate) struct Promotion<'a> {
    /// Name of the template.
    pub(crate) name: String,
    /// Inputs of the template.
    pub(crate) inputs: &'a [&'a str],
    /// The project.
    pub(crate) project: String,
    /// The application.
    pub(crate) application: String,
    /// Digest that must be the one that is promoted; empty for any.
    pub(crate) digest: String,
    /// The tag that it is released under, if it changes.
    pub(crate) tag: Option<String>,
    /// Secret with the key pair of the project, of which the pod sees the public key; none if it signs nothing.
    pub(crate) signing_secret: Option<String>,
    /// Secret with the credentials of the project's registry, which has the digest and its signatures.
    pub(crate) push_secret: String,
}

/// The template that promotes to `environment`.
///
/// # Errors
/// When the arguments of the step do not fit its verb.
pub(crate) fn promote(
    context: &Context<'_>,
    environment: &Environment,
    promotion: Promotion<'_>,
) -> Result<Template, CompileError> {
    let platform = context.platform;
    let gitops = &platform.gitops;
    let from = platform
        .before(environment)
        .unwrap_or_else(|| platform.first_environment());
    let needs_signature = environment.require.contains(&Requirement::Signed);
    let signing_secret = promotion.signing_secret.filter(|_| needs_signature);
    let call = Call::new(&command::PROMOTE)
        .flag(&command::promote::GITOPS, gitops.repository.to_string())
        .flag(&command::promote::BRANCH, gitops.branch.clone())
        .flag(&command::promote::CREDENTIALS, path::GITOPS)
        .flag(&command::promote::PROVIDER, gitops.provider.kind.as_str())
        .flag(&command::promote::PROJECT, promotion.project)
        .flag(&command::promote::APPLICATION, promotion.application)
        .flag(&command::promote::FROM, from.name.to_string())
        .flag(&command::promote::TO, environment.name.to_string())
        .flag(&command::promote::APPROVAL, approval(environment.approval))
        .each(
            &command::promote::REQUIRE,
            environment.require.iter().copied().map(requirement),
        )
        .maybe(
            &command::promote::PUBLIC_KEY,
            signing_secret
                .as_ref()
                .map(|_| format!("{}/{PUBLIC_KEY}", path::SIGNING)),
        )
        .maybe(
            &command::promote::SIGNATURE_FORMAT,
            signing_secret.as_ref().map(|_| SIGNATURE_FORMAT),
        )
        .flag(&command::promote::DIGEST, promotion.digest)
        .maybe(&command::promote::TAG, promotion.tag)
        .maybe(
            &command::promote::CERTIFICATE_AUTHORITY,
            trusts_more(context).then_some(path::CERTIFICATES),
        );
    // The private key is in the same Secret and stays there. A Secret that a placeholder names may be one that there is
    // not, where the project signs nothing: its images then fail the requirement, not the pod.
    let key =
        signing_secret.map(|secret| Mount::new(secret, &[(PUBLIC_KEY, PUBLIC_KEY)]).optional());
    let credentials = Mount::credentials(gitops.credentials.to_string());
    Pod::new(context, promotion.name, account::PROMOTE, call)
        .size(Size::MEDIUM)
        .inputs(promotion.inputs)
        .secrets("gitops", path::GITOPS, vec![credentials])
        .secrets("signing", path::SIGNING, key.into_iter().collect())
        .certificates(true, None)
        .registry(promotion.push_secret)
        .build()
}

/// Whether there are certificates to trust for the GitOps repository.
pub(super) fn trusts_more(context: &Context<'_>) -> bool {
    let platform = context.platform;
    platform.trust.certificate_authority.is_some()
        || platform.gitops.provider.certificate_authority.is_some()
}

/// As `luban step promote` takes it.
fn approval(approval: Approval) -> &'static str {
    match approval {
        Approval::PullRequest => "pull-request",
        Approval::None => "none",
    }
}

/// As `luban step promote` takes it.
fn requirement(requirement: Requirement) -> &'static str {
    match requirement {
        Requirement::Healthy => "healthy",
        Requirement::Signed => "signed",
    }
}
