//! From a value of the resident's copy to what a screen writes in the person's language.

use city_data::{Reason, Value};
use consent::LocalText;

use crate::view::{TextView, ValueView};

/// Returns `value` for a screen. `path` is the node's path, which gives codes their words.
pub(crate) fn value_view(value: &Value, path: &str) -> ValueView {
    match value {
        Value::Text(text) => coded(text.reveal(), path),
        Value::Date { date, .. } => ValueView::Date {
            date: date.to_string(),
        },
        Value::DateTime { civil, offset, .. } => {
            let seconds = civil.strftime("%Y-%m-%dT%H:%M:%S");
            let moment = match offset {
                Some(offset) => format!("{seconds}{}", offset_text(*offset)),
                None => seconds.to_string(),
            };
            ValueView::Moment { moment }
        }
        Value::Number(digits) => ValueView::Number {
            number: digits.reveal().clone(),
        },
        Value::Boolean(yes) => ValueView::Boolean { yes: *yes },
        Value::Localized(text) => localized(text.reveal()),
        Value::None | Value::EmptyObject => ValueView::Nothing,
        Value::EmptyList => ValueView::EmptyList,
        Value::List(items) => ValueView::List {
            items: items.iter().map(|item| value_view(item, path)).collect(),
        },
        Value::Unavailable(Reason::Text(text)) => coded(text.reveal(), path),
        Value::Unavailable(Reason::Localized(text)) => localized(text.reveal()),
    }
}

/// Returns a text for a screen, in words if it is a code that is known at `path`.
pub(crate) fn coded(text: &str, path: &str) -> ValueView {
    if let Some(words) = city_data::value_label(path, text) {
        return ValueView::Localized { text: words.into() };
    }
    let text = text.to_owned();
    if text.trim().is_empty() {
        ValueView::Nothing
    } else {
        ValueView::Text { text }
    }
}

fn localized(text: &LocalText) -> ValueView {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let text = TextView {
        fi: filled(&text.fi),
        sv: filled(&text.sv),
        en: filled(&text.en),
    };
    if text == TextView::default() {
        ValueView::Nothing
    } else {
        ValueView::Localized { text }
    }
}

fn offset_text(offset: jiff::tz::Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::with_an_offset(
        r#"{"key":"TIME","value":"1981-12-29T15:08:25.080157+02:00"}"#,
        ValueView::Moment { moment: "1981-12-29T15:08:25+02:00".into() }
    )]
    #[case::local(
        r#"{"key":"EXPIRATION","value":"2021-08-31 00:00"}"#,
        ValueView::Moment { moment: "2021-08-31T00:00:00".into() }
    )]
    #[case::a_day(r#"{"key":"BIRTH_DATE","value":"2002-02-02"}"#, ValueView::Date { date: "2002-02-02".into() })]
    #[case::empty_text(r#"{"key":"APPROVER_PHONE","value":""}"#, ValueView::Nothing)]
    #[case::partly_translated(
        r#"{"key":"NAME_WITH_TRANSLATIONS","value":{"en":"","fi":"Nukketeatteri","sv":""}}"#,
        ValueView::Localized { text: TextView { fi: Some("Nukketeatteri".into()), ..TextView::default() } }
    )]
    fn a_value_keeps_its_meaning(#[case] node: &str, #[case] expected: ValueView) {
        let root = city_data::read(node.as_bytes()).unwrap().root;

        let view = value_view(root.value.as_ref().unwrap(), &root.key);

        assert_eq!(view, expected);
    }
}
