//! The same for programs: `lokero-inspect/1`.
//!
//! ```json
//! {
//!   "format": "lokero-inspect/1",
//!   "sha256": "<64 hexadecimal digits>",
//!   "bytes": 1234,
//!   "warnings": [{ "kind": "notAvailable", "count": 1, "first": "DATA/PROFILE/…" }],
//!   "nodes": [{
//!     "seq": 0, "parent": null, "depth": 0, "key": "DATA", "path": "DATA", "label": "My data",
//!     "kind": "group", "value": null, "words": null, "masked": false, "childCount": 8
//!   }]
//! }
//! ```
//!
//! `nodes` is in reading order. `value` is what the file says: a text for `text`, `date`,
//! `date_time`, `unavailable` and also `number` (with the digits of the file); a boolean for
//! `boolean`; an object of `fi`, `sv`, `en` for `localized` and `unavailable_localized`; a list for
//! `list`; else `null`. It is `null` too where `masked` is true, unless `--show-hidden` is given.
//! `words` are those for a coded value, in the language of the labels. Members may be added;
//! none changes its meaning.

use std::io::{self, Write};

use city_data::{Reason, Value, WarningKind, value_label};
use serde::Serialize;
use serde_json::json;

use super::View;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NodeLine<'a> {
    seq: u32,
    parent: Option<u32>,
    depth: u32,
    key: &'a str,
    path: &'a str,
    label: Option<&'a str>,
    kind: &'static str,
    value: serde_json::Value,
    words: Option<String>,
    masked: bool,
    child_count: u32,
}

/// Prints the export, a node to a line, without holding the whole of it as text.
pub(super) fn print(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let warnings: Vec<_> = view
        .export
        .warnings
        .iter()
        .map(|warning| {
            json!({
                "kind": warning_name(warning.kind),
                "count": warning.count,
                "first": warning.first.reveal(),
            })
        })
        .collect();
    writeln!(out, "{{\"format\":\"lokero-inspect/1\",")?;
    writeln!(out, "\"sha256\":\"{}\",", view.export.sha256)?;
    writeln!(out, "\"bytes\":{},", view.export.bytes)?;
    writeln!(out, "\"warnings\":{},", json!(warnings))?;
    write!(out, "\"nodes\":[")?;
    for (row, label) in view.rows() {
        let is_covered = row.masked && !view.show_hidden;
        let value = row.value.filter(|_| !is_covered);
        let line = NodeLine {
            seq: row.seq,
            parent: row.parent,
            depth: row.depth,
            key: row.key,
            path: &row.path,
            label: label.pick(view.language),
            kind: row.kind.as_str(),
            value: value.map_or(serde_json::Value::Null, as_json),
            words: value
                .and_then(|value| value_label(&row.path, &value.plain(view.language)))
                .and_then(|words| words.pick(view.language).map(str::to_owned)),
            masked: row.masked,
            child_count: row.child_count,
        };
        writeln!(out, "{}", if row.seq == 0 { "" } else { "," })?;
        serde_json::to_writer(&mut *out, &line)?;
    }
    writeln!(out, "\n]}}")
}

fn as_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Text(text) | Value::Number(text) => json!(text.reveal()),
        Value::Date { written, .. } | Value::DateTime { written, .. } => json!(written.reveal()),
        Value::Boolean(is_true) => json!(is_true),
        Value::Localized(text) | Value::Unavailable(Reason::Localized(text)) => {
            json!(text.reveal())
        }
        Value::None | Value::EmptyList | Value::EmptyObject => serde_json::Value::Null,
        Value::List(items) => items.iter().map(as_json).collect(),
        Value::Unavailable(Reason::Text(text)) => json!(text.reveal()),
    }
}

const fn warning_name(kind: WarningKind) -> &'static str {
    match kind {
        WarningKind::NotAvailable => "notAvailable",
        WarningKind::NotANodeTree => "notANodeTree",
        WarningKind::MissingKey => "missingKey",
        WarningKind::UnknownMember => "unknownMember",
        WarningKind::DuplicateMember => "duplicateMember",
        WarningKind::UnexpectedShape => "unexpectedShape",
        WarningKind::BrokenCharacter => "brokenCharacter",
    }
}
