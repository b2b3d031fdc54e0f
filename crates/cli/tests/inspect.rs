//! `lokero inspect`, as a person at a terminal and a program behind a pipe meet it.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use rstest::rstest;
use serde_json::Value;

#[test]
fn an_export_is_a_tree_with_labels_in_the_chosen_language() {
    let fi = stdout(&inspect(&["--lang", "fi", &fixture("berths")]));
    let sv = stdout(&inspect(&["--lang", "sv", &fixture("berths")]));
    let en = stdout(&inspect(&["--lang", "en", &fixture("berths")]));

    assert!(
        fi.contains("\nVenepaikat\n  Laskutustapa: verkkomaksu\n"),
        "{fi}"
    );
    assert!(fi.contains("\n    Vene\n"), "{fi}");
    assert!(fi.contains("\n      Veneen nimi: Lokki\n"), "{fi}");
    assert!(fi.contains("\n  Luotu: 1.2.2021 klo 8.09\n"), "{fi}");
    assert!(
        sv.contains("\nBåtplatser\n  Faktureringssätt: webbetalning\n"),
        "{sv}"
    );
    assert!(en.contains("\n      Inspected: yes\n"), "{en}");
}

#[test]
fn a_node_wrapped_in_itself_is_shown_once() {
    let tree = stdout(&inspect(&["--lang", "en", &fixture("berths")]));

    assert!(
        tree.contains(
            "\n      Berth\n        Berth number: 27\n        Pier\n          Pier identifier: C\n"
        ),
        "{tree}"
    );
}

#[test]
fn a_service_has_its_name_in_a_download_and_alone() {
    let alone = stdout(&inspect(&["--lang", "en", &fixture("parking")]));
    let download = stdout(&inspect(&["--lang", "en", &fixture("download")]));

    assert!(
        alone.contains("\n\nParking permits\n  First name: Aino\n"),
        "{alone}"
    );
    assert!(
        download.contains("\n  Parking permits\n    First name: Aino\n"),
        "{download}"
    );
    assert!(
        download.contains("\n  Culture Kids\n    Unique identifier"),
        "{download}"
    );
}

#[test]
fn what_a_service_could_not_give_is_said_with_its_reason() {
    let tree = stdout(&inspect(&["--lang", "en", &fixture("download")]));

    assert!(tree.contains("! the service did not give this part (1 ×, DATA/PROFILE/VERIFIED"));
    assert!(tree.contains(
        "Verified personal information: not available (No permission to read verified personal"
    ));
}

#[test]
fn the_digest_and_the_size_are_those_of_the_file() {
    let mut sum = Command::new("sha256sum");
    let Ok(sum) = sum.arg(fixture("youth")).output() else {
        return;
    };
    let size = std::fs::metadata(fixture("youth")).unwrap().len();

    let tree = stdout(&inspect(&["--lang", "en", &fixture("youth")]));

    let digest = stdout(&sum).split(' ').next().unwrap().to_owned();
    assert!(
        tree.contains(&format!("SHA-256: {digest}\nSize: {size} bytes\n")),
        "{tree}"
    );
}

#[rstest]
#[case::in_the_tree(&[])]
#[case::in_json(&["--json"])]
fn secrets_are_covered_until_asked_for(#[case] more: &[&str]) {
    let file = fixture("download");
    let secrets = ["131052-308T", "^4aK6a^8D8"];

    let covered = stdout(&inspect(&[&[&*file], more].concat()));
    let shown = stdout(&inspect(&[&[&*file, "--show-hidden"], more].concat()));

    for secret in secrets {
        assert!(!covered.contains(secret), "{secret}");
        assert!(shown.contains(secret), "{secret}");
    }
}

