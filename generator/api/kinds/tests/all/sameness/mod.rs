//! Whether a written object is what was read, as upstream's decoders see it.

use serde_json::Value;

/// Where `after` says something else than `before`. Null, and `[]` or `{}` where the other side has nothing, say nothing; a number or boolean is its
/// text where the field is a string, as upstream's decoders of such fields have it; a required field that was missing is written
/// empty.
pub(crate) fn difference(before: &Value, after: &Value) -> Result<(), String> {
    at("", before, after)
}

fn at(path: &str, before: &Value, after: &Value) -> Result<(), String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                let path = format!("{path}.{key}");
                match after.get(key) {
                    Some(other) => at(&path, value, other)?,
                    None if says_nothing(value) => {}
                    None => return Err(format!("{path} is lost: {value}")),
                }
            }
            // A kustomization may leave out what it is.
            let is_implied = |key: &str| path.is_empty() && (key == "apiVersion" || key == "kind");
            let new = after.iter().find(|(key, value)| {
                !before.contains_key(*key) && !is_implied(key) && !is_zero(value)
            });
            match new {
                Some((key, value)) => Err(format!("{path}.{key} is new: {value}")),
                None => Ok(()),
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            let mut pairs = before.iter().zip(after).enumerate();
            pairs.try_for_each(|(index, (before, after))| {
                at(&format!("{path}[{index}]"), before, after)
            })
        }
        (Value::Number(number), Value::Number(other))
            if number == other || number.as_f64() == other.as_f64() =>
        {
            Ok(())
        }
        (Value::Number(_) | Value::Bool(_), Value::String(text))
            if before.to_string().as_str() == text =>
        {
            Ok(())
        }
        (Value::Null, after) if is_zero(after) => Ok(()),
        _ if before == after => Ok(()),
        _ => Err(format!("{path} was {before}, is {after}")),
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// What Go writes for a required field that was never set.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(fields) => fields.values().all(is_zero),
        Value::Number(_) | Value::Bool(_) => false,
    }
}
