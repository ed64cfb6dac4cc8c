use super::*;

fn checked(text: &str) -> Vec<String> {
    let expression = match parse(text) {
        Ok(expression) => expression,
        Err(problem) => return vec![shown(text, &problem)],
    };
    let typed = |path: &Path| {
        if path.root() == Some("t") {
            Type::TEXT
        } else {
            Type::UNKNOWN
        }
    };
    let environment = Environment {
        dialect: &ARGO_WORKFLOWS,
        variable: &typed,
    };
    let found = expression.check(&environment);
    found
        .problems
        .iter()
        .map(|problem| shown(text, problem))
        .collect()
}

fn shown(text: &str, problem: &Problem) -> String {
    format!("{} | {}", &text[problem.span.clone()], problem.message)
}

#[test]
fn what_is_wrong_is_said_at_the_very_word() {
    for (text, problem) in [
        (
            "a == ",
            " | the expression ends too early: a value belongs here",
        ),
        (
            "a = b",
            "= | unexpected `=`: `==` compares, and only `let` sets a name",
        ),
        ("a == 'b", "'b | the text is never closed: end it with `'`"),
        ("inputs.parameters.0x", ".0x | `.0x` is no number"),
        (
            "len()",
            "len | `len` takes 1 argument, and gets no arguments",
        ),
        (
            "asInt(a, 1)",
            "asInt | `asInt` takes 1 argument, and gets 2 arguments",
        ),
        (
            "asInteger(a)",
            "asInteger | there is no function `asInteger`",
        ),
        (
            "asint(a)",
            "asint | there is no function `asint` (did you mean `asInt`?)",
        ),
        (
            "trimAll(a)",
            "trimAll | there is no function `trimAll` (did you mean `sprig.trimAll`?)",
        ),
        (
            "sprig.trimm(a)",
            "trimm | `sprig` has no function `trimm` (did you mean `trim`?)",
        ),
        ("sprig.env('HOME')", "env | `sprig` has no function `env`"),
        (
            "t.x > 3",
            "> | `>` cannot take a text and a whole number: turn the text into a number with `int()` or `float()`",
        ),
        (
            "t.x == 3",
            "== | a text is never equal to a whole number: turn the text into a number with `int()` or `float()`",
        ),
        (
            "t.x ? 1 : 2",
            "t.x | a condition must be true or false, and this is a text",
        ),
        (
            "upper(3)",
            "3 | `upper` takes a text here, and this is a whole number",
        ),
        (
            "filter([1], # + 1)",
            "# + 1 | what `filter` asks of each element must be true or false, and this is a whole number",
        ),
        (
            "# + 1",
            "# | unexpected `#`: it stands for an element only inside `filter`, `map` and the like",
        ),
    ] {
        let found = checked(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with(problem), "{text}: {found:?}");
    }
}
