//! Several documents: all rules, in every profile, under every way of asking.
#![no_main]

use libfuzzer_sys::fuzz_target;
use luban_check::{As, Objects, Options, Profile, check};
use luban_yaml::{Budget, parse};

fuzz_target!(|bytes: &[u8]| {
    let Ok(documents) = parse("fuzz.yaml", bytes, &Budget::default()) else {
        return;
    };
    let objects = Objects::new(documents);
    for (profile, judged_as, is_closed) in [
        (Profile::Regular, As::Lint, false),
        (Profile::Strict, As::Create, true),
        (Profile::Strict, As::Submit, true),
    ] {
        let options = Options {
            profile,
            judged_as,
            is_closed,
            ..Options::default()
        };
        for finding in check(&objects, &options) {
            let places = finding.related.iter().map(|related| &related.place);
            for place in finding.place.iter().chain(places) {
                assert!(
                    place.span.start.offset <= place.span.end.offset,
                    "{finding:?}"
                );
                assert!(place.span.end.offset as usize <= bytes.len(), "{finding:?}");
            }
        }
    }
});
