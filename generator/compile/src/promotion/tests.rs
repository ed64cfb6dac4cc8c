use super::template;
use crate::context::Context;
use crate::testing::edited;
use luban_api_argo_workflows::{Parameter, Template, WorkflowTemplate};
use luban_platform::lock::Lock;

const MANUAL: &str = "on: [manual, git-tag]";

fn promote(project: &str, edits: &[(&str, &str)]) -> Option<WorkflowTemplate> {
    let platform = edited(edits);
    let context = Context::new(&platform, &Lock::default()).unwrap();
    let mut projects = platform.projects.iter();
    let project = projects
        .find(|found| found.name.as_str() == project)
        .unwrap();
    template(&context, project).unwrap()
}

fn parameter(promote: &WorkflowTemplate, name: &str) -> Parameter {
    let mut parameters = promote
        .spec
        .arguments
        .clone()
        .unwrap()
        .parameters
        .into_iter();
    parameters.find(|parameter| parameter.name == name).unwrap()
}

fn to(promote: &WorkflowTemplate, environment: &str) -> Template {
    let name = format!("promote-to-{environment}");
    let mut templates = promote.spec.templates.clone().into_iter();
    templates
        .find(|template| template.name.as_ref() == Some(&name))
        .unwrap()
}

fn args(promote: &WorkflowTemplate, environment: &str) -> Vec<String> {
    to(promote, environment).container.unwrap().args.unwrap()
}

#[test]
fn only_compiled_applications_and_environments_can_be_chosen() {
    let promote = promote("payments", &[]).unwrap();
    assert_eq!(parameter(&promote, "application").enum_, ["api", "worker"]);
    assert_eq!(parameter(&promote, "application").value, None);
    let environment = parameter(&promote, "environment");
    assert_eq!(environment.enum_, ["prd"]);
    assert_eq!(environment.value.as_deref(), Some("prd"));
}

#[test]
fn where_nobody_promotes_by_hand_there_is_no_template() {
    assert!(promote("payments", &[(MANUAL, "on: [git-tag]")]).is_none());
    let books = "          deploy: {port: 8080, route: books.acme.dev}";
    assert!(promote("ledger", &[(books, "")]).is_none());
}

#[test]
fn each_environment_has_its_own_promotion() {
    let stage = "    - name: prd\n      cluster: workers";
    let two = "    - name: tst\n      cluster: workers\n      promotion: {approval: none}\n    - name: prd\n      cluster: workers";
    let promote = promote("payments", &[(stage, two)]).unwrap();
    let tst = args(&promote, "tst");
    for arg in [
        "--from=snd",
        "--to=tst",
        "--approval=none",
        "--require=healthy",
    ] {
        assert!(tst.contains(&arg.to_owned()), "{arg} is not in {tst:?}");
    }
    assert!(
        !tst.iter()
            .any(|arg| arg.contains("signed") || arg.starts_with("--public-key"))
    );
    let prd = args(&promote, "prd");
    for arg in [
        "--from=tst",
        "--to=prd",
        "--approval=pull-request",
        "--require=signed",
    ] {
        assert!(prd.contains(&arg.to_owned()), "{arg} is not in {prd:?}");
    }
    let steps = &promote.spec.templates[0].steps[0].0;
    let when = |i: usize| steps[i].when.clone().unwrap();
    assert_eq!(when(0), "{{=workflow.parameters.environment == 'tst'}}");
    assert_eq!(when(1), "{{=workflow.parameters.environment == 'prd'}}");
}

/// The Secrets that a promotion mounts, each with the keys that it sees.
fn secrets(promote: &WorkflowTemplate, environment: &str) -> Vec<(String, Vec<String>)> {
    let volumes = to(promote, environment).volumes.into_iter();
    let sources = volumes
        .filter_map(|volume| volume.projected?.sources)
        .flatten();
    sources
        .filter_map(|source| source.secret)
        .map(|secret| {
            let items = secret.items.unwrap().into_iter();
            (secret.name, items.map(|item| item.key).collect())
        })
        .collect()
}

