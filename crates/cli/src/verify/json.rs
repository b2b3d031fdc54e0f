//! The same for programs: `lokero-verify/1`.
//!
//! ```json
//! {
//!   "format": "lokero-verify/1",
//!   "holds": true,
//!   "operator": "https://…",
//!   "keys": { "from": "bundle", "thumbprints": ["…"] },
//!   "exportedAt": "2026-11-01T12:00:00Z",
//!   "record": { "id": "…", "subject": "…", "controller": "…", "service": "…", "purpose": "dpv:…",
//!               "fields": ["/…"], "validThrough": "…" },
//!   "status": "withdrawn",
//!   "authority": "delegated",
//!   "decisions": [{ "number": 1, "status": "ConsentGiven", "decidedBy": "…", "at": "…" }],
//!   "withoutReceipt": [1],
//!   "checks": [{ "step": "binding", "number": 1, "holds": true, "fault": null }]
//! }
//! ```
//!
//! `keys.from` is `bundle` or `pinned`. `record` is `null` if it cannot be read, `status` if no
//! decision's signature holds. Members may be added; none changes its meaning.

use std::io::{self, Write};

use operator_protocol::bundle::KeyTrust;
use operator_protocol::chain::{Check, Outcome};
use operator_protocol::record::RecordTerms;
use serde_json::{Value, json};

use super::{View, believed};

/// Prints the report.
pub(super) fn print(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = view.report;
    let chain = &report.chain;
    let decisions: Vec<_> = chain
        .statements
        .iter()
        .map(|(number, statement)| {
            json!({
                "number": number,
                "status": statement.status,
                "decidedBy": statement.decided_by(),
                "at": statement.iat,
            })
        })
        .collect();
    let from = match report.trust {
        KeyTrust::Bundle(_) => "bundle",
        KeyTrust::Pinned(_) => "pinned",
    };
    let whole = json!({
        "format": "lokero-verify/1",
        "holds": report.holds(),
        "operator": report.operator,
        "keys": { "from": from, "thumbprints": believed(&report.trust) },
        "exportedAt": report.exported_at,
        "record": report.terms.as_ref().map(record),
        "status": chain.status,
        "authority": chain.authority,
        "decisions": decisions,
        "withoutReceipt": chain.without_receipt,
        "checks": chain.checks.iter().map(check).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn record(terms: &RecordTerms) -> Value {
    let fields: Vec<_> = terms.fields.iter().map(|field| &field.path).collect();
    json!({
        "id": terms.id,
        "subject": terms.subject,
        "controller": terms.controller,
        "service": terms.service,
        "purpose": terms.purpose,
        "fields": fields,
        "validThrough": terms.valid_through,
    })
}

fn check(check: &Check) -> Value {
    let fault = match check.outcome {
        Outcome::Holds => None,
        Outcome::Fails(fault) => Some(fault),
    };
    json!({
        "step": check.step,
        "number": check.number,
        "holds": fault.is_none(),
        "fault": fault,
    })
}
