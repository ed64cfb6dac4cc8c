use crate::rules::prelude::*;
use crate::surface::{Language, is_name};

pub(crate) static RULE: Rule = Rule {
    id: "name-as-value",
    title: "a variable that gets its own name as value",
    why: "`$name=$name` gives the variable called like the content of `name` just that content: the value that was meant is \
          not passed on.",
    fix: "Pass on the name alone where the tool takes it from the environment (`--env \"$name\"`), or the value: \
          `\"$name=${!name}\"` in bash.",
    source: "POSIX.1-2024 Shell Command Language 2.6.2",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      set --
      for name in TOKEN HOST; do
        set -- \"$@\" --env ⟦$name=$name⟧
        more=\"--build-arg ⟦${name}=${name}⟧\"
      done
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  steps:
  - name: plan
    image: alpine:3.23
    script: |
      set -- --env TOKEN=$TOKEN --env \"$NAME=$VALUE\" --set a$x=$x --map $x=$x.local
      [ $a == $a ] || echo \"$a=$ab\"
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs().iter().filter(|program| program.language == Language::Shell) {
        for (at, _) in program.text.match_indices("=$") {
            let before = program.text.get(..at).unwrap_or_default();
            let Some(start) = before.rfind('$') else { continue };
            let variable = before.get(start..).unwrap_or_default();
            let name = variable.trim_start_matches('$');
            let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
            let rest = program.text.get(at + 1..).unwrap_or_default();
            // Both are whole words: `x$a=$a` and `$a=$a.local` mean something.
            let is_whole = before.get(..start).is_some_and(|it| it.ends_with([' ', '"', '\t', '\n', '=']));
            let behind = rest.strip_prefix(variable);
            let ends = behind.is_some_and(|it| it.is_empty() || it.starts_with([' ', '"', '\t', '\n', ';', ')']));
            // An option's own `=`, as in `--env=$a=$a`; a comparison is no assignment.
            if is_name(name) && is_whole && ends && !variable.contains("$$") {
                let place = program.value.scalar().map(|scalar| scalar.place_of(start..at + 1 + variable.len()));
                let message = format!("the value is the name itself: both are what `{variable}` holds");
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}
