//! A document as the kind that it says it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use luban_yaml::{Budget, parse};

fuzz_target!(|bytes: &[u8]| {
    for document in parse("fuzz.yaml", bytes, &Budget::default()).unwrap_or_default() {
        let read = luban_api::read(&document);
        for finding in &read.findings {
            if let Some(place) = &finding.place {
                assert!(place.span.end.offset as usize <= bytes.len(), "{place:?}");
            }
        }
    }
});
