//! How a verb ends.

use std::process::ExitCode;

/// Exit codes of `luban step`, and what each means to whoever called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: the job is done, or there was nothing to do.
    Done,
    /// 1: it failed, and would fail again.
    Failed,
    /// 2: arguments, environment or files are not as they must be; nothing was done.
    Usage,
    /// 3: the event is of a repository that the platform does not know; no run was made.
    UnknownRepository,
    /// 4: it was refused, as a release of something older is.
    Refused,
    /// 75 (`EX_TEMPFAIL`): a fault that may pass; the same call may work later.
    Transient,
    /// 143 (128 and SIGTERM): it was asked to stop, and did.
    Cancelled,
}

impl Exit {
    /// The number of the exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::UnknownRepository => 3,
            Self::Refused => 4,
            Self::Transient => luban_command::TRANSIENT,
            Self::Cancelled => 143,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a verb failed: what happened in one line, what to do about it, and the exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What happened, in one line: lower case, without full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Failure {
    /// A failure with `exit`.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            help: None,
        }
    }

    /// With what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The text for the log of `verb`: an `error` line, and one of help.
    #[must_use]
    pub fn render(&self, verb: &str) -> String {
        let mut text = format!("error: step {verb}: {}\n", self.message);
        if let Some(help) = &self.help {
            text.push_str(&format!("  help: {help}\n"));
        }
        text
    }
}
