//! What a user relies on: the runs, the objects in them, and how long they may take.

mod objects;
mod runs;
mod stack;

use crate::argo::testing::with;
use crate::run::RunTemplate;
use luban_api_argo_workflows::{Parameter, Workflow};
use luban_api_kpack::Image;
use luban_platform::Platform;

fn runs_of(platform: &Platform, name: &str) -> Vec<RunTemplate> {
    with(platform, |context| {
        let mut applications = platform.applications();
        let (project, application) = applications
            .find(|(_, application)| application.name.as_str() == name)
            .unwrap();
        super::runs(context, project, application).unwrap()
    })
}

fn workflow(run: &RunTemplate) -> Workflow {
    serde_yaml::from_str(&run.text).unwrap()
}

fn object(run: &RunTemplate) -> String {
    let arguments = workflow(run).spec.arguments.unwrap();
    arguments.artifacts[0].raw.clone().unwrap().data
}

fn image(platform: &Platform, application: &str) -> Image {
    serde_yaml::from_str(&object(&runs_of(platform, application)[0])).unwrap()
}

fn parameters(run: &RunTemplate) -> Vec<Parameter> {
    workflow(run).spec.arguments.unwrap().parameters
}

fn value(run: &RunTemplate, name: &str) -> String {
    let parameters = parameters(run);
    let parameter = parameters.iter().find(|parameter| parameter.name == name);
    parameter.unwrap().value.clone().unwrap()
}

fn branches() -> Platform {
    crate::testing::edited(&[(
        "source: {repository: books}",
        "source: {repository: books, branches: [main, \"feature/*\"], release: main}",
    )])
}
