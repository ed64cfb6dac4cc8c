//! Upstream's own examples, read strictly by our reader, written, and compared with what was written upstream.

use crate::examples::Examples;
use crate::sameness::difference;
use luban_api::{Object, read};
use luban_diagnostic::{Severity, concise};
use luban_yaml::{Budget, parse, to_string};
use serde_json::Value;

#[test]
fn every_example_is_read_strictly_and_written_back_equal() {
    let Some(mut examples) = Examples::open(include_str!("corpus/exceptions.txt")) else {
        return;
    };
    examples.each(|path, text| {
        let documents = parse(path, text.as_bytes(), &Budget::default())
            .map_err(|findings| concise(&findings))?;
        for document in documents.iter().filter(|document| !document.is_empty()) {
            let read = read(document);
            let errors: Vec<_> = read
                .findings
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            if !errors.is_empty() {
                return Err(concise(&errors));
            }
            let object = read.object.ok_or("nothing was read")?;
            if let Object::Unknown(_) = object {
                return Err(format!("{} is not known", read.name));
            }
            let (before, _) = luban_yaml::read::<Value>(document);
            let before = before.unwrap_or_default();
            let written = serde_json::to_value(&object).map_err(|error| error.to_string())?;
            difference(&before, &written)?;
            let text = to_string(&object).map_err(|error| error.to_string())?;
            let again = value(&text)?;
            if again != written {
                return Err(format!(
                    "written YAML is not what was meant: {again} is not {written}"
                ));
            }
            let fixed = to_string(&again_read(&text)?).map_err(|error| error.to_string())?;
            if fixed != text {
                return Err("writing what was written changes it".to_owned());
            }
        }
        Ok(())
    });
    examples.finish();
}

fn value(text: &str) -> Result<Value, String> {
    let documents = parse("written", text.as_bytes(), &Budget::default())
        .map_err(|findings| concise(&findings))?;
    let document = documents.first().ok_or("nothing was written")?;
    let (value, findings) = luban_yaml::read::<Value>(document);
    value
        .filter(|_| findings.is_empty())
        .ok_or_else(|| concise(&findings))
}

fn again_read(text: &str) -> Result<Object, String> {
    let documents = parse("written", text.as_bytes(), &Budget::default())
        .map_err(|findings| concise(&findings))?;
    let document = documents.first().ok_or("nothing was written")?;
    read(document)
        .object
        .ok_or_else(|| "nothing was read".to_owned())
}
