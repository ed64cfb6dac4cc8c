//! `luban check`, as a user runs it.
#![allow(missing_docs, clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A call of a template that does not exist, beside one that is not given.
const WORKFLOW: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: büild-
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - {withItems: [\"ä\"], name: a, template: biuld}
    - - {name: b, templateRef: {name: shared, template: push}}
  - name: build
    container: {image: 'alpine:3.23', command: [make]}
";

const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";

/// What these tests are about: other rules may come.
const RULES: &str = "--only=aliases,configuration,definition-limit,encoding,file-size,ignore-without-reason,key-type,nesting,syntax,\
    too-many-mistakes,unknown-field,unknown-rule-in-ignore,unknown-template,unknown-workflow-template,unused-ignore,wrong-type,\
    argument-without-value";

fn luban() -> Command {
    let mut luban = Command::new(env!("CARGO_BIN_EXE_luban"));
    luban.env_remove("NO_COLOR");
    luban
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn output(path: &Path, arguments: &[&str]) -> (String, String, i32) {
    let mut luban = luban();
    let luban = luban.current_dir(path).arg("check").args(arguments);
    if !arguments.contains(&"--only") {
        luban.arg(RULES);
    }
    let output = luban.output().unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
        output.status.code().unwrap(),
    )
}

/// `file:line rule` of each finding.
fn found(path: &Path, arguments: &[&str]) -> Vec<String> {
    let (out, _, _) = output(path, &[arguments, &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
            format!("{}:{} {}", text("file"), finding["line"], text("rule"))
        })
        .collect()
}

#[test]
fn people_see_the_line_both_ends_what_would_be_right_and_how_much_there_is() {
    let folder = folder(&[("flows/build.yaml", WORKFLOW), ("b.yaml", CONFIG_MAP)]);
    let (out, err, code) = output(folder.path(), &[]);
    insta::assert_snapshot!(out, @r#"
    error[unknown-template]: template `biuld` does not exist (did you mean `build`?)
      --> flows/build.yaml:10:47
       |
    10 |     - - {withItems: ["ä"], name: a, template: biuld}
       |                                               ^^^^^
      ::: flows/build.yaml:12:11
       |
    12 |   - name: build
       |           ----- a template of a similar name

    warning[unknown-workflow-template]: WorkflowTemplate `shared` is not found in namespace `default`
      --> flows/build.yaml:11:39
       |
    11 |     - - {name: b, templateRef: {name: shared, template: push}}
       |                                       ^^^^^^

    1 error, 1 warning in 2 files
    "#);
    assert_eq!((err.as_str(), code), ("", 1));
}

#[test]
fn a_line_a_finding_is_for_editors() {
    let folder = folder(&[("build.yaml", WORKFLOW)]);
    let (out, _, code) = output(folder.path(), &["--format", "concise"]);
    insta::assert_snapshot!(out, @r"
    build.yaml:10:47: error[unknown-template] template `biuld` does not exist (did you mean `build`?)
    build.yaml:11:39: warning[unknown-workflow-template] WorkflowTemplate `shared` is not found in namespace `default`
    ");
    assert_eq!(code, 1);
}

#[test]
fn json_is_one_document_of_version_1() {
    let folder = folder(&[("build.yaml", WORKFLOW)]);
    let (out, _, code) = output(folder.path(), &["--format", "json"]);
    let object = serde_json::json!({"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "name": "büild-"});
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        report,
        serde_json::json!({
            "version": 1,
            "findings": [
                {
                    "rule": "unknown-template",
                    "severity": "error",
                    "message": "template `biuld` does not exist (did you mean `build`?)",
                    "file": "build.yaml", "line": 10, "column": 47, "endLine": 10, "endColumn": 52,
                    "object": object,
                    "related": [{
                        "message": "a template of a similar name",
                        "file": "build.yaml", "line": 12, "column": 11, "endLine": 12, "endColumn": 16,
                    }],
                    "help": null,
                },
                {
                    "rule": "unknown-workflow-template",
                    "severity": "warning",
                    "message": "WorkflowTemplate `shared` is not found in namespace `default`",
                    "file": "build.yaml", "line": 11, "column": 39, "endLine": 11, "endColumn": 45,
                    "object": object,
                    "related": [],
                    "help": null,
                },
            ],
            "summary": {"errors": 1, "warnings": 1, "notes": 0},
        })
    );
    assert_eq!(code, 1);
}

#[test]
fn github_shows_findings_beside_the_lines_of_a_pull_request() {
    let folder = folder(&[("a,b:c%d.yaml", WORKFLOW)]);
    let (out, _, code) = output(folder.path(), &["--format", "github"]);
    insta::assert_snapshot!(out, @r"
    ::error file=a%2Cb%3Ac%25d.yaml,line=10,endLine=10,col=47,endColumn=52,title=unknown-template::template `biuld` does not exist (did you mean `build`?)
    ::warning file=a%2Cb%3Ac%25d.yaml,line=11,endLine=11,col=39,endColumn=45,title=unknown-workflow-template::WorkflowTemplate `shared` is not found in namespace `default`
    ");
    assert_eq!(code, 1);
}

#[test]
fn sarif_has_what_code_scanning_shows() {
    let folder = folder(&[("a b.yaml", WORKFLOW)]);
    let (out, _, code) = output(folder.path(), &["--format", "sarif"]);
    let log: Value = serde_json::from_str(&out).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        for text in [
            "/shortDescription/text",
            "/fullDescription/text",
            "/help/text",
        ] {
            assert!(!rule.pointer(text).unwrap().as_str().unwrap().is_empty());
        }
        let markdown = rule["help"]["markdown"].as_str().unwrap();
        assert!(markdown.contains("```yaml"), "{markdown}");
        assert!(result["partialFingerprints"]["luban/v1"].is_string());
    }
    assert_eq!(
        run["results"][0]["locations"][0]["physicalLocation"],
        serde_json::json!({
            "artifactLocation": {"uri": "a%20b.yaml"},
            // Characters, as `columnKind` says: `ä` is one.
            "region": {"startLine": 10, "startColumn": 47, "endLine": 10, "endColumn": 52},
        })
    );
    assert_eq!(run["results"][0]["relatedLocations"][0]["id"], 0);
    assert_eq!(code, 1);
}

#[test]
fn nothing_wrong_is_a_document_too_and_exit_code_0() {
    let folder = folder(&[("a.yaml", CONFIG_MAP)]);
    let (out, _, code) = output(folder.path(), &[]);
    assert_eq!((out.as_str(), code), ("no findings in 1 file\n", 0));
    for format in ["json", "sarif"] {
        let (out, err, code) = output(folder.path(), &["--format", format]);
        assert!(serde_json::from_str::<Value>(&out).is_ok(), "{out}");
        assert_eq!((err.as_str(), code), ("", 0));
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let folder = folder(&[("a.yaml", WORKFLOW)]);
    for (arguments, is_coloured) in [
        (&[][..], false),
        (&["--color", "always"], true),
        (&["--color", "never"], false),
    ] {
        let (out, _, _) = output(folder.path(), arguments);
        assert_eq!(out.contains('\u{1b}'), is_coloured, "{arguments:?}");
    }
}

#[test]
fn references_are_found_in_any_file_in_any_order_and_in_what_the_cluster_has() {
    let shared = "\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: shared}
spec:
  templates:
  - name: push
    container: {image: 'alpine:3.23', comand: [sh]}
";
    let right = WORKFLOW.replace("biuld", "build");
    let folder = folder(&[("a.yaml", &right), ("z/shared.yaml", shared)]);
    let root = folder.path();
    assert_eq!(
        found(root, &["a.yaml"]),
        ["a.yaml:11 unknown-workflow-template"]
    );
    assert_eq!(
        found(root, &["a.yaml", "z"]),
        ["z/shared.yaml:7 unknown-field"]
    );
    // What is there already is not judged.
    assert_eq!(found(root, &["a.yaml", "--cluster-objects", "z"]), [""; 0]);
    let (out, _, code) = output(root, &["a.yaml", "--closed"]);
    assert!(out.contains("error[unknown-workflow-template]"), "{out}");
    assert_eq!(code, 1);
}

#[test]
fn warnings_count_for_those_who_deny_them() {
    let right = WORKFLOW.replace("biuld", "build");
    let folder = folder(&[("a.yaml", &right)]);
    assert_eq!(output(folder.path(), &[]).2, 0);
    assert_eq!(output(folder.path(), &["--deny", "warning"]).2, 1);
    assert_eq!(output(folder.path(), &["--deny", "note"]).2, 1);
}

#[test]
fn rules_are_chosen_by_name_and_names_that_there_are_not_are_errors_of_usage() {
    let folder = folder(&[("a.yaml", WORKFLOW)]);
    let root = folder.path();
    assert_eq!(
        found(root, &["--only", "unknown-workflow-template,unknown-field"]),
        ["a.yaml:11 unknown-workflow-template"]
    );
    assert_eq!(
        found(root, &["--ignore", "unknown-workflow-template"]),
        ["a.yaml:10 unknown-template"]
    );
    let (_, err, code) = output(root, &["--only", "unknown-templat"]);
    assert!(err.contains("did you mean `unknown-template`?"), "{err}");
    assert_eq!(code, 2);
    assert_eq!(output(root, &["--profil", "strict"]).2, 2);
}

#[test]
fn arguments_without_values_are_right_to_lint_and_wrong_to_submit() {
    let folder = folder(&[(
        "a.yaml",
        "\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: a}
spec:
  entrypoint: main
  arguments: {parameters: [{name: image}]}
  templates:
  - name: main
    container: {image: '{{workflow.parameters.image}}', command: [make]}
",
    )]);
    assert_eq!(output(folder.path(), &["--as", "lint"]).2, 0);
    assert_eq!(output(folder.path(), &["--as", "submit"]).2, 1);
}

#[test]
fn standard_input_is_a_file_of_any_name_and_stands_in_for_the_one_on_disk() {
    let folder = folder(&[("a.yaml", WORKFLOW), ("b.yaml", CONFIG_MAP)]);
    let run = |arguments: &[&str], stdin: &str| {
        let mut luban = luban();
        let luban = luban
            .current_dir(folder.path())
            .args(["check", "--format", "concise", RULES]);
        let output = luban
            .args(arguments)
            .write_stdin(stdin.to_owned())
            .output()
            .unwrap();
        let lines = String::from_utf8(output.stdout).unwrap();
        (lines, output.status.code().unwrap())
    };
    let (out, code) = run(&["-"], WORKFLOW);
    assert!(
        out.starts_with("<stdin>:10:47: error[unknown-template]"),
        "{out}"
    );
    assert_eq!(code, 1);
    let (out, _) = run(&["-", "--stdin-filename", "./a.yaml"], WORKFLOW);
    assert!(out.starts_with("a.yaml:10:47: "), "{out}");
    let (out, code) = run(&["-", ".", "--stdin-filename", "a.yaml"], CONFIG_MAP);
    assert_eq!((out.as_str(), code), ("", 0));
    let kustomization = "resource: [x.yaml]\n";
    let (out, _) = run(
        &["-", "--stdin-filename", "x/kustomization.yaml"],
        kustomization,
    );
    assert!(out.contains("unknown field `resource`"), "{out}");
}

#[test]
fn an_editor_gives_its_buffer_and_the_rest_of_the_repository_as_it_is() {
    let shared = "\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: shared}
spec: {templates: [{name: push, container: {image: 'alpine:3.23'}}]}
";
    let found = |files: &[(&str, &str)]| {
        let folder = folder(files);
        let output = luban()
            .current_dir(folder.path())
            .args(["check", "-", "--stdin-filename", "a.yaml"])
            .args(["--cluster-objects", ".", "--format", "json", RULES])
            .write_stdin(WORKFLOW)
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let lines: Vec<(String, u64)> = findings
            .map(|finding| {
                (
                    finding["file"].to_string(),
                    finding["line"].as_u64().unwrap(),
                )
            })
            .collect();
        lines
    };
    let at = |line| ("\"a.yaml\"".to_owned(), line);
    let wrong = format!("{CONFIG_MAP}dataa: {{}}\n");
    assert_eq!(
        found(&[("b/shared.yaml", shared), ("old.yaml", &wrong)]),
        [at(10)]
    );
    // What the buffer no longer has is not there.
    assert_eq!(found(&[("a.yaml", shared)]), [at(10), at(11)]);
}

#[test]
fn the_guide_shows_what_the_command_says() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/check.md");
    let guide = fs::read_to_string(guide).unwrap();
    let block = |fence: &str| {
        let (_, after) = guide.split_once(fence).unwrap();
        after.split_once("\n```").unwrap().0.to_owned() + "\n"
    };
    let folder = folder(&[("build.yaml", &block("```yaml\n"))]);
    let luban = luban()
        .current_dir(folder.path())
        .args(["check", "build.yaml"])
        .output()
        .unwrap();
    let out = String::from_utf8(luban.stdout).unwrap();
    assert_eq!(block("```console\n$ luban check build.yaml\n"), out);
}

#[test]
fn a_file_holds_many_documents_or_json() {
    let json =
        r#"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "j"}, "dataa": {}}"#;
    let many = format!("{CONFIG_MAP}---\n---\n{CONFIG_MAP}dataa: {{}}\n---\nno: object\n");
    let folder = folder(&[("a.json", json), ("b.yml", &many)]);
    assert_eq!(
        found(folder.path(), &[]),
        ["a.json:1 unknown-field", "b.yml:9 unknown-field"]
    );
}

#[test]
fn broken_files_are_findings_and_the_others_are_checked_all_the_same() {
    let folder = folder(&[
        (
            "a.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a\n",
        ),
        ("c.yaml", &format!("{CONFIG_MAP}dataa: {{}}\n")),
    ]);
    fs::write(folder.path().join("b.yaml"), b"kind: \xff\n").unwrap();
    let (out, _, code) = output(folder.path(), &["--format", "concise"]);
    insta::assert_snapshot!(out, @r"
    a.yaml:4:1: error[syntax] did not find expected ',' or '}'
    b.yaml:1:7: error[encoding] the file is not UTF-8: byte 6 is `0xff`
    c.yaml:4:1: error[unknown-field] unknown field `dataa` (did you mean `data`?)
    ");
    assert_eq!(code, 1);
}

#[test]
fn files_that_are_more_than_is_read_are_findings() {
    let deep = format!("kind: A\na: {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let mut bomb = String::from("kind: A\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let many = format!(
        "{CONFIG_MAP}{}",
        (0..2_000)
            .map(|at| format!("x{at}: 1\n"))
            .collect::<String>()
    );
    let folder = folder(&[
        ("bomb.yaml", &bomb),
        ("deep.yaml", &deep),
        ("many.yaml", &many),
    ]);
    let file = fs::File::create(folder.path().join("large.yaml")).unwrap();
    file.set_len(200_000_000).unwrap();
    let mut found = found(folder.path(), &[".", "large.yaml"]);
    found.retain(|finding| !finding.ends_with("unknown-field"));
    assert_eq!(
        found,
        [
            "bomb.yaml:7 aliases",
            "deep.yaml:2 nesting",
            "large.yaml:1 file-size",
            "many.yaml:1 too-many-mistakes"
        ]
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_an_error_of_input_after_the_findings_of_the_rest() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a.yaml", WORKFLOW)]);
    let root = folder.path();
    symlink("loop.yaml", root.join("loop.yaml")).unwrap();
    for path in ["loop.yaml", "nowhere.yaml"] {
        let (out, err, code) = output(root, &[path, "a.yaml", "--format", "concise"]);
        assert!(out.starts_with("a.yaml:10:47"), "{out}");
        assert!(err.contains(&format!("cannot read `{path}`")), "{err}");
        assert_eq!(code, 2);
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_are_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("a/b.yaml", CONFIG_MAP)]);
    symlink("..", folder.path().join("a/up")).unwrap();
    symlink("b.yaml", folder.path().join("a/link.yaml")).unwrap();
    let (out, err, code) = output(folder.path(), &[]);
    assert_eq!(
        (out.as_str(), &*err, code),
        ("no findings in 1 file\n", "", 0)
    );
}

#[cfg(unix)]
#[test]
fn hostile_names_of_files_stay_in_their_line() {
    let name = "\u{1b}[31m\n::error::x\n.yaml";
    let folder = folder(&[(name, WORKFLOW)]);
    for format in ["human", "concise", "github"] {
        let (out, _, code) = output(folder.path(), &["--format", format]);
        let is_injected = |line: &str| line.starts_with("::error::");
        assert!(!out.lines().any(is_injected), "{format}: {out}");
        // What runs on GitHub takes no colours from data of commands.
        assert!(format == "github" || !out.contains('\u{1b}'), "{out}");
        assert_eq!(code, 1);
    }
    let found = found(folder.path(), &[]);
    assert!(found[0].starts_with(name), "{found:?}");
}

#[test]
fn folders_are_searched_for_what_people_write() {
    let wrong = format!("{CONFIG_MAP}dataa: {{}}\n");
    let folder = folder(&[
        (".gitignore", "/out/\n*.local.yaml\n"),
        (".tekton/run.yaml", &wrong),
        (".hidden/a.yaml", &wrong),
        ("Cargo.toml", ""),
        ("chart/Chart.yaml", "apiVersion: v2\nname: x\n"),
        (
            "chart/templates/a.yaml",
            "{{- if .Values.x }}\nkind: A\n{{- end }}\n",
        ),
        ("chart/crds/a.yaml", &wrong),
        ("deploy/target/a.yaml", &wrong),
        ("node_modules/a.yaml", &wrong),
        ("notes.txt", &wrong),
        ("out/a.yaml", &wrong),
        ("target/a.yaml", &wrong),
        ("x.local.yaml", &wrong),
    ]);
    let (out, err, _) = output(folder.path(), &["--format", "concise"]);
    let files: Vec<&str> = out
        .lines()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(
        files,
        [
            ".tekton/run.yaml",
            "chart/crds/a.yaml",
            "deploy/target/a.yaml"
        ]
    );
    assert_eq!(
        err,
        "luban: passed over templates of another program: `chart/templates`\n"
    );
    // What is named is checked, wherever it stands.
    assert_eq!(found(folder.path(), &["out/a.yaml"]).len(), 1);
}

#[test]
fn yaml_of_other_programs_is_passed_over() {
    let folder = folder(&[
        ("a.yaml", CONFIG_MAP),
        ("broken-notes.yaml", "a: [\n"),
        ("compose.yaml", "services: {a: {image: x}}\non: 1\non: 2\n"),
        ("cloud.yaml", "Resources: {A: !Ref B}\n"),
        (
            "helm-if.yaml",
            "kind: A\n{{- if .Values.x }}\na: b\n{{- end }}\n",
        ),
        (
            "helm-include.yaml",
            "kind: A\nmetadata:\n  labels:\n    {{- include \"x.labels\" . | nindent 4 }}\nspec: {}\n",
        ),
        (
            "helm.yaml",
            "apiVersion: v1\nkind: ConfigMap\ndata: {{ .Values.data }}\n",
        ),
        ("jinja.yaml", "kind: A\n{% if x %}\na: b\n{% endif %}\n"),
        (
            "platform.yaml",
            "apiVersion: luban.dev/v1alpha1\nkind: Platform\nspec: {on: 1}\n",
        ),
    ]);
    let (out, err, code) = output(folder.path(), &["--format", "concise"]);
    assert_eq!((out.as_str(), code), ("", 0));
    assert!(
        err.contains("`helm-if.yaml`, `helm-include.yaml`, `helm.yaml`, 1 more"),
        "{err}"
    );
    // Whoever names a file wants to know.
    assert_eq!(output(folder.path(), &["broken-notes.yaml"]).2, 1);
    assert_eq!(output(folder.path(), &["helm.yaml"]).2, 1);
}

#[test]
fn templates_inside_values_do_not_hide_that_a_file_is_broken() {
    let sensor = "\
apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: a}
spec:
  text: |
    {{- if .Input.body }}
    {{ .Input.body.ref | b64enc }}
    {{- end }}

  broken: [a
";
    let folder = folder(&[("a.yaml", sensor)]);
    assert_eq!(found(folder.path(), &[]), ["a.yaml:11 syntax"]);
}

#[test]
fn a_variable_of_a_workflow_without_quotes_is_no_template_of_another_program() {
    let yaml = WORKFLOW.replace("template: biuld", "template: {{inputs.parameters.x}}");
    let folder = folder(&[("a.yaml", &yaml)]);
    let (out, _, _) = output(folder.path(), &["--only", "key-type,wrong-type"]);
    insta::assert_snapshot!(out, @r#"
    error[wrong-type]: expected a string in `spec.templates[0].steps[0][0].template`, found a mapping
      --> a.yaml:10:47
       |
    10 |     - - {withItems: ["ä"], name: a, template: {{inputs.parameters.x}}}
       |                                               ^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: put `{{…}}` between quotes

    1 error in 1 file
    "#);
}

#[test]
fn a_chart_that_breaks_before_its_first_line_of_a_template_is_a_template() {
    let chart = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n labels: {}\nspec: {}\n{{ if .Values.x }}\nb: {}\n{{ end }}\n";
    let folder = folder(&[("a.yaml", CONFIG_MAP), ("helm/a.yaml", chart)]);
    let (out, err, code) = output(folder.path(), &["--format", "concise"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        err.contains("passed over templates of another program: `helm/a.yaml`"),
        "{err}"
    );
}

#[test]
fn a_folder_without_any_object_is_an_error_and_a_file_without_one_is_not() {
    let folder = folder(&[("notes.yaml", "a: 1\n")]);
    let (_, err, code) = output(folder.path(), &[]);
    assert!(err.contains("there is nothing to check in `.`"), "{err}");
    assert_eq!(code, 2);
    let (_, err, code) = output(folder.path(), &["notes.yaml"]);
    assert!(err.contains("there is nothing to check"), "{err}");
    assert_eq!(code, 0);
}

#[test]
fn a_finding_is_accepted_where_a_comment_says_why() {
    let accepted = WORKFLOW.replace(
        "template: biuld}",
        "template: biuld} # luban: ignore[unknown-template] comes with the next version",
    );
    let folder = folder(&[("a.yaml", &accepted)]);
    let (out, _, code) = output(folder.path(), &[]);
    assert!(out.ends_with("1 warning in 1 file, 1 accepted\n"), "{out}");
    assert_eq!(code, 0);
    let without = accepted.replace(" comes with the next version", "");
    fs::write(folder.path().join("a.yaml"), without).unwrap();
    assert_eq!(
        found(folder.path(), &[])[0],
        "a.yaml:10 ignore-without-reason"
    );
}

mod configuration {
    use super::*;

    #[test]
    fn paths_levels_and_the_rest_are_settings_of_a_repository() {
        let wrong = format!("{CONFIG_MAP}dataa: {{}}\n");
        let folder = folder(&[
            (".git/HEAD", ""),
            (
                "luban-check.yaml",
                "\
exclude: [vendor/]
clusterObjects: [cluster]
closed: true
deny: note
as: submit
levels:
- {rules: [unknown-field], level: ignore, paths: [old/**], reason: nobody runs them}
- {rules: [unknown-field], level: note, paths: [new/]}
",
            ),
            ("vendor/a.yaml", &wrong),
            ("old/a.yaml", &wrong),
            ("new/a.yaml", &wrong),
            ("flow.yaml", &WORKFLOW.replace("biuld", "build")),
            (
                "cluster/shared.yaml",
                "\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: shared}
spec: {templates: [{name: push, container: {image: 'alpine:3.23'}}]}
",
            ),
        ]);
        let (out, err, code) = output(folder.path(), &["--format", "concise"]);
        assert_eq!(
            out,
            "new/a.yaml:4:1: note[unknown-field] unknown field `dataa` (did you mean `data`?)\n"
        );
        assert_eq!((err.as_str(), code), ("", 1));
        // From a folder inside, and for files that a hook names.
        assert_eq!(found(&folder.path().join("old"), &[]), [""; 0]);
        let (out, err, code) = output(folder.path(), &["vendor/a.yaml"]);
        assert_eq!(out, "no findings in 0 files\n");
        assert!(
            err.contains("excluded by luban-check.yaml: `vendor/a.yaml`"),
            "{err}"
        );
        assert_eq!(code, 0);
        assert_eq!(
            output(folder.path(), &["--no-config", "vendor/a.yaml"]).2,
            1
        );
        fs::remove_file(folder.path().join("cluster/shared.yaml")).unwrap();
        let (out, _, _) = output(folder.path(), &["flow.yaml"]);
        assert!(out.contains("error[unknown-workflow-template]"), "{out}");
    }

    #[test]
    fn what_is_wrong_in_it_is_a_finding_with_its_place() {
        let folder = folder(&[
            ("a.yaml", CONFIG_MAP),
            (
                "luban-check.yaml",
                "\
exlude: [a]
profile: stict
levels:
- {rules: [unknown-feild], level: note}
- {rules: [unknown-field], level: off}
- {rules: [wrong-type], level: ignore}
- {level: note}
- {rules: [wrong-type]}
featureFlags: {enable-api-feilds: alpha, results-from: nowhere}
targets: {argoWorkflows: \"4\"}
",
            ),
        ]);
        let (out, _, code) = output(folder.path(), &["--format", "concise"]);
        insta::assert_snapshot!(out, @r#"
        luban-check.yaml:1:1: error[unknown-field] unknown field `exlude` (did you mean `exclude`?)
        luban-check.yaml:2:10: error[configuration] unknown value `stict` of `profile` (did you mean `strict`?)
        luban-check.yaml:4:12: error[configuration] no rule is called `unknown-feild` (did you mean `unknown-field`?)
        luban-check.yaml:5:35: error[wrong-type] expected one of `ignore`, `note`, `warning`, `error` in `levels[1].level`, found the boolean `off`
        luban-check.yaml:6:3: error[ignore-without-reason] the entry does not say in `reason` why this is ignored
        luban-check.yaml:6:12: warning[unused-ignore] `wrong-type` finds nothing that this entry is about
        luban-check.yaml:7:3: error[configuration] the entry names no rule in `rules`
        luban-check.yaml:8:3: error[configuration] the entry has no `level`: `ignore`, `note`, `warning` or `error`
        luban-check.yaml:9:35: error[configuration] Tekton has no feature flag `enable-api-feilds` (did you mean `enable-api-fields`?)
        luban-check.yaml:9:56: error[configuration] feature flag `results-from` cannot be `nowhere`: it is one of `termination-message`, `sidecar-logs`
        luban-check.yaml:10:26: error[configuration] `4` is no version; write one such as `"4.1"`
        "#);
        assert_eq!(code, 1);
    }

    #[test]
    fn an_entry_that_ignores_nothing_is_a_finding_when_all_is_looked_at() {
        let folder = folder(&[
            ("a.yaml", CONFIG_MAP),
            ("b/a.yaml", CONFIG_MAP),
            (
                "luban-check.yaml",
                "levels: [{rules: [unknown-field], level: ignore, reason: old}]\n",
            ),
        ]);
        let root = folder.path();
        assert_eq!(found(root, &[]), ["luban-check.yaml:1 unused-ignore"]);
        assert_eq!(found(root, &["b"]), [""; 0]);
        assert_eq!(found(root, &["--ignore", "unknown-field"]), [""; 0]);
    }

    #[test]
    fn versions_and_flags_of_what_runs_change_verdicts() {
        // Only full definitions, which version 4 installs, refuse such a mode.
        let flow = "\
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      artifacts: [{name: source, path: /source, mode: 755, raw: {data: x}}]
    container: {image: 'alpine:3.23'}
";
        let flags = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: feature-flags, namespace: tekton-pipelines}\n";
        let platform = "apiVersion: luban.dev/v1alpha1\nkind: Platform\nspec: {targets: {argoWorkflows: '3.7'}}\n";
        let folder = folder(&[
            (".git/HEAD", ""),
            ("flow.yaml", flow),
            ("v3.yaml", "targets: {argoWorkflows: \"3.7\"}\n"),
            ("v4.yaml", "targets: {argoWorkflows: \"4.1\"}\n"),
            (
                "small.yaml",
                "targets: {argoWorkflows: \"4.1\"}\ndefinitions: minimal\n",
            ),
            (
                "flags.yaml",
                &format!("{flags}data: {{results-from: nowhere}}\n"),
            ),
        ]);
        let root = folder.path();
        let severity = |arguments: &[&str]| {
            let arguments = [&["flow.yaml", "--format", "json"], arguments].concat();
            let report: Value = serde_json::from_str(&output(root, &arguments).0).unwrap();
            report["findings"][0]["severity"]
                .as_str()
                .map(str::to_owned)
        };
        assert_eq!(severity(&[]).as_deref(), Some("warning"));
        assert_eq!(severity(&["--targets", "v3.yaml"]), None);
        assert_eq!(
            severity(&["--targets", "v4.yaml"]).as_deref(),
            Some("error")
        );
        assert_eq!(severity(&["--targets", "small.yaml"]), None);
        fs::write(root.join("platform.yaml"), platform).unwrap();
        assert_eq!(severity(&[]), None);
        fs::write(
            root.join("luban-check.yaml"),
            "targets: {argoWorkflows: '4.1'}\n",
        )
        .unwrap();
        assert_eq!(severity(&[]).as_deref(), Some("error"));
        fs::write(root.join("luban-check.yaml"), "definitions: minimal\n").unwrap();
        assert_eq!(severity(&[]), None);
        for arguments in [
            &["flow.yaml", "--targets", "flags.yaml"][..],
            &["flow.yaml", "--cluster-objects", "flags.yaml"],
            &["flow.yaml", "flags.yaml"],
        ] {
            assert_eq!(found(root, arguments), ["flags.yaml:4 configuration"]);
        }
        assert_eq!(
            output(root, &["flow.yaml", "--targets", "nowhere.yaml"]).2,
            2
        );
    }

    #[test]
    fn its_schema_is_for_editors() {
        let output = luban().args(["schema", "check"]).output().unwrap();
        let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        for key in ["exclude", "levels", "targets", "featureFlags", "as"] {
            assert!(properties[key]["description"].is_string(), "{key}");
        }
        assert_eq!(schema["additionalProperties"], false);
    }
}

mod explaining {
    use super::*;

    fn explained(subject: &str) -> (String, String, i32) {
        let output = luban().args(["explain", subject]).output().unwrap();
        (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
            output.status.code().unwrap(),
        )
    }

    #[test]
    fn a_rule_is_explained_with_what_it_finds() {
        let (out, _, code) = explained("unused-ignore");
        insta::assert_snapshot!(out, @r#"
        warning[unused-ignore]: a comment that accepts a finding that there is not

        broken, high confidence, always shown

        why: What it was for is gone. It would hide the next mistake of this kind, which nobody has looked at.

        wrong:

        warning[unused-ignore]: `unknown-field` finds nothing that this comment is about
         --> example.yaml:8:55
          |
        8 |     container: {image: 'alpine:3.23'} # luban: ignore[unknown-field] shows what an older version does
          |                                                       ^^^^^^^^^^^^^
          |
          = help: remove it, so that it hides nothing later

        right:

            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: a-}
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: 'alpine:3.23', comand: [sh]} # luban: ignore[unknown-field] shows what an older version does

        what to do: Remove the rule from the comment, or the comment.

        source: Luban
        "#);
        assert_eq!(code, 0);
    }

    #[test]
    fn a_slip_is_recognised_among_rules_and_kinds() {
        for (subject, meant) in [
            ("unknown-tempate", "unknown-template"),
            ("Workflw", "Workflow"),
        ] {
            let (_, err, code) = explained(subject);
            assert!(err.contains(&format!("did you mean `{meant}`?")), "{err}");
            assert_eq!(code, 2);
        }
    }

    #[test]
    fn every_rule_that_findings_name_has_a_page_that_is_committed() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules");
        let folder = folder(&[
            ("gone.md", luban_check::page::GENERATED),
            ("mine.md", "my own"),
        ]);
        let written = luban()
            .args(["explain", "--all"])
            .arg(folder.path())
            .output()
            .unwrap();
        assert!(written.status.success());
        let read = |folder: &Path| -> Vec<(String, String)> {
            let files = walkdir::WalkDir::new(folder)
                .sort_by_file_name()
                .into_iter();
            let files = files
                .map(Result::unwrap)
                .filter(|entry| entry.file_type().is_file());
            files
                .map(|file| {
                    let name = file.file_name().to_string_lossy().into_owned();
                    (name, fs::read_to_string(file.path()).unwrap())
                })
                .collect()
        };
        assert_eq!(
            fs::read_to_string(folder.path().join("mine.md")).unwrap(),
            "my own"
        );
        fs::remove_file(folder.path().join("mine.md")).unwrap();
        let (written, committed) = (read(folder.path()), read(&committed));
        let names = |pages: &[(String, String)]| -> Vec<String> {
            pages.iter().map(|(name, _)| name.clone()).collect()
        };
        assert_eq!(names(&written), names(&committed), "run `make generate`");
        for (written, committed) in written.iter().zip(&committed) {
            assert!(
                written == committed,
                "{} is stale: run `make generate`",
                written.0
            );
        }
    }
}

#[test]
fn what_a_kustomization_names_must_be_on_the_disk_whatever_is_checked() {
    let overlay = "resources: [../base, missing.yaml]\nconfigMapGenerator:\n- name: a\n  files: [app.conf, key=other.conf]\n  envs: [gone.env]\n";
    let folder = folder(&[
        ("base/kustomization.yaml", "resources: [a.yaml]\n"),
        ("base/a.yaml", CONFIG_MAP),
        ("prd/kustomization.yaml", overlay),
        ("prd/app.conf", "a"),
        ("prd/other.conf", "a"),
    ]);
    for (path, file) in [
        (".", "prd/kustomization.yaml"),
        ("prd", "prd/kustomization.yaml"),
    ] {
        let mut command = luban();
        let output = command
            .current_dir(folder.path())
            .args([
                "check",
                path,
                "--format=concise",
                "--only=kustomization-path,generator-source",
            ])
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| line.contains(": error["))
            .collect();
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines.iter().all(|line| line.starts_with(file)), "{text}");
        assert!(
            text.contains("missing.yaml") && text.contains("gone.env"),
            "{text}"
        );
    }
}
