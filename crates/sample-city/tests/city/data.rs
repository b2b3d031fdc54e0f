//! What the sources hold is where their schemas say, and has the shapes of the real ones.

use city_data::{Node, Value, select};
use operator_protocol::source::OutcomeStatus;
use rstest::rstest;
use sample_city::{City, Source};

use crate::{city, person};

#[test]
fn every_field_of_every_schema_is_somewhere_in_the_data() {
    let city = city();

    for source in &city.sources {
        for field in source.schema.fields() {
            let node_path = field.node_path.unwrap();
            let found = people(&city).any(|(resident, subject)| {
                let tree = tree(source, &resident);
                tree.is_some_and(|tree| !select(&tree, &node_path, &subject).unwrap().is_empty())
            });
            assert!(found, "{}: {} at {node_path}", source.slug, field.path);
        }
        if let Some(node_path) = source.schema.subject_name() {
            let name = tree(source, "aino").unwrap();
            assert_eq!(
                select(&name, node_path, "urn:mdc:surrogate:eero")
                    .unwrap()
                    .len(),
                1
            );
        }
    }
}

#[test]
fn a_child_of_several_is_told_apart_by_whom_a_request_is_about() {
    let city = city();
    let family = tree(city.find_source("vtj-family").unwrap(), "aino").unwrap();
    let path = "CHILDREN/CHILD[SURROGATE={subject}]/FIRST_NAME";

    let name = |subject| {
        let found = select(&family, path, subject).unwrap();
        found.iter().map(|node| plain(node)).collect::<Vec<_>>()
    };

    assert_eq!(name("urn:mdc:surrogate:eero"), ["Eero"]);
    assert_eq!(name("urn:mdc:surrogate:helmi"), ["Helmi"]);
    assert!(name("urn:mdc:surrogate:aino").is_empty());
}

#[rstest]
#[case::the_family("vtj-family", "aino", &[OutcomeStatus::Ok, OutcomeStatus::Ok])]
#[case::parking_works_the_second_time("parking", "aino", &[OutcomeStatus::Error, OutcomeStatus::Ok, OutcomeStatus::Ok])]
#[case::nothing_about_sports("sports", "aino", &[OutcomeStatus::Empty])]
#[case::varaamo_wants_to_be_surer("varaamo", "aino", &[OutcomeStatus::InsufficientLoa])]
#[case::varaamo_is_sure_of_johan("varaamo", "johan", &[OutcomeStatus::Ok])]
#[case::a_stranger("library", "mikko", &[OutcomeStatus::Empty])]
fn each_source_answers_in_its_own_way(
    #[case] source: &str,
    #[case] resident: &str,
    #[case] expected: &[OutcomeStatus],
) {
    let city = city();
    let source = city.find_source(source).unwrap();

    for (nth, status) in expected.iter().enumerate() {
        let answer = source.answer(&person(resident), nth);

        assert_eq!(answer.status, *status);
        assert_eq!(answer.data.is_some(), *status == OutcomeStatus::Ok);
        assert_eq!(answer.media_type.is_some(), *status == OutcomeStatus::Ok);
        assert_eq!(answer.problem.is_some(), *status == OutcomeStatus::Error);
    }
}

#[test]
fn whoever_gets_data_has_data() {
    let city = city();

    for source in &city.sources {
        for (resident, _) in people(&city) {
            let answer = source.answer(&person(&resident), usize::MAX);
            assert_eq!(answer.data.is_some(), answer.status == OutcomeStatus::Ok);
        }
    }
}

#[rstest]
#[case::an_error_in_the_place_of_data("profile", "VERIFIEDPERSONALINFORMATION", |node: &Node| node.error().is_some())]
#[case::a_node_in_a_value("berths", "BERTH_LEASES/BERTHLEASE/BERTH/BERTH", |node: &Node| !node.children.is_empty())]
#[case::an_address_in_an_address("parking", "PRIMARY_ADDRESS/PRIMARY_ADDRESS", |node: &Node| !node.children.is_empty())]
#[case::a_text_in_three_languages("library", "FAVOURITE_BRANCH/NAME", |node: &Node| matches!(node.value, Some(Value::Localized(_))))]
#[case::a_day_before_the_month("berths", "BERTH_LEASES/BERTHLEASE/END_DATE", |node: &Node| matches!(node.value, Some(Value::Date { .. })))]
#[case::a_password_in_clear("kukkuu", "GUARDIAN/CHILDREN/CHILD/TICKET_SYSTEM_PASSWORDS", |node: &Node| !node.children.is_empty())]
#[case::nothing_at_all("youth", "PHOTO_USAGE_APPROVED", |node: &Node| matches!(node.value, Some(Value::None)))]
fn the_traps_of_the_real_exports_are_there(
    #[case] source: &str,
    #[case] node_path: &str,
    #[case] is_there: fn(&Node) -> bool,
) {
    let city = city();
    let tree = tree(city.find_source(source).unwrap(), "aino").unwrap();

    let found = select(&tree, node_path, "").unwrap();

    assert!(
        matches!(found.as_slice(), [node] if is_there(node)),
        "{found:?}"
    );
}

#[test]
fn a_schema_names_the_root_of_its_data() {
    for source in &city().sources {
        for data in source.data.values() {
            let root = &source.schema.as_value()["x-mydata"]["import"]["root"];
            assert_eq!(*root, data.reveal()["key"], "{}", source.slug);
        }
    }
}

/// Returns each resident with each person whom a request to them can be about.
fn people(city: &City) -> impl Iterator<Item = (String, String)> {
    city.residents.iter().flat_map(|resident| {
        let short = resident.id.as_str().rsplit(':').next().unwrap().to_owned();
        let children = resident.children.iter().map(|child| &child.id);
        std::iter::once(&resident.id)
            .chain(children)
            .map(move |subject| (short.clone(), subject.to_string()))
    })
}

/// Returns what a source holds about a resident, as the vault reads it.
pub(crate) fn tree(source: &Source, resident: &str) -> Option<Node> {
    let data = source.data.get(&person(resident))?;
    let bytes = serde_json::to_vec(data.reveal()).unwrap();
    Some(city_data::read(&bytes).unwrap().root)
}

fn plain(node: &Node) -> String {
    let value = node.value.as_ref().unwrap();
    value.plain(city_data::Language::Fi).into_owned()
}
