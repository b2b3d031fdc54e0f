//! Puts addresses and people in the place of `{base}` and `{subject}`.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{CityError, files::File};

/// What stands in the data for the operator's address.
const BASE: &str = "{base}";

/// Reads a file of the city, with `base` for the operator's address.
pub(crate) fn read<T: DeserializeOwned>(file: File, base: &str) -> Result<T, CityError> {
    let (name, text) = file;
    let broken = |source| CityError::File { file: name, source };
    let mut value = serde_json::from_str(text).map_err(broken)?;
    replace(&mut value, BASE, base);
    serde_json::from_value(value).map_err(broken)
}

/// Replaces `placeholder` in every text of `value`. The names of members stay as they are.
pub(crate) fn replace(value: &mut Value, placeholder: &str, by: &str) {
    match value {
        Value::String(text) if text.contains(placeholder) => *text = text.replace(placeholder, by),
        Value::Array(items) => {
            for item in items {
                replace(item, placeholder, by);
            }
        }
        Value::Object(members) => {
            for member in members.values_mut() {
                replace(member, placeholder, by);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_goes_into_texts_and_nowhere_else() {
        let mut value = json!({"{base}": ["{base}/v1", 1, null, {"at": "see {base}"}]});

        replace(&mut value, BASE, "http://\"");

        assert_eq!(
            value,
            json!({"{base}": ["http://\"/v1", 1, null, {"at": "see http://\""}]})
        );
    }
}
