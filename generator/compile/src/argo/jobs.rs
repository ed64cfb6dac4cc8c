//! What the jobs of a release and of a Git tag are given: credentials, certificates, room, and each other's results.

use super::testing::{container, specs, templates, with};
use crate::testing;
use luban_api_argo_workflows::{Template, WorkflowSpec};
use luban_platform::Platform;
use serde_json::Value;

/// The template called `name`.
fn template(platform: &Platform, name: &str) -> Template {
    with(platform, |context| {
        let mut all = templates(context).into_iter();
        all.find(|one| one.name.as_deref() == Some(name)).unwrap()
    })
}

/// The Secrets, in JSON, of the volume called `volume` of each pod that has it, by the template's name.
fn secrets(platform: &Platform, volume: &str) -> Vec<(String, Value)> {
    with(platform, |context| {
        let of = |template: Template| {
            let name = template.name.clone().unwrap_or_default();
            let found = template.volumes.iter().find(|one| one.name == volume)?;
            let sources = serde_json::to_value(found).unwrap()["projected"]["sources"].clone();
            Some((name, sources))
        };
        templates(context).into_iter().filter_map(of).collect()
    })
}

fn has_argument(template: &Template, argument: &str) -> bool {
    let container = template.container.as_ref().unwrap();
    container.args.iter().flatten().any(|one| one == argument)
}

/// The spec of the ClusterWorkflowTemplate `retag`.
fn retag(platform: &Platform) -> WorkflowSpec {
    with(platform, |context| {
        let mut all = specs(context).into_iter();
        all.find(|(path, _)| path.ends_with("retag.yaml"))
            .unwrap()
            .1
    })
}

#[test]
fn a_bill_of_materials_has_room_for_the_layers_of_an_image() {
    with(&testing::platform(), |context| {
        let limits = container(context, "sbom")
            .resources
            .unwrap()
            .limits
            .unwrap();
        assert_eq!(limits["ephemeral-storage"].0, "10Gi");
    });
}

#[test]
fn what_works_with_an_image_has_the_credentials_that_push_it_and_no_others() {
    let all = secrets(&testing::platform(), "registry");
    for name in ["scan", "sbom", "sign", "retag", "promote-prd"] {
        let (_, sources) = all.iter().find(|(of, _)| of == name).unwrap();
        assert_eq!(sources.as_array().unwrap().len(), 1, "{name}");
        assert_eq!(
            sources[0]["secret"]["name"], "{{inputs.parameters.push-secret}}",
            "{name}"
        );
    }
}

#[test]
fn the_gitops_repository_is_written_with_its_own_credentials() {
    let all = secrets(&testing::platform(), "gitops");
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    for name in ["release", "retag", "promote-prd"] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    for (name, sources) in all {
        assert_eq!(sources[0]["secret"]["name"], "gitops-creds", "{name}");
    }
}

#[test]
fn a_release_names_its_run_and_trusts_the_authority_of_the_source() {
    let platform = testing::platform();
    let release = template(&platform, "release");
    assert!(has_argument(&release, "--run={{workflow.name}}"));
    let certificates = secrets(&platform, "certificates");
    let (_, of_release) = certificates
        .iter()
        .find(|(name, _)| name == "release")
        .unwrap();
    let text = of_release.to_string();
    assert!(
        text.contains("{{inputs.parameters.source-ca-secret}}"),
        "{text}"
    );
    assert!(text.contains("acme-ca"), "{text}");
}

#[test]
fn a_tag_promotes_the_digest_that_was_released_for_its_commit_and_says_its_name() {
    let spec = retag(&testing::platform());
    let main = spec
        .templates
        .iter()
        .find(|one| one.name.as_deref() == Some("main"));
    let tasks = main.unwrap().dag.clone().unwrap().tasks;
    let promotion = tasks
        .iter()
        .find(|task| task.name == "promote-prd")
        .unwrap();
    assert_eq!(promotion.depends.as_deref(), Some("retag"));
    let arguments = promotion.arguments.clone().unwrap().parameters;
    let value = |name: &str| {
        let mut all = arguments.iter();
        all.find(|one| one.name == name)
            .unwrap()
            .value
            .clone()
            .unwrap()
    };
    assert_eq!(value("digest"), "{{tasks.retag.outputs.parameters.digest}}");
    assert_eq!(value("tag"), "{{tasks.retag.outputs.parameters.tag}}");
    let template = template(&testing::platform(), "promote-prd");
    for argument in [
        "--digest={{inputs.parameters.digest}}",
        "--tag={{inputs.parameters.tag}}",
        "--public-key=/luban/signing/cosign.pub",
    ] {
        assert!(has_argument(&template, argument), "{argument}");
    }
}

#[test]
fn a_project_that_signs_nothing_fails_the_requirement_of_a_signature_and_not_the_pod() {
    let all = secrets(&testing::platform(), "signing");
    let (_, key) = all.iter().find(|(name, _)| name == "promote-prd").unwrap();
    assert_eq!(key[0]["secret"]["optional"], true);
}

#[test]
fn a_tag_reaches_the_environments_that_tags_promote_to_one_run_at_a_time_and_in_time() {
    let spec = retag(&testing::platform());
    let promoted: Vec<_> = spec
        .templates
        .iter()
        .filter_map(|one| {
            one.name
                .as_deref()
                .filter(|name| name.starts_with("promote-"))
        })
        .collect();
    assert_eq!(promoted, ["promote-prd"]);
    let lock = &spec.synchronization.unwrap().mutexes[0];
    let name = "promote-{{workflow.parameters.application}}";
    assert_eq!(lock.name.as_deref(), Some(name));
    let step = super::time::with_retries(super::time::STEP_SECONDS);
    assert_eq!(spec.active_deadline_seconds, Some(2 * step));
}

#[test]
fn a_tag_is_read_from_its_ref() {
    let retag = template(&testing::platform(), "retag");
    assert!(has_argument(&retag, "--ref={{inputs.parameters.ref}}"));
}

#[test]
fn the_authorities_of_the_platform_and_of_the_gitops_provider_are_each_trusted() {
    let platform_s = (
        "    certificateAuthority: {secret: acme-ca}\n    packageMirror:",
        "    packageMirror:",
    );
    let gitea = [
        (
            "https://github.com/acme/platform",
            "https://git.acme.internal/acme/platform",
        ),
        ("    provider: github\n", "    provider: gitea\n"),
    ];
    let neither = testing::edited(&[platform_s]);
    let of_platform = testing::platform();
    let of_provider = testing::edited(&[platform_s, gitea[0], gitea[1]]);
    for name in ["retag", "promote-prd"] {
        let is_trusted = |platform: &Platform| {
            let argument = "--certificate-authority=/luban/certificates";
            let is_told = has_argument(&template(platform, name), argument);
            let all = secrets(platform, "certificates");
            assert_eq!(is_told, all.iter().any(|(of, _)| of == name), "{name}");
            is_told
        };
        // A source's provider may have an authority of its own, which the run of a tag names.
        assert_eq!(is_trusted(&neither), name == "retag", "{name}");
        assert!(is_trusted(&of_platform), "{name}");
        assert!(is_trusted(&of_provider), "{name}");
    }
}
