//! Tools, run without a shell: an argument list, a small environment, output that is bounded and redacted.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use thiserror::Error;

use crate::failure::{Exit, Failure};
use crate::world::World;

/// Variables that tools get from this process; everything else they are given one by one.
const KEPT: [&str; 12] = [
    "PATH",
    "HOME",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "TZ",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];
/// So much of the output is kept for errors and for those who parse it.
const LARGEST: usize = 8 << 20;
/// So many bytes of a line are looked at at once.
const LONGEST_LINE: u64 = 64 << 10;
/// So much of what a tool says is in the log.
const LOGGED: usize = 32 << 20;
/// How long a tool has to end by itself after SIGTERM.
const GRACE: Duration = Duration::from_secs(20);
/// How often it is looked at.
const PAUSE: Duration = Duration::from_millis(20);

/// Why a tool did not end well.
#[derive(Debug, Error)]
pub(crate) enum ToolError {
    /// It could not be started.
    #[error("cannot run `{program}`: {source}")]
    Start {
        /// The tool.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It took too long and was ended.
    #[error("`{program}` did not end in {} s and was stopped", limit.as_secs())]
    Timeout {
        /// The tool.
        program: String,
        /// How long it had.
        limit: Duration,
    },
    /// This process was asked to stop, and passed that on.
    #[error("stopped, and `{program}` with it")]
    Stopped {
        /// The tool.
        program: String,
    },
}

impl From<ToolError> for Failure {
    fn from(error: ToolError) -> Self {
        let exit = match error {
            ToolError::Start { .. } => Exit::Usage,
            ToolError::Timeout { .. } => Exit::Failed,
            ToolError::Stopped { .. } => Exit::Cancelled,
        };
        Self::new(exit, error.to_string())
    }
}

/// A tool to run.
#[derive(Debug)]
pub(crate) struct Tool {
    program: PathBuf,
    arguments: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
    directory: Option<PathBuf>,
    input: Vec<u8>,
    limit: Option<Duration>,
    is_quiet: bool,
    logs_output: bool,
    keeps_variables: bool,
}

/// How a tool ended.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Its exit status.
    pub(crate) status: ExitStatus,
    /// What it wrote to standard output, the first 8 MiB.
    pub(crate) output: Vec<u8>,
    /// What it wrote to standard error, redacted, the last 8 MiB.
    pub(crate) errors: String,
    /// Whether there was more on standard output.
    pub(crate) is_cut: bool,
}

impl Ran {
    /// Whether it ended with 0.
    pub(crate) fn is_fine(&self) -> bool {
        self.status.success()
    }

    /// How it ended, in words: `exit code 1`, `signal 9`.
    pub(crate) fn ending(&self) -> String {
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => format!("exit code {code}"),
            (None, Some(signal)) => format!("signal {signal}"),
            (None, None) => "an unknown status".to_owned(),
        }
    }

    /// Standard output as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.output).into_owned()
    }
}

