//! Verdicts of upstream's own tests.

use std::fmt::Write as _;

use luban_check::{As, Family, Objects, Options, check, rule};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, Document, parse};
use serde_json::Value;

/// A rejected case: its id, the rule, the source text at the span, and a part of the message that says what upstream says.
const REJECTED: &[(&str, &str, &str, &str)] = &[
    (
        "validate_dag/TestDAGCycle#1",
        "dependency-cycle",
        "C",
        "cycle",
    ),
    (
        "validate_dag/TestAnyWithoutExpandingTask#1",
        "items-condition",
        "A",
        "asks about items, and task `A` has none",
    ),
    (
        "validate_dag/TestDAGVariableResolution#1",
        "unknown-variable",
        "{{tasks.A.outputs.parameters.unresolvable}}",
        "`tasks.A.outputs.parameters.unresolvable` is not known",
    ),
    (
        "validate_dag/TestDAGVariableResolution#3",
        "undeclared-dependency",
        "{{tasks.B.outputs.parameters.hosts}}",
        "`message` takes an output of task `B`, on which task `C` does not depend",
    ),
    (
        "validate_dag/TestDependsAndContinueOn#1",
        "depends-mixed",
        "continueOn",
        "`continueOn` cannot be used in a DAG that uses `depends`",
    ),
    (
        "validate_dag/TestDAGDependenciesDigit#1",
        "task-name-digit",
        "5A",
        "task `5A` begins with a digit",
    ),
    (
        "validate/TestParamWithoutValue#1",
        "missing-argument",
        "whalesay",
        "is not supplied",
    ),
    (
        "validate/TestGlobalParam#3",
        "argument-without-value",
        "missing",
        "`missing` has neither `value` nor `valueFrom`",
    ),
    (
        "validate/TestInvalidTemplateName#1",
        "invalid-name",
        "whalesay_d",
        "is invalid",
    ),
    (
        "validate/TestInvalidArgArtName#1",
        "invalid-name",
        "\"&-kubectl\"",
        "is invalid",
    ),
    (
        "validate/TestInvalidInputParamName#1",
        "invalid-name",
        "message+123",
        "is invalid",
    ),
    (
        "validate/TestMultipleTemplateTypes#1",
        "template-type",
        "script",
        "is of several types",
    ),
    (
        "validate/TestExitHandler#1",
        "unknown-variable",
        "{{workflow.failures}}",
        "only known in templates that run when the workflow ends",
    ),
    (
        "validate/TestVolumeMountArtifactPathCollision#1",
        "mount-path-collision",
        "/src",
        "is taken already",
    ),
    (
        "validate/TestLeafWithParallelism#1",
        "parallelism",
        "parallelism",
        "only templates of kind `steps` and `dag`",
    ),
    (
        "validate/TestInvalidArgumentNoValue#1",
        "argument-without-value",
        "art",
        "`art` has neither `value` nor `valueFrom`",
    ),
    (
        "validate/TestUndefinedTemplateRef#1",
        "unknown-workflow-template",
        "foo",
        "is not found",
    ),
    (
        "validate/TestTemplateRefWithPlaceholderInNameIsNotSkipped#1",
        "unknown-workflow-template",
        "foo",
        "is not found",
    ),
    (
        "validate/TestIncorrectPodGCStrategy#1",
        "pod-gc",
        "Foo",
        "no strategy `Foo`",
    ),
    (
        "validate/TestInvalidMetricLabelName#1",
        "metric-name",
        "invalid.key",
        "`invalid.key` is invalid as the key of a label",
    ),
    (
        "validate/TestInvalidMetricHelp#1",
        "metric-help",
        "name",
        "help` is missing: metric `metric_name`",
    ),
    (
        "validate/TestValidateFieldsWithWFTRef#1",
        "templates-beside-reference",
        "templates",
        "cannot stand beside `workflowTemplateRef`",
    ),
    (
        "validate/TestInvalidWfNoImageField#1",
        "missing-image",
        "container",
        "container.image` is missing",
    ),
    (
        "validate/TestIinvalidWfNoImageScriptInTemplateDefault#1",
        "missing-image",
        "script",
        "script.image` is missing",
    ),
    (
        "validate/TestWorkflowTemplateWithEnumValueWithoutValue#3",
        "argument-without-value",
        "message",
        "`message` has neither `value` nor `valueFrom`",
    ),
    (
        "validate/TestMaxLengthName#1",
        "name-too-long",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "70 characters, more than 63",
    ),
    (
        "validate/TestMaxLengthName#2",
        "name-too-long",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "70 characters, more than 63",
    ),
    (
        "validate/TestMaxLengthName#3",
        "name-too-long",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "70 characters, more than 63",
    ),
    (
        "validate/TestMaxLengthName#4",
        "name-too-long",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "60 characters, more than 52",
    ),
    (
        "validate/TestCronWorkflowInvalidTimezoneRejected#1",
        "cron-timezone",
        "Not/A_Real_Timezone",
        "no time zone `Not/A_Real_Timezone`",
    ),
    (
        "validate/TestInvalidContainerSetDependencyNotFound#1",
        "unknown-dependency",
        "c",
        "container `b` depends on `c`, which does not exist",
    ),
    (
        "validate/TestReservedAuxContainerNames#1",
        "reserved-container-name",
        "supervisor",
        "the name of a container that Argo adds",
    ),
    (
        "validate/TestReservedAuxContainerNames#2",
        "reserved-container-name",
        "wait",
        "the name of a container that Argo adds",
    ),
    (
        "validate/TestInvalidContainerSetNoMainContainer#1",
        "container-set",
        "containers",
        "needs a container called `main`",
    ),
    (
        "validate/TestInvalidContainerSetNoMainContainer#2",
        "container-set",
        "containers",
        "needs a container called `main`",
    ),
    (
        "validate/TestInvalidContainerSetNoMainContainer#3",
        "container-set",
        "containers",
        "needs a container called `main`",
    ),
    (
        "validate/TestSubstituteGlobalVariablesLabelsAnnotations#1",
        "unknown-variable",
        "workflow-template-submittable",
        "`workflow.labels.arg-name` is not known",
    ),
    (
        "validate/TestSubstituteGlobalVariablesLabelsAnnotations#5",
        "unknown-variable",
        "whalesay-template",
        "`workflow.labels.arg-name` is not known",
    ),
    (
        "validate/TestPodResourcesValidation#1",
        "pod-resources",
        "nvidia.com/gpu",
        "takes no `nvidia.com/gpu`",
    ),
    (
        "validate/TestPodResourcesValidation#2",
        "pod-resources",
        "claims",
        "takes no `claims`",
    ),
    (
        "validate/TestPodResourcesValidation#3",
        "pod-resources",
        "podResources",
        "does nothing for a template of kind `http`",
    ),
    (
        "validate/TestPodResourceClaimsValidation#2",
        "resource-claims",
        "resourceClaims",
        "does nothing for a template of kind `http`",
    ),
    (
        "validate/TestPodResourceClaimsValidation#3",
        "resource-claims",
        "resourceClaims",
        "does nothing for a template of kind `steps`, which has no pod",
    ),
    (
        "cli/TestWorkflowLint#3",
        "missing-argument",
        "a",
        "parameter `message` of template `whalesay` is not supplied",
    ),
    (
        "cli/TestWorkflowLint#4",
        "missing-argument",
        "a",
        "parameter `message` of template `whalesay` is not supplied",
    ),
    (
        "cli/TestWorkflowLint#5",
        "unknown-template",
        "hell0",
        "template `hell0` does not exist",
    ),
    (
        "cli/TestWorkflowLint#9",
        "missing-name",
        "container",
        "spec.templates[0].name` is missing",
    ),
    (
        "cli/TestWorkflowLint#11",
        "missing-argument",
        "a",
        "parameter `message` of template `whalesay` is not supplied",
    ),
];

