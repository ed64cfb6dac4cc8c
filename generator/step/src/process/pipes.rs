//! What a tool reads and writes. A pipe is open for as long as anybody holds it, and a tool may leave somebody behind: once the tool
//! has ended, what is in the pipe already is taken, and nobody waits for more.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::redact::Pieces;
use crate::world::World;

/// So much of the output is kept for errors and for those who parse it.
pub(super) const LARGEST: usize = 8 << 20;
/// So many bytes of a line are looked at at once.
pub(super) const LONGEST_LINE: u64 = 64 << 10;
/// So much of what a tool says is in the log.
const LOGGED: usize = 32 << 20;
/// How often a silent pipe is looked at.
const GLANCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 100_000_000,
};
/// How long what the tool has written is read at most once it has ended: somebody it left behind may write for ever.
const REST: Duration = Duration::from_secs(5);
/// A pipe that takes anything takes so many bytes without a pause (`PIPE_BUF`).
const ATOMIC: usize = 4096;

/// Whether the tool has ended, and when.
#[derive(Debug, Default)]
pub(super) struct Ended(OnceLock<Instant>);

impl Ended {
    /// It has.
    pub(super) fn set(&self) {
        let _ = self.0.set(Instant::now());
    }

    fn is_set(&self) -> bool {
        self.0.get().is_some()
    }

    /// Whether nothing is read any more.
    fn is_over(&self) -> bool {
        self.0.get().is_some_and(|at| at.elapsed() > REST)
    }
}

/// A pipe that a tool writes to.
pub(super) struct Pipe<'a, R> {
    pipe: R,
    ended: &'a Ended,
}

impl<'a, R: Read + AsFd> Pipe<'a, R> {
    pub(super) fn new(pipe: R, ended: &'a Ended) -> Self {
        Self { pipe, ended }
    }
}

impl<R: Read + AsFd> Read for Pipe<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            // Asked before the pipe is looked at: what the tool wrote before its end is there by then.
            let has_ended = self.ended.is_set();
            if self.ended.is_over() {
                return Ok(0);
            }
            if is_ready(&self.pipe, PollFlags::IN)? {
                return self.pipe.read(buffer);
            }
            if has_ended {
                return Ok(0);
            }
        }
    }
}

/// Writes `bytes` to a tool, for as long as it runs.
pub(super) fn write(mut pipe: impl Write + AsFd, bytes: &[u8], ended: &Ended) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() && !ended.is_set() {
        if is_ready(&pipe, PollFlags::OUT)? {
            let written = pipe.write(rest.get(..ATOMIC).unwrap_or(rest))?;
            rest = rest.get(written..).unwrap_or_default();
        }
    }
    Ok(())
}

/// Whether a pipe can be read or written without waiting, or is broken, which reading or writing says.
fn is_ready(pipe: &impl AsFd, flags: PollFlags) -> io::Result<bool> {
    let mut polled = [PollFd::new(pipe, flags)];
    match poll(&mut polled, Some(&GLANCE)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// The first bytes of an output, read to its end, and whether there was more.
pub(super) fn first_bytes(mut output: impl Read) -> (Vec<u8>, bool) {
    let mut kept = Vec::new();
    let _ = output.by_ref().take(LARGEST as u64).read_to_end(&mut kept);
    let more = io::copy(&mut output, &mut io::sink()).unwrap_or_default();
    (kept, more > 0)
}

/// Passes an output on to the log line by line, and keeps its last bytes.
pub(super) fn pass_on(errors: impl Read, world: &World<'_>, is_quiet: bool) -> String {
    let mut reader = BufReader::new(errors);
    let mut pieces = Pieces::new(world.redactor);
    let mut kept = String::new();
    let mut logged = 0;
    loop {
        let mut line = Vec::new();
        let read = reader
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line);
        let is_over = matches!(read, Ok(0) | Err(_));
        // Secrets are hidden line by line as well, so only a line that comes in parts is held back.
        let is_last = is_over || line.ends_with(b"\n");
        let shown = pieces.next(&line, is_last);
        let line = String::from_utf8_lossy(&shown);
        if !is_quiet && logged <= LOGGED && !line.is_empty() {
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
        if is_over {
            return kept;
        }
    }
}
