//! Platforms of many applications, for benchmarks.

use anyhow::Result;
use std::fmt::Write;
use std::process::ExitCode;

/// Print a platform of many applications.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How many applications
    #[arg(value_name = "N")]
    applications: usize,
}

/// Applications of one project: a team's, not a company's.
const PER_PROJECT: usize = 20;

const HEAD: &str = "\
apiVersion: luban.dev/v1alpha1
kind: Platform
metadata: {name: bench}
spec:
  gitops: {repository: https://github.com/acme/platform, provider: github}
  clusters:
    delivery: {}
    workers: {server: https://workers.acme.internal:6443}
  environments:
    - {name: snd, cluster: delivery}
    - {name: prd, cluster: workers}
  providers:
    github: {type: GitHub, organization: acme, credentials: {secret: github-creds}, webhook: {secret: github-webhook}}
  events: {host: events.acme.dev, gateway: {name: public, namespace: gateway}}
  registries:
    harbor: {type: Harbor, host: harbor.acme.dev, push: {secret: harbor-push}, pull: {secret: harbor-pull}}
  builders:
    kpack: {}
  network:
    applicationGateway: {name: apps, namespace: gateway}
  projects:
";

/// A platform of `applications` applications: half built by kpack, half by railpack, each deployed with a route.
pub(crate) fn platform(applications: usize) -> String {
    let mut text = String::from(HEAD);
    for i in 0..applications {
        let project = i / PER_PROJECT;
        if i % PER_PROJECT == 0 {
            let _ = writeln!(text, "    - name: team-{project:04}\n      applications:");
        }
        let build = if i % 2 == 0 {
            "kpack: {python: true}"
        } else {
            "railpack: {secrets: [NPM_TOKEN]}"
        };
        let _ = writeln!(
            text,
            "        - name: app-{i:05}\n          source: {{repository: app-{i:05}}}\n          build: {{{build}}}\n          \
             deploy: {{port: 8080, route: app-{i:05}.acme.dev, replicas: {{prd: 3}}, config: {{LOG_LEVEL: info}}}}"
        );
    }
    text
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    print!("{}", platform(arguments.applications));
    Ok(ExitCode::SUCCESS)
}
