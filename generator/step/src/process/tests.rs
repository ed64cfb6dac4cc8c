#![allow(clippy::unwrap_used)]

use super::pipes::{LARGEST, LONGEST_LINE};
use super::*;
use crate::{Redactor, Secret, Stop, SystemClock};

fn with_world<T>(test: impl FnOnce(&World<'_>) -> T) -> T {
    let (redactor, stop) = (Redactor::default(), Stop::default());
    test(&World {
        clock: &SystemClock,
        redactor: &redactor,
        stop: &stop,
    })
}

fn shell(script: &str) -> Tool {
    Tool::new("/bin/sh").arg("-c").arg(script)
}

#[test]
fn a_tool_gets_its_arguments_as_they_are_and_few_variables() {
    with_world(|world| {
        let hostile = "$(id) `id` ; '\" \n{{x}}";
        let ran = Tool::new("printf")
            .arg("%s")
            .arg(hostile)
            .run(world)
            .unwrap();
        assert_eq!(ran.text(), hostile);
        let ran = Tool::new("env").variable("ONE", "1").run(world).unwrap();
        assert!(ran.text().contains("ONE=1"));
        assert!(!ran.text().contains("CARGO"), "{}", ran.text());
    });
}

#[test]
fn what_a_tool_says_is_kept_without_secrets() {
    with_world(|world| {
        world.redactor.hide(&Secret::new("s3cr3t"));
        let ran = shell("echo token s3cr3t >&2; exit 3").run(world).unwrap();
        assert_eq!(ran.errors, "token ***\n");
        assert_eq!(ran.ending(), "exit code 3");
        assert!(!ran.is_fine());
    });
}

#[test]
fn endless_output_is_cut_and_does_not_fill_the_memory() {
    with_world(|world| {
        let ran = shell("head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2")
            .quiet()
            .run(world)
            .unwrap();
        assert!(ran.is_cut);
        assert_eq!(ran.output.len(), LARGEST);
        assert!(ran.errors.len() <= LARGEST + LONGEST_LINE as usize);
    });
}

#[test]
fn a_tool_that_takes_too_long_is_ended_with_what_it_started() {
    with_world(|world| {
        let tool = shell("sleep 100 & sleep 100").limit(Duration::from_millis(100));
        let error = tool.run(world).unwrap_err();
        assert!(matches!(error, ToolError::Timeout { .. }), "{error}");
    });
}

#[test]
fn a_tool_ends_when_the_pod_is_asked_to_stop() {
    with_world(|world| {
        world.stop.ask();
        let error = Tool::new("sleep").arg("100").run(world).unwrap_err();
        assert_eq!(Failure::from(error).exit, Exit::Cancelled);
    });
}

#[test]
fn a_daemon_that_a_tool_leaves_behind_holds_nobody_up() {
    with_world(|world| {
        let ran = shell("sleep 100 & echo done").run(world).unwrap();
        assert_eq!(ran.text(), "done\n");
    });
}

#[test]
fn a_tool_that_is_not_there_is_named() {
    with_world(|world| {
        let error = Tool::new("no-such-tool").run(world).unwrap_err();
        assert!(
            error.to_string().contains("cannot run `no-such-tool`"),
            "{error}"
        );
    });
}

#[test]
fn a_daemon_that_leaves_its_session_holds_nobody_up_either() {
    with_world(|world| {
        let start = std::time::Instant::now();
        // It holds all three pipes, and reads nothing.
        let ran = shell("setsid sleep 60 & echo done; echo said >&2")
            .input(vec![b'x'; 1 << 20])
            .run(world)
            .unwrap();
        assert_eq!((ran.text(), ran.errors), ("done\n".into(), "said\n".into()));
        assert!(start.elapsed() < Duration::from_secs(5));
        let error = shell("setsid sleep 60 & sleep 60")
            .limit(Duration::from_millis(200))
            .run(world)
            .unwrap_err();
        assert!(matches!(error, ToolError::Timeout { .. }), "{error}");
        assert!(start.elapsed() < Duration::from_secs(10));
    });
}

#[test]
fn a_daemon_that_never_stops_talking_holds_nobody_up() {
    with_world(|world| {
        let start = std::time::Instant::now();
        let ran = shell("setsid timeout 60 yes & echo done >&2")
            .run(world)
            .unwrap();
        assert_eq!(ran.errors, "done\n");
        assert!(start.elapsed() < Duration::from_secs(20));
    });
}

#[test]
fn all_that_a_tool_wrote_is_read_however_much_it_is() {
    with_world(|world| {
        let ran = shell("head -c 3000000 /dev/zero").run(world).unwrap();
        assert_eq!((ran.output.len(), ran.is_cut), (3_000_000, false));
        let text = vec![b'x'; 3_000_000];
        let ran = Tool::new("cat").input(text.clone()).run(world).unwrap();
        assert!(ran.output == text);
    });
}

#[test]
fn a_secret_in_the_middle_of_a_long_line_is_cut_out() {
    with_world(|world| {
        world.redactor.hide(&Secret::new("s3cr3t-t0ken"));
        let before = LONGEST_LINE as usize - 5;
        let ran = shell(&format!(
            "head -c {before} /dev/zero | tr '\\0' x >&2; printf s3cr3t-t0ken-end >&2"
        ))
        .quiet()
        .run(world)
        .unwrap();
        assert!(ran.errors.ends_with("x***-end"), "{}", ran.errors.len());
    });
}
