//! Node paths: what they lead to, and what is no path.

use rstest::rstest;

use super::*;

const FAMILY: &[u8] = br#"{"key":"FAMILY","children":[{"key":"CHILDREN","children":[
    {"key":"CHILD","children":[{"key":"SURROGATE","value":"s-1"},
        {"key":"BIRTH_DATE","value":"2019-05-01"},{"key":"GROUP","value":7}]},
    {"key":"CHILD","children":[{"key":"SURROGATE","value":"s-2"},
        {"key":"BIRTH_DATE","value":"2021-06-02"},{"key":"GROUP","value":7}]},
    {"key":"CHILD","children":[{"key":"SURROGATE","value":""},
        {"key":"BIRTH_DATE","value":"2022-07-03"}]}]}]}"#;

#[rstest]
#[case::by_key("CHILDREN/CHILD/BIRTH_DATE", &["2019-05-01", "2021-06-02", "2022-07-03"])]
#[case::by_subject("CHILDREN/CHILD[SURROGATE={subject}]/BIRTH_DATE", &["2021-06-02"])]
#[case::by_literal("CHILDREN/CHILD[SURROGATE=s-1]/BIRTH_DATE", &["2019-05-01"])]
#[case::by_date("CHILDREN/CHILD[BIRTH_DATE=2019-05-01]/SURROGATE", &["s-1"])]
#[case::by_number("CHILDREN/CHILD[GROUP=7]/SURROGATE", &["s-1", "s-2"])]
#[case::nothing_there("CHILDREN/PARENT", &[])]
#[case::no_such_literal("CHILDREN/CHILD[SURROGATE=s-9]/BIRTH_DATE", &[])]
#[case::the_root_is_not_part_of_the_path("FAMILY/CHILDREN", &[])]
fn a_path_leads_to_what_it_names(#[case] path: &str, #[case] expected: &[&str]) {
    assert_eq!(values(path, "s-2"), expected);
}

#[rstest]
#[case::nobody("")]
#[case::a_subject_that_looks_like_a_path("s-1]/BIRTH_DATE")]
#[case::a_placeholder("{subject}")]
fn a_subject_is_only_ever_compared(#[case] subject: &str) {
    let path = "CHILDREN/CHILD[SURROGATE={subject}]/BIRTH_DATE";

    assert!(values(path, subject).is_empty());
}

#[rstest]
#[case::empty("", 0)]
#[case::leading_slash("/CHILDREN", 0)]
#[case::trailing_slash("CHILDREN/", 9)]
#[case::double_slash("CHILDREN//CHILD", 9)]
#[case::unclosed("CHILD[SURROGATE=s-1", 6)]
#[case::no_operand("CHILD[SURROGATE=]", 6)]
#[case::no_condition("CHILD[]", 6)]
#[case::no_equals("CHILD[SURROGATE]", 6)]
#[case::unknown_placeholder("CHILD[SURROGATE={person}]", 6)]
#[case::words_after("CHILD[SURROGATE=s-1]X", 20)]
#[case::stray_bracket("CHI]LD", 0)]
fn a_path_that_says_nothing_is_an_error(#[case] path: &str, #[case] at: usize) {
    let export = crate::read(FAMILY).unwrap();

    assert_eq!(
        select(&export.root, path, "s-1"),
        Err(SelectError::Malformed { at })
    );
}

#[test]
fn an_overlong_path_is_refused() {
    let export = crate::read(FAMILY).unwrap();

    let path = "A/".repeat(MAX_SELECTOR_BYTES);

    assert_eq!(select(&export.root, &path, ""), Err(SelectError::TooLong));
}

fn values(path: &str, subject: &str) -> Vec<String> {
    let export = crate::read(FAMILY).unwrap();
    select(&export.root, path, subject)
        .unwrap()
        .iter()
        .filter_map(|node| node.value.as_ref())
        .map(|value| value.plain(Language::En).into_owned())
        .collect()
}
