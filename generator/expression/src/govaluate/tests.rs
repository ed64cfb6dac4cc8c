use super::*;
use crate::tags::argo;

fn when(text: &str) -> String {
    let (filled, holes) = argo::with_placeholders(text, &argo::split(text));
    let problems = match parse_when(&filled, &holes) {
        Ok(checked) => checked.problems,
        Err(problem) => vec![problem],
    };
    let shown: Vec<_> = problems
        .iter()
        .map(|problem| format!("{} | {}", &text[problem.span.clone()], problem.message))
        .collect();
    shown.join("\n")
}

#[test]
fn conditions_that_work_have_no_problem() {
    for text in [
        "{{steps.flip.outputs.result}} == heads",
        "'{{inputs.parameters.env}}' != 'prod' && true",
        "{{inputs.parameters.count}} > 3",
        "{{a}} in ('x', 'y')",
        "{{a}} =~ '^v[0-9]+$'",
        "!{{flag}}",
        "{{flag}}",
        "( {{a}} == x ) || ( {{b}} == y )",
        "\"2024-01-01\" < \"2024-02-01\"",
        "true",
    ] {
        assert_eq!(when(text), "", "{text}");
    }
}

#[test]
fn conditions_that_fail_or_are_misread_are_said_at_the_word() {
    for (text, problem) in [
        ("{{a}} = x", "= | `=` is no operator: `==` compares"),
        (
            "{{a}} == my-branch",
            "- | `-` cannot take a text and a text: words with `-` between them need quotes",
        ),
        (
            "{{a}} ==-1",
            "==- | `==-` is no operator: put a space or a parenthesis between `==` and `-`",
        ),
        (
            "{{a}} && !foo",
            "foo | `!` cannot stand before a text: compare it with `==` or `!=`",
        ),
        (
            "{{a}} == \"it's\"",
            "\" | the text is never closed: it begins with this quote, and either kind of quote ends a text",
        ),
        (
            "{{a}} == v1.2",
            "v1.2 | `v1.2` is read as a field of a value, and there are none here: put it in quotes if it is a text",
        ),
        (
            "{{a}} == main.go",
            "main.go | `main.go` is read as a field of a value, and the engine refuses it: put it in quotes if it is a text",
        ),
        (
            "{{a}} == 1.2.3",
            "1.2.3 | `1.2.3` is no number: put it in quotes if it is a text",
        ),
        (
            "({{a}} == 'x') ({{b}} == 'y')",
            "({{b}} == 'y') | this is ignored: an operator is missing before it",
        ),
        (
            "foo",
            "foo | `when` must be true or false, and this is a text: compare it with something",
        ),
        (
            "1 == '1'",
            "== | a number is never equal to a text: write both with quotes or both without",
        ),
        (
            "{{a}} in ('x')",
            "in | `in` takes at least two values in parentheses: compare one with `==`",
        ),
        (
            "({{a}} == x",
            "( | the parenthesis is never closed: end it with `)`",
        ),
        (
            "{{a}} ==",
            " | the expression ends too early: a value belongs here",
        ),
        ("'a' && {{b}}", "&& | `&&` cannot take a text and anything"),
    ] {
        assert_eq!(when(text), problem, "{text}");
    }
}

#[test]
fn names_that_a_filter_needs_are_listed_with_their_places() {
    let text = "type == 'push' && [a b] > 3 && x\\-y";
    let checked = parse(text, &[]).unwrap();
    let names: Vec<_> = checked.reads.iter().map(Path::to_string).collect();
    assert_eq!(names, ["type", "a b", "x-y"]);
    let spans: Vec<_> = checked
        .reads
        .iter()
        .map(|path| &text[path.span()])
        .collect();
    assert_eq!(spans, ["type", "[a b]", "x\\-y"]);
}
