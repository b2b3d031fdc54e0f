//! The sign-in page: HTML made here, no script, one stylesheet of our own.

use std::fmt::Write;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use consent::Language;
use sample_city::Resident;

use super::{
    authorize::{AuthorizeQuery, in_language},
    redirect::RedirectUri,
    words,
};
use crate::operator::Operator;

/// Why there is no page to sign in on, and no redirect either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A parameter is missing or there twice.
    BadRequest,
    /// The redirect address is not a loopback listener.
    BadRedirect,
    /// The client is not known.
    UnknownClient,
    /// The page is too old, was used, or belongs to another browser.
    Expired,
}

/// Returns the language of the page: as the app asks, or else as the browser does.
pub(super) fn language(ui_locales: Option<&str>, headers: &HeaderMap) -> Language {
    let asked = ui_locales
        .into_iter()
        .flat_map(|locales| locales.split(' '))
        .find_map(Language::from_locale);
    let accepted = || {
        let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        accepted
            .split(',')
            .find_map(|range| Language::from_locale(range.split(';').next()?.trim()))
    };
    asked.or_else(accepted).unwrap_or_default()
}

/// Shows the page on which a resident is picked.
pub(super) fn sign_in(
    operator: &Operator,
    language: Language,
    query: &AuthorizeQuery,
    redirect: &RedirectUri,
    token: &str,
    cookie: &str,
) -> Response {
    let words = words::of(language);
    let mut form = format!(
        r#"<form method="post" action="/authorize">
<input type="hidden" name="sign_in" value="{token}">
<input type="hidden" name="lang" value="{}">
<fieldset>
<legend>{}</legend>
"#,
        language.code(),
        words.who,
    );
    for (number, resident) in operator.city.residents.iter().enumerate() {
        form.push_str(&choice(resident, number == 0, language));
    }
    // Writing to a String does not fail.
    let _ = write!(
        form,
        r#"</fieldset>
<p class="buttons">
<button class="primary" name="action" value="continue">{}</button>
<button name="action" value="cancel">{}</button>
</p>
</form>"#,
        words.proceed, words.cancel,
    );
    let languages: String = Language::ALL
        .into_iter()
        .map(|other| language_link(query, other, other == language))
        .collect();
    let name = operator
        .city
        .operator_name
        .pick(language)
        .unwrap_or_default();
    let main = format!(
        r#"<p class="operator">{name}</p>
<h1>{title}</h1>
<div class="notice"><h2>{sample}</h2><p>{explanation}</p></div>
{form}
<nav aria-label="{other_languages}"><ul>{languages}</ul></nav>"#,
        name = escape(name),
        title = words.title,
        sample = words.sample,
        explanation = words.explanation,
        other_languages = words.other_languages,
    );
    let mut response = page(
        StatusCode::OK,
        language,
        words.title,
        &main,
        // The form's answer redirects to the app, which Chromium counts as its action.
        &format!("'self' {}", redirect.origin()),
    );
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// Says in words why signing in did not work.
pub(super) fn fault(language: Language, fault: Fault) -> Response {
    let words = words::of(language);
    let main = format!(
        r#"<h1>{}</h1>
<div class="notice fault"><p>{}</p></div>
<p>{}</p>"#,
        words.fault_title,
        words::fault(fault, language),
        words.what_now,
    );
    page(
        StatusCode::BAD_REQUEST,
        language,
        words.fault_title,
        &main,
        "'none'",
    )
}

fn choice(resident: &Resident, is_first: bool, language: Language) -> String {
    let children: Vec<&str> = resident
        .children
        .iter()
        .map(|child| child.name.as_str())
        .collect();
    let children = if children.is_empty() {
        String::new()
    } else {
        format!(
            r#"<span class="about">{} {}</span>"#,
            words::of(language).decides_for,
            escape(&children.join(", ")),
        )
    };
    format!(
        r#"<label class="resident"><input type="radio" name="resident" value="{id}" required{checked}>
<span class="name">{name}</span>
<span class="about">{about}</span>
{children}</label>
"#,
        id = escape(resident.id.as_str()),
        checked = if is_first { " checked" } else { "" },
        name = escape(&resident.name),
        about = escape(resident.about.pick(language).unwrap_or_default()),
    )
}

fn language_link(query: &AuthorizeQuery, language: Language, is_current: bool) -> String {
    let (code, name) = (language.code(), words::own_name(language));
    if is_current {
        format!(r#"<li><span aria-current="true" lang="{code}">{name}</span></li>"#)
    } else {
        let href = escape(&in_language(query, language));
        format!(r#"<li><a href="{href}" lang="{code}" hreflang="{code}">{name}</a></li>"#)
    }
}

fn page(
    status: StatusCode,
    language: Language,
    title: &str,
    main: &str,
    form_action: &str,
) -> Response {
    let html = format!(
        r#"<!doctype html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Lokero</title>
<link rel="stylesheet" href="/sign-in.css">
</head>
<body>
<main>
{main}
</main>
</body>
</html>
"#,
        language.code(),
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action {form_action}; \
         frame-ancestors 'none'; base-uri 'none'"
    );
    let mut response = (
        status,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_FRAME_OPTIONS, "DENY"),
        ],
        html,
    )
        .into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Makes text harmless between tags and inside double quotes.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::the_app_decides(Some("sv fi"), Some("en"), Language::Sv)]
    #[case::then_the_browser(None, Some("de, en-GB;q=0.8, fi;q=0.5"), Language::En)]
    #[case::unknown_ones_are_passed_over(Some("ru"), None, Language::Fi)]
    #[case::then_finnish(None, None, Language::Fi)]
    fn the_page_speaks_the_language_asked_for(
        #[case] ui_locales: Option<&str>,
        #[case] accepted: Option<&str>,
        #[case] expected: Language,
    ) {
        let mut headers = HeaderMap::new();
        if let Some(accepted) = accepted {
            headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
        }

        assert_eq!(language(ui_locales, &headers), expected);
    }

    #[test]
    fn markup_in_a_name_is_text() {
        assert_eq!(
            escape(r#"<b a="1" b='2'>&"#),
            "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;"
        );
    }
}
