//! Keys without `?`, which are known only at their `:`.

use super::scanner::{Scanner, is_inner};
use super::token::{Scan, SyntaxError};

/// Characters that a key may have without `?`.
pub(super) const LONGEST_KEY: usize = 1024;

/// Where a key without `?` may have begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct SimpleKey {
    pub(super) is_possible: bool,
    /// Nothing else may begin here, so a `:` has to follow.
    pub(super) is_required: bool,
    /// The number of its first token.
    pub(super) token: usize,
    pub(super) at: usize,
    /// Where its line begins.
    pub(super) line: usize,
    pub(super) column: usize,
}

pub(super) const NO_KEY: SimpleKey = SimpleKey {
    is_possible: false,
    is_required: false,
    token: 0,
    at: 0,
    line: 0,
    column: 0,
};

impl Scanner<'_> {
    /// Makes tokens until the first one is certain.
    pub(super) fn fetch_certain(&mut self) -> Scan<()> {
        loop {
            if !self.queue.is_empty() && !self.is_first_uncertain()? {
                break;
            }
            self.fetch()?;
        }
        self.is_certain = true;
        Ok(())
    }

    /// Whether the first token may turn out to begin a key.
    pub(super) fn is_first_uncertain(&mut self) -> Scan<bool> {
        self.check_block_key()?;
        self.count(1);
        let first = if self.keys.len() == 1 {
            0
        } else {
            self.keys.partition_point(|key| key.token < self.taken)
        };
        let mut keys = self.keys.iter().skip(first);
        // Two of them have the same number at most.
        let found = keys
            .by_ref()
            .take_while(|key| key.token == self.taken)
            .any(|key| key.is_possible && !self.is_stale(key));
        Ok(found)
    }

    /// A key is on one line and not too long.
    #[inline]
    pub(super) fn is_stale(&self, key: &SimpleKey) -> bool {
        key.line != self.line_start
            || self.pos - key.at > LONGEST_KEY && self.is_longer(key.at, LONGEST_KEY)
    }

    /// Whether more than `most` characters stand between an offset and here.
    pub(super) fn is_longer(&self, from: usize, most: usize) -> bool {
        self.count((self.pos - from).min(4 * most));
        // What has more bytes than that has more characters however wide they are.
        self.pos - from > 4 * most
            || self
                .bytes
                .get(from..self.pos)
                .is_some_and(|key| key.iter().filter(|byte| !is_inner(**byte)).count() > most)
    }

    /// Only a block's key can be one that has to be there.
    #[inline]
    pub(super) fn check_block_key(&mut self) -> Scan<()> {
        match self.keys.first() {
            Some(key) if key.is_required && key.is_possible && self.is_stale(key) => {
                Err(self.no_value(key.at))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn no_value(&self, at: usize) -> Box<SyntaxError> {
        self.error(
            "could not find expected ':'",
            Some(("while scanning a simple key", at)),
        )
    }

    /// A key may begin here.
    pub(super) fn save_key(&mut self) -> Scan<()> {
        if !self.is_key_allowed {
            return Ok(());
        }
        let column = if self.flow_level == 0 {
            self.column()
        } else {
            0
        };
        let key = SimpleKey {
            is_possible: true,
            is_required: self.flow_level == 0 && self.indent == column as isize,
            token: self.taken + self.queue.len(),
            at: self.pos,
            line: self.line_start,
            column,
        };
        self.remove_key()?;
        if let Some(last) = self.keys.last_mut() {
            *last = key;
        }
        Ok(())
    }

    /// What has begun is no key.
    pub(super) fn remove_key(&mut self) -> Scan<()> {
        let Some(key) = self.keys.last_mut() else {
            return Ok(());
        };
        let was_possible = key.is_possible;
        key.is_possible = false;
        let key = *key;
        // One that went stale without being required just is none.
        if was_possible && key.is_required {
            return Err(self.no_value(key.at));
        }
        Ok(())
    }

    /// Whether what stands before here may turn out not to be a key.
    #[inline]
    pub(super) fn may_drop_key(&self) -> bool {
        self.keys
            .first()
            .is_some_and(|key| !(key.is_possible && key.is_required))
    }

    #[inline]
    pub(super) fn drop_key(&mut self) {
        if let Some(key) = self.keys.first_mut() {
            key.is_possible = false;
        }
    }
}
