//! Offers suit whom they are meant to suit, as the vault would compute it.

use city_data::{Node, Value, select};
use consent::rule::{self, Fact, Verdict};
use operator_protocol::{
    offer::{self, OfferPayload, RULE_LANGUAGE},
    source::{OutcomeStatus, SchemaField},
};
use rstest::rstest;
use sample_city::{City, OfferTemplate};

use crate::{BASE, city, data::tree, person};

const NOW: &str = "2026-11-22T08:00:00Z";

#[rstest]
#[case::preschool("offer-esiopetus", "aino", "eero", Verdict::Yes)]
#[case::preschool_is_over("offer-esiopetus", "aino", "helmi", Verdict::No)]
#[case::puppets("offer-nukketeatteri", "aino", "eero", Verdict::Yes)]
#[case::too_old_for_puppets("offer-nukketeatteri", "aino", "helmi", Verdict::No)]
#[case::camp("offer-talvileiri", "aino", "helmi", Verdict::Yes)]
#[case::too_young_for_camp("offer-talvileiri", "aino", "eero", Verdict::No)]
#[case::not_in_swedish("offer-ruotsinkielinen-kerho", "aino", "helmi", Verdict::No)]
#[case::winter_storage("offer-venesailytys", "aino", "aino", Verdict::Yes)]
#[case::reading("offer-lukupiiri", "aino", "aino", Verdict::Yes)]
#[case::parking_did_not_answer("offer-pysakointi-muistutus", "aino", "aino", Verdict::Unknown)]
#[case::varaamo_did_not_answer("offer-vakiovuoro", "aino", "aino", Verdict::Unknown)]
#[case::too_young_for_the_card("offer-seniorikortti", "aino", "aino", Verdict::No)]
#[case::no_house("offer-energianeuvonta", "aino", "aino", Verdict::No)]
#[case::the_card("offer-seniorikortti", "johan", "johan", Verdict::Yes)]
#[case::rooms("offer-vakiovuoro", "johan", "johan", Verdict::Yes)]
#[case::another_library("offer-lukupiiri", "johan", "johan", Verdict::No)]
#[case::no_boat("offer-venesailytys", "johan", "johan", Verdict::Unknown)]
fn an_offer_suits_whom_it_is_meant_for(
    #[case] id: &str,
    #[case] resident: &str,
    #[case] subject: &str,
    #[case] expected: Verdict,
) {
    let city = city();
    let offer = city
        .offers
        .iter()
        .find(|it| it.id().unwrap().as_str() == id)
        .unwrap();

    assert_eq!(verdict(&city, offer, resident, subject, 0), expected);
}

#[test]
fn what_was_unknown_is_known_when_parking_answers() {
    let city = city();
    let id = "offer-pysakointi-muistutus";
    let offer = city
        .offers
        .iter()
        .find(|it| it.id().unwrap().as_str() == id)
        .unwrap();

    assert_eq!(verdict(&city, offer, "aino", "aino", 1), Verdict::Yes);
}

#[test]
fn the_catalogue_has_ten_offers_that_lead_to_a_request_of_the_same_service() {
    let city = city();

    assert_eq!(city.offers.len(), 10);
    for template in &city.offers {
        let offer = payload(&city, template);
        let request = city
            .find_template(template.request_template().unwrap())
            .unwrap();
        assert!(request.is_registered);
        assert_eq!(request.payload["service"], offer.service.as_str());
        assert_eq!(request.payload["iss"], offer.iss.as_str());
        let audience = offer.audience.as_deref().unwrap();
        let is_for_children = request.audience == sample_city::Audience::Child;
        assert_eq!(audience, if is_for_children { "child" } else { "self" });
        assert!(!offer.eligibility.criteria.is_empty());
        assert!(offer.starts < offer.ends);
    }
}

#[test]
fn an_offer_is_signed_with_a_key_of_its_service() {
    let city = city();

    for template in &city.offers {
        let payload = payload(&city, template);
        let issuer = city.find_organisation(&payload.iss).unwrap();
        let signed = offer::sign(&issuer.signing_key(), &payload).unwrap();

        let described = city
            .services
            .iter()
            .map(|it| &it.description.mydata_service);
        let service = described
            .into_iter()
            .find(|it| it.id == payload.service)
            .unwrap();
        assert_eq!(
            offer::verify(&signed, &service.jwks).unwrap().payload,
            payload
        );
    }
}

#[test]
fn a_rule_reads_only_what_it_declares_and_what_the_schemas_have() {
    let city = city();

    for template in &city.offers {
        let eligibility = payload(&city, template).eligibility;
        assert_eq!(eligibility.lang, RULE_LANGUAGE);
        let declared: Vec<_> = eligibility.needs.iter().map(|it| it.var.as_str()).collect();
        rule::parse(&eligibility.rule, &declared).unwrap();
        let text = eligibility.rule.to_string();
        for need in &eligibility.needs {
            assert!(
                text.contains(&format!("\"{}\"", need.var)),
                "{} is read",
                need.var
            );
            field(&city, need.schema.as_deref().unwrap(), &need.path);
        }
    }
}

fn verdict(
    city: &City,
    offer: &OfferTemplate,
    resident: &str,
    subject: &str,
    nth: usize,
) -> Verdict {
    let eligibility = payload(city, offer).eligibility;
    let declared: Vec<_> = eligibility.needs.iter().map(|it| it.var.as_str()).collect();
    let rule = rule::parse(&eligibility.rule, &declared).unwrap();
    let facts = |name: &str| {
        let need = eligibility.needs.iter().find(|it| it.var == name)?;
        let schema = need.schema.as_deref()?;
        let source = city.sources.iter().find(|it| it.schema.id() == schema)?;
        let answer = source.answer(&person(resident), nth);
        let tree = tree(source, resident).filter(|_| answer.status == OutcomeStatus::Ok)?;
        let node_path = field(city, schema, &need.path).node_path?;
        let subject = person(subject);
        fact(
            select(&tree, &node_path, subject.as_str())
                .unwrap()
                .first()?,
        )
    };
    rule::evaluate(&rule, &facts, "2026-11-22".parse().unwrap()).verdict
}

fn fact(node: &Node) -> Option<Fact> {
    match node.value.as_ref()? {
        Value::Date { date, .. } => Some(Fact::Date(*date)),
        Value::Number(number) => Some(Fact::Number(number.reveal().parse().ok()?)),
        Value::Text(text) => Some(Fact::Text(text.reveal().clone())),
        Value::Boolean(is_true) => Some(Fact::Boolean(*is_true)),
        Value::DateTime { .. }
        | Value::Localized(_)
        | Value::None
        | Value::EmptyList
        | Value::EmptyObject
        | Value::List(_)
        | Value::Unavailable(_) => None,
    }
}

fn field(city: &City, schema: &str, path: &str) -> SchemaField {
    let source = city
        .sources
        .iter()
        .find(|it| it.schema.id() == schema)
        .unwrap();
    source
        .schema
        .fields()
        .into_iter()
        .find(|it| it.path == path)
        .unwrap()
}

fn payload(city: &City, template: &OfferTemplate) -> OfferPayload {
    assert!(template.payload.to_string().contains(BASE));
    city.offer(template, NOW.parse().unwrap()).unwrap()
}
