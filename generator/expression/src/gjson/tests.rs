use super::*;

fn shown(text: &str) -> String {
    let read = parse(text);
    let parts: Vec<_> = read
        .parts
        .iter()
        .map(|part| match &part.form {
            Form::Key(name) => name.clone(),
            Form::Pattern(name) => format!("pattern({name})"),
            Form::All => "all".to_owned(),
            Form::Query(query) => format!(
                "query({:?} {}{})",
                query.operator,
                &text[query.value.clone()],
                if query.all { " all" } else { "" }
            ),
            Form::Modifier(name) => format!("@{name}"),
            Form::Several(paths) => format!("several({})", paths.len()),
            Form::Literal => "literal".to_owned(),
            Form::Lines => "lines".to_owned(),
        })
        .collect();
    let problems = read
        .problems
        .iter()
        .map(|problem| format!(" ! {}", &text[problem.span.clone()]));
    parts.join(" / ") + &problems.collect::<String>()
}

#[test]
fn paths_are_read_part_by_part() {
    for (path, parts) in [
        ("body.commits.0.id", "body / commits / 0 / id"),
        ("body.commits.#.id", "body / commits / all / id"),
        ("body.commits.#", "body / commits / all"),
        ("a\\.b.c", "a.b / c"),
        (
            "a.#(name==\"x.y\").id",
            "a / query(Some(Equal) \"x.y\") / id",
        ),
        ("a.#(n>3)#.id", "a / query(Some(Greater) 3 all) / id"),
        ("a.#(labels.#(x==\"y\"))#", "a / query(None  all)"),
        ("a|@reverse|0", "a / @reverse / 0"),
        ("a.@pretty:{\"sortKeys\":true}.b", "a / @pretty / b"),
        ("{a.b,\"x\":c}.x", "several(2) / x"),
        ("[a,b.@flatten]", "several(2)"),
        ("!\"push\"", "literal"),
        ("..#.id", "lines / all / id"),
        ("a*.b", "pattern(a*) / b"),
        ("@type", "@type"),
    ] {
        assert_eq!(shown(path), parts, "{path}");
    }
}

#[test]
fn paths_that_never_match_are_said_at_the_part() {
    for (path, part) in [
        (".body.x", "."),
        ("$.body.x", "$"),
        ("body..x", "."),
        ("body.", "."),
        ("body.commits[0].id", "commits[0]"),
        ("body.commits[*].id", "commits[*]"),
        ("body.commits.*.id", "*"),
        ("body.commits.-1", "-1"),
        ("a.#(name==\"x\"", "#("),
        ("a.#(name=~\"x\")", "=~\"x\""),
        ("a.#(name===\"x\")", "===\"x\""),
        ("a.#(name=>3)", "=>3"),
        ("a.#(name=='x')", "=='x'"),
        ("a.#(name!\"x\")", "!"),
        ("a.#(name==)", "=="),
        ("a.#(x==1)id", "id"),
        ("a.#(x==\"1\" && y==\"2\")", "==\"1\" && y==\"2\""),
        ("a|@revers", "@revers"),
        ("a.#id", "#id"),
        ("a.b\\", "\\"),
        ("[a,b", "["),
    ] {
        let read = parse(path);
        let found: Vec<_> = read
            .problems
            .iter()
            .map(|problem| &path[problem.span.clone()])
            .collect();
        assert_eq!(found, [part], "{path}: {read:?}");
    }
}

#[test]
fn destinations_name_fields_and_elements() {
    let read = parse_destination("spec.arguments.parameters.0.value").unwrap();
    assert_eq!(read.path.to_string(), "spec.arguments.parameters[0].value");
    assert!(read.problems.is_empty());
    let read = parse_destination("metadata.labels.a\\.b/c").unwrap();
    assert_eq!(read.path.segments[2].step, Step::Key("a.b/c".to_owned()));
    assert_eq!(parse_destination("a.-1").unwrap().problems, []);
    assert!(parse_destination("").is_err());
    for (path, part) in [
        (".spec.x", "."),
        ("spec..x", "."),
        ("spec.x.", "."),
        ("spec.parameters[0].value", "parameters[0]"),
        ("spec.parameters.-2", "-2"),
        ("spec.parameters.#.value", "#"),
        ("spec.*", "*"),
    ] {
        let read = parse_destination(path).unwrap();
        let found: Vec<_> = read
            .problems
            .iter()
            .map(|problem| &path[problem.span.clone()])
            .collect();
        assert_eq!(found, [part], "{path}");
    }
}
