//! The words of the sign-in page, in three languages.

use consent::Language;

use super::page::Fault;

/// The words of the page.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) sample: &'static str,
    pub(super) explanation: &'static str,
    pub(super) who: &'static str,
    pub(super) decides_for: &'static str,
    pub(super) proceed: &'static str,
    pub(super) cancel: &'static str,
    pub(super) other_languages: &'static str,
    pub(super) fault_title: &'static str,
    pub(super) what_now: &'static str,
}

const FI: Words = Words {
    title: "Kirjaudu esimerkkikaupunkiin",
    sample: "Tämä on esimerkki",
    explanation: "Kaupunki, sen asukkaat ja heidän tietonsa ovat keksittyjä. Et tarvitse \
                  salasanaa: valitse, kenen asukkaan silmin haluat kokeilla Lokeroa.",
    who: "Kuka olet?",
    decides_for: "Päättää myös:",
    proceed: "Jatka",
    cancel: "Peruuta",
    other_languages: "Kieli",
    fault_title: "Kirjautuminen ei onnistunut",
    what_now: "Sulje tämä sivu, palaa Lokeroon ja aloita kirjautuminen sieltä uudelleen.",
};

const SV: Words = Words {
    title: "Logga in i exempelstaden",
    sample: "Det här är ett exempel",
    explanation: "Staden, dess invånare och deras uppgifter är påhittade. Du behöver inget \
                  lösenord: välj den invånare med vars ögon du vill pröva Lokero.",
    who: "Vem är du?",
    decides_for: "Bestämmer också för:",
    proceed: "Fortsätt",
    cancel: "Avbryt",
    other_languages: "Språk",
    fault_title: "Inloggningen lyckades inte",
    what_now: "Stäng den här sidan, gå tillbaka till Lokero och börja inloggningen där på nytt.",
};

const EN: Words = Words {
    title: "Sign in to the sample city",
    sample: "This is a sample",
    explanation: "The city, its residents and their data are invented. You need no password: \
                  pick the resident through whose eyes you want to try Lokero.",
    who: "Who are you?",
    decides_for: "Also decides for:",
    proceed: "Continue",
    cancel: "Cancel",
    other_languages: "Language",
    fault_title: "Signing in did not work",
    what_now: "Close this page, go back to Lokero and start signing in again from there.",
};

/// Returns the words in a language.
pub(super) const fn of(language: Language) -> &'static Words {
    match language {
        Language::Fi => &FI,
        Language::Sv => &SV,
        Language::En => &EN,
    }
}

/// Returns what a language calls itself.
pub(super) const fn own_name(language: Language) -> &'static str {
    match language {
        Language::Fi => "Suomi",
        Language::Sv => "Svenska",
        Language::En => "English",
    }
}

/// Returns what went wrong, in words.
pub(super) const fn fault(fault: Fault, language: Language) -> &'static str {
    match (fault, language) {
        (Fault::BadRequest, Language::Fi) => "Sivulle tultiin puutteellisella osoitteella.",
        (Fault::BadRequest, Language::Sv) => "Adressen till sidan var ofullständig.",
        (Fault::BadRequest, Language::En) => "The address of the page was incomplete.",
        (Fault::BadRedirect, Language::Fi) => {
            "Paluuosoite ei ole tällä tietokoneella, joten sinne ei lähetetä mitään."
        }
        (Fault::BadRedirect, Language::Sv) => {
            "Returadressen finns inte på den här datorn, så inget skickas dit."
        }
        (Fault::BadRedirect, Language::En) => {
            "The address to return to is not on this computer, so nothing is sent there."
        }
        (Fault::UnknownClient, Language::Fi) => "Sovellusta, josta tulit, ei tunneta.",
        (Fault::UnknownClient, Language::Sv) => "Appen som du kom från är inte känd.",
        (Fault::UnknownClient, Language::En) => "The app that you came from is not known.",
        (Fault::Expired, Language::Fi) => {
            "Kirjautumissivu on vanhentunut, sitä on jo käytetty, tai se avattiin toisessa \
             selaimessa."
        }
        (Fault::Expired, Language::Sv) => {
            "Inloggningssidan är för gammal, den har redan använts eller den öppnades i en annan \
             webbläsare."
        }
        (Fault::Expired, Language::En) => {
            "The sign-in page is too old, was used already, or was opened in another browser."
        }
    }
}
