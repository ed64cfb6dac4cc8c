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

#[test]
fn what_an_expression_reads_is_listed_with_the_place_of_each_name() {
    let text = "let x = inputs.parameters['a-b']; x + workflow?.name + (steps.s.outputs.result ?? '') + map([1], # + item.n)[0]";
    let expression = parse(text).unwrap();
    let environment = Environment {
        dialect: &ARGO_WORKFLOWS,
        variable: &|_| Type::UNKNOWN,
    };
    let reads = expression.check(&environment).reads;
    let shown: Vec<_> = reads
        .iter()
        .map(|path| format!("{path}{}", if path.guarded { "?" } else { "" }))
        .collect();
    assert_eq!(
        shown,
        [
            "inputs.parameters.a-b",
            "workflow.name?",
            "steps.s.outputs.result?",
            "item.n"
        ]
    );
    let last = reads[0].segments.last().unwrap();
    assert_eq!(&text[last.span.clone()], "a-b");
    assert_eq!(
        reads[0].clone().shifted(5).span(),
        reads[0].span().start + 5..reads[0].span().end + 5
    );
}

#[test]
fn a_condition_that_is_never_true_or_false_is_said() {
    let environment = Environment {
        dialect: &KARGO,
        variable: &|_| Type::UNKNOWN,
    };
    let problems = |text: &str| check_condition(&parse(text).unwrap(), &environment).problems;
    assert_eq!(problems("failure() || status('a') == 'Errored'"), []);
    assert_eq!(
        problems("commitFrom(vars.repo, warehouse('w')).ID == ctx.x"),
        []
    );
    assert_eq!(problems("status('a')")[0].kind, Kind::Type);
    assert_eq!(problems("imageFrom() != nil")[0].kind, Kind::Arguments);
    assert_eq!(problems("secrets('a') == nil")[0].span, 0..7);
}

#[test]
fn a_call_of_sprig_with_too_few_arguments_is_said() {
    for (text, count) in [
        ("sprig.trim(a)", 0),
        ("sprig.trim()", 1),
        ("sprig.replace('a', 'b')", 1),
        ("sprig.list(1, 2, 3)", 0),
        ("sprig.default('x', a)", 0),
    ] {
        assert_eq!(checked(text).len(), count, "{text}");
    }
}

#[test]
fn a_key_with_escapes_is_underlined_whole() {
    let text = "a['ééé\\u0041\\u0041']";
    let environment = Environment {
        dialect: &PLAIN,
        variable: &|_| Type::UNKNOWN,
    };
    let reads = parse(text).unwrap().check(&environment).reads;
    assert_eq!(
        &text[reads[0].segments[1].span.clone()],
        "'ééé\\u0041\\u0041'"
    );
}
