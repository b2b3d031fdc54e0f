//! The page that a person sees in the browser when they come back. It loads nothing.

use consent::Language;

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The browser brought what was needed.
    Welcome,
    /// It brought a refusal.
    Ended,
    /// It brought nothing that belongs to this sign-in.
    NotOurs,
}

struct Words {
    title: &'static str,
    body: &'static str,
}

/// Returns a whole HTTP answer.
pub(super) fn render(page: Page, language: Language) -> String {
    let status = match page {
        Page::Welcome | Page::Ended => "200 OK",
        Page::NotOurs => "404 Not Found",
    };
    let Words { title, body } = words(page, language);
    let code = language.code();
    let html = format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>body{{font:1.25rem/1.5 sans-serif;margin:3rem auto;\
         max-width:34rem;padding:0 1.5rem;color:#1a1a1a;background:#fff}}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{body}</p>\n</main>\n</body>\n</html>\n"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\
         Content-Length: {}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\
         Connection: close\r\n\r\n{html}",
        html.len()
    )
}

fn words(page: Page, language: Language) -> Words {
    let (title, body) = match (page, language) {
        (Page::Welcome, Language::Fi) => (
            "Kiitos, tunnistautuminen on tehty",
            "Voit sulkea tämän välilehden ja palata Lokeroon.",
        ),
        (Page::Welcome, Language::Sv) => (
            "Tack, identifieringen är klar",
            "Du kan stänga den här fliken och gå tillbaka till Lokero.",
        ),
        (Page::Welcome, Language::En) => (
            "Thank you, that is all",
            "You may close this tab and return to Lokero.",
        ),
        (Page::Ended, Language::Fi) => (
            "Kirjautuminen keskeytyi",
            "Voit sulkea tämän välilehden. Lokerossa voit yrittää uudelleen.",
        ),
        (Page::Ended, Language::Sv) => (
            "Inloggningen avbröts",
            "Du kan stänga den här fliken. I Lokero kan du försöka igen.",
        ),
        (Page::Ended, Language::En) => (
            "The sign-in was not completed",
            "You may close this tab. You can try again in Lokero.",
        ),
        (Page::NotOurs, Language::Fi) => (
            "Täällä ei ole mitään",
            "Tämä sivu ei kuulu käynnissä olevaan kirjautumiseen. Voit sulkea välilehden.",
        ),
        (Page::NotOurs, Language::Sv) => (
            "Här finns ingenting",
            "Den här sidan hör inte till den pågående inloggningen. Du kan stänga fliken.",
        ),
        (Page::NotOurs, Language::En) => (
            "There is nothing here",
            "This page does not belong to the sign-in under way. You may close the tab.",
        ),
    };
    Words { title, body }
}
