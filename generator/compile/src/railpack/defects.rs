//! The defects that a plan of this kind had before it was built, and how each is absent here: by an assertion over what is
//! compiled where YAML decides it, by the verb that decides it otherwise.

mod table;

use super::interface::task;
use super::tests::{Compiled, SPLIT};
use crate::testing::{edited, platform};
use luban_api_tekton::{Step, Task};
use table::{
    DEFECTS,
    Shown::{Elsewhere, Yaml},
};

#[test]
fn each_known_defect_is_absent() {
    let numbers = DEFECTS.into_iter().flatten().map(|(number, _, _)| *number);
    let numbers: Vec<u8> = numbers.collect();
    assert_eq!(numbers, (1..=48).collect::<Vec<u8>>());
    for platform in [platform(), edited(&[SPLIT])] {
        let compiled = Compiled::of(&platform);
        for (number, what, shown) in DEFECTS.into_iter().flatten() {
            match shown {
                Yaml(is_absent) => assert!(is_absent(&compiled), "{number}: {what}"),
                Elsewhere(where_) => assert!(!where_.is_empty(), "{number}"),
            }
        }
    }
}

#[test]
fn each_defect_that_is_seeded_is_found() {
    let is_found = |number: u8, seed: fn(&mut Compiled)| {
        let mut compiled = Compiled::of(&platform());
        seed(&mut compiled);
        let mut defects = DEFECTS.into_iter().flatten();
        let (_, _, shown) = defects.find(|(known, _, _)| *known == number).unwrap();
        let Yaml(is_absent) = shown else {
            panic!("{number}")
        };
        assert!(!is_absent(&compiled), "{number}");
    };
    fn combined(compiled: &mut Compiled) -> &mut Task {
        let mut tasks = compiled.tasks.iter_mut();
        tasks
            .find(|task| task.metadata.name.as_deref() == Some(task::COMBINED))
            .unwrap()
    }
    fn last_step(compiled: &mut Compiled) -> &mut Step {
        combined(compiled).spec.steps.last_mut().unwrap()
    }
    is_found(1, |c| last_step(c).script = Some("#!/bin/sh".into()));
    is_found(3, |c| c.pipelines[0].metadata.name = None);
    is_found(5, |c| {
        last_step(c)
            .args
            .retain(|arg| arg != "$(params.buildSecrets[*])")
    });
    is_found(6, |c| c.runs[0].3.spec.params[12].value = "".into());
    is_found(8, |c| {
        last_step(c)
            .args
            .retain(|arg| !arg.starts_with("--context"))
    });
    is_found(22, |c| last_step(c).args.push("$(params.imageTag)".into()));
    is_found(29, |c| combined(c).spec.sidecars[0].args.truncate(2));
    is_found(31, |c| {
        combined(c).spec.sidecars[0].args[1] = "tcp://0.0.0.0:1234".into()
    });
    is_found(32, |c| {
        let probe = combined(c).spec.sidecars[0]
            .readiness_probe
            .as_mut()
            .unwrap();
        probe.exec.as_mut().unwrap().command = Some(vec!["true".into()]);
    });
    is_found(34, |c| last_step(c).compute_resources = None);
    is_found(39, |c| {
        c.pipelines[0].spec.tasks[0].params[0].value = "$(tasks.prepare.results.planPath)".into();
    });
    is_found(40, |c| {
        combined(c)
            .spec
            .results
            .retain(|result| result.name != "IMAGE_DIGEST")
    });
    is_found(43, |c| c.pipelines[0].spec.tasks[0].retries = Some(3));
}