fn variable(promote: &WorkflowTemplate, environment: &str, name: &str) -> Option<String> {
    let container = to(promote, environment).container.unwrap();
    let mut variables = container.env.unwrap().into_iter();
    variables.find(|found| found.name == name)?.value
}

#[test]
fn a_promotion_sees_the_public_key_and_never_the_private_one() {
    let promote = promote("payments", &[]).unwrap();
    let secrets = secrets(&promote, "prd");
    let (_, keys) = secrets
        .iter()
        .find(|(name, _)| name == "cosign-key")
        .unwrap();
    assert_eq!(keys, &["cosign.pub"]);
}

#[test]
fn a_promotion_may_read_the_projects_registry_which_has_the_digest_and_its_signatures() {
    let signed = promote("payments", &[]).unwrap();
    let push = (
        "harbor-push".to_owned(),
        vec![".dockerconfigjson".to_owned()],
    );
    assert!(secrets(&signed, "prd").contains(&push));
    let config = variable(&signed, "prd", "DOCKER_CONFIG");
    assert_eq!(config.as_deref(), Some("/luban/registry"));
    let format = "--signature-format=legacy".to_owned();
    assert!(args(&signed, "prd").contains(&format));

    let edits = [("require: [healthy, signed]", "require: [healthy]")];
    let unsigned = promote("payments", &edits).unwrap();
    assert!(secrets(&unsigned, "prd").contains(&push));
    assert_eq!(variable(&unsigned, "prd", "DOCKER_CONFIG"), config);
    assert!(!args(&unsigned, "prd").contains(&format));
}

#[test]
fn a_promotion_writes_to_directories_of_its_own_only() {
    let promote = promote("payments", &[]).unwrap();
    let template = to(&promote, "prd");
    let mounts = template.container.unwrap().volume_mounts.unwrap();
    let written = mounts.iter().filter(|mount| mount.read_only.is_none());
    let written: Vec<_> = written.map(|mount| mount.mount_path.as_str()).collect();
    assert_eq!(written, ["/luban/work"]);
    for name in ["HOME", "TMPDIR"] {
        let directory = variable(&promote, "prd", name);
        assert_eq!(directory.as_deref(), Some("/luban/work"), "{name}");
    }
}

#[test]
fn the_gitops_repositorys_provider_is_trusted_with_its_own_authority() {
    let edits = [
        (
            "https://github.com/acme/platform",
            "https://git.acme.internal/acme/platform",
        ),
        ("    provider: github\n", "    provider: gitea\n"),
    ];
    let promote = promote("payments", &edits).unwrap();
    let args = args(&promote, "prd");
    assert!(args.contains(&"--certificate-authority=/luban/certificates".to_owned()));
    assert!(args.contains(&"--provider=Gitea".to_owned()));
    let secrets = secrets(&promote, "prd");
    let names: Vec<&str> = secrets.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "gitops-creds",
        "cosign-key",
        "acme-ca",
        "acme-ca",
        "harbor-push",
    ];
    assert_eq!(names, expected);
}

#[test]
fn finished_promotions_are_kept_as_long_as_runs_are() {
    let kept = |edits| {
        let ttl = promote("payments", edits).unwrap().spec.ttl_strategy;
        ttl.unwrap().seconds_after_completion
    };
    assert_eq!(kept(&[]), Some(72 * 3600));
    assert_eq!(kept(&[("hours: 72", "hours: 1")]), Some(3600));
}

#[test]
fn an_application_is_promoted_once_at_a_time() {
    let locks = promote("payments", &[])
        .unwrap()
        .spec
        .synchronization
        .unwrap();
    let name = locks.mutexes[0].name.as_deref();
    assert_eq!(name, Some("promote-{{workflow.parameters.application}}"));
}