fn documents(name: &str, yaml: &str) -> Vec<Document> {
    parse(name, yaml.as_bytes(), &Budget::default()).unwrap()
}

/// The manifest of a case, with the kind that its test reads it as where it names none.
fn manifest(case: &Value) -> String {
    let mut yaml = case["yaml"].as_str().unwrap().to_owned();
    for (field, value) in [
        ("apiVersion", "argoproj.io/v1alpha1"),
        ("kind", case["validator"].as_str().unwrap()),
    ] {
        if !yaml.lines().any(|line| line.starts_with(field)) {
            let _ = write!(yaml, "\n{field}: {value}\n");
        }
    }
    yaml
}

/// What `--kinds` leaves of the manifest.
fn of_kinds(case: &Value, documents: Vec<Document>) -> Vec<Document> {
    let arguments = case["opts"]["args"].as_array().cloned().unwrap_or_default();
    let mut arguments = arguments.iter().filter_map(Value::as_str);
    let kind = match arguments
        .find(|argument| *argument == "--kinds")
        .and_then(|_| arguments.next())
    {
        None => return documents,
        Some("wf") => "Workflow",
        Some("cronwf") => "CronWorkflow",
        Some(other) => panic!("unknown kind {other}"),
    };
    let path = luban_yaml::Path::root().key("kind");
    documents
        .into_iter()
        .filter(|document| document.text_at(&path) == Some(kind))
        .collect()
}

