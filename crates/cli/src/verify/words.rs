//! The words for what was checked, in Finnish, Swedish and English.

use city_data::Language;
use consent::record::Status;
use operator_protocol::ProtocolError;
use operator_protocol::chain::{Fault, Step};

use crate::words::pick;

/// Returns that all holds, as a sentence without its full stop.
pub(super) const fn holds(language: Language) -> &'static str {
    pick(
        language,
        "kaikki tarkistukset pitävät",
        "alla kontroller håller",
        "every check holds",
    )
}

/// Returns that something does not hold, as a sentence without its full stop.
pub(super) const fn does_not_hold(language: Language) -> &'static str {
    pick(
        language,
        "todiste ei pidä",
        "beviset håller inte",
        "the proof does not hold",
    )
}

/// Returns why a file cannot be checked.
pub(super) const fn unreadable(error: ProtocolError, language: Language) -> &'static str {
    match error {
        ProtocolError::TooLarge(_) => pick(
            language,
            "tiedosto tai jokin sen osa on liian suuri",
            "filen eller någon del av den är för stor",
            "the file, or a part of it, is too large",
        ),
        ProtocolError::Unsupported(_) => pick(
            language,
            "tiedosto ei ole todiste, jonka tämä versio tuntee (lokero-proof/1)",
            "filen är inte ett bevis som denna version känner till (lokero-proof/1)",
            "the file is not a proof of a form that this version knows (lokero-proof/1)",
        ),
        ProtocolError::Malformed(_)
        | ProtocolError::WrongKind { .. }
        | ProtocolError::UnknownKey
        | ProtocolError::BadSignature
        | ProtocolError::Contradiction(_) => pick(
            language,
            "tiedosto ei ole todiste",
            "filen är inte ett bevis",
            "the file is not a proof",
        ),
    }
}

/// Returns what a check says if it holds.
pub(super) const fn step(step: Step, language: Language) -> &'static str {
    match step {
        Step::Binding => pick(
            language,
            "Operaattori on liittänyt laitteen avaimen henkilöön",
            "Operatören har knutit enhetens nyckel till en person",
            "The operator bound the device's key to a person",
        ),
        Step::Delegation => pick(
            language,
            "Operaattori on todennut oikeuden päättää toisen puolesta",
            "Operatören har konstaterat rätten att besluta för en annan",
            "The operator found the right to decide for another",
        ),
        Step::DeviceKey => pick(
            language,
            "Avain kuului sille, joka päätti",
            "Nyckeln hörde till den som beslutade",
            "The key belonged to who decided",
        ),
        Step::Signature => pick(
            language,
            "Päätös on allekirjoitettu",
            "Beslutet är undertecknat",
            "The decision is signed",
        ),
        Step::Link => pick(
            language,
            "Päätös on paikallaan ketjussa",
            "Beslutet är på sin plats i kedjan",
            "The decision is in its place in the chain",
        ),
        Step::RecordHash => pick(
            language,
            "Päätös koskee tätä suostumusta",
            "Beslutet gäller detta samtycke",
            "The decision is about this consent",
        ),
        Step::Receipt => pick(
            language,
            "Operaattori on kuitannut päätöksen",
            "Operatören har kvitterat beslutet",
            "The operator signed a receipt for the decision",
        ),
        Step::Request => pick(
            language,
            "Palvelu on pyytänyt tätä",
            "Tjänsten har begärt detta",
            "The service asked for this",
        ),
    }
}

/// Returns why a check does not hold.
pub(super) const fn fault(fault: Fault, language: Language) -> &'static str {
    match fault {
        Fault::Nothing => pick(
            language,
            "ei ole mitään tarkistettavaa",
            "det finns inget att kontrollera",
            "there is nothing to check",
        ),
        Fault::Unreadable => pick(
            language,
            "sitä ei voi lukea",
            "det kan inte läsas",
            "it cannot be read",
        ),
        Fault::WrongKind => pick(
            language,
            "se on toisenlainen viesti",
            "det är ett meddelande av annat slag",
            "it is a message of another kind",
        ),
        Fault::Unsupported => pick(
            language,
            "tämä versio ei osaa sitä",
            "denna version kan det inte",
            "this version cannot do it",
        ),
        Fault::UnknownKey => pick(
            language,
            "allekirjoittajan avainta ei tunneta",
            "undertecknarens nyckel är okänd",
            "the signer's key is not known",
        ),
        Fault::BadSignature => pick(
            language,
            "allekirjoitus ei pidä: sisältöä on muutettu",
            "underskriften håller inte: innehållet har ändrats",
            "the signature does not hold: the content was changed",
        ),
        Fault::Contradiction => pick(
            language,
            "se on ristiriidassa itsensä kanssa",
            "det motsäger sig självt",
            "it contradicts itself",
        ),
        Fault::OtherOperator => pick(
            language,
            "se on toiselta operaattorilta tai toiselle operaattorille",
            "det är från eller till en annan operatör",
            "it is by or for another operator",
        ),
        Fault::OutsideBinding => pick(
            language,
            "avain ei silloin ollut voimassa",
            "nyckeln gällde inte då",
            "the key was not valid then",
        ),
        Fault::OtherPerson => pick(
            language,
            "avain kuuluu toiselle henkilölle",
            "nyckeln hör till en annan person",
            "the key belongs to another person",
        ),
        Fault::NoAuthority => pick(
            language,
            "oikeutta päättää ei ole osoitettu",
            "rätten att besluta har inte visats",
            "the right to decide is not shown",
        ),
        Fault::OutOfPlace => pick(
            language,
            "sen edeltä puuttuu jotain, tai se on väärässä paikassa",
            "något saknas före det, eller så är det på fel plats",
            "something is missing before it, or it is in the wrong place",
        ),
        Fault::OutOfTurn => pick(
            language,
            "se ei voi seurata edellistä päätöstä",
            "det kan inte följa på det föregående beslutet",
            "it cannot follow the decision before it",
        ),
        Fault::Repeated => pick(
            language,
            "se on mukana kahdesti",
            "det finns med två gånger",
            "it is there twice",
        ),
        Fault::OtherRecord => pick(
            language,
            "se koskee toista suostumusta, tai suostumusta on muutettu",
            "det gäller ett annat samtycke, eller så har samtycket ändrats",
            "it is about another consent, or the consent was changed",
        ),
        Fault::StatementMissing => pick(
            language,
            "päätös, jota se koskee, puuttuu",
            "beslutet som det gäller saknas",
            "the decision that it is about is missing",
        ),
        Fault::OtherStatement => pick(
            language,
            "se sanoo muuta kuin päätös",
            "det säger något annat än beslutet",
            "it says something else than the decision",
        ),
        Fault::OtherTerms => pick(
            language,
            "pyyntö ja suostumus eroavat toisistaan",
            "begäran och samtycket skiljer sig åt",
            "the request and the consent differ",
        ),
    }
}

/// Returns where a consent stands.
pub(super) const fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Requested => pick(language, "pyydetty", "begärt", "asked for"),
        Status::Deferred => pick(language, "lykätty", "uppskjutet", "put off"),
        Status::Given => pick(language, "annettu", "givet", "given"),
        Status::Refused => pick(language, "hylätty", "avböjt", "refused"),
        Status::Paused => pick(language, "keskeytetty", "pausat", "paused"),
        Status::Withdrawn => pick(language, "peruttu", "återkallat", "withdrawn"),
        Status::Revoked => pick(language, "lakkautettu", "upphävt", "revoked"),
        Status::Expired => pick(language, "päättynyt", "utgånget", "expired"),
    }
}
