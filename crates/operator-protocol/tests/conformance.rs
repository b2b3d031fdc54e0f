//! What others have published, where it lies beside this repository; nothing to check elsewhere.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use operator_protocol::{
    algorithm::AlgorithmEntry,
    kantara::{self, KantaraContext},
    receipt_form, record,
    status::ConsentStatus,
};
use serde_json::{Value, json};

use crate::{
    requests::service,
    vectors::{device, record},
};

fn folder() -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = repository.join("../shared/conformance");
    folder.is_dir().then_some(folder)
}

/// Reads JSON that may have comments, as Kantara's schema was published.
fn read(path: &str) -> Option<Value> {
    let text = fs::read_to_string(folder()?.join(path)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let text: String = lines.collect::<Vec<_>>().join("\n");
    Some(serde_json::from_str(&text).unwrap())
}

fn errors(schema: &Value, instance: &Value) -> Vec<String> {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(schema)
        .unwrap();
    validator
        .iter_errors(instance)
        .map(|error| error.to_string())
        .collect()
}

fn kantara_context(key: &operator_protocol::key::PublicKey) -> KantaraContext<'_> {
    KantaraContext {
        given_at: "2026-09-01T08:30:00Z".parse().unwrap(),
        collection_method: "OmaData Vault desktop app, confirmed by button",
        device_key: key,
        service_name: "Esiopetus",
        policy_url: None,
    }
}

#[test]
fn the_published_record_gives_the_published_kantara_receipt() {
    let mut expected: Value = serde_json::from_str(include_str!("vectors/kantara.json")).unwrap();
    let key = device().public();

    let mut exported = kantara::export(&record(), &kantara_context(&key)).unwrap();

    // The key is JSON within JSON, whose blanks mean nothing.
    for receipt in [&mut expected, &mut exported] {
        let key: Value = serde_json::from_str(receipt["publicKey"].as_str().unwrap()).unwrap();
        receipt["publicKey"] = key;
    }
    let termination = "/services/0/purposes/0/termination";
    *expected.pointer_mut(termination).unwrap() =
        "mydata-vault://consents/0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01".into();
    assert_eq!(exported, expected);
}

#[test]
fn a_kantara_receipt_validates_against_the_official_schema() {
    let Some(schema) = read("kantara/consent-receipt-v1.1.schema.json") else {
        return;
    };
    let key = device().public();
    let mut third_party = record();
    third_party["dpv:hasProcess"][0]["dpv:hasRecipient"] = json!(["https://other.example"]);

    for record in [record(), third_party] {
        let exported = kantara::export(&record, &kantara_context(&key)).unwrap();

        assert_eq!(errors(&schema, &exported), Vec::<String>::new());
    }
    let official = read("kantara/consent-receipt-v1.1.example.json").unwrap();
    assert_eq!(errors(&schema, &official), Vec::<String>::new());
    assert_ne!(errors(&schema, &json!({})), Vec::<String>::new());
}

#[test]
fn a_service_validates_against_the_schema_of_ts5() {
    let Some(mut schema) = read("eudi/ts5-common-rp-data-model.schema.json") else {
        return;
    };
    // It refers to itself by its own address.
    let mut text = schema.to_string();
    text = text.replace(
        r##""$ref":"http://data.europa.eu/eudi/walletrelyingparty.json""##,
        r##""$ref":"#""##,
    );
    schema = serde_json::from_str(&text).unwrap();

    let service = serde_json::to_value(service()).unwrap();

    assert_eq!(errors(&schema, &service), Vec::<String>::new());
    assert_ne!(
        errors(&schema, &json!({"tradeName": 1})),
        Vec::<String>::new()
    );
}

#[test]
fn an_algorithm_entry_validates_against_its_standard() {
    let entry: AlgorithmEntry =
        serde_json::from_str(include_str!("vectors/algorithm.json")).unwrap();
    let written = serde_json::to_value(&entry).unwrap();
    let published: Value = serde_json::from_str(include_str!("vectors/algorithm.json")).unwrap();
    assert_eq!(written, published);

    let Some(schema) = read("algorithm-register/registration-v0.3.1.schema.json") else {
        return;
    };
    assert_eq!(errors(&schema, &written), Vec::<String>::new());
}

/// The terms of the vocabulary's lists, each with the prefix of its list.
fn vocabulary() -> Option<BTreeSet<String>> {
    let mut terms = BTreeSet::new();
    for file in fs::read_dir(folder()?.join("dpv")).unwrap() {
        let mut reader = csv::Reader::from_path(file.unwrap().path()).unwrap();
        let headers = reader.headers().unwrap().clone();
        let Some(iri) = headers.iter().position(|name| name == "iri") else {
            continue;
        };
        for row in reader.records() {
            terms.insert(row.unwrap()[iri].to_owned());
        }
    }
    Some(terms)
}

/// Collects the texts that begin with a prefix of the vocabulary, where a term stands as value.
fn used_terms(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            let prefixes = [
                ("dpv:", "https://w3id.org/dpv#"),
                ("pd:", "https://w3id.org/dpv/pd#"),
                ("eu-gdpr:", "https://w3id.org/dpv/legal/eu/gdpr#"),
                (
                    "https://w3id.org/dpv/legal/fi#",
                    "https://w3id.org/dpv/legal/fi#",
                ),
            ];
            for (prefix, iri) in prefixes {
                if let Some(name) = text.strip_prefix(prefix) {
                    found.insert(format!("{iri}{name}"));
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| used_terms(item, found)),
        Value::Object(members) => {
            let values = members.iter().filter(|(name, _)| *name != "@context");
            values.for_each(|(_, value)| used_terms(value, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Terms of the profile's record that the vendored lists do not carry: classes of other modules.
const ELSEWHERE: [&str; 9] = [
    "https://w3id.org/dpv#ConsentRecord",
    "https://w3id.org/dpv#ConsentNotice",
    "https://w3id.org/dpv#DataController",
    "https://w3id.org/dpv#Optional",
    "https://w3id.org/dpv#Process",
    "https://w3id.org/dpv#Required",
    "https://w3id.org/dpv#StorageDeletion",
    "https://w3id.org/dpv#StorageDuration",
    "https://w3id.org/dpv#StorageLocation",
];

#[test]
fn every_term_is_in_the_vocabulary() {
    let Some(vocabulary) = vocabulary() else {
        return;
    };
    let mut used = BTreeSet::new();
    used_terms(&record(), &mut used);
    for status in [
        ConsentStatus::ConsentRequested,
        ConsentStatus::ConsentRequestDeferred,
        ConsentStatus::ConsentGiven,
        ConsentStatus::RenewedConsentGiven,
        ConsentStatus::ConsentRefused,
        ConsentStatus::ConsentWithdrawn,
        ConsentStatus::ConsentRevoked,
        ConsentStatus::ConsentExpired,
        ConsentStatus::ConsentInvalidated,
    ] {
        used_terms(&receipt_form::term(status).into(), &mut used);
    }
    used_terms(&"dpv:ExpressedConsent".into(), &mut used);
    assert!(used.len() > 20);

    let unknown: Vec<_> = used
        .iter()
        .filter(|term| !vocabulary.contains(*term) && !ELSEWHERE.contains(&term.as_str()))
        .collect();

    assert_eq!(unknown, Vec::<&String>::new());
    assert!(record::validate(&record()).is_ok());
}
