//! Bad input for each verb, in a process of its own as a pod runs it: each call ends in time with the exit code that is documented,
//! says what to do, and leaves nothing half-written.
#![allow(clippy::unwrap_used, clippy::panic, clippy::exit)]

mod empty;
mod place;
mod servers;
mod table;
mod verbs;

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::{Redactor, Stop, SystemClock, World};
use place::Place;
use table::{Case, Fault, Mount};
use verbs::{VERBS, Verb};

/// The variable with the arguments of a call, one a line.
const CALL: &str = "LUBAN_TEST_CALL";
/// So long may a call take that can only fail; machines of tests are busy.
const LONGEST: Duration = Duration::from_secs(60);
/// So many calls at once: most of them wait.
const AT_ONCE: usize = 6;

/// The program itself: this process, called again with a call.
#[test]
fn child() {
    let Ok(text) = std::env::var(CALL) else {
        return;
    };
    let arguments = std::iter::once("step").chain(text.lines());
    let call = match luban_command::parser().try_get_matches_from(arguments) {
        Ok(matches) => luban_command::Parsed::of(&matches).unwrap(),
        Err(error) => {
            eprint!("{error}");
            std::process::exit(error.exit_code());
        }
    };
    let (redactor, stop) = (Redactor::default(), Stop::listen().unwrap());
    let world = World {
        clock: &SystemClock,
        redactor: &redactor,
        stop: &stop,
    };
    std::process::exit(i32::from(crate::run(&call, &world).code()));
}

/// How a call ended.
struct Ended {
    code: Option<i32>,
    said: String,
    took: Duration,
    /// What is in the directories for results and for temporary files afterwards.
    left: (Vec<String>, Vec<String>),
}

fn run(case: &Case) -> Ended {
    let place = Place::new(case.backend);
    (case.prepare)(&place);
    let mut command = match case.mount {
        None => Command::new(std::env::current_exe().unwrap()),
        Some((mount, directory)) => mounted(mount, &place, directory),
    };
    command
        .args(["bad_input::child", "--exact", "--nocapture"])
        .env_clear()
        .envs(place.variables())
        .envs(
            case.variables
                .iter()
                .map(|(name, value)| (*name, place.at(value))),
        )
        .env(CALL, (case.arguments)(&place).join("\n"))
        .current_dir(place.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let start = Instant::now();
    let child = command.spawn().unwrap();
    if case.fault == Fault::Sigterm {
        while !place.is_in_the_middle() {
            assert!(start.elapsed() < LONGEST, "{}: it never began", case.name());
            thread::sleep(Duration::from_millis(20));
        }
        let id = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        kill_process(id, Signal::TERM).unwrap();
    }
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Ended {
        code: output.status.code(),
        said: place.plain(&said),
        took: start.elapsed(),
        left: (place.entries("out"), place.entries("tmp")),
    }
}

/// This program in a mount namespace of its own, in which a directory is full or read only.
fn mounted(mount: Mount, place: &Place, directory: &str) -> Command {
    let prepare = match mount {
        Mount::Full => {
            "mount -t tmpfs -o size=64k none \"$D\"; head -c 128k /dev/zero >\"$D/.full\" 2>/dev/null"
        }
        Mount::ReadOnly => "mount --bind \"$D\" \"$D\"; mount -o remount,bind,ro \"$D\"",
    };
    let script = format!(
        "D={directory}; {prepare}; \"$0\" \"$@\"; code=$?; rm -f \"$D/.full\" 2>/dev/null; ls -A \"$D\" >\"listing-$D\"; exit $code"
    );
    let mut command = Command::new("unshare");
    command
        .args(["-rm", "sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .current_dir(place.path());
    command
}

/// Whether this system lets a test have mounts of its own.
fn can_mount() -> bool {
    let tried = Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// What a call says at its end: its error with the help, or its warnings.
fn last_words(said: &str) -> String {
    const STARTS: [&str; 3] = ["error: ", "warning: ", "nothing is reused: "];
    let mut lines: Vec<&str> = Vec::new();
    for line in said.lines() {
        let is_one = STARTS.iter().any(|start| line.starts_with(start));
        if is_one || (line.starts_with("  help: ") && !lines.is_empty()) {
            lines.push(line);
        }
    }
    if let Some(error) = lines.iter().rposition(|line| line.starts_with("error: ")) {
        lines.drain(..error);
    }
    lines.join("\n")
}

/// Runs all cases of a fault and gives what each said, in the order of the table.
fn all(fault: Fault) -> String {
    let cases: Vec<Case> = table::cases()
        .into_iter()
        .filter(|case| case.fault == fault)
        .collect();
    let next = Mutex::new(0..cases.len());
    let ended = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(number) = next.lock().unwrap().next() else {
                        return;
                    };
                    let one = run(&cases[number]);
                    ended.lock().unwrap().push((number, one));
                }
            });
        }
    });
    let mut ended = ended.into_inner().unwrap();
    ended.sort_by_key(|(number, _)| *number);
    let (mut page, mut wrong) = (String::new(), String::new());
    for (number, ended) in &ended {
        let case = &cases[*number];
        let words = last_words(&ended.said);
        let code = ended
            .code
            .map_or("a signal".to_owned(), |code| code.to_string());
        writeln!(page, "# {}\nexit code {code}\n{words}\n", case.name()).unwrap();
        for why in faults_of(case, ended, &words) {
            writeln!(wrong, "{}: {why}\n{}\n", case.name(), ended.said).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    page
}

/// What is wrong with how a call ended.
fn faults_of(case: &Case, ended: &Ended, words: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |is_so: bool, what: String| {
        if !is_so {
            wrong.push(what);
        }
    };
    expect(
        ended.code == Some(i32::from(case.exit.code())),
        format!("exit code {:?}, not {}", ended.code, case.exit.code()),
    );
    expect(ended.took < LONGEST, format!("it took {:?}", ended.took));
    expect(!ended.said.contains("panicked"), "it panicked".to_owned());
    // The grammar's own errors show how it is called.
    let is_helpful = words.contains("  help: ")
        || ended.said.contains("For more information")
        || ended.said.contains("expected ");
    let needs_help = !matches!(case.exit, crate::Exit::Done | crate::Exit::Cancelled);
    expect(
        is_helpful || !needs_help,
        "it does not say what to do".to_owned(),
    );
    expect(!words.is_empty(), "it says nothing".to_owned());
    let kept: Vec<&String> = ended
        .left
        .0
        .iter()
        .filter(|name| !case.keeps.contains(&name.as_str()))
        .collect();
    expect(kept.is_empty(), format!("it left {kept:?}"));
    expect(
        ended.left.1.is_empty(),
        format!("it left temporary files {:?}", ended.left.1),
    );
    wrong
}

fn compared(fault: Fault) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../snapshots/step");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let page = all(fault);
    settings.bind(|| insta::assert_snapshot!(fault.name(), page));
}

