//! Findings that comments and configuration accept.

use luban_check::{Checked, Level, Objects, Options, check_all};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};

const HEAD: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

fn checked(yaml: &str, options: Options) -> Checked {
    let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    check_all(&Objects::new(documents), &options)
}

/// `line rule` of each finding.
fn found(yaml: &str) -> Vec<String> {
    shown(&checked(yaml, Options::default()))
}

fn shown(checked: &Checked) -> Vec<String> {
    const LOOKED_AT: [&str; 3] = ["unknown-field", "unknown-variable", "unused-ignore"];
    let findings = checked.findings.iter();
    findings
        .filter(|finding| LOOKED_AT.contains(&finding.rule))
        .map(|finding| {
            let line = finding.place.as_ref().unwrap().span.start.line;
            format!("{line} {}", finding.rule)
        })
        .collect()
}

#[test]
fn a_comment_at_the_end_of_a_line_is_about_that_line_alone() {
    let yaml = format!("{HEAD}dataa: {{}} # luban: ignore[unknown-field] kept\ndatab: {{}}\n");
    assert_eq!(found(&yaml), ["5 unknown-field"]);
    assert_eq!(checked(&yaml, Options::default()).accepted, 1);
}

#[test]
fn a_comment_on_its_own_line_is_about_the_next_one() {
    let yaml = format!(
        "{HEAD}# luban: ignore[unknown-field] kept\n# as it was\n\ndataa: {{}}\ndatab: {{}}\n"
    );
    assert_eq!(found(&yaml), ["8 unknown-field"]);
}

#[test]
fn a_comment_inside_a_mapping_or_above_an_item_is_about_what_follows() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n";
    let yaml = format!(
        "{pod}  # luban: ignore[unknown-field] kept\n  - imagee: a\n    name: a\n    # luban: ignore[unknown-field] kept\n    argz: []\n    envv: []\n"
    );
    assert_eq!(found(&yaml), ["11 unknown-field"]);
}

#[test]
fn a_comment_above_an_object_is_about_all_of_it_and_nothing_else() {
    let bad = format!("{HEAD}dataa: {{}}\ndatab: {{}}\n");
    let ignore = "# luban: ignore[unknown-field] kept";
    let above = format!("# what it is\n{ignore}\n\n{bad}---\n{bad}");
    assert_eq!(found(&above), ["13 unknown-field", "14 unknown-field"]);
    let behind = format!("--- {ignore}\n{bad}---\n{bad}");
    assert_eq!(found(&behind), ["11 unknown-field", "12 unknown-field"]);
    let second = format!("{bad}---\n{ignore}\n{bad}");
    assert_eq!(found(&second), ["4 unknown-field", "5 unknown-field"]);
}

#[test]
fn a_comment_above_an_item_of_a_list_of_objects_is_about_that_object() {
    let item =
        "apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  dataa: {}\n  datab: {}\n";
    let yaml = format!(
        "apiVersion: v1\nkind: List\nitems:\n# luban: ignore[unknown-field] kept\n- {item}- {item}"
    );
    assert_eq!(found(&yaml), ["13 unknown-field", "14 unknown-field"]);
}

#[test]
fn a_comment_at_the_head_of_a_block_is_about_what_stands_in_it() {
    let yaml = "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    script:
      image: alpine:3.23
      command: [sh]
      source: | # luban: ignore[unknown-variable] filled in later
        echo
        echo {{inputs.parameters.absent}}
";
    assert_eq!(found(yaml), [""; 0]);
    assert_eq!(
        found(&yaml.replace(" # luban", "\n        # luban")),
        ["14 unknown-variable"]
    );
}

#[test]
fn only_the_rules_that_are_named_are_ignored() {
    let yaml = format!("{HEAD}dataa: {{}} # luban: ignore[wrong-type, duplicate-key] kept\n");
    assert_eq!(
        found(&yaml),
        ["4 unknown-field", "4 unused-ignore", "4 unused-ignore"]
    );
}

#[test]
fn an_ignore_of_a_rule_that_did_not_look_is_not_called_useless() {
    let yaml = format!("{HEAD}data: {{}} # luban: ignore[wrong-type] kept\n");
    assert_eq!(found(&yaml), ["4 unused-ignore"]);
    let off = Options {
        off: ["wrong-type".to_owned()].into(),
        ..Options::default()
    };
    assert_eq!(shown(&checked(&yaml, off)), [""; 0]);
    let only = |rule: &str| Options {
        only: [rule.to_owned()].into(),
        ..Options::default()
    };
    assert_eq!(shown(&checked(&yaml, only("unknown-field"))), [""; 0]);
    assert_eq!(
        shown(&checked(&yaml, only("unused-ignore"))),
        ["4 unused-ignore"]
    );
}

#[test]
fn objects_that_are_given_apart_may_say_what_they_like() {
    let yaml = format!("{HEAD}data: {{}} # luban: ignore[wrong-type] kept\n");
    let documents = parse("a.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
    let objects = Objects::default().with_given(documents);
    assert_eq!(shown(&check_all(&objects, &Options::default())), [""; 0]);
}

#[test]
fn levels_change_what_findings_weigh_and_the_last_one_counts() {
    let yaml = format!("{HEAD}dataa: {{}}\n");
    let level = |severity, file: Option<&str>| Level {
        rules: ["unknown-field".to_owned()].into(),
        files: file.map(|file| [file.to_owned()].into()),
        severity,
    };
    let with = |levels: Vec<Level>| {
        checked(
            &yaml,
            Options {
                levels,
                ..Options::default()
            },
        )
    };
    let severities = |checked: &Checked| -> Vec<Severity> {
        let findings = checked.findings.iter();
        findings.map(|finding| finding.severity).collect()
    };
    let note = level(Some(Severity::Note), None);
    assert_eq!(severities(&with(vec![note.clone()])), [Severity::Note]);
    let off = with(vec![note.clone(), level(None, Some("a.yaml"))]);
    assert_eq!((severities(&off), off.accepted), (vec![], 1));
    let other = with(vec![level(None, Some("b.yaml"))]);
    assert_eq!(severities(&other), [Severity::Error]);
    assert_eq!(other.idle_levels, [(0, "unknown-field".to_owned())]);
    let on = with(vec![level(None, None), note]);
    assert_eq!(severities(&on), [Severity::Note]);
    assert!(on.idle_levels.is_empty());
}

#[test]
fn a_finding_says_in_which_object_it_stands() {
    let yaml = format!(
        "{HEAD}dataa: {{}}\n---\napiVersion: v1\nkind: List\nitems:\n- {{apiVersion: v1, kind: Pod, metadata: {{generateName: b-}}, x: 1}}\n- {{apiVersion: v1, kind: Pod, metadata: {{name: c}}, x: 1}}\ny: 1\n"
    );
    let checked = checked(&yaml, Options::default());
    let names: Vec<(&str, &str)> = checked
        .findings
        .iter()
        .map(|finding| finding.object.as_ref().unwrap())
        .map(|object| (&*object.kind, &*object.name))
        .collect();
    assert_eq!(
        names,
        [
            ("ConfigMap", "a"),
            ("Pod", "b-"),
            ("Pod", "c"),
            ("List", "")
        ]
    );
}
