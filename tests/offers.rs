//! Offers are matched inside the vault, and say why they are shown.

use app::view::{OfferStateView, TraceKindView, TraceView, ValueView, VerdictView};
use operator_sync::Want;
use testkit::{EERO, Town};

#[test]
fn an_offer_that_fits_says_why_with_the_persons_own_values() {
    let town = Town::open();
    let device = town.device();

    let offers = device.offers();

    let fitting: Vec<_> = offers
        .iter()
        .filter(|offer| offer.verdict == VerdictView::Yes)
        .collect();
    assert!(fitting.len() >= 3, "{}", fitting.len());
    for offer in fitting {
        let comparisons = comparisons(&offer.why);
        assert!(
            comparisons
                .iter()
                .any(|step| step.comparison.as_ref().unwrap().left.value.is_some())
        );
        assert!(offer.missing.is_empty());
    }
}

#[test]
fn an_offer_that_may_fit_says_what_is_missing() {
    let town = Town::open();
    let device = town.device();

    let offers = device.offers();

    let unsure = offers
        .iter()
        .find(|offer| offer.verdict == VerdictView::Unknown)
        .unwrap();
    assert!(!unsure.missing.is_empty());
}

#[test]
fn offers_that_fit_come_first() {
    let town = Town::open();
    let device = town.device();

    let order: Vec<_> = device
        .offers()
        .iter()
        .map(|offer| match offer.verdict {
            VerdictView::Yes => 0,
            VerdictView::Unknown => 1,
            VerdictView::No => 2,
        })
        .collect();

    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn accepting_an_offer_leads_to_a_request() {
    let town = Town::open();
    let mut device = town.device();
    let offer = device
        .offers()
        .into_iter()
        .find(|offer| offer.verdict == VerdictView::Yes && offer.subject_id == EERO)
        .unwrap();

    let accepted = device.accept(&offer.id, &offer.subject_id);

    assert_eq!(accepted.state, OfferStateView::Accepted);
    let request = accepted.request_id.unwrap().parse().unwrap();
    let view = device.request(&request);
    assert!(view.summary.can_give, "{:?}", view.obstacles);
    assert_eq!(view.summary.subject.name.as_deref(), Some("Eero Virtanen"));
}

#[test]
fn an_offer_that_was_set_aside_stays_so_when_the_catalogue_comes_anew() {
    let town = Town::open();
    let mut device = town.device();
    let offer = device.offers().into_iter().next().unwrap();
    let id = offer.id.parse().unwrap();
    let now = town.now();
    device
        .with_vault(|vault| app::dismiss_offer(vault, &id, now))
        .unwrap();

    device.refresh([Want::Services, Want::Offers]);

    let anew = device.offers().into_iter().find(|it| it.id == offer.id);
    assert_eq!(anew.unwrap().state, OfferStateView::Dismissed);
}

fn comparisons(step: &TraceView) -> Vec<&TraceView> {
    let mut found = Vec::new();
    if step.kind == TraceKindView::Comparison {
        found.push(step);
    }
    for part in &step.parts {
        found.extend(comparisons(part));
    }
    found
}

#[test]
fn a_code_reads_as_words_on_both_sides_of_a_reason() {
    let town = Town::open();
    let device = town.device();

    let offers = device.offers();

    let towns: Vec<_> = offers
        .iter()
        .flat_map(|offer| comparisons(&offer.why))
        .filter_map(|step| step.comparison.as_ref())
        .filter(|comparison| {
            let label = comparison.left.label.as_ref();
            label.is_some_and(|label| label.fi.as_deref() == Some("Lapsen kotikunta"))
        })
        .collect();
    assert!(!towns.is_empty());
    for comparison in towns {
        for side in [&comparison.left, &comparison.right] {
            assert!(
                matches!(&side.value, Some(ValueView::Localized { text }) if text.sv.as_deref() == Some("Helsingfors")),
                "{side:?}"
            );
        }
    }
}
