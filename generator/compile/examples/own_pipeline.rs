//! A Task of your own, beside what Luban compiles: written with the typed objects, so that a misspelt field does not compile,
//! and with the same writer, so that it reads like the rest of the tree.
//!
//! `cargo run -p luban-compile --example own_pipeline -- platform.yaml` prints a Task for each project, which runs the
//! project's smoke tests against its first environment.
#![allow(clippy::print_stdout, reason = "an example prints")]

use luban_api_core::named_in;
use luban_api_tekton::{ParamSpec, Step, Task, TaskSpec};
use luban_platform::derived;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "platform.yaml".to_owned());
    let loaded = luban_platform::load(&path, &std::fs::read(&path)?);
    let Some(platform) = loaded.platform else {
        return Err(luban_diagnostic::concise(&loaded.findings).into());
    };
    for project in &platform.projects {
        let environment = platform.first_environment();
        let target = derived::runtime_namespace(project, environment);
        let task = Task {
            metadata: named_in(derived::ci_namespace(project), "smoke-tests"),
            spec: TaskSpec {
                params: vec![ParamSpec {
                    name: "application".to_owned(),
                    ..ParamSpec::default()
                }],
                steps: vec![Step {
                    name: Some("test".to_owned()),
                    image: Some(format!(
                        "{}:v1.0.0",
                        project.registry.platform_image("smoke-tests")
                    )),
                    args: vec![format!("--url=http://$(params.application).{target}.svc")],
                    ..Step::default()
                }],
                ..TaskSpec::default()
            },
            ..Task::default()
        };
        println!("---\n{}", luban_yaml::to_string(&task)?.trim_end());
    }
    Ok(())
}
