//! The exit handler's last step: what became of a run, told to the provider and to the platform's webhook.

use super::deliver::{DIGEST, REVISION};
use super::mount::Mount;
use super::pod::{Pod, path};
use super::setting::{
    APPLICATION, IMAGE, PROJECT, PROVIDER, SOURCE, SOURCE_CA_SECRET, SOURCE_SECRET,
};
use super::{of_input, task, valued};
use crate::CompileError;
use crate::context::Context;
use crate::names::account;
use luban_api_argo_workflows::{DAGTask, Template};
use luban_command::{self as command, Call};
use luban_platform::names::{HttpUrl, LogUrl};

/// Key of a report webhook's Secret.
const WEBHOOK_KEY: &str = "key";

/// The bill of materials in the registry, as a template hands it to the whole workflow.
pub(crate) const SBOM: &str = "sbom";

const INPUTS: [&str; 10] = [
    PROJECT,
    APPLICATION,
    PROVIDER,
    SOURCE,
    SOURCE_SECRET,
    SOURCE_CA_SECRET,
    IMAGE,
    REVISION,
    DIGEST,
    SBOM,
];

/// What a template handed to the whole workflow. Until it has, the placeholder stays as it is; `luban step report` knows.
pub(crate) fn of_outputs(name: &str) -> String {
    format!("{{{{workflow.outputs.parameters.{name}}}}}")
}

/// The task that reports, with the values that `value` gives.
pub(crate) fn report(value: impl Fn(&str) -> String) -> DAGTask {
    let parameters = INPUTS.iter().map(|&name| valued(name, value(name)));
    task("report", "report", parameters.collect())
}

/// The template `report`. Only an exit handler may call it: elsewhere a workflow has no failures yet.
pub(crate) fn template(context: &Context<'_>) -> Result<Template, CompileError> {
    let told = &context.platform.report;
    let webhook = told.webhook.as_ref();
    let log_of = |logs: &LogUrl| logs.of("{{workflow.namespace}}", "{{workflow.name}}");
    let call = Call::new(&command::REPORT)
        .flag(&command::report::STATUS, "{{workflow.status}}")
        .flag(&command::report::PROJECT, of_input(PROJECT))
        .flag(&command::report::APPLICATION, of_input(APPLICATION))
        .flag(&command::report::PROVIDER, of_input(PROVIDER))
        .flag(&command::report::SOURCE, of_input(SOURCE))
        .flag(&command::report::REVISION, of_input(REVISION))
        .flag(&command::report::CREDENTIALS, path::SOURCE)
        .flag(&command::report::RUN, "{{workflow.name}}")
        .flag(&command::report::IMAGE, of_input(IMAGE))
        .flag(&command::report::DIGEST, of_input(DIGEST))
        .flag(&command::report::SBOM, of_input(SBOM))
        .flag(
            &command::report::STARTED,
            "{{workflow.creationTimestamp.RFC3339}}",
        )
        .flag(&command::report::FAILURES, "{{workflow.failures}}")
        .flag(&command::report::CERTIFICATE_AUTHORITY, path::CERTIFICATES)
        .maybe(&command::report::LOG_URL, told.logs.as_ref().map(log_of))
        .maybe(
            &command::report::METRICS,
            told.metrics.as_ref().map(HttpUrl::as_str),
        )
        .maybe(
            &command::report::WEBHOOK,
            webhook.map(|webhook| webhook.url.to_string()),
        )
        .maybe(
            &command::report::WEBHOOK_KEY,
            webhook.map(|_| format!("{}/{WEBHOOK_KEY}", path::WEBHOOK)),
        );
    let key = webhook
        .map(|webhook| Mount::new(webhook.secret.to_string(), &[(WEBHOOK_KEY, WEBHOOK_KEY)]));
    Pod::new(context, "report", account::REPORT, call)
        .inputs(&INPUTS)
        .secrets(
            "source",
            path::SOURCE,
            vec![Mount::credentials(of_input(SOURCE_SECRET))],
        )
        .secrets("webhook", path::WEBHOOK, key.into_iter().collect())
        .certificates(false, Some(of_input(SOURCE_CA_SECRET)))
        .build()
}
