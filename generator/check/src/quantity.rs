//! Quantities as Kubernetes reads them (apimachinery `resource.ParseQuantity`).

/// Whether Kubernetes takes a text for a quantity.
pub(crate) fn is_quantity(text: &str) -> bool {
    let text = text.trim();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let end = unsigned
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().filter(|byte| *byte == b'.').count() <= 1;
    let is_suffix = matches!(
        suffix,
        "" | "n"
            | "u"
            | "m"
            | "k"
            | "M"
            | "G"
            | "T"
            | "P"
            | "E"
            | "Ki"
            | "Mi"
            | "Gi"
            | "Ti"
            | "Pi"
            | "Ei"
    ) || suffix
        .strip_prefix(['e', 'E'])
        .is_some_and(|exponent| exponent.parse::<i32>().is_ok());
    is_number && is_suffix
}

#[cfg(test)]
mod tests {
    use super::is_quantity;

    #[test]
    fn quantities_are_those_of_kubernetes() {
        for text in [
            "1", "100m", "0.5", "1.5Gi", "-1", "+2k", "1e3", "1E-3", "5E", ".5", "1.",
        ] {
            assert!(is_quantity(text), "{text}");
        }
        for text in [
            "", ".", "1.2.3", "1 Gi", "1gb", "1KiB", "{{x}}", "one", "1ee3", "1Kib",
        ] {
            assert!(!is_quantity(text), "{text}");
        }
    }
}
