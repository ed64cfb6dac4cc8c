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

#[test]
fn a_promotion_sees_the_public_key_and_never_the_private_one() {
    let promote = promote("payments", &[]).unwrap();
    let volumes = to(&promote, "prd").volumes;
    let secrets = volumes.iter().filter_map(|volume| volume.secret.as_ref());
    let keys: Vec<String> = secrets
        .flat_map(|secret| secret.items.clone().unwrap())
        .map(|item| item.key)
        .collect();
    assert_eq!(keys, ["username", "password", "cosign.pub"]);
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
    assert!(args.contains(&"--certificate-authority=/secrets/certificates/ca.crt".to_owned()));
    assert!(args.contains(&"--provider=Gitea".to_owned()));
    let volumes = to(&promote, "prd").volumes;
    let secrets = volumes.iter().filter_map(|volume| volume.secret.as_ref());
    let names: Vec<String> = secrets
        .filter_map(|secret| secret.secret_name.clone())
        .collect();
    assert_eq!(names, ["gitea-creds", "cosign-key", "acme-ca"]);
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
