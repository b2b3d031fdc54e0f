//! `lokero verify`, as a person at a terminal and a program behind a pipe meet it.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use operator_protocol::binding::{self, BindingPayload};
use operator_protocol::bundle::{self, BundleParts, BundledOperator};
use operator_protocol::key::{JwkSet, SigningKey};
use pii::Secret;
use rstest::rstest;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

const OPERATOR_KEY: &str = "atZR63tNG3W2GhPpVleKnfrw1N7N6LAqOe5grE2SBR4";
const ANOTHER_KEY: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

#[rstest]
#[case(
    "fi",
    "Operaattori on kuitannut päätöksen",
    "Kaikki tarkistukset pitävät."
)]
#[case("sv", "Operatören har kvitterat beslutet", "Alla kontroller håller.")]
#[case(
    "en",
    "The operator signed a receipt for the decision",
    "Every check holds."
)]
fn a_sound_proof_holds(#[case] language: &str, #[case] check: &str, #[case] verdict: &str) {
    let output = verify(&proof(), &["--lang", language]);

    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains(&format!("✓ 1 {check}\n")), "{text}");
    assert!(text.ends_with(&format!("\n\n{verdict}\n")), "{text}");
    assert!(!text.contains('✗'), "{text}");
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_proof_tells_who_agreed_to_what_and_what_became_of_it() {
    let text = stdout(&verify(&proof(), &["--lang", "en"]));

    for line in [
        "Operator: https://operator.example.fi",
        "Consent 0198f3a2-6c1e-7b55-9d0e-3f5c2f8a1b01",
        "  To whom: City of Helsinki, Education Division",
        "  What for: Proposing a preschool place",
        "  Data: /child/birthDate, /child/homeAddress",
        "  Ends: 2027-09-01 00:00 UTC",
        "  1. 2026-09-01 08:30 UTC given, urn:mdc:surrogate:Guardian1, no receipt",
        "  2. 2026-10-02 08:30 UTC withdrawn, urn:mdc:surrogate:Guardian1",
        "  Status: withdrawn",
        "  The decision was made for another. The right to do so is not in the file.",
    ] {
        assert!(text.contains(&format!("{line}\n")), "{line}\n\n{text}");
    }
}

#[test]
fn it_is_said_whose_keys_were_believed() {
    let unpinned = stdout(&verify(&proof(), &["--lang", "en"]));
    let pinned = verify(&proof(), &["--lang", "en", "--operator-key", OPERATOR_KEY]);

    assert!(unpinned.contains(&format!(
        "Keys: {OPERATOR_KEY}\n  The keys are out of the file."
    )));
    assert!(unpinned.contains("not who the operator is"));
    assert_eq!(pinned.status.code(), Some(0));
    assert!(stdout(&pinned).contains("Only the keys that you gave were believed."));
}

#[test]
fn a_proof_by_another_operator_than_the_one_known_does_not_hold() {
    let output = verify(&proof(), &["--lang", "en", "--operator-key", ANOTHER_KEY]);

    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains(
        "✗ 1 The operator bound the device's key to a person: the signer's key is not known\n"
    ));
}

#[rstest]
#[case::a_key(json!(operator().public().jwk()))]
#[case::a_set_of_keys(json!(JwkSet::of([&operator().public()])))]
fn the_known_key_may_be_in_a_file(#[case] key: Value) {
    let mut file = NamedTempFile::new().unwrap();
    write!(file, "{key}").unwrap();
    let path = file.path().display().to_string();

    let output = verify(&proof(), &["--lang", "en", "--operator-key", &path]);

    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains(&format!("Keys: {OPERATOR_KEY}\n")));
}

#[rstest]
#[case::a_changed_decision(
    |it: &mut Value| change_signature(&mut it["statements"][0]),
    "✗ 1 The decision is signed: the signature does not hold: the content was changed"
)]
#[case::a_changed_record(
    |it: &mut Value| it["record"]["dct:created"] = "2026-09-02T08:30:00Z".into(),
    "✗ 2 The decision is about this consent: it is about another consent, or the consent was changed"
)]
#[case::without_the_first_decision(
    |it: &mut Value| _ = it["statements"].as_array_mut().unwrap().remove(0),
    "✗ 1 The decision is in its place in the chain: something is missing before it, or it is in the wrong place"
)]
#[case::without_the_last_decision(
    |it: &mut Value| _ = it["statements"].as_array_mut().unwrap().pop(),
    "✗ 1 The operator signed a receipt for the decision: the decision that it is about is missing"
)]
#[case::in_another_order(
    |it: &mut Value| it["statements"].as_array_mut().unwrap().reverse(),
    "✗ 1 The decision is in its place in the chain: something is missing before it"
)]
#[case::with_a_decision_twice(
    |it: &mut Value| it["statements"][1] = it["statements"][0].clone(),
    "✗ 2 The decision is in its place in the chain: it is there twice"
)]
#[case::without_a_binding(
    |it: &mut Value| it["binding"] = json!([]),
    "✗ The operator bound the device's key to a person: there is nothing to check"
)]
#[case::without_decisions(
    |it: &mut Value| it["statements"] = json!([]),
    "✗ The decision is signed: there is nothing to check"
)]
fn a_broken_proof_does_not_hold(#[case] damage: fn(&mut Value), #[case] line: &str) {
    let mut proof = proof();
    damage(&mut proof);

    let output = verify(&proof, &["--lang", "en"]);

    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains(line), "{text}");
    assert!(text.ends_with("\n\nThe proof does not hold.\n"), "{text}");
    assert!(stderr(&output).ends_with(": the proof does not hold\n"));
}

