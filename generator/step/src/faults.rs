//! What the tools that we run say of registries, proxies and networks. All of them but Git are Go programs, and say it in the same
//! words.

/// So much of a tool's own error is shown again.
const LONGEST: usize = 2000;

/// What they say when the same may work later; in small letters.
const PASSING: [&str; 31] = [
    "connection refused",
    "connection reset",
    "connection timed out",
    "broken pipe",
    "i/o timeout",
    "tls handshake timeout",
    "timeout awaiting response headers",
    "client.timeout exceeded",
    "context deadline exceeded",
    "unexpected eof",
    ": eof",
    "no such host",
    "temporary failure in name resolution",
    "server misbehaving",
    "no route to host",
    "network is unreachable",
    "toomanyrequests",
    "too many requests",
    "rate limit",
    "status code 429",
    "status code 500",
    "status code 502",
    "status code 503",
    "status code 504",
    "500 internal server error",
    "502 bad gateway",
    "503 service unavailable",
    "504 gateway time",
    "transport is closing",
    "error reading from server",
    "code = unavailable",
];
/// Status codes that pass, where `unexpected status` stands beside one.
const CODES: [&str; 5] = ["429", "500", "502", "503", "504"];

/// Whether what a tool said is of a fault that may pass.
pub(crate) fn is_passing(said: &str) -> bool {
    let said = said.to_lowercase();
    // Whole words: a port or a digest may hold these digits.
    let mut words = said.split(|letter: char| !letter.is_ascii_alphanumeric());
    let is_server_fault =
        said.contains("unexpected status") && words.any(|word| CODES.contains(&word));
    is_server_fault || PASSING.iter().any(|words| said.contains(words))
}

/// What a tool said, in one line that is not too long.
pub(crate) fn shortened(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What was said, behind a colon.
pub(crate) fn after(said: &str) -> String {
    match said {
        "" => String::new(),
        said => format!(": {said}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_word_and_no_part_of_a_port_or_digest() {
        let said = |url: &str, status: &str| {
            is_passing(&format!(
                "unexpected status from HEAD request to {url}: {status}"
            ))
        };
        let digest = "https://registry:5000/v2/web/blobs/sha256:50f503a429";
        assert!(!said(digest, "403 Forbidden"));
        assert!(said(digest, "503 Service Unavailable"));
    }
}
