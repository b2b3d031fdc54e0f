//! Schemas of sources: annotations are read, and nothing is fetched or run for them.

use operator_protocol::{ProtocolError, source::SourceSchema};
use rstest::rstest;
use serde_json::{Value, json};

use crate::requests::schema;

fn changed(change: fn(&mut Value)) -> Result<SourceSchema, ProtocolError> {
    let mut schema = schema().as_value().clone();
    change(&mut schema);
    SourceSchema::parse(schema.to_string().as_bytes())
}

#[test]
fn a_schema_says_which_fields_can_be_asked_for() {
    let schema = schema();

    let fields = schema.fields();

    let paths: Vec<_> = fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(paths, ["/child/birthDate", "/child/homeAddress"]);
    assert_eq!(fields[0].dpv, "pd:BirthDate");
    assert_eq!(fields[0].coarsen, ["year", "age-band-5"]);
    assert_eq!(fields[1].sensitive.as_deref(), Some("may-be-non-disclosed"));
    assert_eq!(fields[1].labels.sv.as_deref(), Some("Hemadress"));
    assert_eq!(schema.source().unwrap().as_str(), "https://hel.fi/src/vtj");
    assert_eq!(schema.version(), Some("1.2"));
    assert_eq!(schema.labels().fi.as_deref(), Some("Perhe ja osoite"));
    assert_eq!(schema.subject_name(), None);
}

#[test]
fn a_name_with_a_slash_in_it_is_one_step_of_a_path() {
    let schema = changed(|it| {
        it["properties"]["a/b~c"] = json!({"x-mydata": {"dpv": "pd:Name"}});
    });

    assert_eq!(schema.unwrap().fields()[0].path, "/a~1b~0c");
}

#[rstest]
#[case::no_address(|it: &mut Value| it["$id"] = Value::Null)]
#[case::no_source(|it: &mut Value| it["x-mydata"] = json!({}))]
#[case::not_a_schema(|it: &mut Value| it["type"] = "person".into())]
#[case::a_reference_to_elsewhere(
    |it: &mut Value| it["properties"]["more"] = json!({"$ref": "https://elsewhere.example/schema"})
)]
#[case::a_reference_to_a_file(|it: &mut Value| it["$defs"] = json!({"x": {"$ref": "file:///etc/passwd"}}))]
fn what_is_no_schema_of_a_source_is_refused(#[case] change: fn(&mut Value)) {
    assert_eq!(changed(change), Err(ProtocolError::Malformed("schema")));
}

#[rstest]
#[case::as_described(json!({"child": {"birthDate": "2020-05-01"}}), true)]
#[case::without_what_is_required(json!({"child": {}}), false)]
#[case::of_another_form(json!({"child": {"birthDate": "2020-05-01", "homeAddress": {"postalCode": "5"}}}), false)]
fn a_schema_describes_data(#[case] data: Value, #[case] expected: bool) {
    assert_eq!(schema().describes(&data), Ok(expected));
}

#[test]
fn a_pattern_that_looks_back_is_not_run() {
    let schema = changed(|it| {
        it["properties"]["child"]["properties"]["birthDate"]["pattern"] = r"(a+)+(?=b)\1".into();
    });

    let described = schema.and_then(|schema| schema.describes(&json!({})));

    assert_eq!(described, Err(ProtocolError::Malformed("schema")));
}
