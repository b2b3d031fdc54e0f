//! The city speaks the standards' own words. The material to check it against is not part of the
//! tree; without it these tests return early.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::Value;

use crate::city;

#[test]
fn services_are_relying_parties_of_ts5() {
    let Some(schema) = json("eudi/ts5-common-rp-data-model.schema.json") else {
        return;
    };
    let validator = jsonschema::draft4::new(&schema).unwrap();

    for service in &city().services {
        let description = serde_json::to_value(&service.description).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&description)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", service.slug);
    }
    assert!(
        !validator.is_valid(&serde_json::json!({"tradeName": 1})),
        "the schema checks"
    );
}

#[test]
fn algorithms_are_entries_of_the_transparency_standard() {
    let Some(schema) = json("algorithm-register/registration-v0.3.1.schema.json") else {
        return;
    };
    let validator = jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();

    for entry in &city().algorithms {
        let mut entry = serde_json::to_value(entry).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&entry)
            .map(|it| it.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert!(entry["description_short"].as_str().unwrap().chars().count() <= 150);
        assert!(entry["description"].as_str().unwrap().chars().count() >= 500);

        entry.as_object_mut().unwrap().remove("goal");
        assert!(!validator.is_valid(&entry), "the schema checks");
    }
}

#[test]
fn every_term_is_in_the_data_privacy_vocabulary() {
    let (Some(purposes), Some(categories), Some(grounds)) =
        (terms("purposes"), terms("pd"), terms("gdpr_legal_basis"))
    else {
        return;
    };
    let city = city();

    for service in &city.services {
        for terms in service.description.mydata_service.uses.values() {
            assert!(purposes.contains(terms.dpv_purpose.strip_prefix("dpv:").unwrap()));
            assert!(grounds.contains(terms.legal_basis.strip_prefix("eu-gdpr:").unwrap()));
        }
    }
    for source in &city.sources {
        for field in source.schema.fields() {
            assert!(
                categories.contains(field.dpv.strip_prefix("pd:").unwrap()),
                "{}",
                field.dpv
            );
        }
    }
    for template in &city.request_templates {
        let purpose = template.payload["authorization_details"][0]["purpose"]
            .as_str()
            .unwrap();
        assert!(
            purposes.contains(purpose.strip_prefix("dpv:").unwrap()),
            "{purpose}"
        );
    }
}

fn terms(list: &str) -> Option<BTreeSet<String>> {
    let path = material(&format!("dpv/{list}.csv"))?;
    let mut reader = csv::Reader::from_path(path).unwrap();
    let first = |row: Result<csv::StringRecord, csv::Error>| row.unwrap()[0].to_owned();
    Some(reader.records().map(first).collect())
}

fn json(name: &str) -> Option<Value> {
    let text = fs::read_to_string(material(name)?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn material(name: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/conformance")
        .join(name);
    path.exists().then_some(path)
}
