//! Any bytes: they are documents or findings, and everything knows its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use luban_diagnostic::{Finding, Place};
use luban_yaml::{Budget, Cursor, parse};

fuzz_target!(|bytes: &[u8]| {
    match parse("fuzz.yaml", bytes, &Budget::default()) {
        Ok(documents) => {
            for document in &documents {
                findings(document.findings(), bytes);
                if let Some(root) = document.cursor(&[]) {
                    places(root, bytes, 32);
                }
            }
        }
        Err(found) => {
            assert!(!found.is_empty(), "a refusal says why");
            findings(&found, bytes);
        }
    }
});

fn places(value: Cursor<'_>, bytes: &[u8], depth: usize) {
    place(&value.place(), bytes);
    place(&value.head(), bytes);
    if depth > 0 {
        // Aliases make a text of few bytes a tree of many values.
        for item in value.items().take(8) {
            places(item, bytes, depth.min(6) - 1);
        }
        for (_, field) in value.entries().take(8) {
            places(field, bytes, depth.min(6) - 1);
        }
    }
}

fn findings(findings: &[Finding], bytes: &[u8]) {
    for finding in findings {
        if let Some(at) = &finding.place {
            place(at, bytes);
        }
    }
}

fn place(place: &Place, bytes: &[u8]) {
    let span = place.span;
    assert!(span.start.offset <= span.end.offset, "{span:?}");
    assert!(span.end.offset as usize <= bytes.len(), "{span:?}");
}
