//! Arithmetic with Kubernetes quantities: shares of a quota, sums of requests.

use luban_platform::names::Quantity;

/// An amount in thousandths: of a CPU, or of a byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Amount(u128);

/// Suffixes of quantities and what they multiply by, in thousandths (apimachinery `pkg/api/resource`).
const SUFFIXES: [(&str, u128); 12] = [
    ("m", 1),
    ("", 1_000),
    ("k", 1_000_000),
    ("M", 1_000_000_000),
    ("G", 1_000_000_000_000),
    ("T", 1_000_000_000_000_000),
    ("P", 1_000_000_000_000_000_000),
    ("Ki", 1_000 << 10),
    ("Mi", 1_000 << 20),
    ("Gi", 1_000 << 30),
    ("Ti", 1_000 << 40),
    ("Pi", 1_000 << 50),
];

impl Amount {
    /// Reads a checked quantity. What is finer than a thousandth is cut off, as is what no cluster has.
    pub(crate) fn of(quantity: &Quantity) -> Self {
        let text = quantity.as_str();
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let (number, suffix) = text.split_at(end);
        let unit = SUFFIXES
            .iter()
            .find(|(known, _)| *known == suffix)
            .map_or(0, |(_, unit)| *unit);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let whole = whole.parse::<u128>().unwrap_or(0).saturating_mul(unit);
        let mut part = 0;
        let mut scale = unit;
        for digit in fraction.bytes() {
            scale /= 10;
            part += u128::from(digit.saturating_sub(b'0')) * scale;
        }
        Self(whole.saturating_add(part))
    }

    /// This amount `count` times.
    pub(crate) fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(u128::from(count)))
    }

    /// This amount and another.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `part` of `whole` equal shares, rounded down to a thousandth.
    pub(crate) fn share(self, part: usize, whole: usize) -> Self {
        let (part, whole) = (part as u128, whole.max(1) as u128);
        Self(self.0.saturating_mul(part) / whole)
    }

    /// As an amount of CPU: `2`, `1500m`.
    pub(crate) fn cpu(self) -> String {
        if self.0.is_multiple_of(1_000) {
            (self.0 / 1_000).to_string()
        } else {
            format!("{}m", self.0)
        }
    }

    /// As an amount of memory, in the largest binary unit that needs no fraction: `80Gi`, `1536Mi`.
    pub(crate) fn memory(self) -> String {
        let bytes = self.0 / 1_000;
        for (shift, suffix) in [(30, "Gi"), (20, "Mi"), (10, "Ki")] {
            if bytes > 0 && bytes.is_multiple_of(1 << shift) {
                return format!("{}{suffix}", bytes >> shift);
            }
        }
        bytes.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        Amount::of(&Quantity::new(text).unwrap())
    }

    #[test]
    fn a_quantity_survives_being_read_and_written() {
        for text in ["1", "40", "250m", "1500m"] {
            assert_eq!(amount(text).cpu(), text);
        }
        for text in ["80Gi", "1536Mi", "1Ki", "1000"] {
            assert_eq!(amount(text).memory(), text);
        }
        assert_eq!(amount("0.5").cpu(), "500m");
        assert_eq!(amount("1.5Gi").memory(), "1536Mi");
        assert_eq!(amount("1G").memory(), "1000000000");
        assert_eq!(amount("2Ti").memory(), "2048Gi");
    }

    #[test]
    fn shares_never_exceed_the_whole() {
        let whole = amount("5");
        assert_eq!(whole.share(1, 2).cpu(), "2500m");
        assert!(whole.share(1, 3).plus(whole.share(2, 3)) <= whole);
        assert_eq!(amount("1Gi").share(1, 4).memory(), "256Mi");
        assert_eq!(amount("250m").times(3).cpu(), "750m");
    }
}
