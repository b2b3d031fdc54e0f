//! What a screen covers until the person asks for it: passwords, and personal identity codes.
//!
//! Covering is for eyes over a shoulder. It never removes anything, and it protects nothing in a
//! store.

use crate::{Language, Reason, Value};

/// Returns whether the value of a node with this key is covered.
///
/// Empty values and plain yes or no are not: they say nothing that a key does not.
///
/// ```
/// use city_data::{Value, is_masked};
/// use pii::Personal;
///
/// let text = |text: &str| Value::Text(Personal::new(text.to_owned()));
/// assert!(is_masked("NATIONAL_ID_NUMBER", &text("-")));
/// assert!(is_masked("COMMENT", &text("see 131052-308T")));
/// assert!(!is_masked("SHIPPING", &text("by post")));
/// ```
pub fn is_masked(key: &str, value: &Value) -> bool {
    match value {
        Value::Boolean(_) | Value::None | Value::EmptyList | Value::EmptyObject => false,
        Value::Unavailable(_) => holds_code(value),
        Value::Text(text) if text.reveal().is_empty() => false,
        Value::Text(_)
        | Value::Date { .. }
        | Value::DateTime { .. }
        | Value::Number(_)
        | Value::Localized(_)
        | Value::List(_) => is_masked_key(key) || holds_code(value),
    }
}

/// Returns whether a value is covered because of the key of a node it is in, as in
/// `TICKETSYSTEMPASSWORD/VALUE`. Times, and texts in several languages, are about the password and
/// not the password.
pub(crate) fn may_inherit_mask(value: &Value) -> bool {
    match value {
        Value::Text(text) => !text.reveal().is_empty(),
        Value::Number(_) | Value::List(_) => true,
        Value::Date { .. }
        | Value::DateTime { .. }
        | Value::Boolean(_)
        | Value::Localized(_)
        | Value::None
        | Value::EmptyList
        | Value::EmptyObject
        | Value::Unavailable(_) => false,
    }
}

/// Returns whether a key names a password, a token or a personal identity code.
pub fn is_masked_key(key: &str) -> bool {
    let whole: String = key
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    WHOLE.iter().any(|part| whole.contains(part))
        || words(key).iter().any(|word| is_masked_word(word))
}

/// What makes a key masked wherever it stands in the key, underscores left out.
const WHOLE: [&str; 11] = [
    "PASSWORD",
    "SALASANA",
    "LÖSENORD",
    "NATIONALIDNUMBER",
    "NATIONALIDENTIFICATIONNUMBER",
    "PERSONALIDENTITYCODE",
    "SOCIALSECURITYNUMBER",
    "HENKILÖTUNNUS",
    "HENKILOTUNNUS",
    "PERSONBETECKNING",
    "PINCODE",
];

fn is_masked_word(word: &str) -> bool {
    let one = word.strip_suffix('S').unwrap_or(word);
    matches!(one, "PIN" | "SSN" | "HETU") || one.ends_with("SECRET") || one.ends_with("TOKEN")
}

/// Splits `SOME_KEY`, `some-key` and `someKey` into words in capitals.
fn words(key: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(key.len() + 8);
    let mut was_lower = false;
    for character in key.chars() {
        if character.is_uppercase() && was_lower {
            spaced.push(' ');
        }
        was_lower = character.is_lowercase();
        if character.is_alphanumeric() {
            spaced.extend(character.to_uppercase());
        } else {
            spaced.push(' ');
        }
    }
    spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn holds_code(value: &Value) -> bool {
    match value {
        Value::Text(text) | Value::Unavailable(Reason::Text(text)) => {
            holds_identity_code(text.reveal())
        }
        Value::Localized(text) | Value::Unavailable(Reason::Localized(text)) => Language::ALL
            .into_iter()
            .filter_map(|language| text.reveal().in_language(language))
            .any(holds_identity_code),
        Value::List(items) => items.iter().any(holds_code),
        Value::Date { .. }
        | Value::DateTime { .. }
        | Value::Number(_)
        | Value::Boolean(_)
        | Value::None
        | Value::EmptyList
        | Value::EmptyObject => false,
    }
}

/// Returns whether a Finnish personal identity code stands in `text`, alone or among other words.
///
/// The form is that of the Government Decree on the population information system: `DDMMYYCZZZQ`
/// with a day that can exist, one of the century signs (the further ones of 2023 too), an
/// individual number from 002 and the right check character.
pub fn holds_identity_code(text: &str) -> bool {
    const LENGTH: usize = 11;
    const DIGITS: usize = 9;
    let bytes = text.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    // Most texts end here, which keeps the search out of the way of large files.
    if digits < DIGITS {
        return false;
    }
    bytes.windows(LENGTH).enumerate().any(|(start, window)| {
        is_identity_code(window)
            && !start
                .checked_sub(1)
                .and_then(|before| bytes.get(before))
                .is_some_and(u8::is_ascii_alphanumeric)
            && !bytes
                .get(start + LENGTH)
                .is_some_and(u8::is_ascii_alphanumeric)
    })
}

fn is_identity_code(code: &[u8]) -> bool {
    const CHECK_CHARACTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

    let &[d1, d2, m1, m2, y1, y2, sign, z1, z2, z3, check] = code else {
        return false;
    };
    let Some(number) = number(&[d1, d2, m1, m2, y1, y2, z1, z2, z3]) else {
        return false;
    };
    let century: i16 = match sign.to_ascii_uppercase() {
        b'+' => 1800,
        b'-' | b'U'..=b'Y' => 1900,
        b'A'..=b'F' => 2000,
        _ => return false,
    };
    let (day, month, year) = (
        number / 10_000_000,
        number / 100_000 % 100,
        number / 1000 % 100,
    );
    let is_a_day = match (i8::try_from(day), i8::try_from(month), i16::try_from(year)) {
        (Ok(day), Ok(month), Ok(year)) => {
            jiff::civil::Date::new(century + year, month, day).is_ok()
        }
        _ => false,
    };
    is_a_day
        && number % 1000 >= 2
        && CHECK_CHARACTERS.get((number % 31) as usize) == Some(&check.to_ascii_uppercase())
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum: u32, digit| {
        digit
            .is_ascii_digit()
            .then(|| sum * 10 + u32::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests;
