//! Tools, run without a shell: an argument list, a small environment, output that is bounded and redacted.

mod pipes;

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use thiserror::Error;

use crate::failure::{Exit, Failure};
use crate::world::World;
use pipes::{Ended, Pipe, first_bytes, pass_on, write};

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
        let is_missing = matches!(&error, ToolError::Start { source, .. } if source.kind() == io::ErrorKind::NotFound);
        let failure = Self::new(exit, error.to_string());
        match is_missing {
            true => failure.help(
                "this step must run in an image that has the tool in its `PATH`, as the compiled pods do",
            ),
            false => failure,
        }
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
        let ended = Ended::default();
        thread::scope(|scope| {
            let (text, is_quiet) = (&self.input, self.is_quiet);
            let (ended, logs_output) = (&ended, self.logs_output);
            scope.spawn(move || {
                // A tool that does not read all of it has its reasons; how it ends says whether that was right.
                let _ = input.map(|input| write(input, text, ended));
            });
            let output = scope.spawn(move || {
                let read = |output| match logs_output {
                    true => (pass_on(output, world, false).into_bytes(), false),
                    false => first_bytes(output),
                };
                let output = output.map(|output| Pipe::new(output, ended));
                output.map_or_else(Default::default, read)
            });
            let errors = scope.spawn(move || {
                let errors = errors.map(|errors| Pipe::new(errors, ended));
                errors.map_or_else(String::new, |errors| pass_on(errors, world, is_quiet))
            });
            let status = self.wait(&mut child, &name, world);
            // What it left running would hold its output open for ever; what got away from its group is not waited for.
            signal(&child, Signal::KILL);
            ended.set();
            let (output, is_cut) = output.join().unwrap_or_default();
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

#[cfg(test)]
mod tests;