impl Tool {
    /// A tool by its path, or by its name to be looked for in `PATH`.
    pub(crate) fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            arguments: Vec::new(),
            variables: Vec::new(),
            directory: None,
            input: Vec::new(),
            limit: None,
            is_quiet: false,
            logs_output: false,
            keeps_variables: false,
        }
    }

    /// With one more argument.
    #[must_use]
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    /// With more arguments.
    #[must_use]
    pub(crate) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.arguments.extend(
            arguments
                .into_iter()
                .map(|argument| argument.as_ref().to_owned()),
        );
        self
    }

    /// With a variable. Secrets may stand here: other users of the node cannot read it, and no log has it.
    #[must_use]
    pub(crate) fn variable(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// In a directory.
    #[must_use]
    pub(crate) fn directory(mut self, directory: &Path) -> Self {
        self.directory = Some(directory.to_owned());
        self
    }

    /// With something to read on standard input.
    #[must_use]
    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// With an end to its time.
    #[must_use]
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Without its standard error in the log while it runs.
    #[must_use]
    pub(crate) fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// With its standard output in the log too, as it comes.
    #[must_use]
    pub(crate) fn logs_output(mut self) -> Self {
        self.logs_output = true;
        self
    }

    /// With all variables of this process: the pod's are meant for the tool.
    #[must_use]
    pub(crate) fn keeps_variables(mut self) -> Self {
        self.keeps_variables = true;
        self
    }

    /// Runs it to its end. What it writes to standard error is in the log, redacted, as it comes.
    ///
    /// # Errors
    /// When it cannot be started, takes too long, or this process is asked to stop; how it ends else is in [`Ran`].
    pub(crate) fn run(self, world: &World<'_>) -> Result<Ran, ToolError> {
        let name = self.program.to_string_lossy().into_owned();
        let start_error = |source| ToolError::Start {
            program: name.clone(),
            source,
        };
        let mut child = self.command().spawn().map_err(start_error)?;
        let (input, output, errors) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            let (text, is_quiet) = (&self.input, self.is_quiet);
            let logs_output = self.logs_output;
            scope.spawn(move || {
                // A tool that does not read all of it has its reasons; how it ends says whether that was right.
                let _ = input.map(|mut input| input.write_all(text));
            });
            let (sender, receiver) = mpsc::channel();
            scope.spawn(move || {
                let read = |output| match logs_output {
                    true => (pass_on(output, world, false).into_bytes(), false),
                    false => first_bytes(output),
                };
                let _ = sender.send(output.map_or_else(Default::default, read));
            });
            let errors = scope.spawn(move || {
                errors.map_or_else(String::new, |errors| pass_on(errors, world, is_quiet))
            });
            let status = self.wait(&mut child, &name, world);
            // What it left running would hold its output open for ever.
            signal(&child, Signal::KILL);
            let (output, is_cut) = receiver.recv().unwrap_or_default();
            let errors = errors.join().unwrap_or_default();
            Ok(Ran {
                status: status?,
                output,
                errors,
                is_cut,
            })
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        if !self.keeps_variables {
            let kept = |name: &&'static str| Some((*name, std::env::var_os(name)?));
            command.env_clear().envs(KEPT.iter().filter_map(kept));
        }
        command
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own: what it starts is ended with it.
            .process_group(0);
        if let Some(directory) = &self.directory {
            command.current_dir(directory);
        }
        command
    }

    /// Waits for its end, and brings it about when the time is up or this process is asked to stop.
    fn wait(
        &self,
        child: &mut Child,
        name: &str,
        world: &World<'_>,
    ) -> Result<ExitStatus, ToolError> {
        let start = world.clock.instant();
        loop {
            let ended = child.try_wait();
            match ended {
                Ok(Some(status)) => return Ok(status),
                Ok(None) => {}
                Err(source) => {
                    return Err(ToolError::Start {
                        program: name.to_owned(),
                        source,
                    });
                }
            }
            if world.stop.is_asked() {
                end(child);
                return Err(ToolError::Stopped {
                    program: name.to_owned(),
                });
            }
            if let Some(limit) = self
                .limit
                .filter(|limit| world.clock.instant().duration_since(start) >= *limit)
            {
                end(child);
                return Err(ToolError::Timeout {
                    program: name.to_owned(),
                    limit,
                });
            }
            thread::sleep(PAUSE);
        }
    }
}

/// Ends a tool and all that it started: first asked, then forced.
fn end(child: &mut Child) {
    signal(child, Signal::TERM);
    let mut waited = Duration::ZERO;
    while waited < GRACE && matches!(child.try_wait(), Ok(None)) {
        thread::sleep(PAUSE);
        waited += PAUSE;
    }
    signal(child, Signal::KILL);
    let _ = child.wait();
}

/// Sends a signal to a tool and all that it started.
fn signal(child: &Child, signal: Signal) {
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Nobody is left, then.
        let _ = kill_process_group(group, signal);
    }
}

/// The first bytes of an output, read to its end, and whether there was more.
fn first_bytes(mut output: impl Read) -> (Vec<u8>, bool) {
    let mut kept = Vec::new();
    let _ = output.by_ref().take(LARGEST as u64).read_to_end(&mut kept);
    let more = io::copy(&mut output, &mut io::sink()).unwrap_or_default();
    (kept, more > 0)
}

/// Passes an output on to the log line by line, and keeps its last bytes.
fn pass_on(errors: impl Read, world: &World<'_>, is_quiet: bool) -> String {
    let mut reader = BufReader::new(errors);
    let mut kept = String::new();
    let mut logged = 0;
    loop {
        let mut line = Vec::new();
        match reader
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
        {
            Ok(0) | Err(_) => return kept,
            Ok(_) => {}
        }
        let line = world.redactor.text(&String::from_utf8_lossy(&line));
        if !is_quiet && logged <= LOGGED {
            logged += line.len();
            eprint!("{line}");
            if logged > LOGGED {
                eprintln!("… what it says further is not in this log");
            }
        }
        kept.push_str(&line);
        if kept.len() > LARGEST {
            let half = kept.len() / 2;
            let end = kept.bytes().skip(half).position(|byte| byte == b'\n');
            kept.drain(..end.map_or(kept.len(), |end| half + end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

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
}