fn findings(case: &Value, yaml: &str) -> Option<Vec<Finding>> {
    let documents_of_case = of_kinds(case, documents("case.yaml", yaml));
    if documents_of_case.is_empty() {
        // `argo lint` fails where it finds nothing to lint; that is the command's to say.
        return None;
    }
    let is = |option: &str| case["opts"][option].as_bool() == Some(true);
    let defaults = &case["wf_defaults"];
    let options = Options {
        judged_as: if is("Lint") {
            As::Lint
        } else if is("Submit") {
            As::Submit
        } else {
            As::Create
        },
        // Of the command's tests, the cluster has what is not given.
        is_closed: case["validator"] != "lint",
        workflow_defaults: (!defaults.is_null())
            .then(|| Box::new(serde_json::from_value(defaults.clone()).unwrap())),
        ..Options::default()
    };
    let given = case["templates"].as_array().unwrap();
    let given = given
        .iter()
        .flat_map(|yaml| documents("given.yaml", yaml.as_str().unwrap()));
    let objects = Objects::new(documents_of_case).with_given(given.collect());
    Some(check(&objects, &options))
}

#[test]
fn verdicts_are_upstreams() {
    let Ok(folder) = std::env::var("LUBAN_CASES") else {
        return;
    };
    let text = std::fs::read_to_string(format!("{folder}/argo-workflows.jsonl")).unwrap();
    let cases: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut wrong = String::new();
    for case in &cases {
        let id = case["id"].as_str().unwrap();
        let yaml = manifest(case);
        let found = findings(case, &yaml);
        let errors: Vec<&Finding> = found
            .iter()
            .flatten()
            .filter(|finding| finding.severity == Severity::Error)
            .filter(|finding| rule(finding.rule).is_none_or(|rule| rule.family == Family::Rejected))
            .collect();
        let is_rejected = found.is_none() || !errors.is_empty();
        let text = |finding: &Finding| {
            let span = finding.place.as_ref().unwrap().span;
            yaml[span.start.offset as usize..span.end.offset as usize].to_owned()
        };
        if is_rejected != (case["expected"] == "error") {
            let _ = writeln!(
                wrong,
                "{id}: expected {}, {} {errors:#?}",
                case["expected"], case["messages"]
            );
        }
        if found.is_none() || case["expected"] == "ok" {
            continue;
        }
        let expected = REJECTED.iter().find(|(of, ..)| *of == id);
        let is_right = expected.is_some_and(|(_, rule, at, part)| {
            errors.iter().any(|finding| {
                finding.rule == *rule && text(finding) == *at && finding.message.contains(part)
            })
        });
        if !is_right {
            let shown: Vec<_> = errors
                .iter()
                .map(|finding| (id, finding.rule, text(finding), &finding.message))
                .collect();
            let _ = writeln!(wrong, "{shown:?}, // {}", case["messages"]);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
