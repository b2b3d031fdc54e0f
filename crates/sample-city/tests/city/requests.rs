//! What services ask for can be said yes to, unless it is meant to show why not.

use std::collections::BTreeSet;

use consent::{
    OperatorId,
    request::{AccessRequest, Necessity, Obstacle},
};
use jiff::{SignedDuration, Timestamp};
use operator_protocol::{
    request::{self, Register, RequestPayload},
    source::SourceSchema,
};
use sample_city::{Audience, City, CityError, RequestTemplate};

use crate::{BASE, city, person};

const NOW: &str = "2026-09-01T08:00:00Z";

#[test]
fn every_request_of_a_registered_sender_can_be_accepted() {
    let city = city();

    for template in city.request_templates.iter().filter(|it| it.is_registered) {
        let request = as_asked(&city, template);

        assert_eq!(request.obstacles, [], "{}", template.id);
        assert!(request.may_be_given(NOW.parse().unwrap()));
        assert!(
            request
                .fields
                .iter()
                .any(|it| it.necessity == Necessity::Required)
        );
        assert!(
            request
                .fields
                .iter()
                .any(|it| it.necessity == Necessity::Optional)
        );
    }
}

#[test]
fn the_request_of_an_unregistered_sender_cannot() {
    let city = city();
    let strange: Vec<_> = city
        .request_templates
        .iter()
        .filter(|it| !it.is_registered)
        .collect();

    let [template] = strange.as_slice() else {
        panic!("one to show, not {}", strange.len());
    };
    let request = as_asked(&city, template);

    assert!(request.obstacles.contains(&Obstacle::UnregisteredRequester));
    let sender = city.find_organisation(&request.controller.id).unwrap();
    assert!(!sender.is_registered);
}

#[test]
fn the_payload_says_everything_that_a_request_must() {
    let city = city();
    let template = city.find_template("esiopetus-ehdotus").unwrap();

    let payload = payload(&city, template);

    let now: Timestamp = NOW.parse().unwrap();
    assert_eq!(payload.aud.as_str(), BASE);
    assert_eq!(payload.sub, person("eero"));
    assert_eq!(payload.iat, now);
    assert_eq!(payload.exp, now + SignedDuration::from_hours(30 * 24));
    assert_eq!(
        payload.reply_by,
        Some(now + SignedDuration::from_hours(21 * 24))
    );
    let until = payload.authorization_details[0].valid_until.unwrap();
    assert_eq!(until.to_string(), "2027-09-01");
    let ids: Vec<_> = payload
        .participants
        .iter()
        .map(|it| it.id.clone())
        .collect();
    assert_eq!(ids, [person("eero"), person("aino"), person("mikko")]);
    let notice = city.find_notice("esiopetus", "3").unwrap();
    assert_eq!(payload.notice.uri, notice.uri(BASE));
    assert_eq!(payload.notice.hash, notice.hashes());
}

#[test]
fn nobody_is_asked_for_a_child_whom_nobody_decides_for() {
    let city = city();
    let template = city.find_template("esiopetus-ehdotus").unwrap();
    let id = "req-1".parse().unwrap();

    let error = city
        .request(template, &id, &person("johan"), NOW.parse().unwrap())
        .unwrap_err();

    assert!(matches!(error, CityError::NoGuardian(_)), "{error:?}");
}

#[test]
fn requests_differ_in_what_a_person_should_look_at() {
    let city = city();
    let requests: Vec<_> = city
        .request_templates
        .iter()
        .map(|template| as_asked(&city, template))
        .collect();
    let distinct =
        |of: fn(&AccessRequest) -> String| requests.iter().map(of).collect::<BTreeSet<_>>().len();

    assert_eq!(distinct(|it| it.automated_decision.clone()), 3);
    assert!(distinct(|it| it.storage.locations.join(" ")) >= 3);
    assert!(distinct(|it| it.purpose.clone()) >= 6);
    assert!(distinct(|it| format!("{:?}", it.valid_until)) >= 4);
    assert!(distinct(|it| it.source.to_string()) >= 6);
    assert_eq!(distinct(|it| it.frequency.clone()), 2);
}

#[test]
fn every_use_of_a_service_has_its_request() {
    let city = city();
    let registered = city.request_templates.iter().filter(|it| it.is_registered);

    let asked: BTreeSet<_> = registered.map(|it| it.id.as_str()).collect();
    let uses: BTreeSet<_> = city
        .services
        .iter()
        .flat_map(|service| service.description.mydata_service.uses.keys())
        .map(String::as_str)
        .collect();

    assert_eq!(asked, uses);
}

#[test]
fn what_is_used_after_a_yes_is_always_part_of_it() {
    let city = city();

    for access in &city.schedule.accesses {
        let template = city.find_template(&access.template).unwrap();
        let request = as_asked(&city, template);

        for field in &access.fields {
            let asked = request.fields.iter().find(|it| it.path == *field).unwrap();
            assert_eq!(asked.necessity, Necessity::Required, "{field}");
        }
        assert!(access.after_s.is_sorted());
        if request.frequency == "once" {
            assert_eq!(access.after_s.len(), 1, "{}", access.template);
        }
    }
    let registered = city.request_templates.iter().filter(|it| it.is_registered);
    assert_eq!(city.schedule.accesses.len(), registered.count());
}

#[test]
fn the_first_request_comes_within_seconds_of_signing_in() {
    let city = city();

    for resident in &city.residents {
        let mut scheduled = city
            .schedule
            .requests
            .iter()
            .filter(|it| it.resident == resident.id);
        assert!(scheduled.any(|it| it.after_s <= 5), "{}", resident.name);
    }
}

fn as_asked(city: &City, template: &RequestTemplate) -> AccessRequest {
    let sender = city.find_organisation(&template.sender().unwrap()).unwrap();
    let signed = request::sign(&sender.signing_key(), &payload(city, template)).unwrap();
    let described = city.services.iter().map(|it| &it.description);
    let named = template.payload["service"].as_str().unwrap();
    let schemas: Vec<SourceSchema> = city.sources.iter().map(|it| it.schema.clone()).collect();
    let register = Register {
        operator: &OperatorId::parse(BASE).unwrap(),
        service: described
            .into_iter()
            .find(|it| it.mydata_service.id.as_str() == named),
        schemas: &schemas,
        now: NOW.parse().unwrap(),
    };
    request::read(&signed, register).unwrap()
}

fn payload(city: &City, template: &RequestTemplate) -> RequestPayload {
    let subject = match template.audience {
        Audience::Resident => person("aino"),
        Audience::Child => person("eero"),
    };
    city.request(
        template,
        &"req-1".parse().unwrap(),
        &subject,
        NOW.parse().unwrap(),
    )
    .unwrap()
}
