//! What a hostile file may cost: memory in proportion to its size, whatever it holds. A binary of its own, for its allocator counts.
#![allow(missing_docs, clippy::unwrap_used)]

use luban_yaml::{Budget, parse, read};
use peak_alloc::PeakAlloc;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// A text of `len` bytes that repeats `piece` behind `head`.
fn repeated(head: &str, piece: &str, len: usize) -> String {
    let mut text = head.to_owned();
    while text.len() < len {
        text.push_str(piece);
    }
    text
}

fn numbered(len: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= len {
            break;
        }
        text.push_str(&line(number));
    }
    text
}

fn hostile_texts() -> Vec<(&'static str, String)> {
    // A little more than a power of two, where vectors have just grown.
    let long = MIB / 4 + 64;
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    vec![
        ("10 MB of empty items", "-\n".repeat(5_000_000)),
        ("empty items", "-\n".repeat(long / 2)),
        ("items in items", "- ".repeat(long / 2)),
        ("lists in lists", "[".repeat(long)),
        ("lists side by side", repeated("", "- [[]]\n", long)),
        ("short items", repeated("[", "a,", long) + "]"),
        ("empty lists", repeated("[", "[],", long) + "]"),
        ("mappings in mappings", "{a: ".repeat(long / 4)),
        (
            "keys without values",
            numbered(long, |at| {
                if at == 0 {
                    "{a".into()
                } else {
                    format!(",{at:x}")
                }
            }) + "}",
        ),
        ("one key again and again", repeated("{", "a,", long) + "}"),
        ("empty keys", "?\n".repeat(long / 2)),
        ("empty keys and values", ":\n".repeat(long / 2)),
        ("empty keys in a flow", repeated("{", "?,", long) + "}"),
        ("values without keys", repeated("", ": a\n", long)),
        ("keys that are lists", repeated("", "? [a]\n", long)),
        ("tags of nobody", repeated("", "- !a b\n", long)),
        ("properties", repeated("", "- &a !!str\n", long)),
        ("anchors", numbered(long, |at| format!("- &{at:x} a\n"))),
        ("aliases", repeated("- &a x\n", "- *a\n", long)),
        ("merges", repeated("- &a {k: 1}\n", "- {<<: *a}\n", long)),
        ("a bomb of aliases", bomb),
        ("comments", "#\n".repeat(long / 2)),
        ("one long comment", repeated("#", "#", long)),
        ("comments behind items", repeated("", "- #\n", long)),
        ("documents", "---\n".repeat(long / 4)),
        ("empty documents", "--- a\n".repeat(long / 6)),
        ("line breaks", "\n".repeat(long)),
        ("a text of many lines", repeated("a:\n", " b\n", long)),
        (
            "a quoted text of many lines",
            repeated("\"", "\n", long) + "\"",
        ),
        ("escapes that grow", repeated("\"", "\\L", long) + "\""),
        ("many escaped texts", repeated("[", "\"\\L\",", long) + "]"),
        ("a block of many lines", repeated("a: |\n", " \n b\n", long)),
        ("many blocks", repeated("", "- |\n  a\n", long)),
        (
            "long keys",
            repeated("", &format!("{}: 1\n", "k".repeat(1000)), long),
        ),
        ("a key that is too long", repeated("", "k", long) + ": 1"),
        ("an error at the end", repeated("", "a: b\n", long) + "\t@"),
        (
            "different keys",
            numbered(long, |at| format!("{at:x}: 1\n")),
        ),
    ]
}

#[test]
fn no_file_costs_more_than_64_times_its_size() {
    let read_in = |text: &str, budget: &Budget| {
        let before = ALLOCATED.current_usage();
        ALLOCATED.reset_peak_usage();
        {
            let documents = parse("a.yaml", text.as_bytes(), budget);
            for document in documents.iter().flatten() {
                // A type that has no field and keeps nothing, so that all memory is the reader's.
                let _ = read::<Empty>(document);
                let _ = read::<Vec<Empty>>(document);
            }
        }
        ALLOCATED.peak_usage() - before
    };
    for (what, text) in hostile_texts() {
        let cost = read_in(&text, &Budget::default());
        let most = 64 * text.len() + MIB;
        assert!(
            cost <= most,
            "{what}: {cost} bytes for {}, {} times as many",
            text.len(),
            cost / text.len()
        );
        if std::env::var_os("LUBAN_SHOW_COSTS").is_some() {
            eprintln!("{:>6.1} times: {what}", cost as f64 / text.len() as f64);
        }
    }
}

#[derive(Debug, serde::Deserialize)]
struct Empty {}
