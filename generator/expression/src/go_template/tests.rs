use super::*;

fn problems(text: &str) -> Vec<String> {
    let problems = match parse(text, Program::ArgoEvents) {
        Ok(template) => template.problems,
        Err(problem) => vec![problem],
    };
    problems
        .iter()
        .map(|problem| format!("{} | {}", &text[problem.span.clone()], problem.message))
        .collect()
}

#[test]
fn what_a_template_reads_is_followed_through_blocks_and_variables() {
    for (text, reads) in [
        ("{{ .Input.body.ref }}", "Input.body.ref"),
        (
            "{{ with .Input.body }}{{ .ref }}{{ $.Input.x }}{{ end }}",
            "Input.body Input.body.ref Input.x",
        ),
        (
            "{{ range $i, $c := .Input.commits }}{{ $c.id }}{{ .id }}{{ end }}",
            "Input.commits Input.commits[*].id Input.commits[*].id",
        ),
        (
            "{{ $b := .Input.body }}{{ $b.ref | upper }}",
            "Input.body Input.body.ref",
        ),
        (
            "{{ index .Input.body \"a-b\" 0 }}",
            "Input.body Input.body.a-b[0]",
        ),
        ("{{ (index .Input \"a\").b }}", "Input Input.a Input.a.b"),
        ("{{/* .x */}}{{- .Input -}}", "Input"),
        (
            "{{ define \"t\" }}{{ .x }}{{ end }}{{ template \"t\" .Input }}",
            "Input",
        ),
        (
            "{{ if .a }}{{ .b }}{{ else if .c }}{{ .d }}{{ end }}",
            "a b c d",
        ),
    ] {
        let read = parse(text, Program::ArgoEvents).unwrap();
        assert_eq!(read.problems, [], "{text}");
        let paths: Vec<_> = read.reads.iter().map(Path::to_string).collect();
        assert_eq!(paths.join(" "), reads, "{text}");
    }
    let read = parse("{{ .a | default \"x\" }}{{ .b }}", Program::ArgoEvents).unwrap();
    let guarded: Vec<_> = read.reads.iter().map(|path| path.guarded).collect();
    assert_eq!(guarded, [true, false]);
}

#[test]
fn what_go_refuses_is_said_at_the_word() {
    for (text, problem) in [
        (
            "{{ .a == .b }}",
            "= | unexpected `=` in an action: values are compared with `eq`",
        ),
        (
            "{{ .Input.body.a-b }}",
            "- | `-` cannot stand in a name: write `index . \"a-…\"`",
        ),
        ("{{ .a[0] }}", "[ | an element is picked with `index`"),
        (
            "{{ .a }",
            "{{ | the action is never closed: end it with `}}`",
        ),
        ("{{ if .a }}x", "}} | `if` is never ended: write `{{end}}`"),
        ("x{{ end }}", "{{ | this `end` has nothing to end"),
        ("{{ $x }}", "$x | there is no variable `$x` here"),
        (
            "{{ upperr .a }}",
            "upperr | there is no function `upperr` (did you mean `upper`?)",
        ),
        ("{{ Input.body }}", "Input | there is no function `Input`"),
        (
            "{{ upper }}",
            "upper | `upper` takes 1 argument, and gets no arguments",
        ),
        (
            "{{ .a | replace \"x\" }}",
            "replace | `replace` takes 3 arguments, and gets 2 arguments",
        ),
        (
            "{{ eq .a }}",
            "eq | `eq` takes at least 2 arguments, and gets 1 argument",
        ),
        (
            "{{ .a \"x\" }}",
            ".a | `.a` is no function, and gets 1 argument",
        ),
        (
            "{{ .a | \"x\" }}",
            "\"x\" | behind `|` a function belongs, and this is a value",
        ),
        (
            "{{ template \"x\" }}",
            "\"x\" | no template `x` is defined here",
        ),
        ("{{ break }}", "break | `break` stands in no `range`"),
        (
            "{{ .a - 1 }}",
            "- | `-` is no operator: numbers are worked with `add`, `sub`",
        ),
        (
            "{{ 'abc' }}",
            "'abc' | 'abc' is no letter: a text stands in double quotes",
        ),
    ] {
        let found = problems(text);
        assert!(
            found.first().is_some_and(|it| it.starts_with(problem)),
            "{text}: {found:?}"
        );
        assert_eq!(found.len(), 1, "{text}: {found:?}");
    }
}

#[test]
fn programs_have_their_own_functions() {
    assert!(problems("{{ env \"HOME\" }}").is_empty());
    let sets = |text| {
        parse(text, Program::ApplicationSets)
            .unwrap()
            .problems
            .len()
    };
    assert_eq!(sets("{{ env \"HOME\" }}"), 1);
    assert_eq!(sets("{{ .name | normalize }}"), 0);
}
