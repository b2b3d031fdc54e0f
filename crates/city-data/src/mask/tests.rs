//! What is covered until the person asks, and what is not.

use pii::Personal;
use rstest::rstest;

use super::*;
use crate::flatten;

#[rstest]
#[case("PASSWORD")]
#[case("TICKET_SYSTEM_PASSWORDS")]
#[case("TICKETSYSTEMPASSWORD")]
#[case("CLIENT_SECRET")]
#[case("apiToken")]
#[case("ACCESSTOKEN")]
#[case("TOKENS")]
#[case("PIN")]
#[case("PIN_CODE")]
#[case("card-pin")]
#[case("NATIONAL_ID_NUMBER")]
#[case("NATIONAL_IDENTIFICATION_NUMBER")]
#[case("NATIONALIDENTIFICATIONNUMBER")]
#[case("SSN")]
#[case("HETU")]
#[case("henkilötunnus")]
#[case("personalIdentityCode")]
fn a_key_that_names_a_secret_is_masked(#[case] key: &str) {
    assert!(is_masked_key(key));
}

#[rstest]
#[case("SHIPPING")]
#[case("SPINNING_CLASS")]
#[case("PINE_STREET")]
#[case("SECRETARY_NAME")]
#[case("ID")]
#[case("MEMBERSHIP_NUMBER")]
#[case("SSNAKE")]
#[case("")]
fn a_key_that_only_looks_like_one_is_not(#[case] key: &str) {
    assert!(!is_masked_key(key));
}

#[rstest]
#[case::the_1800s("010190+123M")]
#[case::the_1900s("131052-308T")]
#[case::the_2000s("131052A308T")]
#[case::a_sign_of_2023_for_the_1900s("131052U308T")]
#[case::the_last_sign_of_the_1900s("131052Y308T")]
#[case::a_sign_of_2023_for_the_2000s("131052B308T")]
#[case::the_last_sign_of_the_2000s("131052F308T")]
#[case::small_letters("131052a308t")]
#[case::among_words("asiakas 131052-308T, Mäkelä")]
#[case::after_letters_with_dots("ä131052-308T")]
fn a_personal_identity_code_is_seen(#[case] text: &str) {
    assert!(holds_identity_code(text), "{text}");
}

#[rstest]
#[case::wrong_check_character("131052-308U")]
#[case::no_such_day("320152-308T")]
#[case::no_such_sign("131052G308T")]
#[case::too_long("131052-308T9")]
#[case::in_a_longer_number("9131052-308T")]
#[case::individual_number_zero("131052-0019")]
#[case::a_phone_number("0401234567")]
#[case::empty("")]
fn what_is_not_one_is_left_alone(#[case] text: &str) {
    assert!(!holds_identity_code(text), "{text}");
}

#[test]
fn a_day_that_only_a_leap_year_has_is_checked_with_its_century() {
    let code = |sign: char| {
        let check = "0123456789ABCDEFHJKLMNPRSTUVWXY".as_bytes()[290_200_123 % 31];
        format!("290200{sign}123{}", char::from(check))
    };

    assert!(holds_identity_code(&code('A')), "2000 was a leap year");
    assert!(!holds_identity_code(&code('-')), "1900 was not");
}

#[test]
fn nothing_is_covered_where_there_is_nothing_to_see() {
    for value in [
        Value::None,
        Value::EmptyList,
        Value::Boolean(true),
        text(""),
    ] {
        assert!(!is_masked("PASSWORD", &value), "{value:?}");
    }
    assert!(is_masked("PASSWORD", &text("x")));
}

#[test]
fn a_list_is_covered_if_one_item_must_be() {
    let list = Value::List(vec![text("a"), text("131052-308T")]);

    assert!(is_masked("NOTES", &list));
    assert!(!is_masked("NOTES", &Value::List(vec![text("a")])));
}

#[test]
fn the_reason_why_a_secret_is_missing_is_shown() {
    let reason = Value::Unavailable(Reason::Text(Personal::new("Insufficient level".to_owned())));

    assert!(!is_masked("SECRET_DATA", &reason));
}

#[test]
fn a_password_is_covered_however_deep_it_lies_below_its_key() {
    let file = br#"{"key":"CHILD","children":[{"key":"TICKET_SYSTEM_PASSWORDS","children":[
        {"key":"TICKETSYSTEMPASSWORD","children":[
            {"key":"ASSIGNED_AT","value":"2026-01-01"},
            {"key":"VALUE","value":"^4aK6a^8D8"},
            {"key":"EVENT","children":[{"key":"NAME","value":{"fi":"Konsertti"}}]}]}]},
        {"key":"NAME","value":"Eero"}]}"#;

    let export = crate::read(file).unwrap();

    let masked: Vec<_> = flatten(&export.root)
        .filter(|row| row.masked)
        .map(|row| row.key)
        .collect();
    assert_eq!(masked, ["VALUE"]);
}

fn text(text: &str) -> Value {
    Value::Text(Personal::new(text.to_owned()))
}
