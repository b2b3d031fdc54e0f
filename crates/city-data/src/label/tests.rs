//! Names in words: what the dictionary and its fallback give.

use rstest::rstest;

use super::*;

#[test]
fn every_key_has_words_in_all_languages_and_the_table_is_sorted() {
    let table: Vec<_> = rows(include_str!("../../labels/keys.csv")).collect();

    assert!(table.iter().all(|row| row.len() == 4 && is_filled(row)));
    assert!(table.is_sorted_by(|a, b| a[0] < b[0]), "sorted, none twice");
    assert!(table.iter().all(|row| row[0] == row[0].to_uppercase()));
    assert_eq!(table.len(), KEYS.len());
}

#[test]
fn every_code_has_words_in_all_languages_and_the_table_is_sorted() {
    let table: Vec<_> = rows(include_str!("../../labels/values.csv")).collect();

    assert!(table.iter().all(|row| row.len() == 5 && is_filled(row)));
    assert!(
        table.is_sorted_by(|a, b| a[..2] < b[..2]),
        "sorted, none twice"
    );
    assert!(table.iter().all(|row| row[1] == snake_case(row[1])));
    assert_eq!(
        table.len(),
        VALUES.values().map(BTreeMap::len).sum::<usize>()
    );
}

#[rstest]
#[case::the_key_alone("FIRST_NAME", "Etunimi")]
#[case::the_end_of_a_path("A/B/C/D/E/CHILDREN/CHILD[3]/FIRST_NAME", "Lapsen etunimi")]
#[case::a_service_alone("USER", "Kulttuurin kummilapset")]
#[case::a_service_in_a_download("DATA/USER", "Kulttuurin kummilapset")]
#[case::the_same_key_elsewhere("DATA/USER/GUARDIAN/USER", "Käyttäjä")]
#[case::the_download("DATA", "Omat tiedot")]
#[case::a_node_without_a_key("DATA/_[2]", "Kohta")]
#[case::another_way_of_writing("profile/firstName", "Etunimi")]
#[case::a_return_date("LIBRARY/LOANS/LOAN[2]/DUE_DATE", "Palautettava viimeistään")]
#[case::an_invoice("ORDERS/ORDER/DUE_DATE", "Maksun eräpäivä")]
fn the_longest_end_of_a_path_names_it(#[case] path: &str, #[case] fi: &str) {
    assert_eq!(label(path).fi.as_deref(), Some(fi));
}

#[rstest]
#[case::parking(
    r#"{"key":"CUSTOMER","children":[{"key":"PERMITS"}]}"#,
    "Parkeringstillstånd"
)]
#[case::family(
    r#"{"key":"CUSTOMER","children":[{"key":"CHILDREN"}]}"#,
    "Familj och adress"
)]
#[case::neither(r#"{"key":"CUSTOMER","children":[{"key":"ORDERS"}]}"#, "Kunduppgifter")]
#[case::another(
    r#"{"key":"USER","children":[{"key":"PERMITS"}]}"#,
    "Kulturens fadderbarn"
)]
fn services_with_one_root_key_are_told_apart(#[case] file: &str, #[case] sv: &str) {
    let export = crate::read(file.as_bytes()).unwrap();

    assert_eq!(service_label(&export.root).sv.as_deref(), Some(sv));
}

#[rstest]
#[case("SOME_KEY", "Some key")]
#[case("someOtherKey", "Some other key")]
#[case("KUKKAPENKIN_ÄLY", "Kukkapenkin äly")]
#[case("A%2FB", "A/b")]
#[case("__", "__")]
#[case("", "")]
fn an_unknown_key_is_made_readable(#[case] path: &str, #[case] words: &str) {
    assert_eq!(label(path), LocalText::same(words));
}

#[rstest]
#[case("PROFILE/LANGUAGE", "fi", Some("finska"))]
#[case("PROFILE/EMAILS/EMAIL/EMAIL_TYPE", "none", Some("ej angiven"))]
#[case("BERTHLEASE/STATUS", "Paid", Some("betald"))]
#[case(
    "CUSTOMERPROFILE/INVOICING_TYPE",
    "Online payment",
    Some("webbetalning")
)]
#[case("PARKINGPERMIT/CONTRACT_TYPE", "OPEN_ENDED", Some("tills vidare"))]
#[case("PROFILE/LANGUAGE", "tlh", None)]
#[case("PROFILE/NICKNAME", "fi", None)]
#[case("PROFILE/LANGUAGE", "", None)]
fn a_code_has_words_where_its_key_is_known(
    #[case] path: &str,
    #[case] code: &str,
    #[case] sv: Option<&str>,
) {
    assert_eq!(
        value_label(path, code)
            .and_then(|words| words.sv)
            .as_deref(),
        sv
    );
}

fn is_filled(row: &[&str]) -> bool {
    row.iter()
        .all(|cell| !cell.is_empty() && cell.trim() == *cell)
}
