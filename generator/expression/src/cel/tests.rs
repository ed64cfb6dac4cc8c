use super::*;

fn problems(text: &str, program: Program) -> Vec<String> {
    let problems = match parse(text) {
        Ok(expression) => expression.check(program, &[]).problems,
        Err(problem) => vec![problem],
    };
    problems
        .iter()
        .map(|problem| format!("{} | {}", &text[problem.span.clone()], problem.message))
        .collect()
}

#[test]
fn what_the_checker_refuses_is_said_at_the_word() {
    for (text, problem) in [
        ("body.ref = 'x'", "= | `=` is no operator: `==` is"),
        (
            "bdy.ref == 'x'",
            "bdy | there is no variable `bdy` here (did you mean `body`?)",
        ),
        (
            "params.x == 'y'",
            "params | there is no variable `params` here: there are `body`, `header`, `extensions`, `requestURL`",
        ),
        (
            "header.match('X-GitHub-Event')",
            "match | `match` takes 2 arguments, and gets 1 argument",
        ),
        (
            "body.ref.splitt('/')",
            "splitt | there is no function `splitt` (did you mean `split`?)",
        ),
        (
            "split(body.ref, '/')",
            "split | there is no function `split` (it is called on a value, `x.split(…)`)",
        ),
        (
            "decodeb64(body.x)",
            "decodeb64 | there is no function `decodeb64` (did you mean `base64.decode`?)",
        ),
        (
            "base64.decod(body.x)",
            "decod | there is no function `decod` (did you mean `decode`?)",
        ),
        (
            "requestURL.host == 'x'",
            "host | a text has no field `host`",
        ),
        (
            "requestURL == 3",
            "== | a text cannot be compared with a whole number: turn one with `string()`, `int()` or `double()`",
        ),
        (
            "has(body['ref'])",
            "has(body['ref']) | `has` takes a field, `has(body.ref)`: a key in brackets is asked for with `in`",
        ),
        (
            "body.ref.matches('[')",
            "'[' | this is no regular expression of Go",
        ),
        (
            "body.x.all(1, true)",
            "1 | `all` needs a new name first, `list.all(x, …)`",
        ),
        (
            "body.x.filter(c, c.y + 'a')",
            "c.y + 'a' | what `filter` asks of each element must be true or false, and this is a text",
        ),
        ("'a' in requestURL", "in | a text cannot be in a text"),
        (
            "body.ref == 'x' &&",
            " | the expression ends too early: a value belongs here",
        ),
    ] {
        let found = problems(text, Program::TriggersInterceptor);
        assert!(
            found.first().is_some_and(|it| it.starts_with(problem)),
            "{text}: {found:?}"
        );
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn a_variable_of_tekton_needs_quotes() {
    for (text, word) in [("$(params.x) == 'a'", "$"), ("main == 'a'", "main")] {
        let found = problems(text, Program::TektonWhen);
        assert!(found[0].starts_with(word), "{found:?}");
    }
    assert!(problems("'$(params.x)' == 'a'", Program::TektonWhen).is_empty());
}

#[test]
fn fields_that_are_read_are_listed() {
    let text = "has(body.a.b) && body.commits.exists(c, c.id == header['X-Y'][0])";
    let checked = parse(text)
        .unwrap()
        .check(Program::TriggersInterceptor, &[]);
    let paths: Vec<_> = checked
        .reads
        .iter()
        .map(|path| format!("{path}{}", if path.guarded { "?" } else { "" }))
        .collect();
    assert_eq!(paths, ["body.a.b?", "body.commits", "header.X-Y[0]"]);
    assert!(checked.gives.is(Type::BOOL));
}

#[test]
fn operators_bind_as_cel_says() {
    for text in [
        "1 + 2 * 3 == 7 && true || 1 in [1]",
        "-1 - 2 < 3 ? 'a' == 'b' : !true",
        "!('x' == 'y') && size('a') + 1 > 2",
    ] {
        assert!(problems(text, Program::TektonWhen).is_empty(), "{text}");
    }
    let found = problems("1 + (2 == 2)", Program::TektonWhen);
    assert!(found[0].starts_with("+ | `+` cannot take"), "{found:?}");
}
