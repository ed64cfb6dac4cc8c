//! How one string is written: plain, between double quotes, or as a literal block.

/// The three forms that a string can take in the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As it is: no reader of any YAML version takes it for something else.
    Plain,
    /// Between double quotes, with escapes.
    Quoted,
    /// As a `|` block: several lines, all of whose characters may stand in one.
    Literal,
}

/// A `:`, which ends a key before a space.
const COLON: u8 = 1;
/// A `#`, which begins a comment after a space.
const HASH: u8 = 2;
const NEWLINE: u8 = 4;
/// A control character.
const ESCAPE: u8 = 8;
/// A byte of a character that is not ASCII.
const WIDE: u8 = 16;

/// What a byte means inside a scalar; comparisons alone, which the compiler does for many bytes at once.
const fn class(byte: u8) -> u8 {
    let is_control = ((byte < 0x20) & (byte != b'\n')) | (byte == 0x7f);
    ((byte == b':') as u8 * COLON)
        | ((byte == b'#') as u8 * HASH)
        | ((byte == b'\n') as u8 * NEWLINE)
        | (is_control as u8 * ESCAPE)
        | ((byte >= 0x80) as u8 * WIDE)
}

/// [`class`] of each byte, for the few that are left over.
static CLASS: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = class(byte as u8);
        byte += 1;
    }
    classes
};

/// The classes that occur in `bytes`. Most texts are short names with none, and most bytes stand in long blocks of lines.
fn classes(bytes: &[u8]) -> u8 {
    let (chunks, rest) = bytes.as_chunks::<32>();
    let mut found = [0; 32];
    for chunk in chunks {
        for (found, byte) in found.iter_mut().zip(chunk) {
            *found |= class(*byte);
        }
    }
    let found = if chunks.is_empty() {
        0
    } else {
        found.iter().fold(0, |all, found| all | found)
    };
    rest.iter()
        .fold(found, |all, byte| all | CLASS[usize::from(*byte)])
}

/// The form in which `text` reads back as the same string by every YAML 1.1 and 1.2 reader.
pub(super) fn form(text: &str) -> Form {
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else {
        return Form::Quoted;
    };
    let found = classes(bytes);
    if found & ESCAPE != 0 || (found & WIDE != 0 && text.chars().any(must_escape)) {
        Form::Quoted
    } else if found & NEWLINE != 0 {
        if literal_is_exact(text) {
            Form::Literal
        } else {
            Form::Quoted
        }
    } else if last != b' '
        && starts_plain(first, bytes.get(1))
        && (found & (COLON | HASH) == 0 || has_no_indicator(bytes))
        && !is_ambiguous(text)
    {
        Form::Plain
    } else {
        Form::Quoted
    }
}

/// Whether no `:` ends a key and no `#` begins a comment, in a text that does not begin with one.
fn has_no_indicator(bytes: &[u8]) -> bool {
    bytes.last() != Some(&b':')
        && !bytes
            .windows(2)
            .any(|pair| matches!(pair, [b':', b' '] | [b' ', b'#']))
}

/// Whether a plain scalar may begin with `first` before `second`.
fn starts_plain(first: u8, second: Option<&u8>) -> bool {
    match first {
        b' ' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>'
        | b'\'' | b'"' | b'%' | b'@' | b'`' | b'?' | b':' | b'~' => false,
        b'-' => second.is_some_and(|second| *second != b' '),
        _ => true,
    }
}

/// Characters that YAML does not print, that some reader takes for a line break, or that hide from a person who reads the file.
pub(super) fn must_escape(character: char) -> bool {
    match character {
        '\n' => false,
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => true,
        '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' => true,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => false,
    }
}

/// Whether a literal block can hold `text` (whose characters are all fine) so that every reader gives it back as it was.
fn literal_is_exact(text: &str) -> bool {
    let is_blank = |line: &str| line.bytes().all(|byte| byte == b' ');
    let body = text.trim_end_matches('\n');
    let first = body.split('\n').find(|line| !line.is_empty());
    let last = body.rsplit('\n').next();
    // A first or last line of spaces alone is where readers differ about indentation and chomping.
    first.is_some_and(|line| !is_blank(line)) && last.is_some_and(|line| !is_blank(line))
}

/// Whether some YAML 1.1 or 1.2 reader takes this plain text for a boolean, null, number, time, merge key or marker.
fn is_ambiguous(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes[0] {
        b'0'..=b'9' | b'+' | b'.' | b'-' => {
            text.starts_with("---")
                || text.starts_with("...")
                || looks_like_number(bytes)
                // go-yaml takes all underscores out before it looks.
                || (bytes.contains(&b'_') && looks_like_number(text.replace('_', "").as_bytes()))
        }
        b'=' => bytes.len() == 1,
        b'<' => text == "<<",
        first if first.is_ascii_alphabetic() && bytes.len() <= 5 => is_word(text),
        _ => false,
    }
}

