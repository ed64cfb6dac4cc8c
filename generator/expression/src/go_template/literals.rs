//! Constants of Go's templates, as `strconv` reads them.

/// The value of a text in double quotes or a letter in single ones, without the quotes; none if an escape is none of Go's.
pub(crate) fn unquote(inside: &str, quote: char) -> Option<String> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(letter) = rest.chars().next() {
        rest = rest.get(letter.len_utf8()..)?;
        if letter != '\\' {
            value.push(letter);
            continue;
        }
        let escaped = rest.chars().next()?;
        let (decoded, length) = match escaped {
            'a' => ('\u{7}', 1),
            'b' => ('\u{8}', 1),
            'f' => ('\u{c}', 1),
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            'v' => ('\u{b}', 1),
            '\\' => ('\\', 1),
            letter if letter == quote => (letter, 1),
            '0'..='7' => (scalar(rest.get(..3)?, 8, 255)?, 3),
            'x' => (scalar(rest.get(1..3)?, 16, 255)?, 3),
            'u' => (scalar(rest.get(1..5)?, 16, 0xFFFF)?, 5),
            'U' => (scalar(rest.get(1..9)?, 16, 0x0010_FFFF)?, 9),
            _ => return None,
        };
        if matches!(escaped, 'u' | 'U')
            && decoded == '\u{FFFD}'
            && !rest.to_ascii_lowercase().contains("fffd")
        {
            // Half a surrogate pair.
            return None;
        }
        value.push(decoded);
        rest = rest.get(length..)?;
    }
    Some(value)
}

fn scalar(digits: &str, base: u32, most: u32) -> Option<char> {
    if !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    let value = u32::from_str_radix(digits, base).ok()?;
    (value <= most).then(|| char::from_u32(value).unwrap_or('\u{FFFD}'))
}

/// Whether Go takes the text for a number.
pub(super) fn is_number(written: &str) -> bool {
    let plain = written.strip_suffix('i').unwrap_or(written);
    let imaginary = plain.len() < written.len();
    let unsigned = plain
        .strip_prefix(['+', '-'])
        .unwrap_or(plain)
        .to_ascii_lowercase();
    if !underscores_fit(&unsigned) {
        return false;
    }
    let digits = unsigned.replace('_', "");
    let whole =
        |digits: &str, base| u64::from_str_radix(digits, base).is_ok() && !digits.starts_with('+');
    if let Some(hex) = digits.strip_prefix("0x") {
        if hex.contains(['.', 'p']) {
            let (mantissa, exponent) = hex.split_once('p').unwrap_or((hex, ""));
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            return hex.contains('p')
                && !exponent.is_empty()
                && exponent.bytes().all(|it| it.is_ascii_digit())
                && mantissa.bytes().any(|it| it.is_ascii_hexdigit());
        }
        return whole(hex, 16) && !imaginary;
    }
    for (prefix, base) in [("0b", 2), ("0o", 8)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return whole(digits, base) && !imaginary;
        }
    }
    let float = digits.parse::<f64>().is_ok_and(f64::is_finite)
        && digits.bytes().any(|it| it.is_ascii_digit());
    if digits.contains(['.', 'e']) || imaginary {
        return float;
    }
    let octal = digits.len() > 1 && digits.starts_with('0');
    whole(&digits, if octal { 8 } else { 10 })
}

/// Underscores stand between digits, or between a prefix and a digit.
fn underscores_fit(digits: &str) -> bool {
    if !digits.contains('_') {
        return true;
    }
    let rest = ["0x", "0o", "0b"]
        .iter()
        .find_map(|prefix| digits.strip_prefix(prefix))
        .map_or_else(|| digits.to_owned(), |rest| format!("0{rest}"));
    rest.split('_').all(|part| {
        part.starts_with(|it: char| it.is_ascii_hexdigit())
            && part.ends_with(|it: char| it.is_ascii_hexdigit())
    })
}
