//! What is twice as long takes twice as many steps, whatever it holds.

use super::Recorder;
use crate::parse::machine::finish;

fn steps(text: &str) -> usize {
    let mut recorder = Recorder {
        source: text,
        ..Recorder::default()
    };
    finish(text, &mut recorder).map_or_else(
        |error| panic!("{} at {}", error.message, error.at),
        |scanner| scanner.steps.get(),
    )
}

#[test]
fn work_grows_as_the_text_does() {
    let nested = |open: &str, close: &str, inner: &str| {
        let depth = 900;
        format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
    };
    let texts: &[(&str, &dyn Fn(usize) -> String)] = &[
        ("keys", &|n| "key: value\n".repeat(n)),
        ("items", &|n| "- a\n".repeat(n)),
        ("a long key in quotes", &|n| {
            format!("'{}'\n", "k ".repeat(n))
        }),
        ("a long plain text", &|n| "k ".repeat(n)),
        ("a long wide text", &|n| "ä\u{2027} ".repeat(n)),
        ("long keys", &|n| {
            format!("{}: b\n", "k".repeat(1000)).repeat(n / 500)
        }),
        ("a flow on one line", &|n| format!("[{}]", "a, ".repeat(n))),
        ("a flow of pairs", &|n| {
            format!("{{{}}}", "a: b, ".repeat(n))
        }),
        ("pairs in a list", &|n| format!("[{}]", "a: b, ".repeat(n))),
        ("a flow over lines", &|n| format!("[{}]", "a,\n".repeat(n))),
        ("a deep flow", &|n| nested("[", "]", &"a,".repeat(n))),
        ("a deep flow of pairs", &|n| {
            nested("{a: ", "}", &format!("[{}]", "a: b,".repeat(n)))
        }),
        ("keys that are flows", &|n| "? [[a], [b]]\n".repeat(n)),
        ("flows as keys", &|n| {
            format!("[{}]: x\n", "[a: b],".repeat(100)).repeat(n / 100)
        }),
        ("anchors", &|n| "- &a b\n".repeat(n)),
        ("tags", &|n| "- !a b\n".repeat(n)),
        ("comments", &|n| "# a\n".repeat(n)),
        ("comments behind", &|n| "- a # b\n".repeat(n)),
        ("empty lines in a text", &|n| {
            format!("a{}b", "\n ".repeat(n))
        }),
        ("empty lines in quotes", &|n| {
            format!("\"a{}b\"", "\n ".repeat(n))
        }),
        ("escapes", &|n| format!("\"{}\"", "\\n".repeat(n))),
        ("escaped breaks", &|n| format!("\"{}\"", "\\\n ".repeat(n))),
        ("a block", &|n| format!("|\n{}", " a\n\n".repeat(n))),
        ("blocks", &|n| "- |\n a\n".repeat(n)),
        ("documents", &|n| "---\na\n".repeat(n)),
        ("items in items", &|n| "- ".repeat(n)),
        ("steps up and down", &|n| "- - - a\n".repeat(n)),
        ("items that nearly are keys", &|n| {
            "- a b c d\n  e f\n".repeat(n)
        }),
        ("quoted items that are keys", &|n| {
            "- \"a\\n\" : b\n".repeat(n)
        }),
    ];
    for (what, text) in texts {
        let (short, long) = (text(2_000), text(8_000));
        let growth = steps(&long) as f64 / steps(&short) as f64;
        let most = 1.1 * long.len() as f64 / short.len() as f64;
        assert!(growth <= most, "{what}: {growth} times the steps");
        assert!(
            steps(&long) <= 100 * long.len(),
            "{what}: {} steps a byte",
            steps(&long) / long.len()
        );
    }
}
