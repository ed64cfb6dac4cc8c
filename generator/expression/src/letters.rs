//! Go's classes of characters, which decide where words end in the languages whose engines are written in Go.

use unicode_general_category::{GeneralCategory as Category, get_general_category};

/// Go's `unicode.IsLetter`.
pub(crate) fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(letter),
        Category::UppercaseLetter
            | Category::LowercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter
    )
}

/// Go's `unicode.IsDigit`.
pub(crate) fn is_digit(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_digit();
    }
    get_general_category(letter) == Category::DecimalNumber
}
