//! The export of every real service, as rows: what a person would see, held in `golden/`.
//!
//! The fixtures are made up; their shapes are those of the services' own tests. `UPDATE_GOLDEN=1`
//! rewrites the golden files.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::path::PathBuf;

use city_data::{Export, Language, WarningKind, flatten, label, read, select, value_label};
use rstest::rstest;

#[rstest]
#[case("download")]
#[case("youth")]
#[case("kukkuu")]
#[case("berths")]
#[case("parking")]
#[case("varaamo")]
#[case("family")]
#[case("library")]
fn each_service_reads_as_it_should(#[case] name: &str) {
    let golden = folder().join("golden").join(format!("{name}.txt"));

    let rows = rows(&export(name));

    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &rows).unwrap();
    }
    assert_eq!(rows, std::fs::read_to_string(golden).unwrap());
}

#[test]
fn every_key_of_every_service_has_a_label_of_its_own() {
    let export = export("download");

    let unknown: Vec<_> = flatten(&export.root)
        .map(|row| row.path)
        .filter(|path| {
            let words = label(path);
            words.fi == words.sv && words.sv == words.en && !path.ends_with("/PROFILEUSER")
        })
        .collect();

    assert_eq!(unknown, [""; 0]);
}

#[test]
fn a_download_keeps_what_it_could_not_have() {
    let export = export("download");

    let verified = select(&export.root, "PROFILE/VERIFIEDPERSONALINFORMATION", "").unwrap();

    assert!(verified.iter().all(|node| node.error().is_some()));
    assert_eq!(verified.len(), 1);
    assert_eq!(export.warnings.len(), 1);
    assert!(
        export
            .warnings
            .iter()
            .all(|warning| warning.kind == WarningKind::NotAvailable)
    );
    assert_eq!(export.services().len(), 8);
}

#[test]
fn the_official_sample_of_the_youth_services_reads_whole() {
    let sample = folder().join("../../../../shared/conformance/gdpr-api/youth-membership.json");
    let Ok(bytes) = std::fs::read(sample) else {
        return;
    };

    let export = read(&bytes).unwrap();

    assert_eq!(export.root.key, "YOUTHPROFILE");
    assert_eq!(flatten(&export.root).count(), 12);
    assert_eq!(export.warnings, []);
    let expiration = select(&export.root, "EXPIRATION", "").unwrap();
    assert_eq!(
        expiration
            .first()
            .unwrap()
            .value
            .as_ref()
            .unwrap()
            .kind()
            .as_str(),
        "date_time"
    );
}

fn export(name: &str) -> Export {
    let file = folder().join("fixtures").join(format!("{name}.json"));
    read(&std::fs::read(file).unwrap()).unwrap()
}

fn rows(export: &Export) -> String {
    flatten(&export.root).fold(String::new(), |mut text, row| {
        let language = Language::Sv;
        let label = label(&row.path).pick(language).unwrap().to_owned();
        let words = row
            .value
            .map(|value| value.plain(language))
            .unwrap_or_default();
        let said = value_label(&row.path, &words).and_then(|words| words.sv);
        let covered = if row.masked { " (covered)" } else { "" };
        writeln!(
            text,
            "{} | {label} | {}{covered} | {}{}",
            row.path,
            row.kind,
            words.replace('\n', "\\n"),
            said.map(|words| format!(" = {words}")).unwrap_or_default(),
        )
        .unwrap();
        text
    })
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}
