//! The log of a container, line by line: a stream that broke and goes on repeats the lines of its last second, and those are not
//! shown twice.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use k8s_openapi::jiff::Timestamp;

/// So much of a line is shown; the rest of it is left out.
const LONGEST_LINE: usize = 16 << 10;
/// So many lines of one second are remembered.
const MOST_REMEMBERED: usize = 100_000;

/// What has been read of a container's log.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// The beginning of a line whose end has not come yet.
    partial: Vec<u8>,
    /// Whether the line is longer than is shown.
    is_cut: bool,
    /// When the newest line was written.
    newest: Option<Timestamp>,
    /// From when on the stream was asked for: what is older was shown.
    from: Option<Timestamp>,
    /// The lines since the second of the newest one.
    recent: VecDeque<(Timestamp, u64)>,
    /// How often each line is still to be left out, because it was shown before the stream broke.
    shown: BTreeMap<u64, usize>,
}

impl Transcript {
    /// From when on the log is read again: the API counts in seconds.
    pub(super) fn since(&self) -> Option<Timestamp> {
        let newest = self.newest?;
        Timestamp::from_second(newest.as_second()).ok()
    }

    /// A stream begins, from [`Self::since`] on.
    pub(super) fn begin(&mut self) {
        self.partial.clear();
        self.is_cut = false;
        self.from = self.since();
        self.shown.clear();
        for (_, line) in &self.recent {
            *self.shown.entry(*line).or_default() += 1;
        }
        self.recent.clear();
    }

    /// The lines that `bytes` complete.
    pub(super) fn take(&mut self, mut bytes: &[u8]) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.add(bytes.get(..end).unwrap_or_default());
            lines.extend(self.line());
            bytes = bytes.get(end.saturating_add(1)..).unwrap_or_default();
        }
        self.add(bytes);
        lines
    }

    /// The line at the end of a log, which no line break ends.
    pub(super) fn rest(&mut self) -> Option<String> {
        if self.partial.is_empty() {
            return None;
        }
        self.line()
    }

    fn add(&mut self, bytes: &[u8]) {
        let room = LONGEST_LINE.saturating_sub(self.partial.len());
        self.is_cut |= bytes.len() > room;
        self.partial
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    /// The line that is complete now, if it was not shown before.
    fn line(&mut self) -> Option<String> {
        let bytes = std::mem::take(&mut self.partial);
        let is_cut = std::mem::take(&mut self.is_cut);
        let text = String::from_utf8_lossy(&bytes);
        let stamped = text.split_once(' ').unwrap_or((&text, ""));
        let (time, said) = match stamped.0.parse::<Timestamp>() {
            Ok(time) => (Some(time), stamped.1),
            Err(_) => (self.newest, &*text),
        };
        if time < self.from {
            return None;
        }
        let key = hash(&bytes);
        self.remember(time, key);
        if let Some(times) = self.shown.get_mut(&key)
            && *times > 0
        {
            *times -= 1;
            return None;
        }
        let said = said.trim_end_matches('\r');
        Some(if is_cut {
            format!("{said}…")
        } else {
            said.to_owned()
        })
    }

    fn remember(&mut self, time: Option<Timestamp>, key: u64) {
        let Some(time) = time else {
            return;
        };
        self.newest = self.newest.max(Some(time));
        self.recent.push_back((time, key));
        let since = self.since();
        while self.recent.len() > MOST_REMEMBERED
            || self
                .recent
                .front()
                .is_some_and(|(time, _)| Some(*time) < since)
        {
            self.recent.pop_front();
        }
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Transcript;

    fn read(transcript: &mut Transcript, text: &str) -> Vec<String> {
        transcript.take(text.as_bytes())
    }

    #[test]
    fn a_line_that_comes_in_parts_is_one_line() {
        let mut log = Transcript::default();
        log.begin();
        assert_eq!(read(&mut log, "2026-01-02T03:04:05.1Z fir"), [""; 0]);
        assert_eq!(
            read(&mut log, "st\n2026-01-02T03:04:05.2Z second\r\n2026"),
            ["first", "second"]
        );
        assert_eq!(read(&mut log, "-01-02T03:04:06Z third"), [""; 0]);
        assert_eq!(log.rest().as_deref(), Some("third"));
        assert_eq!(log.rest(), None);
    }

    #[test]
    fn a_resumed_log_repeats_no_line_and_loses_none() {
        let mut log = Transcript::default();
        log.begin();
        assert_eq!(log.since(), None);
        read(
            &mut log,
            "2026-01-02T03:04:04.9Z old\n2026-01-02T03:04:05.100Z a\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.15Z late\n2026-01-02T03:04:05.3Z brok",
        );
        assert_eq!(log.since().unwrap().to_string(), "2026-01-02T03:04:05Z");
        log.begin();
        assert_eq!(
            read(
                &mut log,
                "2026-01-02T03:04:05.100Z a\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.15Z late\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.3Z broken\n"
            ),
            ["same", "broken"]
        );
        // It breaks once more, in the same second.
        log.begin();
        assert_eq!(
            read(
                &mut log,
                "2026-01-02T03:04:04.9Z old\n2026-01-02T03:04:05.100Z a\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.15Z late\n2026-01-02T03:04:05.2Z same\n2026-01-02T03:04:05.3Z broken\n2026-01-02T03:04:06Z new\n"
            ),
            ["new"]
        );
    }

    #[test]
    fn a_line_without_end_takes_no_memory_without_end() {
        let mut log = Transcript::default();
        log.begin();
        for _ in 0..100 {
            log.take(&[b'x'; 10_000]);
        }
        assert!(log.partial.len() <= super::LONGEST_LINE);
        let lines = read(&mut log, "\n2026-01-02T03:04:06Z next\n");
        assert!(lines[0].ends_with("x…"), "{}", lines[0].len());
        assert_eq!(lines[1], "next");
    }
}
