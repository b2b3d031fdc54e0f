//! Whatever a resident reads is there in three languages, and is plain.

use consent::{Language, LocalText};
use operator_protocol::service::local_text;
use serde_json::Value;

use crate::city;

/// Words that belong in a specification and not before a resident.
const TECHNICAL: [&str; 9] = [
    "JSON",
    "API",
    "algoritmi",
    "algorithm",
    "metadat",
    "controller",
    "rekisterinpitäj",
    "DPV",
    "JWS",
];

#[test]
fn every_text_is_there_in_three_languages() {
    let city = city();

    let mut texts = vec![city.operator_name.clone()];
    texts.extend(city.residents.iter().map(|it| it.about.clone()));
    texts.extend(city.organisations.iter().map(|it| it.name.clone()));
    texts.extend(city.notices.iter().map(|it| it.texts.clone()));
    for source in &city.sources {
        texts.extend([source.title.clone(), source.description.clone()]);
        collect(source.schema.as_value(), &mut texts);
    }
    for service in &city.services {
        texts.extend([service.name.clone(), service.description.description()]);
        let uses = &service.description.intended_use;
        texts.extend(uses.iter().map(|it| local_text(&it.purpose)));
        for terms in service.description.mydata_service.uses.values() {
            texts.extend(
                [
                    &terms.pre_consent,
                    &terms.post_consent,
                    &terms.post_withdraw,
                ]
                .map(Clone::clone),
            );
        }
    }
    for offer in &city.offers {
        collect(&offer.payload, &mut texts);
    }

    assert!(texts.len() > 250, "{} texts", texts.len());
    for text in texts {
        for language in Language::ALL {
            let words = text.in_language(language).unwrap_or_default();
            assert!(!words.trim().is_empty(), "{language:?} of {text:?}");
        }
    }
}

#[test]
fn a_notice_is_of_a_readable_length_in_plain_words() {
    for notice in &city().notices {
        for language in Language::ALL {
            let text = notice.texts.in_language(language).unwrap();
            let words = text.split_whitespace().count();

            assert!(
                (80..=200).contains(&words),
                "{} {language:?}: {words}",
                notice.slug
            );
            assert!(text.contains("@example.fi") && text.contains("+358 9 0000000"));
            for technical in TECHNICAL {
                assert!(
                    !text.contains(technical),
                    "{} {language:?}: {technical}",
                    notice.slug
                );
            }
            assert!(text.ends_with(".\n") && !text.contains('\r'));
        }
    }
}

#[test]
fn a_notice_says_the_same_in_every_language() {
    for notice in &city().notices {
        let shape = |language| {
            let text = notice.texts.in_language(language).unwrap();
            (text.matches("\n\n").count(), numbers(text))
        };

        assert_eq!(shape(Language::Fi), shape(Language::Sv), "{}", notice.slug);
        assert_eq!(shape(Language::Fi), shape(Language::En), "{}", notice.slug);
    }
}

fn numbers(text: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit();
    text.split(|c| !is_digit(c))
        .filter(|digits| !digits.is_empty())
        .collect()
}

/// Collects whatever has `fi`, `sv` or `en` in it.
fn collect(value: &Value, texts: &mut Vec<LocalText>) {
    match value {
        Value::Object(members)
            if ["fi", "sv", "en"]
                .iter()
                .any(|it| members.contains_key(*it)) =>
        {
            texts.push(serde_json::from_value(value.clone()).unwrap());
        }
        Value::Object(members) => members.values().for_each(|it| collect(it, texts)),
        Value::Array(items) => items.iter().for_each(|it| collect(it, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
