//! Sets of kinds of values: what something can be, as far as the text says.

use std::fmt;

/// The kinds that a value can have. What is not known can be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    kinds: u16,
    /// For lists: what their elements can be.
    elements: u16,
}

const BOOL: u16 = 1;
const INTEGER: u16 = 1 << 1;
const FLOAT: u16 = 1 << 2;
const TEXT: u16 = 1 << 3;
const BYTES: u16 = 1 << 4;
const LIST: u16 = 1 << 5;
const MAP: u16 = 1 << 6;
const NIL: u16 = 1 << 7;
const TIME: u16 = 1 << 8;
const DURATION: u16 = 1 << 9;
const OBJECT: u16 = 1 << 10;
const FUNCTION: u16 = 1 << 11;
const UNSIGNED: u16 = 1 << 12;
const ALL: u16 = (1 << 13) - 1;

const NAMES: [(u16, &str); 13] = [
    (BOOL, "a boolean"),
    (INTEGER, "a whole number"),
    (FLOAT, "a number"),
    (TEXT, "a text"),
    (BYTES, "bytes"),
    (LIST, "a list"),
    (MAP, "a map"),
    (NIL, "nil"),
    (TIME, "a time"),
    (DURATION, "a duration"),
    (OBJECT, "an object"),
    (FUNCTION, "a function"),
    (UNSIGNED, "an unsigned number"),
];

impl Type {
    /// Anything.
    pub const UNKNOWN: Self = Self::of(ALL);
    /// True or false.
    pub const BOOL: Self = Self::of(BOOL);
    /// A whole number.
    pub const INTEGER: Self = Self::of(INTEGER);
    /// A number with a fraction.
    pub const FLOAT: Self = Self::of(FLOAT);
    /// Any number.
    pub const NUMBER: Self = Self::of(INTEGER | FLOAT);
    /// A whole number without sign, which CEL tells from others.
    pub const UNSIGNED: Self = Self::of(UNSIGNED);
    /// A text: what Argo's variables all are.
    pub const TEXT: Self = Self::of(TEXT);
    /// Raw bytes.
    pub const BYTES: Self = Self::of(BYTES);
    /// A list of anything.
    pub const LIST: Self = Self::of(LIST);
    /// A map with any values.
    pub const MAP: Self = Self::of(MAP);
    /// Nothing.
    pub const NIL: Self = Self::of(NIL);
    /// A point in time.
    pub const TIME: Self = Self::of(TIME);
    /// A length of time.
    pub const DURATION: Self = Self::of(DURATION);
    /// A value of the engine's own, with fields that are not looked at.
    pub const OBJECT: Self = Self::of(OBJECT);
    pub(crate) const FUNCTION: Self = Self::of(FUNCTION);

    const fn of(kinds: u16) -> Self {
        Self {
            kinds,
            elements: ALL,
        }
    }

    /// Either of the two.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            kinds: self.kinds | other.kinds,
            elements: self.elements | other.elements,
        }
    }

    /// A list of these.
    #[must_use]
    pub const fn list_of(self) -> Self {
        Self {
            kinds: LIST,
            elements: self.kinds,
        }
    }

    /// What its elements can be, if it is a list.
    #[must_use]
    pub const fn element(self) -> Self {
        Self::of(if self.kinds == LIST {
            self.elements
        } else {
            ALL
        })
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        self.kinds == ALL
    }

    /// Whether a value of this type can be of the other, too.
    #[must_use]
    pub const fn can_be(self, other: Self) -> bool {
        self.kinds & other.kinds != 0
    }

    /// Whether it can only be one of these.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.kinds & !other.kinds == 0
    }
}

impl fmt::Display for Type {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_unknown() {
            return out.write_str("anything");
        }
        // Any number is a number.
        let hidden = if self.kinds & (INTEGER | FLOAT) == INTEGER | FLOAT {
            INTEGER
        } else {
            0
        };
        let mut names = NAMES
            .iter()
            .filter(|(kind, _)| self.kinds & !hidden & kind != 0)
            .map(|(_, name)| *name);
        out.write_str(names.next().unwrap_or("nothing"))?;
        for name in names {
            write!(out, " or {name}")?;
        }
        Ok(())
    }
}
