//! The tree for people.
//!
//! What a file says is printed as text and nothing else: control characters, which a terminal would
//! obey, and those that turn the direction of writing are replaced.

use std::borrow::Cow;
use std::io::{self, Write};

use city_data::{FlatNode, Language, LocalText, Value, flatten, value_label};
use jiff::civil::{Date, DateTime};

use super::View;
use crate::terminal::clean;
use crate::words::{self, pick};

/// What stands for a covered value.
pub(super) const COVER: &str = "•••";

/// Prints where the export is from, what was unusual about it, and what it says.
pub(super) fn print(view: &View<'_>, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let language = view.language;
    let covered = flatten(&view.export.root).filter(|row| row.masked).count();
    let values = flatten(&view.export.root)
        .filter(|row| row.value.is_some())
        .count();

    writeln!(out, "{}: {name}", pick(language, "Tiedosto", "Fil", "File"))?;
    writeln!(out, "SHA-256: {}", view.export.sha256)?;
    writeln!(
        out,
        "{}: {} {}",
        pick(language, "Koko", "Storlek", "Size"),
        view.export.bytes,
        pick(language, "tavua", "byte", "bytes"),
    )?;
    writeln!(
        out,
        "{}: {values}",
        pick(language, "Tietoja", "Uppgifter", "Values")
    )?;
    if covered > 0 && !view.show_hidden {
        writeln!(
            out,
            "{}: {covered} (--show-hidden)",
            pick(language, "Peitettyjä", "Dolda", "Covered")
        )?;
    }
    for warning in &view.export.warnings {
        writeln!(
            out,
            "! {} ({} ×, {})",
            words::warning(warning.kind, language),
            warning.count,
            clean(warning.first.reveal()),
        )?;
    }
    writeln!(out)?;

    let mut wrapped = Vec::new();
    for (row, label) in view.rows() {
        print_row(view, &row, &label, &mut wrapped, out)?;
    }
    Ok(())
}

/// Prints one row. A node that only wraps another of the same key is passed over; `wrapped` holds
/// the depths of those that the row is in.
fn print_row(
    view: &View<'_>,
    row: &FlatNode<'_>,
    label: &LocalText,
    wrapped: &mut Vec<u32>,
    out: &mut dyn Write,
) -> io::Result<()> {
    while wrapped.last().is_some_and(|depth| *depth >= row.depth) {
        wrapped.pop();
    }
    if row.only_wraps {
        wrapped.push(row.depth);
        return Ok(());
    }
    let indent = "  ".repeat(row.depth as usize - wrapped.len());
    let label = clean(label.pick(view.language).unwrap_or(row.key));
    let Some(value) = row.value else {
        let dash = if row.child_count == 0 { ": –" } else { "" };
        return writeln!(out, "{indent}{label}{dash}");
    };
    let shown = if row.masked && !view.show_hidden {
        Cow::Borrowed(COVER)
    } else {
        in_words(&row.path, value, view.language)
    };
    let shown = shown.replace('\n', &format!("\n{indent}  "));
    writeln!(out, "{indent}{label}: {shown}")
}

/// Returns a value as a person would write it.
fn in_words<'a>(path: &str, value: &'a Value, language: Language) -> Cow<'a, str> {
    let said = match value {
        Value::Boolean(true) => pick(language, "kyllä", "ja", "yes").into(),
        Value::Boolean(false) => pick(language, "ei", "nej", "no").into(),
        Value::Date { date, .. } => day(*date, language).into(),
        Value::DateTime { civil, offset, .. } => {
            let zone = offset.map(|offset| format!(" (UTC{offset})"));
            Cow::Owned(moment(*civil, language) + &zone.unwrap_or_default())
        }
        Value::Text(text) => match value_label(path, text.reveal()) {
            Some(words) => words.pick(language).unwrap_or_default().to_owned().into(),
            None => clean(text.reveal()).into(),
        },
        Value::List(items) => {
            let items: Vec<_> = items
                .iter()
                .map(|item| in_words(path, item, language))
                .collect();
            items.join(", ").into()
        }
        Value::Unavailable(reason) => {
            let words = pick(
                language,
                "ei saatavilla",
                "inte tillgänglig",
                "not available",
            );
            match reason.pick(language) {
                Some(reason) => format!("{words} ({})", clean(reason)).into(),
                None => words.into(),
            }
        }
        Value::Number(_)
        | Value::Localized(_)
        | Value::None
        | Value::EmptyList
        | Value::EmptyObject => clean(&value.plain(language)).into(),
    };
    if said.is_empty() { "–".into() } else { said }
}

fn day(date: Date, language: Language) -> String {
    match language {
        Language::Fi | Language::Sv => {
            format!("{}.{}.{}", date.day(), date.month(), date.year())
        }
        Language::En => date.to_string(),
    }
}

fn moment(civil: DateTime, language: Language) -> String {
    let (hour, minute) = (civil.hour(), civil.minute());
    let day = day(civil.date(), language);
    match language {
        Language::Fi => format!("{day} klo {hour}.{minute:02}"),
        Language::Sv => format!("{day} kl. {hour}.{minute:02}"),
        Language::En => format!("{day} {hour:02}:{minute:02}"),
    }
}