fn is_word(text: &str) -> bool {
    const WORDS: [&str; 9] = ["y", "n", "no", "on", "yes", "off", "true", "null", "false"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Wider than any resolver's pattern: quotes too many cost nothing, one too few changes a value.
fn looks_like_number(bytes: &[u8]) -> bool {
    let unsigned = match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        _ => bytes,
    };
    let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'_';
    match unsigned {
        [] => return bytes.first() == Some(&b'+'),
        [b'.', rest @ ..]
            if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"nan") =>
        {
            return true;
        }
        [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', rest @ ..] => {
            return rest.iter().all(|byte| {
                byte.is_ascii_hexdigit() || matches!(byte, b'_' | b'.' | b'p' | b'P' | b'+' | b'-')
            });
        }
        [b'.', rest @ ..] if !rest.first().is_some_and(is_digit) => return false,
        [first, ..] if !first.is_ascii_digit() && *first != b'.' => return false,
        _ => {}
    }
    if is_date(bytes) {
        return true;
    }
    let digits_end = |from: &[u8]| {
        from.iter()
            .take_while(|byte| is_digit(byte) || **byte == b',')
            .count()
    };
    let (whole, rest) = unsigned.split_at(digits_end(unsigned));
    let rest = match rest {
        [] => return true,
        // Sexagesimal: `12:30`, `190:20:30.15`.
        [b':', rest @ ..] => {
            return !whole.is_empty()
                && rest
                    .iter()
                    .all(|byte| is_digit(byte) || matches!(byte, b':' | b'.'));
        }
        [b'.', rest @ ..] => &rest[digits_end(rest)..],
        rest => rest,
    };
    match rest {
        [] => true,
        [b'e' | b'E', b'+' | b'-', rest @ ..] | [b'e' | b'E', rest @ ..] => {
            rest.iter().all(is_digit)
        }
        _ => false,
    }
}

/// `2024-01-31`, alone or before a time.
fn is_date(bytes: &[u8]) -> bool {
    let (year, rest) = match bytes {
        [a, b, c, d, b'-', rest @ ..] => ([a, b, c, d], rest),
        _ => return false,
    };
    if !year.iter().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits = |from: &[u8]| {
        from.iter()
            .take(2)
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let month = digits(rest);
    let [b'-', rest @ ..] = &rest[month..] else {
        return false;
    };
    let day = digits(rest);
    month > 0 && day > 0 && matches!(rest.get(day), None | Some(b'T' | b't' | b' '))
}

/// Appends `text` between double quotes, on one line.
pub(super) fn push_quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut clean = 0;
    for (at, character) in text.char_indices() {
        let short = match character {
            '"' => Some(b'"'),
            '\\' => Some(b'\\'),
            '\n' => Some(b'n'),
            '\t' => Some(b't'),
            '\r' => Some(b'r'),
            _ => None,
        };
        if short.is_none() && !must_escape(character) {
            continue;
        }
        out.extend_from_slice(&text.as_bytes()[clean..at]);
        clean = at + character.len_utf8();
        match short {
            Some(letter) => out.extend_from_slice(&[b'\\', letter]),
            // All that must be escaped lies in the basic plane.
            None => {
                out.extend_from_slice(b"\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(b"0123456789abcdef"[(character as usize >> shift) & 0xf]);
                }
            }
        }
    }
    out.extend_from_slice(&text.as_bytes()[clean..]);
    out.push(b'"');
}

/// Appends `text` as a literal block whose lines begin at column `indent`; its form must be [`Form::Literal`].
pub(super) fn push_literal(out: &mut Vec<u8>, text: &str, indent: usize) {
    out.push(b'|');
    let body = text.trim_end_matches('\n');
    if body.trim_start_matches('\n').starts_with(' ') {
        out.push(b'2');
    }
    match text.len() - body.len() {
        0 => out.push(b'-'),
        1 => {}
        _ => out.push(b'+'),
    }
    out.push(b'\n');
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', body.as_bytes()).chain([body.len()]) {
        if start < end {
            push_spaces(out, indent);
            out.extend_from_slice(&body.as_bytes()[start..end]);
        }
        out.push(b'\n');
        start = end + 1;
    }
    // The body's last line break is written; `|+` keeps the others.
    for _ in 1..text.len() - body.len() {
        out.push(b'\n');
    }
}

/// Appends `count` spaces.
pub(super) fn push_spaces(out: &mut Vec<u8>, count: usize) {
    const SPACES: [u8; 64] = [b' '; 64];
    let mut left = count;
    while left > 0 {
        let now = left.min(SPACES.len());
        out.extend_from_slice(&SPACES[..now]);
        left -= now;
    }
}
