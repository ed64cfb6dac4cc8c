//! Fields that exclude each other are found where an object has several.

use luban_api::{KINDS, read};
use luban_diagnostic::concise;
use luban_yaml::{Budget, parse};

fn findings(text: &str) -> String {
    let documents = parse("o.yaml", text.as_bytes(), &Budget::default()).unwrap();
    concise(&read(&documents[0]).findings)
}

#[test]
fn both_bodies_of_a_template_are_named() {
    let workflow = "\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: w}
spec:
  templateDefaults: {container: {image: a}, script: {image: a, source: x}}
  templates:
    - name: main
      container: {image: a}
      suspend: null
      dag: {tasks: []}
";
    let found = findings(workflow);
    assert_eq!(
        found,
        "o.yaml:10:7: error[one-of] at most one of `container`, `containerSet`, `script`, `steps`, `dag`, `resource`, \
         `suspend`, `data`, `http`, `plugin` may be set in `spec.templates[0]`: `container` and `dag` are\n"
    );
}

#[test]
fn the_choices_of_other_projects_are_known_too() {
    for (text, part) in [
        (
            "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: r}\nspec: {taskRef: {name: t}, taskSpec: {steps: []}}\n",
            "`taskRef` and `taskSpec` are",
        ),
        (
            "apiVersion: kpack.io/v1alpha2\nkind: Image\nmetadata: {name: i}\nspec: {tag: x, source: {git: {url: u, revision: r}, blob: {url: u}}}\n",
            "`git` and `blob` are",
        ),
        (
            "apiVersion: triggers.tekton.dev/v1beta1\nkind: Trigger\nmetadata: {name: t}\nspec: {bindings: [], template: {ref: a, spec: {resourcetemplates: []}}}\n",
            "`ref` and `spec` are",
        ),
    ] {
        let found = findings(text);
        assert!(
            found.contains("error[one-of]") && found.contains(part),
            "{found}"
        );
    }
}

#[test]
fn every_kind_reads_by_the_rules_of_its_project() {
    // The rules are made when a kind is first read.
    for kind in KINDS {
        let text = format!("apiVersion: {}\nkind: {}\n", kind.api_version, kind.name);
        assert!(!findings(&text).contains("one-of"), "{kind}");
    }
}