#[test]
fn the_json_has_every_row_in_a_stable_form() {
    let text = stdout(&inspect(&["--json", "--lang", "sv", &fixture("library")]));
    let json: Value = serde_json::from_str(&text).unwrap();

    let nodes = json["nodes"].as_array().unwrap();
    let loan = nodes
        .iter()
        .find(|node| node["path"] == "LIBRARY/LOANS/LOAN[2]/MATERIAL_TYPE")
        .unwrap();
    assert_eq!(json["format"], "lokero-inspect/1");
    assert_eq!(json["warnings"], serde_json::json!([]));
    assert_eq!(
        *loan,
        serde_json::json!({
            "seq": loan["seq"], "parent": loan["parent"], "depth": 3,
            "key": "MATERIAL_TYPE", "path": "LIBRARY/LOANS/LOAN[2]/MATERIAL_TYPE",
            "label": "Materialtyp", "kind": "text", "value": "audiobook", "words": "ljudbok",
            "masked": false, "childCount": 0
        })
    );
    let pin = nodes.iter().find(|node| node["key"] == "PIN").unwrap();
    assert_eq!(
        (&pin["value"], &pin["masked"]),
        (&Value::Null, &Value::Bool(true))
    );
}

#[test]
fn the_language_is_that_of_the_system_unless_given() {
    let speak = |locale: &str| {
        let output = lokero()
            .args(["inspect", &fixture("youth")])
            .env_clear()
            .env("LC_ALL", locale)
            .output()
            .unwrap();
        stdout(&output)
    };

    assert!(speak("sv_FI.UTF-8").contains("Skolklass: 8B"));
    assert!(speak("fi_FI.UTF-8").contains("Koululuokka: 8B"));
    assert!(speak("C.UTF-8").contains("School class: 8B"));
}

#[test]
fn a_file_cannot_change_the_terminal() {
    let hostile =
        r#"{"key":"A\u001b[2J","value":"\u001b]0;x\u0007\u202egnp\r\nb","label\u009b":1}"#;

    let tree = stdout(&inspect_text(hostile));

    assert!(
        !tree.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'),
        "{tree:?}"
    );
    assert!(
        tree.contains("\u{FFFD}]0;x\u{FFFD}\u{FFFD}gnp\n  b\n"),
        "{tree:?}"
    );
}

#[rstest]
#[case::cut_short("{\"key\":", "fi", "tiedosto ei ole JSON-muodossa: rivi 1, merkki 8")]
#[case::empty("", "sv", "filen är tom")]
#[case::no_json("<html>", "en", "the file is not JSON: line 1, character 1")]
fn a_file_that_cannot_be_read_is_explained(
    #[case] file: &str,
    #[case] language: &str,
    #[case] words: &str,
) {
    let output = inspect_with_input(&["--lang", language, "-"], file.as_bytes());

    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    assert_eq!(stderr(&output), format!("lokero: -: {words}\n"));
}

#[test]
fn a_file_that_is_not_there_is_explained() {
    let output = inspect(&["--lang", "en", "no/such/file.json"]);

    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "lokero: no/such/file.json: there is no such file\n"
    );
}

#[rstest]
#[case::no_file(&["inspect"])]
#[case::no_such_language(&["inspect", "x.json", "--lang", "de"])]
#[case::no_such_option(&["inspect", "x.json", "--verbose"])]
#[case::no_such_command(&["publish"])]
#[case::nothing(&[])]
fn wrong_usage_has_a_status_of_its_own(#[case] arguments: &[&str]) {
    let output = lokero().args(arguments).output().unwrap();

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--help"), "{}", stderr(&output));
}

#[test]
fn a_reader_that_has_read_enough_is_no_error() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let leaf = r#"{"key":"COMMENT","value":"Lorem ipsum dolor sit amet"},"#.repeat(20_000);
    write!(file, r#"{{"key":"A","children":[{leaf}{{"key":"B"}}]}}"#).unwrap();

    let mut child = lokero()
        .arg("inspect")
        .arg(file.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();

    assert_eq!((output.status.code(), &*stderr(&output)), (Some(0), ""));
}

fn inspect(arguments: &[&str]) -> Output {
    lokero().arg("inspect").args(arguments).output().unwrap()
}

fn inspect_text(file: &str) -> Output {
    inspect_with_input(&["--lang", "en", "-"], file.as_bytes())
}

fn inspect_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = lokero()
        .arg("inspect")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn lokero() -> Command {
    Command::new(env!("CARGO_BIN_EXE_lokero"))
}

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../city-data/tests/fixtures");
    folder.join(format!("{name}.json")).display().to_string()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
