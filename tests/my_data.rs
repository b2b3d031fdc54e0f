//! The resident's copy: each source with its own outcome, and files kept as they came.

use app::{
    AppError,
    view::{NodeKindView, OutcomeView},
};
use operator_sync::Want;
use pii::Personal;
use testkit::Town;

/// A city's export with a password in it.
const FILE: &[u8] = br#"{"key":"USER","children":[{"key":"TICKETSYSTEMPASSWORD","value":"s3cret"},{"key":"NAME","value":"Eero"}]}"#;

#[test]
fn each_source_has_its_own_outcome() {
    let town = Town::open();
    let device = town.device();

    let sources = device.sources();

    let outcome = |wanted| sources.iter().filter(|it| it.outcome == wanted).count();
    assert!(outcome(OutcomeView::Ok) >= 5);
    assert_eq!(outcome(OutcomeView::Empty), 1);
    assert_eq!(outcome(OutcomeView::Failed), 1);
    assert_eq!(outcome(OutcomeView::NeedsStrongerIdentification), 1);
    let failed = sources
        .iter()
        .find(|it| it.outcome == OutcomeView::Failed)
        .unwrap();
    assert_eq!(failed.problem_status, Some(504));
    for source in &sources {
        assert!(
            source.title.fi.is_some() && source.title.sv.is_some() && source.title.en.is_some()
        );
    }
}

#[test]
fn a_source_that_failed_can_be_asked_again() {
    let town = Town::open();
    let mut device = town.device();

    device.refresh([Want::Sources]);

    let sources = device.sources();
    assert!(sources.iter().all(|it| it.outcome != OutcomeView::Failed));
}

#[test]
fn a_file_is_kept_as_it_came_and_its_secrets_are_covered() {
    let town = Town::open();
    let device = testkit::Device::in_memory(&town);
    let name = Personal::new("../omat tiedot.json".to_owned());
    let id = "0198f3a2-7000-7000-8000-0000000000ff".parse().unwrap();

    let file = device
        .with_vault(|vault| app::import_file(vault, &name, FILE, id, town.now()))
        .unwrap();

    assert_eq!(file.title.fi.as_deref(), Some("omat tiedot.json"));
    let snapshot = file.id.parse().unwrap();
    let (raw, is_cut) = device
        .with_vault(|vault| app::raw_source(vault, snapshot))
        .unwrap();
    assert_eq!((raw.as_bytes(), is_cut), (FILE, false));
    let nodes = device
        .with_vault(|vault| app::list_nodes(vault, snapshot, None, 0, 10))
        .unwrap();
    let secret = nodes.iter().find(|node| node.is_masked).unwrap();
    assert_eq!((secret.kind, &secret.value), (NodeKindView::Value, &None));
    let revealed = device.with_vault(|vault| app::reveal_node(vault, snapshot, secret.seq));
    assert!(revealed.is_ok());
}

#[test]
fn the_same_file_is_kept_once() {
    let town = Town::open();
    let device = testkit::Device::in_memory(&town);
    let name = Personal::new("a.json".to_owned());
    let import = |id: u128| {
        let id = format!("{id:032x}").parse().unwrap();
        device
            .with_vault(|vault| app::import_file(vault, &name, FILE, id, town.now()))
            .unwrap()
    };

    let (first, second) = (import(1), import(2));

    assert_eq!(first.id, second.id);
    assert_eq!(device.sources().len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_vault_as_it_was() {
    let town = Town::open();
    let device = testkit::Device::in_memory(&town);
    let name = Personal::new("a.json".to_owned());
    let id = format!("{:032x}", 1).parse().unwrap();

    let imported =
        device.with_vault(|vault| app::import_file(vault, &name, b"{\"key\":", id, town.now()));

    assert!(matches!(imported, Err(AppError::File(_))), "{imported:?}");
    assert!(device.sources().is_empty());
}
