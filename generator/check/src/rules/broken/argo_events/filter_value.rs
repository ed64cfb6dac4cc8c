use luban_api_argo_events::DataFilter;
use luban_expression::go_regexp;
use luban_yaml::Path;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "filter-value",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "a data filter whose type, values or comparator do not go together",
    why: "Types are `bool`, `number` and `string`. Values of `bool` are true or false and are compared by `=` alone; values of `number` \
          are numbers; values of `string` are regular expressions of Go that match or, with `!=`, do not. Anything else drops every event.",
    fix: "Write a value of the type, or another type.",
    source: "argo-events v1.9.11 pkg/sensors/dependencies/filter.go, `filterData`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data:
      - {path: body.ref, type: ⟦text⟧, value: [main]}
      - {path: body.size, type: number, value: ['3', ⟦many⟧]}
      - {path: body.draft, type: bool, value: [⟦'no'⟧]}
      - {path: body.ref, type: string, value: [⟦'*.main'⟧]}
      - {path: body.ref, type: string, value: [a], comparator: ⟦'>'⟧}
      - {path: body.draft, type: bool, value: ['true'], comparator: ⟦'!='⟧}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      data:
      - {path: body.size, type: number, value: ['3'], comparator: '>='}
      - {path: body.draft, type: bool, value: ['false']}
      - {path: body.ref, type: string, value: ['^refs/heads/'], comparator: '!='}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let filters = at.dependency.filters.iter().flat_map(|filters| &filters.data);
        for (index, filter) in filters.enumerate() {
            let path = at.path.key("filters").key("data").index(index);
            check_one(view, sink, filter, &path);
        }
    }
}

fn check_one(view: &SensorView<'_>, sink: &mut Sink<'_>, filter: &DataFilter, path: &Path) {
    let fault: fn(&str) -> Option<String> = match filter.type_.as_str() {
        "bool" => |value| {
            let is_bool =
                matches!(value, "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False");
            (!is_bool).then(|| format!("`{value}` is neither true nor false"))
        },
        "number" => |value| (!is_number(value)).then(|| format!("`{value}` is no number")),
        "string" => {
            |value| go_regexp::check(value).err().map(|problem| format!("`{value}` is no regular expression: {}", problem.message))
        }
        "" => return,
        other if is_open(other) => return,
        other => {
            let known = ["bool", "number", "string"];
            let near = match other.to_ascii_lowercase().as_str() {
                "boolean" => Some("bool"),
                "int" | "integer" | "float" => Some("number"),
                "text" | "str" => Some("string"),
                lower => did_you_mean(lower, known),
            };
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("there is no type `{other}`: `{}` are{near}", known.join("`, `")));
            sink.push(finding.at(view.value(&path.key("type"))));
            return;
        }
    };
    for (index, value) in filter.value.iter().enumerate() {
        let Some(message) = fault(value).filter(|_| !value.is_empty() && !is_open(value)) else {
            continue;
        };
        let place = view.value(&path.key("value").index(index));
        sink.push(sink.finding(message).at(place));
    }
    let comparator = filter.comparator.as_deref().unwrap_or_default();
    let message = match (filter.type_.as_str(), comparator) {
        ("bool", "!=" | ">" | ">=" | "<" | "<=") => format!("`{comparator}` is ignored: values of `bool` are compared by `=`"),
        ("string", ">" | ">=" | "<" | "<=") => {
            format!("`{comparator}` passes no event: values of `string` are compared by `=` and `!=`")
        }
        _ => return,
    };
    sink.push(sink.finding(message).at(view.value(&path.key("comparator"))));
}

/// Whether Go's `strconv.ParseFloat` takes a text.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_named = matches!(unsigned.to_ascii_lowercase().as_str(), "inf" | "infinity" | "nan");
    is_named || unsigned.starts_with("0x") || unsigned.starts_with("0X") || text.parse::<f64>().is_ok()
}
