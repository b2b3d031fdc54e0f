//! Every way in which a real export differs from its format, one test each.
#![expect(clippy::unwrap_used, reason = "a test")]

use city_data::{Kind, Language, Node, Reason, Value, WarningKind, flatten, read};
use jiff::civil::date;

#[test]
fn a_value_may_be_any_scalar() {
    let rows = rows(
        r#"{"key":"A","children":[{"key":"T","value":"x"},{"key":"N","value":2023},
            {"key":"B","value":true},{"key":"Z","value":null}]}"#,
    );

    assert_eq!(
        rows[1..],
        [
            "A/T text x",
            "A/N number 2023",
            "A/B boolean true",
            "A/Z none"
        ]
    );
}

#[test]
fn an_object_with_a_key_in_the_place_of_a_value_is_a_node() {
    let rows = rows(
        r#"{"key":"BERTH","value":{"key":"BERTH","children":[
            {"key":"PIER","value":{"key":"PIER","value":"C"}}]}}"#,
    );

    assert_eq!(
        rows,
        [
            "BERTH group",
            "BERTH/BERTH group",
            "BERTH/BERTH/PIER group",
            "BERTH/BERTH/PIER/PIER text C"
        ]
    );
}

#[test]
fn a_node_written_into_a_value_of_its_own_key_can_be_passed_over() {
    let node = root(r#"{"key":"A","value":{"key":"A","value":{"key":"B","value":"x"}}}"#);

    let only_wraps: Vec<_> = flatten(&node).map(|row| row.only_wraps).collect();

    assert_eq!(only_wraps, [true, false, false]);
}

#[test]
fn an_object_of_languages_is_one_text() {
    let node = root(r#"{"key":"A","value":{"en":"","fi":"Testihanke","sv":null}}"#);

    let Some(Value::Localized(text)) = &node.value else {
        panic!("{:?}", node.value)
    };
    assert_eq!(text.reveal().pick(Language::Sv), Some("Testihanke"));
}

#[test]
fn an_object_with_a_language_twice_or_another_member_is_not() {
    let twice = rows(r#"{"key":"A","value":{"fi":"x","fi":"y"}}"#);
    let more = rows(r#"{"key":"A","value":{"fi":"x","no":"y"}}"#);

    assert_eq!(twice, ["A group", "A/fi text x", "A/fi[2] text y"]);
    assert_eq!(more, ["A group", "A/fi text x", "A/no text y"]);
}

#[test]
fn an_error_is_what_the_node_says() {
    let export =
        read(br#"{"key":"A","children":[{"key":"B","error":"No permission to read."}]}"#).unwrap();

    let error = export.root.child("B").unwrap().error().unwrap();
    assert_eq!(error.pick(Language::Fi), Some("No permission to read."));
    assert_eq!(export.warnings.len(), 1);
    assert_eq!(export.warnings[0].kind, WarningKind::NotAvailable);
    assert_eq!(export.warnings[0].first.reveal(), "A/B");
}

#[test]
fn an_error_may_come_in_languages_or_with_details() {
    let localized = root(r#"{"key":"A","error":{"fi":"Ei lupaa","en":"No permission"}}"#);
    let details = rows(r#"{"key":"A","error":{"code":"NO_LOA","status":403}}"#);

    assert!(matches!(localized.error(), Some(Reason::Localized(_))));
    assert_eq!(
        details,
        [
            "A unavailable",
            "A/error group",
            "A/error/code text NO_LOA",
            "A/error/status number 403"
        ]
    );
}

#[test]
fn a_value_beside_an_error_is_kept() {
    let said = rows(r#"{"key":"A","error":"partly","value":"x","children":[{"key":"B"}]}"#);
    let null = rows(r#"{"key":"A","error":"not at all","value":null}"#);

    assert_eq!(
        said,
        ["A unavailable partly", "A/B group", "A/value text x"]
    );
    assert_eq!(null, ["A unavailable not at all"]);
}

#[test]
fn a_node_may_have_a_value_and_children() {
    let rows = rows(r#"{"key":"A","value":"x","children":[{"key":"B","value":1}]}"#);

    assert_eq!(rows, ["A text x", "A/B number 1"]);
}

#[test]
fn a_value_may_be_a_list() {
    let rows = rows(
        r#"{"key":"A","children":[{"key":"EMPTY","value":[]},{"key":"IDS","value":["a",1,null]},
            {"key":"NODES","value":[{"key":"X","value":1},{"key":"X","value":2}]},
            {"key":"MIXED","value":["a",{"b":[true]},[]]},
            {"key":"NOTHING","value":{}}]}"#,
    );

    assert_eq!(
        rows[1..],
        [
            "A/EMPTY empty_list",
            "A/IDS list a, 1, ",
            "A/NODES group",
            "A/NODES/X number 1",
            "A/NODES/X[2] number 2",
            "A/MIXED group",
            "A/MIXED/_ text a",
            "A/MIXED/_[2] group",
            "A/MIXED/_[2]/b list true",
            "A/MIXED/_[3] empty_list",
            "A/NOTHING empty_object",
        ]
    );
}

#[test]
fn a_node_without_a_key_is_kept_and_reported() {
    let file = r#"{"key":"A","children":[{"value":"x"},"y",{"children":[]},{"b":1}]}"#;

    assert_eq!(
        rows(file),
        [
            "A group",
            "A/_ text x",
            "A/_[2] text y",
            "A/_[3] group",
            "A/_[4] group",
            "A/_[4]/b number 1"
        ]
    );
    assert_eq!(warnings(file), [(WarningKind::MissingKey, 4)]);
}

#[test]
fn an_unknown_member_becomes_a_child_and_is_reported() {
    let file = r#"{"key":"A","label":{"fi":"Nimi"},"value":"x","meta":{"v":1}}"#;

    assert_eq!(
        rows(file),
        [
            "A text x",
            "A/label localized Nimi",
            "A/meta group",
            "A/meta/v number 1"
        ]
    );
    assert_eq!(warnings(file), [(WarningKind::UnknownMember, 2)]);
}

#[test]
fn no_member_is_lost_when_a_name_comes_twice() {
    let file = r#"{"key":"A","key":"B","value":1,"value":2,"children":[{"key":"C"}],
        "children":[{"key":"D"}],"error":"e","error":"f"}"#;

    assert_eq!(
        rows(file),
        [
            "A unavailable e",
            "A/key text B",
            "A/value number 2",
            "A/C group",
            "A/D group",
            "A/error text f",
            "A/value[2] number 1",
        ]
    );
    assert!(warnings(file).contains(&(WarningKind::DuplicateMember, 1)));
}

#[test]
fn repeated_keys_have_numbers_that_stay_when_more_come() {
    let rows = rows(
        r#"{"key":"BOATS","children":[{"key":"BOAT"},{"key":"OAR"},{"key":"BOAT"},{"key":"OAR"}]}"#,
    );

    assert_eq!(
        rows[1..],
        [
            "BOATS/BOAT group",
            "BOATS/OAR group",
            "BOATS/BOAT[2] group",
            "BOATS/OAR[2] group"
        ]
    );
}

#[test]
fn a_key_that_looks_like_a_missing_one_has_a_path_of_its_own() {
    let rows = rows(r#"{"key":"A","children":[{"key":"_"},{"value":1},{"key":""}]}"#);

    assert_eq!(rows[1..], ["A/_ group", "A/_[2] number 1", "A/_[3] group"]);
}

#[test]
fn the_order_of_members_does_not_matter() {
    let keys_last = root(r#"{"children":[{"value":"x","key":"B"}],"key":"A"}"#);
    let keys_first = root(r#"{"key":"A","children":[{"key":"B","value":"x"}]}"#);

    assert_eq!(keys_last, keys_first);
}

#[test]
fn members_of_the_wrong_kind_are_kept_and_reported() {
    let file = r#"{"key":"A","children":{"a":1}}"#;

    assert_eq!(
        rows(file),
        ["A group", "A/children group", "A/children/a number 1"]
    );
    assert_eq!(warnings(file), [(WarningKind::UnexpectedShape, 1)]);
    assert_eq!(
        rows(r#"{"key":"A","children":null,"error":null}"#),
        ["A group"]
    );
}

#[test]
fn a_root_may_be_a_list_of_services() {
    let export = read(br#"[{"key":"USER"},{"key":"CUSTOMER"}]"#).unwrap();

    let keys: Vec<_> = export.services().iter().map(|node| &node.key).collect();
    assert_eq!(keys, ["USER", "CUSTOMER"]);
    assert!(export.warnings.is_empty());
}

#[test]
fn a_root_may_be_one_service_or_the_whole_download() {
    let one = read(br#"{"key":"USER"}"#).unwrap();
    let all = read(br#"{"key":"DATA","children":[{"key":"PROFILE"},{"key":"USER"}]}"#).unwrap();

    assert_eq!(one.services().len(), 1);
    assert_eq!(all.services().len(), 2);
}

#[test]
fn any_other_json_reads_as_a_tree_of_its_members() {
    let file = r#"{"name":"Aino","pets":[{"name":"Musti"},{"name":"Mirri"}],"key":7}"#;

    assert_eq!(
        rows(file),
        [
            "DATA group",
            "DATA/name text Aino",
            "DATA/pets group",
            "DATA/pets/_ group",
            "DATA/pets/_/name text Musti",
            "DATA/pets/_[2] group",
            "DATA/pets/_[2]/name text Mirri",
            "DATA/key number 7",
        ]
    );
    assert_eq!(warnings(file), [(WarningKind::NotANodeTree, 1)]);
    assert_eq!(rows("42"), ["DATA number 42"]);
}

#[test]
fn a_number_keeps_its_digits() {
    for digits in [
        "123456789012345678901234567890",
        "0.10",
        "1E400",
        "-0",
        "1.0",
    ] {
        let node = root(&format!(r#"{{"key":"A","value":{digits}}}"#));

        assert_eq!(node.value.unwrap().plain(Language::Fi), digits);
    }
}

#[test]
fn dates_are_typed_and_keep_the_text_they_came_as() {
    let node = root(
        r#"{"key":"A","children":[{"key":"D","value":"02-03-2021"},
            {"key":"T","value":"31-08-2021 12:30:00"},
            {"key":"Z","value":"1981-12-29T15:08:25.080157+00:00"},
            {"key":"X","value":"31-02-2021"}]}"#,
    );
    let value = |key| node.child(key).unwrap().value.clone().unwrap();

    assert!(matches!(value("D"), Value::Date { date: day, .. } if day == date(2021, 3, 2)));
    assert_eq!(value("D").plain(Language::Fi), "02-03-2021");
    assert!(matches!(value("T"), Value::DateTime { offset: None, .. }));
    assert_eq!(
        value("T").timestamp(),
        None,
        "nobody said where the clock was"
    );
    assert_eq!(
        value("Z").timestamp(),
        Some("1981-12-29T15:08:25.080157Z".parse().unwrap())
    );
    assert_eq!(value("X").kind(), Kind::Text);
}

#[test]
fn a_byte_order_mark_is_tolerated() {
    let export = read(b"\xEF\xBB\xBF {\"key\":\"A\"}\n").unwrap();

    assert_eq!(export.root.key, "A");
    assert_eq!(export.bytes, 16);
}

#[test]
fn escapes_are_read_and_half_a_character_is_reported() {
    let file = r#"{"key":"A","value":"\u00e4\n\ud83d\ude00\/ \ud83d \ude00"}"#;

    assert_eq!(
        root(file).value.unwrap().plain(Language::Fi),
        "ä\n😀/ \u{FFFD} \u{FFFD}"
    );
    assert_eq!(warnings(file), [(WarningKind::BrokenCharacter, 1)]);
}

#[test]
fn nothing_that_the_file_says_can_be_formatted() {
    let export = read(
        br#"{"key":"CANARY","label":"CANARY","children":[{"key":"A","value":"CANARY"},
            {"key":"B","error":"CANARY"},{"key":"C","value":{"fi":"CANARY"}},
            {"key":"D","value":["CANARY"]},{"key":"E","value":2026}]}"#,
    )
    .unwrap();

    let printed = format!("{export:?} {:?}", export.root.children);

    assert!(
        !printed.contains("CANARY") && !printed.contains("2026"),
        "{printed}"
    );
}

#[test]
fn the_digest_is_that_of_the_bytes() {
    let export = read(b"{\"key\":\"A\"}").unwrap();

    assert_eq!(
        export.sha256,
        "b9da4a20c2c5f4048ac60ad7dd940cf320e55500256aeefc79ff6e45274e912c"
    );
}

fn root(file: &str) -> Node {
    read(file.as_bytes()).unwrap().root
}

/// Each row as `path kind words`.
fn rows(file: &str) -> Vec<String> {
    flatten(&root(file))
        .map(|row| {
            let words = row
                .value
                .map(|value| value.plain(Language::Fi).into_owned())
                .unwrap_or_default();
            let separator = if words.is_empty() { "" } else { " " };
            format!("{} {}{separator}{words}", row.path, row.kind)
        })
        .collect()
}

fn warnings(file: &str) -> Vec<(WarningKind, u32)> {
    read(file.as_bytes())
        .unwrap()
        .warnings
        .iter()
        .map(|warning| (warning.kind, warning.count))
        .collect()
}
