//! Anchors, aliases, tags and directives.

use std::borrow::Cow;

use super::bytes::{WORD, is};
use super::scanner::Scanner;
use super::token::{Kind, Scan, SyntaxError, short};

const DIRECTIVE: &str = "while scanning a directive";
const VERSION: &str = "while scanning a %YAML directive";
const TAG_DIRECTIVE: &str = "while scanning a %TAG directive";
const TAG: &str = "while scanning a tag";

impl Scanner<'_> {
    pub(super) fn scan_anchor(&mut self, kind: Kind) -> Scan<()> {
        let start = self.pos;
        self.pos += 1;
        self.skip_word();
        let is_ended = self.is_blank_or_end(self.pos)
            || matches!(
                self.byte(self.pos),
                b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
            );
        if self.pos == start + 1 || !is_ended {
            let context = if kind == Kind::Alias {
                "while scanning an alias"
            } else {
                "while scanning an anchor"
            };
            return Err(self.error(
                "did not find expected alphabetic or numeric character",
                Some((context, start)),
            ));
        }
        self.push(kind, start);
        Ok(())
    }

    pub(super) fn scan_tag(&mut self) -> Scan<()> {
        let start = self.pos;
        if self.byte(start + 1) == b'<' {
            self.pos += 2;
            let from = self.pos;
            self.skip_uri(true, TAG, start)?;
            if self.pos == from {
                return Err(self.no_uri("while parsing a tag", start));
            }
            if self.byte(self.pos) != b'>' {
                return Err(self.error("did not find the expected '>'", Some((TAG, start))));
            }
            self.pos += 1;
        } else {
            let handle = self.skip_handle();
            let from = self.pos;
            self.skip_uri(false, TAG, start)?;
            let is_named = handle > 1 && self.byte(from - 1) == b'!';
            if is_named && self.pos == from {
                return Err(self.no_uri("while parsing a tag", start));
            }
        }
        if self.flow_level > 0 && self.byte(self.pos) == b',' {
            return Err(self.error("a tag must not stand directly before `,`", None));
        }
        if !self.is_blank_or_end(self.pos) {
            return Err(self.error(
                "did not find expected whitespace or line break",
                Some((TAG, start)),
            ));
        }
        self.push(Kind::Tag, start);
        Ok(())
    }

    fn no_uri(&self, context: &'static str, start: usize) -> Box<SyntaxError> {
        self.error("did not find expected tag URI", Some((context, start)))
    }

    /// Goes behind `!`, `!!` or `!name!`, or `!name` if it is no handle; how many bytes that are.
    fn skip_handle(&mut self) -> usize {
        let start = self.pos;
        self.pos += 1;
        self.skip_word();
        if self.byte(self.pos) == b'!' {
            self.pos += 1;
        }
        self.pos - start
    }

    /// Goes behind the characters of a URI; `,`, `[` and `]` only where no flow collection could mean them.
    fn skip_uri(&mut self, is_free: bool, context: &'static str, start: usize) -> Scan<()> {
        loop {
            match self.byte(self.pos) {
                b'%' => self.skip_octets(context, start)?,
                byte if is(byte, WORD) => self.pos += 1,
                b';' | b'/' | b'?' | b':' | b'@' | b'&' | b'=' | b'+' | b'$' | b'.' | b'!'
                | b'~' | b'*' | b'\'' | b'(' | b')' => self.pos += 1,
                b',' | b'[' | b']' if is_free => self.pos += 1,
                _ => return Ok(()),
            }
        }
    }

    /// Goes behind `%41`, or the octets of one character of UTF-8.
    fn skip_octets(&mut self, context: &'static str, start: usize) -> Scan<()> {
        let mut octets = [0_u8; 4];
        let mut width = 1;
        let mut count = 0;
        while count < width {
            let octet = match self.byte(self.pos) {
                b'%' => self.hexadecimal(self.pos + 1, 2),
                _ => None,
            };
            let Some(octet) = octet else {
                return Err(self.error("did not find URI escaped octet", Some((context, start))));
            };
            if count == 0 {
                width = match octet {
                    0..=0x7f => 1,
                    0xc0..=0xdf => 2,
                    0xe0..=0xef => 3,
                    0xf0..=0xf7 => 4,
                    _ => {
                        return Err(self.error(
                            "found an incorrect leading UTF-8 octet",
                            Some((context, start)),
                        ));
                    }
                };
            } else if octet & 0xc0 != 0x80 {
                return Err(self.error(
                    "found an incorrect trailing UTF-8 octet",
                    Some((context, start)),
                ));
            }
            if let Some(slot) = octets.get_mut(count) {
                *slot = octet as u8;
            }
            self.pos += 3;
            count += 1;
        }
        if std::str::from_utf8(octets.get(..count).unwrap_or_default()).is_err() {
            return Err(self.error("found octets that are no UTF-8", Some((context, start))));
        }
        Ok(())
    }

    pub(super) fn scan_directive(&mut self) -> Scan<()> {
        let start = self.pos;
        self.pos += 1;
        self.skip_word();
        let name = self.text.get(start + 1..self.pos).unwrap_or_default();
        if name.is_empty() {
            return Err(self.error(
                "could not find expected directive name",
                Some((DIRECTIVE, start)),
            ));
        }
        if !self.is_blank_or_end(self.pos) {
            return Err(self.error(
                "found unexpected non-alphabetical character",
                Some((DIRECTIVE, start)),
            ));
        }
        let kind = match name {
            "YAML" => self.version(start)?,
            "TAG" => self.tag_directive(start)?,
            _ => {
                return Err(self.error("found unknown directive name", Some((DIRECTIVE, start))));
            }
        };
        let end = self.pos;
        self.skip_blanks();
        self.skip_comment();
        let len = self.break_len(self.pos);
        if len == 0 && !self.is_end() {
            return Err(self.error(
                "did not find expected comment or line break",
                Some((DIRECTIVE, start)),
            ));
        }
        if len > 0 {
            self.next_line(len);
        }
        self.push_token(super::token::Token {
            start: short(start),
            end: short(end),
            kind,
        });
        Ok(())
    }

    fn version(&mut self, start: usize) -> Scan<Kind> {
        self.skip_blanks();
        let major = self.version_number(start)?;
        if self.byte(self.pos) != b'.' {
            return Err(self.error(
                "did not find expected digit or '.' character",
                Some((VERSION, start)),
            ));
        }
        self.pos += 1;
        let minor = self.version_number(start)?;
        Ok(Kind::VersionDirective { major, minor })
    }

    fn version_number(&mut self, start: usize) -> Scan<u32> {
        const MOST_DIGITS: usize = 9;
        let from = self.pos;
        let mut number = 0;
        while self.byte(self.pos).is_ascii_digit() {
            if self.pos - from == MOST_DIGITS {
                return Err(self.error(
                    "found extremely long version number",
                    Some((VERSION, start)),
                ));
            }
            number = number * 10 + u32::from(self.byte(self.pos) - b'0');
            self.pos += 1;
        }
        if self.pos == from {
            return Err(self.error(
                "did not find expected version number",
                Some((VERSION, start)),
            ));
        }
        Ok(number)
    }

    fn tag_directive(&mut self, start: usize) -> Scan<Kind> {
        self.skip_blanks();
        if self.byte(self.pos) != b'!' {
            return Err(self.error(
                "did not find expected '!'",
                Some(("while scanning a tag directive", start)),
            ));
        }
        let handle = self.skip_handle();
        if handle > 1 && self.byte(self.pos - 1) != b'!' {
            return Err(self.error(
                "did not find expected '!'",
                Some(("while parsing a tag directive", start)),
            ));
        }
        if !self.is_blank(self.pos) {
            return Err(self.error(
                "did not find expected whitespace",
                Some((TAG_DIRECTIVE, start)),
            ));
        }
        self.skip_blanks();
        let from = self.pos;
        self.skip_uri(true, "while parsing a %TAG directive", start)?;
        if self.pos == from {
            return Err(self.no_uri("while parsing a %TAG directive", start));
        }
        if !self.is_blank_or_end(self.pos) {
            return Err(self.error(
                "did not find expected whitespace or line break",
                Some((TAG_DIRECTIVE, start)),
            ));
        }
        Ok(Kind::TagDirective)
    }
}

