//! No file of the city is forgotten, and none is broken.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

use crate::{BASE, city};

#[test]
fn every_file_is_part_of_the_city() {
    let city = city();

    let stems = |folder: &str| -> BTreeSet<String> {
        files(folder)
            .into_iter()
            .map(|name| name.rsplit_once('.').unwrap().0.to_owned())
            .collect()
    };
    let slugs = city.services.iter().map(|it| it.slug.clone());
    assert_eq!(stems("services"), slugs.collect());
    let templates = city.request_templates.iter().map(|it| it.id.clone());
    assert_eq!(stems("requests"), templates.collect());
    let offers = city.offers.iter().map(|it| it.id().unwrap().to_string());
    let stems_of_offers = stems("offers").into_iter().map(|it| format!("offer-{it}"));
    assert_eq!(stems_of_offers.collect::<BTreeSet<_>>(), offers.collect());
    assert_eq!(files("algorithms").len(), city.algorithms.len());
    assert_eq!(files("notices").len(), 3 * city.notices.len());
    let sources = city.sources.iter().map(|it| it.slug.clone());
    assert_eq!(files("sources"), sources.collect());
    for source in &city.sources {
        let files = files(&format!("sources/{}", source.slug));
        assert_eq!(files.len(), 2 + source.data.len(), "{}", source.slug);
    }
}

#[test]
fn every_address_of_the_operator_is_filled_in() {
    let city = city();

    for service in &city.services {
        let text = serde_json::to_string(&service.description).unwrap();
        assert!(!text.contains("{base}"), "{}", service.slug);
        let registry = service.description.registry_uri.as_deref().unwrap();
        assert_eq!(registry, format!("{BASE}/v1/services/{}", service.slug));
    }
    for source in &city.sources {
        assert_eq!(source.schema.id(), source.entry(BASE).schema);
        assert_eq!(source.schema.source().as_ref(), Some(&source.id));
        assert_eq!(source.schema.version(), Some(source.version.as_str()));
        assert_eq!(source.schema.labels(), source.title);
    }
    let offers = city.offers.iter().map(|it| &it.payload);
    for payload in offers.chain(city.request_templates.iter().map(|it| &it.payload)) {
        assert!(!payload.to_string().contains("{base}"));
    }
}

#[test]
fn an_address_with_a_slash_at_its_end_is_the_same_city() {
    assert_eq!(sample_city::City::at(&format!("{BASE}/")).unwrap(), city());
}

#[test]
fn everybody_who_is_named_is_there() {
    let city = city();

    for source in &city.sources {
        assert!(city.find_organisation(&source.organisation).is_some());
        for resident in source.data.keys() {
            assert!(city.find_resident(resident).is_some());
        }
    }
    for delegation in &city.delegations {
        let guardian = city.find_resident(&delegation.guardian).unwrap();
        let is_child = |child: &sample_city::Child| child.id == delegation.subject;
        assert!(guardian.children.iter().any(is_child));
    }
    for scheduled in &city.schedule.requests {
        let resident = city.find_resident(&scheduled.resident).unwrap();
        let is_child = |child: &sample_city::Child| child.id == scheduled.subject;
        assert!(resident.id == scheduled.subject || resident.children.iter().any(is_child));
        assert!(city.find_template(&scheduled.template).is_some());
    }
}

#[test]
fn the_identity_codes_are_test_codes_that_belong_to_nobody() {
    let mut codes = BTreeSet::new();
    for source in &city().sources {
        for tree in source.data.values() {
            collect_codes(tree.reveal(), &mut codes);
        }
    }

    assert!(codes.len() >= 5);
    for code in codes {
        // DDMMYY, the sign of the century, NNN, the check character.
        let (day, rest) = code.split_at(6);
        let (individual, _) = rest.split_at(1).1.split_at(3);
        let number: u32 = format!("{day}{individual}").parse().unwrap();
        assert!((900..=999).contains(&(number % 1000)), "{code}");
        let check = b"0123456789ABCDEFHJKLMNPRSTUVWXY"[(number % 31) as usize];
        assert_eq!(code.as_bytes()[10], check, "{code}");
    }
}

fn collect_codes(node: &Value, codes: &mut BTreeSet<String>) {
    let key = node["key"].as_str().unwrap_or_default();
    if key.starts_with("NATIONAL_ID") {
        codes.insert(node["value"].as_str().unwrap().to_owned());
    }
    for child in node["children"].as_array().into_iter().flatten() {
        collect_codes(child, codes);
    }
}

fn files(folder: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(folder);
    fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}
