//! A record as a Kantara Consent Receipt v1.1, for those who read that.

use consent::{Language, LocalText};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    ProtocolError,
    key::PublicKey,
    record::{RecordField, RecordTerms},
};

/// What a Kantara receipt says besides what a record does.
#[derive(Clone, Debug)]
pub struct KantaraContext<'a> {
    /// When consent was given.
    pub given_at: Timestamp,
    /// How it was collected, in words.
    pub collection_method: &'a str,
    /// The key that signed the consent.
    pub device_key: &'a PublicKey,
    /// What the service is called.
    pub service_name: &'a str,
    /// The service's terms, if it has no registered notice of its own: else the record's notice.
    pub policy_url: Option<&'a str>,
}

/// Returns `record` in the form of Kantara's Consent Receipt Specification v1.1.
///
/// # Errors
///
/// Fails if `record` is not a record.
pub fn export(record: &Value, context: &KantaraContext<'_>) -> Result<Value, ProtocolError> {
    let terms = RecordTerms::read(record)?;
    let key = context.device_key.bare_jwk();
    let key = json!({ "kty": key.kty, "crv": key.crv, "x": key.x });
    let special: Vec<_> = categories(&terms.fields)
        .into_iter()
        .filter(|category| is_special(category))
        .collect();
    Ok(json!({
        "version": "KI-CR-v1.1.0",
        "jurisdiction": "FI",
        "consentTimestamp": context.given_at.as_second(),
        "collectionMethod": context.collection_method,
        "consentReceiptID": terms.id,
        "publicKey": key.to_string(),
        "language": terms.language.code(),
        "piiPrincipalId": terms.subject,
        "piiControllers": [controller(record, &terms)],
        "policyUrl": context.policy_url.unwrap_or(&terms.notice),
        "services": [{ "service": context.service_name, "purposes": [purpose(record, &terms)] }],
        "sensitive": !special.is_empty(),
        "spiCat": special,
    }))
}

fn controller(record: &Value, terms: &RecordTerms) -> Value {
    let controller = record.get("dpv:hasDataController");
    let text = |name| {
        controller
            .and_then(|controller| controller.get(name))
            .and_then(Value::as_str)
            .unwrap_or("")
    };
    let address = text("schema:address");
    let (street, rest) = address.split_once(", ").unwrap_or((address, ""));
    let postal_code = rest.split(' ').next().filter(|code| is_postal_code(code));
    let mut place = json!({ "streetAddress": street, "addressCountry": "FI" });
    if let (Some(place), Some(code)) = (place.as_object_mut(), postal_code) {
        place.insert("postalCode".to_owned(), code.into());
    }
    json!({
        "piiController": words(&terms.controller_name, terms.language),
        "contact": match terms.language {
            Language::Fi => "Tietosuojavastaava",
            Language::Sv => "Dataskyddsombud",
            Language::En => "Data protection officer",
        },
        "address": place,
        "email": text("schema:email"),
        "phone": text("schema:telephone"),
    })
}

fn purpose(record: &Value, terms: &RecordTerms) -> Value {
    let termination = record
        .pointer("/dpv:hasConsentControl/dpv:isExercisedAt")
        .and_then(Value::as_str);
    let others: Vec<&str> = terms
        .recipients
        .iter()
        .filter(|to| **to != terms.controller)
        .map(|to| to.as_str())
        .collect();
    let mut purpose = json!({
        "purpose": words(&terms.purpose_title, terms.language),
        "purposeCategory": [purpose_category(&terms.purpose)],
        "consentType": "EXPLICIT",
        "piiCategory": categories(&terms.fields),
        "primaryPurpose": true,
        "termination": termination.unwrap_or("mydata-vault://consents"),
        "thirdPartyDisclosure": !others.is_empty(),
    });
    if let (Some(purpose), false) = (purpose.as_object_mut(), others.is_empty()) {
        purpose.insert("thirdPartyName".to_owned(), others.join(", ").into());
    }
    purpose
}

fn words(text: &LocalText, language: Language) -> &str {
    text.pick(language).unwrap_or("")
}

fn is_postal_code(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The specification's list of purposes (appendix B), for the terms that this field uses.
fn purpose_category(term: &str) -> &'static str {
    match term {
        "dpv:PersonalisedBenefits"
        | "dpv:ServicePersonalisation"
        | "dpv:Personalisation"
        | "dpv:ProvidePersonalisedRecommendations" => "5 - Personalize Experience",
        "dpv:RequestedServiceProvision" => "4 - Contact Requested",
        "dpv:DirectMarketing" | "dpv:Marketing" => "6 - Marketing",
        "dpv:ScientificResearch"
        | "dpv:AcademicResearch"
        | "dpv:ImprovePublicServices"
        | "dpv:ProvideOfficialStatistics" => "16 - Improve Performance",
        "dpv:LegalCompliance" => "13 - Required by Law Enforcement or Government",
        _ => "1 - Core Function",
    }
}

/// The specification's list of categories (appendix B), each once.
fn categories(fields: &[RecordField]) -> Vec<&'static str> {
    let mut found: Vec<_> = fields
        .iter()
        .map(|field| category(&field.category))
        .collect();
    found.sort_unstable_by_key(|category| number(category));
    found.dedup();
    found
}

fn category(term: &str) -> &'static str {
    match term {
        "pd:PhysicalAddress" | "pd:EmailAddress" | "pd:TelephoneNumber" | "pd:Contact"
        | "pd:PostalCode" | "pd:City" => "2 - Contact",
        "pd:Biometric" | "pd:Fingerprint" | "pd:FacialPrint" => "3 - Biometric",
        "pd:FamilyStructure" | "pd:Family" | "pd:Parent" | "pd:Sibling" => {
            "4 - Communications/Social"
        }
        "pd:Health" | "pd:MedicalHealth" | "pd:HealthRecord" | "pd:Disability" => "6 - Health",
        "pd:Financial" | "pd:Income" | "pd:Transactional" | "pd:FinancialAccount" => {
            "7 - Financial"
        }
        "pd:OfficialID" | "pd:NationalIdentificationNumber" | "pd:Identifying" => {
            "8 - Government ID"
        }
        _ => "1 - Biographical",
    }
}

fn is_special(category: &str) -> bool {
    category.starts_with("3 ") || category.starts_with("6 ")
}

fn number(category: &str) -> u32 {
    let digits = category.split(' ').next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