/// The handle of a tag as it is written, and what stands behind it. Without a handle there is nothing to look up.
pub(super) fn tag_parts(tag: &str) -> (&str, Cow<'_, str>) {
    if let Some(uri) = tag.strip_prefix("!<") {
        return ("", unescaped(uri.strip_suffix('>').unwrap_or(uri)));
    }
    let rest = tag.strip_prefix('!').unwrap_or(tag);
    let word = rest.bytes().take_while(|byte| is(*byte, WORD)).count();
    if rest.as_bytes().get(word) == Some(&b'!') {
        let (handle, suffix) = tag.split_at(word + 2);
        (handle, unescaped(suffix))
    } else if rest.is_empty() {
        ("", Cow::Borrowed("!"))
    } else {
        ("!", unescaped(rest))
    }
}

/// The handle and the prefix of a `%TAG` directive.
pub(super) fn directive_parts(directive: &str) -> (&str, Cow<'_, str>) {
    let mut words = directive
        .split([' ', '\t'])
        .filter(|word| !word.is_empty())
        .skip(1);
    let handle = words.next().unwrap_or_default();
    (handle, unescaped(words.next().unwrap_or_default()))
}

/// `%41` as the scanner has checked it.
fn unescaped(uri: &str) -> Cow<'_, str> {
    if !uri.contains('%') {
        return Cow::Borrowed(uri);
    }
    let mut bytes = Vec::with_capacity(uri.len());
    let mut rest = uri.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        let digits = behind.get(..2).filter(|_| *first == b'%');
        let octet = digits
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match octet {
            Some(octet) => {
                bytes.push(octet);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => bytes.push(*first),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