#[test]
fn no_verb_and_no_fault_is_missing() {
    for verb in luban_command::ALL {
        assert!(
            VERBS.iter().any(|known| known.name == verb.name),
            "{}",
            verb.name
        );
    }
    let cases = table::cases();
    for Verb { name, not, .. } in VERBS {
        for fault in Fault::ALL {
            let has_case = cases
                .iter()
                .any(|case| case.verb == *name && case.fault == fault);
            let has_reason = not.iter().any(|(faults, _)| faults.contains(&fault));
            assert!(
                has_case != has_reason,
                "{name}: {fault:?}: a case {has_case}, a reason for none {has_reason}"
            );
        }
    }
}

#[test]
fn a_call_without_what_it_needs_says_how_it_is_made() {
    compared(Fault::Arguments);
}

#[test]
fn a_result_that_a_verb_does_not_have_is_refused_before_anything_is_done() {
    compared(Fault::Results);
}

#[test]
fn an_environment_that_is_not_as_it_must_be_is_named() {
    compared(Fault::Environment);
}

#[test]
fn a_file_that_is_missing_or_malformed_is_named() {
    compared(Fault::Files);
}

#[test]
fn a_host_that_cannot_be_reached_may_be_reached_later() {
    compared(Fault::Unreachable);
}

#[test]
fn wrong_credentials_are_wrong_for_good() {
    compared(Fault::Credentials);
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    if can_mount() {
        compared(Fault::FullDisk);
    } else {
        eprintln!("not tried: this system lets nobody mount");
    }
}

#[test]
fn a_read_only_file_system_is_named() {
    if can_mount() {
        compared(Fault::ReadOnly);
    } else {
        eprintln!("not tried: this system lets nobody mount");
    }
}

#[test]
fn being_asked_to_stop_in_the_middle_ends_a_call_soon() {
    compared(Fault::Sigterm);
}
