//! No file can make the reader panic, exhaust the stack or run on: it is read, or refused in words.

use city_data::{
    MAX_BYTES, MAX_DEPTH, MAX_KEY_BYTES, MAX_TEXT_BYTES, MAX_VALUES, ReadError, flatten, read,
};
use rstest::rstest;

#[rstest]
#[case::nothing(b"", ReadError::Empty)]
#[case::space(b" \n\t", ReadError::Empty)]
#[case::a_mark_alone(b"\xEF\xBB\xBF", ReadError::Empty)]
#[case::null(b"null", ReadError::Empty)]
#[case::no_members(b" {} ", ReadError::Empty)]
#[case::no_items(b"[]", ReadError::Empty)]
#[case::utf16_little(b"\xFF\xFE{\0}\0", ReadError::Utf16)]
#[case::utf16_big(b"\xFE\xFF\0{\0}", ReadError::Utf16)]
#[case::utf16_without_a_mark(b"{\0\"\0", ReadError::Utf16)]
#[case::latin1(b"{\"key\":\"\xC4iti\"}", ReadError::NotUtf8 { at: 8 })]
#[case::cut_short(b"{\"key\":\"A\",", ReadError::NotJson { line: 1, column: 12 })]
#[case::in_the_second_line(b"{\n  \"key\" \"A\"}", ReadError::NotJson { line: 2, column: 9 })]
#[case::two_values(b"{\"key\":\"A\"} {}", ReadError::NotJson { line: 1, column: 13 })]
#[case::a_web_page(b"<!DOCTYPE html>", ReadError::NotJson { line: 1, column: 1 })]
fn a_file_that_is_no_export_is_refused_with_the_reason(
    #[case] file: &[u8],
    #[case] expected: ReadError,
) {
    assert_eq!(read(file).unwrap_err(), expected);
}

#[rstest]
#[case("01")]
#[case("1.")]
#[case("-")]
#[case("+1")]
#[case("1e")]
#[case("NaN")]
#[case("tru")]
#[case("\"\\x\"")]
#[case("\"\\u12g4\"")]
#[case("\"a\tb\"")]
#[case("\"a")]
#[case("[1,]")]
#[case("{\"a\":1,}")]
#[case("{a:1}")]
#[case("[1 2]")]
fn what_is_not_json_is_refused(#[case] file: &str) {
    assert!(
        matches!(read(file.as_bytes()), Err(ReadError::NotJson { .. })),
        "{file}"
    );
}

#[test]
fn nesting_is_read_to_the_limit_and_no_further() {
    let nested = |depth: usize| "[".repeat(depth) + "1" + &"]".repeat(depth);

    assert!(read(nested(MAX_DEPTH).as_bytes()).is_ok());
    assert_eq!(
        read(nested(MAX_DEPTH + 1).as_bytes()),
        Err(ReadError::TooDeep)
    );
    assert_eq!(read(nested(10_000).as_bytes()), Err(ReadError::TooDeep));
    assert_eq!(
        read("[".repeat(10_000_000).as_bytes()),
        Err(ReadError::TooDeep)
    );
    assert_eq!(
        read("{\"value\":".repeat(10_000).as_bytes()),
        Err(ReadError::TooDeep)
    );
}

#[test]
fn a_text_is_read_to_the_limit_and_no_further() {
    let with_text = |length: usize| format!(r#"{{"key":"A","value":"{}"}}"#, "x".repeat(length));
    let with_escapes = format!(
        r#"{{"key":"A","value":"{}"}}"#,
        r"\n".repeat(MAX_TEXT_BYTES + 1)
    );
    let with_key = |length: usize| format!(r#"{{"key":"{}"}}"#, "K".repeat(length));

    assert!(read(with_text(MAX_TEXT_BYTES).as_bytes()).is_ok());
    assert_eq!(
        read(with_text(MAX_TEXT_BYTES + 1).as_bytes()),
        Err(ReadError::TextTooLong)
    );
    assert_eq!(read(with_escapes.as_bytes()), Err(ReadError::TextTooLong));
    assert!(read(with_key(MAX_KEY_BYTES).as_bytes()).is_ok());
    assert_eq!(
        read(with_key(MAX_KEY_BYTES + 1).as_bytes()),
        Err(ReadError::TextTooLong)
    );
}

#[test]
fn values_are_counted() {
    let with_values = |count: usize| format!("[1{}]", ",1".repeat(count - 2));

    assert!(read(with_values(MAX_VALUES).as_bytes()).is_ok());
    assert_eq!(
        read(with_values(MAX_VALUES + 1).as_bytes()),
        Err(ReadError::TooManyValues)
    );
}

#[test]
fn long_keys_over_many_leaves_cannot_fill_a_store_with_paths() {
    let key = "K".repeat(MAX_KEY_BYTES);
    let open = format!(r#"{{"key":"{key}","children":["#).repeat(20);
    let leaves = vec![r#"{"key":"A"}"#; 100_000].join(",");
    let file = format!("{open}{leaves}{}", "]}".repeat(20));

    assert_eq!(read(file.as_bytes()), Err(ReadError::TooManyValues));
}

#[test]
fn fifty_megabytes_read_whole() {
    const LEAVES: usize = 50_000;
    let words = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do".repeat(16);
    let leaf = format!(r#"{{"key":"COMMENT","value":"{words}"}},"#);
    let file = format!(
        r#"{{"key":"A","children":[{}{{"key":"END"}}]}}"#,
        leaf.repeat(LEAVES)
    );
    assert!(
        (50_000_000..MAX_BYTES).contains(&file.len()),
        "{}",
        file.len()
    );

    let export = read(file.as_bytes()).unwrap();

    assert_eq!(flatten(&export.root).count(), LEAVES + 2);
    assert_eq!(export.bytes, file.len() as u64);
}

#[test]
fn a_file_one_byte_over_the_limit_is_refused() {
    let mut file = b"{\"key\":\"A\"}".to_vec();
    file.resize(MAX_BYTES, b' ');
    assert!(read(&file).is_ok());

    file.push(b' ');

    assert_eq!(read(&file), Err(ReadError::TooLarge));
}
