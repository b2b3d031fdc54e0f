//! What the sample city does by itself: services ask, use what they were permitted, and confirm
//! that data is gone.
//!
//! Everything is planned in the store when its cause happens and done when it is due, so that a
//! restart neither forgets nor repeats it. Nothing here reads a clock.

use consent::{ConsentId, PersonId};
use jiff::{SignedDuration, Timestamp};
use operator_protocol::receipt::{DataOutcome, ReceiptKind, ReceiptPayload, Termination};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use crate::{
    Pace,
    announce::device_of,
    api::{draw_id, statements::read_status},
    operator::Operator,
    refusal::Refusal,
    store::{
        StoreError, consents,
        plans::{self, Plan},
        requests::Request,
        statements::{self, Statement},
    },
};

/// One thing to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Deed {
    /// A service asks.
    Ask { template: String, subject: PersonId },
    /// A service uses what it was permitted.
    Use {
        consent: ConsentId,
        paths: Vec<String>,
    },
    /// A service confirms that data is gone.
    Confirm { statement: String },
}

impl Operator {
    /// Plans what happens after a person has enrolled their first device.
    pub(crate) fn plan_welcome(
        &self,
        tx: &Transaction<'_>,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let schedule = &self.city.schedule.requests;
        for scheduled in schedule.iter().filter(|it| it.resident == *person) {
            let deed = Deed::Ask {
                template: scheduled.template.clone(),
                subject: scheduled.subject.clone(),
            };
            plan(tx, person, &deed, self.after(now, scheduled.after_s))?;
        }
        Ok(())
    }

    /// Plans the uses of data that follow a permission.
    pub(crate) fn plan_accesses(
        &self,
        tx: &Transaction<'_>,
        request: &Request,
        consent: ConsentId,
        person: &PersonId,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let schedule = &self.city.schedule.accesses;
        for scheduled in schedule.iter().filter(|it| it.template == request.template) {
            let deed = Deed::Use {
                consent,
                paths: scheduled.fields.clone(),
            };
            for seconds in &scheduled.after_s {
                plan(tx, person, &deed, self.after(now, *seconds))?;
            }
        }
        Ok(())
    }

    /// Plans the confirmation that data is gone.
    pub(crate) fn plan_termination(
        &self,
        tx: &Transaction<'_>,
        statement: &Statement,
        due_at: Timestamp,
    ) -> Result<(), Refusal> {
        let deed = Deed::Confirm {
            statement: statement.id.clone(),
        };
        plan(tx, &statement.decided_by, &deed, due_at)
    }

    /// Does one planned thing.
    pub(crate) fn carry_out(
        &self,
        tx: &Transaction<'_>,
        planned: &Plan,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let deed = serde_json::from_str(&planned.deed).map_err(|_| StoreError::Corrupt {
            table: "plan",
            column: "deed",
        })?;
        match deed {
            Deed::Ask { template, subject } => {
                if let Some(template) = self.city.find_template(&template) {
                    self.issue(tx, template, &subject, now)?;
                }
            }
            Deed::Use { consent, paths } => {
                if let Err(reason) = self.access(tx, consent, Some(&paths), now)? {
                    tracing::debug!(?reason, "No data used");
                }
            }
            Deed::Confirm { statement } => self.confirm_erasure(tx, &statement, now)?,
        }
        plans::finish(tx, planned.id, now)?;
        Ok(())
    }

    fn confirm_erasure(
        &self,
        tx: &Transaction<'_>,
        statement: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let missing = Refusal::Internal("find what was withdrawn");
        let Some(statement) = statements::find(tx, statement)? else {
            return Err(missing);
        };
        let Some(record) = consents::find(tx, statement.consent)? else {
            return Err(missing);
        };
        let payload = ReceiptPayload {
            iss: self.issuer.clone(),
            aud: device_of(&statement.kid),
            jti: draw_id("rcpt", now)?,
            iat: now,
            csr: statement.hash.clone(),
            cr_id: statement.consent,
            seq: statement.seq,
            status: read_status(&statement.status)?,
            effective_at: now,
            forwarded_to: Vec::new(),
            termination: Some(Termination {
                confirmed: true,
                outcome: Some(DataOutcome::Erased),
                ..Termination::default()
            }),
            kind: Some(ReceiptKind::Termination),
        };
        self.keep_receipt(tx, &payload, &statement, now)?;
        let author = std::slice::from_ref(&statement.decided_by);
        let (consent, subject) = (statement.consent, &record.subject);
        self.announce_receipt(tx, &payload.jti, consent, subject, author, now)
    }

    fn after(&self, now: Timestamp, seconds: u32) -> Timestamp {
        let factor = match self.pace {
            Pace::Times(factor) if factor > 0.0 => factor,
            Pace::Times(_) | Pace::ByHand => 1.0,
        };
        SignedDuration::try_from_secs_f64(f64::from(seconds) / factor)
            .ok()
            .and_then(|delay| now.checked_add(delay).ok())
            .unwrap_or(Timestamp::MAX)
    }
}

fn plan(
    tx: &Transaction<'_>,
    person: &PersonId,
    deed: &Deed,
    due_at: Timestamp,
) -> Result<(), Refusal> {
    let deed = serde_json::to_string(deed).map_err(|_| Refusal::Internal("write a plan"))?;
    plans::insert(tx, person, &deed, due_at)?;
    Ok(())
}
