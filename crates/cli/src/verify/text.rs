//! The report for people: who agreed to what, what was decided, what holds and what does not.

use std::io::{self, Write};

use city_data::LocalText;
use jiff::Timestamp;
use operator_protocol::bundle::KeyTrust;
use operator_protocol::chain::{Authority, Outcome};
use operator_protocol::record::RecordTerms;

use super::words::{self, fault, status, step};
use super::{View, believed};
use crate::terminal::clean;
use crate::words::pick;

/// Prints the report.
pub(super) fn print(view: &View<'_>, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let (report, language) = (view.report, view.language);
    let line = |out: &mut dyn Write, label: &str, text: &str| {
        writeln!(out, "{label}: {}", clean(text).replace('\n', " "))
    };

    line(out, pick(language, "Tiedosto", "Fil", "File"), name)?;
    line(
        out,
        pick(language, "Operaattori", "Operatör", "Operator"),
        report.operator.as_str(),
    )?;
    line(
        out,
        pick(language, "Avaimet", "Nycklar", "Keys"),
        &believed(&report.trust).join(", "),
    )?;
    writeln!(out, "  {}", trust(view))?;
    if let Some(terms) = &report.terms {
        print_record(view, terms, out)?;
    }
    print_decisions(view, out)?;
    print_checks(view, out)?;

    writeln!(out)?;
    let verdict = if report.holds() {
        words::holds(language)
    } else {
        words::does_not_hold(language)
    };
    writeln!(out, "{}", capitalised(verdict))
}

fn trust(view: &View<'_>) -> &'static str {
    match view.report.trust {
        KeyTrust::Bundle(_) => pick(
            view.language,
            "Avaimet ovat tiedostosta. Se osoittaa, että osat kuuluvat yhteen, mutta ei sitä, kuka \
             operaattori on: vertaa avainta operaattorin ilmoittamaan ja anna se: --operator-key.",
            "Nycklarna är ur filen. Det visar att delarna hör ihop, men inte vem operatören är: \
             jämför nyckeln med den som operatören uppger och ange den: --operator-key.",
            "The keys are out of the file. That shows that its parts belong together, not who the \
             operator is: compare the key with what the operator says, and give it: --operator-key.",
        ),
        KeyTrust::Pinned(_) => pick(
            view.language,
            "Vain antamiisi avaimiin on luotettu.",
            "Endast de nycklar som du angav har godtagits.",
            "Only the keys that you gave were believed.",
        ),
    }
}

fn print_record(view: &View<'_>, terms: &RecordTerms, out: &mut dyn Write) -> io::Result<()> {
    let language = view.language;
    let in_words = |text: &LocalText, code: &str| {
        let words = text.pick(language).unwrap_or(code);
        clean(words).replace('\n', " ")
    };
    writeln!(out)?;
    writeln!(
        out,
        "{} {}",
        pick(language, "Suostumus", "Samtycke", "Consent"),
        terms.id
    )?;
    let fields: Vec<_> = terms
        .fields
        .iter()
        .map(|field| clean(&field.path))
        .collect();
    let end = terms.valid_through.map_or_else(
        || pick(language, "ei päättymispäivää", "inget slutdatum", "no end").to_owned(),
        moment,
    );
    let rows = [
        (
            pick(language, "Kenelle", "Till vem", "To whom"),
            in_words(&terms.controller_name, terms.controller.as_str()),
        ),
        (
            pick(language, "Mihin", "För vad", "What for"),
            in_words(&terms.purpose_title, &terms.purpose),
        ),
        (
            pick(language, "Tiedot", "Uppgifter", "Data"),
            fields.join(", "),
        ),
        (
            pick(language, "Kenestä", "Om vem", "About whom"),
            clean(terms.subject.as_str()),
        ),
        (pick(language, "Päättyy", "Upphör", "Ends"), end),
    ];
    for (label, text) in rows {
        writeln!(out, "  {label}: {text}")?;
    }
    Ok(())
}

fn print_decisions(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (chain, language) = (&view.report.chain, view.language);
    writeln!(out)?;
    writeln!(
        out,
        "{}",
        pick(language, "Päätökset", "Beslut", "Decisions")
    )?;
    for (number, statement) in &chain.statements {
        let receipt = if chain.without_receipt.contains(number) {
            pick(language, ", ei kuittia", ", inget kvitto", ", no receipt")
        } else {
            ""
        };
        writeln!(
            out,
            "  {number}. {} {}, {}{receipt}",
            moment(statement.iat),
            status(statement.status.status(), language),
            clean(statement.decided_by().as_str()),
        )?;
    }
    let state = chain.status.map_or(
        pick(language, "ei tiedossa", "okänt", "not known"),
        |state| status(state, language),
    );
    writeln!(
        out,
        "  {}: {state}",
        pick(language, "Tila", "Läge", "Status")
    )?;
    if chain.authority == Authority::NotShown {
        writeln!(
            out,
            "  {}",
            pick(
                language,
                "Päätös on tehty toisen puolesta. Oikeutta siihen ei ole tiedostossa.",
                "Beslutet har fattats för en annan. Rätten till det finns inte i filen.",
                "The decision was made for another. The right to do so is not in the file.",
            )
        )?;
    }
    Ok(())
}

fn print_checks(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = view.language;
    writeln!(out)?;
    writeln!(
        out,
        "{}",
        pick(language, "Tarkistukset", "Kontroller", "Checks")
    )?;
    for check in &view.report.chain.checks {
        let number = match check.number {
            0 => String::new(),
            number => format!(" {number}"),
        };
        let what = step(check.step, language);
        match check.outcome {
            Outcome::Holds => writeln!(out, "  ✓{number} {what}")?,
            Outcome::Fails(why) => writeln!(out, "  ✗{number} {what}: {}", fault(why, language))?,
        }
    }
    Ok(())
}

fn moment(at: Timestamp) -> String {
    let civil = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    format!(
        "{} {:02}:{:02} UTC",
        civil.date(),
        civil.hour(),
        civil.minute()
    )
}

fn capitalised(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + rest.as_str() + "."
}
