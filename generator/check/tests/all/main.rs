//! What the checker finds, rule by rule and over whole repositories. One program, so that what it tests is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

mod access;
mod cases_argo;
mod cases_tekton;
mod corpus;
mod events;
mod examples;
mod findings;
mod ignores;
mod kustomize;
mod luban_ci;
mod luban_ci_workflows;
mod railpack_seed;
mod references;
mod taint;
mod tekton_pipelines;
mod tekton_targets;
mod tekton_tasks;
mod upstream;
