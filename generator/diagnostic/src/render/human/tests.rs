use super::*;
use crate::Lines;

fn shown(text: &str, bytes: std::ops::Range<usize>) -> String {
    let mut sources = Sources::new();
    sources.insert("a.yaml", text);
    let place = Lines::new(text).place("a.yaml", text, bytes);
    human(&[Finding::error("r", "m").at(place)], &sources, false)
}

#[test]
fn both_ends_are_shown_with_their_lines_and_the_help_last() {
    let text = "a: 1\n\n\n\n\n\n\n\n\nspec:\n  a: 2\n";
    let mut sources = Sources::new();
    sources.insert("a.yaml", text);
    let lines = Lines::new(text);
    let at = |bytes| lines.place("a.yaml", text, bytes);
    let finding = Finding::warning("duplicate-key", "`a` stands here twice")
        .at(at(21..22))
        .related("first here", at(0..1))
        .related("elsewhere", Lines::new("").place("b.yaml", "", 0..0))
        .help("keep one\nof them");
    insta::assert_snapshot!(human(&[finding.clone(), Finding::note("n", "no place").help("h")], &sources, false), @r"
    warning[duplicate-key]: `a` stands here twice
      --> a.yaml:11:3
       |
    11 |   a: 2
       |   ^
      ::: a.yaml:1:1
       |
     1 | a: 1
       | - first here
      ::: b.yaml:1:1
       = elsewhere
       |
       = help: keep one
               of them

    note[n]: no place
     = help: h
    ");
    let coloured = human(&[finding], &sources, true);
    assert!(
        coloured.starts_with("\u{1b}[1m\u{1b}[93mwarning[duplicate-key]\u{1b}[0m"),
        "{coloured:?}"
    );
    assert_eq!(
        without_escapes(&coloured).lines().next(),
        Some("warning[duplicate-key]: `a` stands here twice")
    );
}

/// `text` without ANSI escapes.
fn without_escapes(text: &str) -> String {
    text.split('\u{1b}')
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split_once('m').unwrap().1
            }
        })
        .collect()
}

#[test]
fn marks_stand_under_tabs_wide_and_hidden_characters() {
    insta::assert_snapshot!(shown("\tä日本: \u{1b}x\u{202e}y\n", 11..13), @r"
    error[r]: m
     --> a.yaml:1:7
      |
    1 |     ä日本: \u{1b}x\u{202e}y
      |            ^^^^^^^
    ");
    insta::assert_snapshot!(shown("日本x\r\n", 6..7), @r"
    error[r]: m
     --> a.yaml:1:3
      |
    1 | 日本x
      |     ^
    ");
}

#[test]
fn an_empty_stretch_and_one_past_the_end_have_one_mark() {
    insta::assert_snapshot!(shown("ab\n", 1..1), @r"
    error[r]: m
     --> a.yaml:1:2
      |
    1 | ab
      |  ^
    ");
    insta::assert_snapshot!(shown("ab", 2..2), @r"
    error[r]: m
     --> a.yaml:1:3
      |
    1 | ab
      |   ^
    ");
}

#[test]
fn of_several_lines_the_first_is_marked_to_its_end() {
    insta::assert_snapshot!(shown("a: bc\n  d\n", 3..9), @r"
    error[r]: m
     --> a.yaml:1:4
      |
    1 | a: bc
      |    ^^
    ");
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_the_mark() {
    let mut text = "x".repeat(500_000);
    text.push_str("HERE");
    text.push_str(&"y".repeat(500_000));
    let page = shown(&text, 500_000..500_004);
    assert!(page.len() < 1000, "{}", page.len());
    let lines: Vec<_> = page.lines().collect();
    let column = |line: &str, wanted: char| line.chars().position(|character| character == wanted);
    assert_eq!(column(lines[3], 'H'), column(lines[4], '^'));
    assert!(lines[4].ends_with("^^^^") && !lines[4].ends_with("^^^^^"));
    let whole = shown(&text, 0..text.len());
    assert!(whole.len() < 1000, "{}", whole.len());
}