#[rstest]
#[case::not_json(json!("{"), "fi", "tiedosto ei ole todiste, jonka tämä versio tuntee (lokero-proof/1)")]
#[case::another_version(json!({"format": "lokero-proof/2"}), "sv", "filen är inte ett bevis som denna version känner till (lokero-proof/1)")]
#[case::nothing_in_it(json!({"format": "lokero-proof/1"}), "en", "the file is not a proof")]
#[case::too_deep(
    (0..70).fold(json!(0), |inner, _| json!([inner])),
    "en",
    "the file, or a part of it, is too large"
)]
fn a_file_that_is_no_proof_is_explained(
    #[case] file: Value,
    #[case] language: &str,
    #[case] words: &str,
) {
    let output = verify(&file, &["--lang", language]);

    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    assert_eq!(stderr(&output), format!("lokero: -: {words}\n"));
}

#[test]
fn the_json_has_a_stable_form() {
    let output = verify(&proof(), &["--json"]);
    let mut broken = proof();
    broken["binding"] = json!([]);
    let broken = verify(&broken, &["--json", "--operator-key", OPERATOR_KEY]);

    let json: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(json["format"], "lokero-verify/1");
    assert_eq!(json["holds"], true);
    assert_eq!(
        json["keys"],
        json!({"from": "bundle", "thumbprints": [OPERATOR_KEY]})
    );
    assert_eq!(json["status"], "withdrawn");
    assert_eq!(json["authority"], "not-shown");
    assert_eq!(json["withoutReceipt"], json!([1]));
    assert_eq!(
        json["decisions"][1],
        json!({
            "number": 2,
            "status": "ConsentWithdrawn",
            "decidedBy": "urn:mdc:surrogate:Guardian1",
            "at": "2026-10-02T08:30:00Z",
        })
    );
    assert_eq!(
        json["checks"][0],
        json!({"step": "binding", "number": 1, "holds": true, "fault": null})
    );
    assert_eq!(json["record"]["purpose"], "dpv:PersonalisedBenefits");

    let json: Value = serde_json::from_str(&stdout(&broken)).unwrap();
    assert_eq!(broken.status.code(), Some(1));
    assert_eq!(json["holds"], false);
    assert_eq!(json["keys"]["from"], "pinned");
    assert_eq!(json["status"], Value::Null);
    assert_eq!(
        json["checks"][0],
        json!({"step": "binding", "number": 0, "holds": false, "fault": "nothing"})
    );
}

#[test]
fn a_proof_cannot_change_the_terminal() {
    let mut hostile = proof();
    hostile["operator"]["issuer"] = "https://a.example/\u{202e}fi".into();
    let name = &mut hostile["record"]["dpv:hasDataController"]["schema:name"]["en"];
    *name = "City\u{1b}[2J\nEvery check holds.".into();

    let text = stdout(&verify(&hostile, &["--lang", "en"]));

    assert!(!text.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'));
    assert!(!text.lines().any(|line| line == "Every check holds."));
}

#[rstest]
#[case::no_file(&["verify"])]
#[case::no_such_language(&["verify", "x.json", "--lang", "de"])]
#[case::a_key_that_is_none(&["verify", "x.json", "--operator-key", "no-such-key"])]
#[case::a_file_without_a_key(&["verify", "x.json", "--operator-key", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])]
fn wrong_usage_has_a_status_of_its_own(#[case] arguments: &[&str]) {
    let output = lokero().args(arguments).output().unwrap();

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--help"), "{}", stderr(&output));
}

#[test]
fn a_file_that_is_not_there_is_explained() {
    let arguments = ["verify", "no/such/file.json", "--lang", "en"];
    let output = lokero().args(arguments).output().unwrap();

    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stderr(&output),
        "lokero: no/such/file.json: there is no such file\n"
    );
}

/// A bundle of the protocol's published vectors: given, and taken back a month later.
fn proof() -> Value {
    let payload: BindingPayload = serde_json::from_str(&vector("binding.json")).unwrap();
    let parts = BundleParts {
        operator: BundledOperator {
            issuer: payload.iss.clone(),
            jwks: JwkSet::of([&operator().public()]),
            metadata: None,
        },
        bindings: vec![binding::sign(&operator(), &payload).unwrap()],
        delegations: vec![],
        record: serde_json::from_str(&vector("record.json")).unwrap(),
        statements: ["statement-1.jws", "statement-2.jws"]
            .map(|name| vector(name).trim().to_owned())
            .to_vec(),
        receipts: vec![vector("receipt.jws").trim().to_owned()],
        request: None,
        service: None,
    };
    let bundle = bundle::build(parts, "2026-11-01T12:00:00Z".parse().unwrap());
    serde_json::to_value(bundle).unwrap()
}

fn operator() -> SigningKey {
    SigningKey::from_seed(Secret::new([9; 32]))
}

fn vector(name: &str) -> String {
    let folder: &Path = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file: PathBuf = folder.join("../operator-protocol/tests/vectors").join(name);
    std::fs::read_to_string(file).unwrap()
}

/// Changes the first character of a signature, which keeps its length and form.
fn change_signature(message: &mut Value) {
    let (signed, signature) = message.as_str().unwrap().rsplit_once('.').unwrap();
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    let rest: String = signature.chars().skip(1).collect();
    *message = format!("{signed}.{first}{rest}").into();
}

fn verify(proof: &Value, arguments: &[&str]) -> Output {
    let mut child = lokero()
        .args(["verify", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Wrong usage ends the command before it has read anything.
    let _ = child
        .stdin
        .take()
        .unwrap()
        .write_all(proof.to_string().as_bytes());
    child.wait_with_output().unwrap()
}

fn lokero() -> Command {
    Command::new(env!("CARGO_BIN_EXE_lokero"))
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
