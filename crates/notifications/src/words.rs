//! The words of notifications. Plain and short; no name, no number but a count, no content.

use consent::LocalText;

use crate::Topic;

/// Returns the title and the body for `count` matters of one topic.
pub(crate) fn of(topic: Topic, count: usize) -> (LocalText, LocalText) {
    match (topic, count) {
        (Topic::Requests, 1) => (
            LocalText::new(
                "Uusi lupapyyntö",
                "Ny begäran om tillstånd",
                "New permission request",
            ),
            LocalText::new(
                "Uusi lupapyyntö odottaa vastaustasi.",
                "En ny begäran om tillstånd väntar på ditt svar.",
                "A new permission request is waiting for your answer.",
            ),
        ),
        (Topic::Requests, n) => (
            LocalText::new(
                "Uusia lupapyyntöjä",
                "Nya begäranden om tillstånd",
                "New permission requests",
            ),
            LocalText::new(
                format!("{n} uutta lupapyyntöä odottaa vastaustasi."),
                format!("{n} nya begäranden om tillstånd väntar på ditt svar."),
                format!("{n} new permission requests are waiting for your answer."),
            ),
        ),
        (Topic::Endings, 1) => (
            LocalText::new(
                "Vastausaika päättyy pian",
                "Svarstiden går snart ut",
                "Time to answer is running out",
            ),
            LocalText::new(
                "Yksi lupapyyntö odottaa vielä vastaustasi.",
                "En begäran om tillstånd väntar fortfarande på ditt svar.",
                "One permission request is still waiting for your answer.",
            ),
        ),
        (Topic::Endings, n) => (
            LocalText::new(
                "Vastausaika päättyy pian",
                "Svarstiden går snart ut",
                "Time to answer is running out",
            ),
            LocalText::new(
                format!("{n} lupapyyntöä odottaa vielä vastaustasi."),
                format!("{n} begäranden om tillstånd väntar fortfarande på ditt svar."),
                format!("{n} permission requests are still waiting for your answer."),
            ),
        ),
        (Topic::Offers, 1) => (
            LocalText::new("Uusi ehdotus", "Nytt förslag", "New suggestion"),
            LocalText::new(
                "Tällä laitteella löytyi palvelu, joka saattaa sopia sinulle. Tietojasi ei ole lähetetty.",
                "På den här enheten hittades en tjänst som kan passa dig. Inga av dina uppgifter har skickats.",
                "This device found a service that may suit you. None of your data has been sent.",
            ),
        ),
        (Topic::Offers, n) => (
            LocalText::new("Uusia ehdotuksia", "Nya förslag", "New suggestions"),
            LocalText::new(
                format!(
                    "Tällä laitteella löytyi {n} palvelua, jotka saattavat sopia sinulle. Tietojasi ei ole lähetetty."
                ),
                format!(
                    "På den här enheten hittades {n} tjänster som kan passa dig. Inga av dina uppgifter har skickats."
                ),
                format!(
                    "This device found {n} services that may suit you. None of your data has been sent."
                ),
            ),
        ),
        (Topic::Answers, 1) => (
            LocalText::new(
                "Vastauksesi ei mennyt perille",
                "Ditt svar gick inte fram",
                "Your answer did not get through",
            ),
            LocalText::new(
                "Operaattori ei ottanut sitä vastaan. Avaa Lokero ja katso, mitä voit tehdä.",
                "Operatören tog inte emot det. Öppna Lokero och se vad du kan göra.",
                "The operator did not accept it. Open Lokero to see what you can do.",
            ),
        ),
        (Topic::Answers, n) => (
            LocalText::new(
                "Vastauksiasi ei mennyt perille",
                "Alla dina svar gick inte fram",
                "Some answers did not get through",
            ),
            LocalText::new(
                format!(
                    "Operaattori ei ottanut vastaan {n} vastaustasi. Avaa Lokero ja katso, mitä voit tehdä."
                ),
                format!(
                    "Operatören tog inte emot {n} av dina svar. Öppna Lokero och se vad du kan göra."
                ),
                format!(
                    "The operator did not accept {n} of your answers. Open Lokero to see what you can do."
                ),
            ),
        ),
        (Topic::Withdrawals, 1) => (
            LocalText::new(
                "Luvan peruminen ei mennyt perille",
                "Ditt återkallande gick inte fram",
                "Your withdrawal did not get through",
            ),
            LocalText::new(
                "Operaattori ei ottanut sitä vastaan. Avaa Lokero ja katso, mitä voit tehdä.",
                "Operatören tog inte emot det. Öppna Lokero och se vad du kan göra.",
                "The operator did not accept it. Open Lokero to see what you can do.",
            ),
        ),
        (Topic::Withdrawals, n) => (
            LocalText::new(
                "Lupien peruminen ei mennyt perille",
                "Alla dina återkallanden gick inte fram",
                "Some withdrawals did not get through",
            ),
            LocalText::new(
                format!(
                    "{n} luvan peruminen ei onnistunut. Avaa Lokero ja katso, mitä voit tehdä."
                ),
                format!(
                    "Operatören tog inte emot {n} återkallanden. Öppna Lokero och se vad du kan göra."
                ),
                format!(
                    "The operator did not accept {n} withdrawals. Open Lokero to see what you can do."
                ),
            ),
        ),
        (Topic::Permissions, 1) => (
            LocalText::new(
                "Lupa on päättynyt",
                "Ett tillstånd har upphört",
                "A permission has ended",
            ),
            LocalText::new(
                "Yksi antamasi lupa ei ole enää voimassa.",
                "Ett tillstånd som du har gett gäller inte längre.",
                "A permission that you gave no longer applies.",
            ),
        ),
        (Topic::Permissions, n) => (
            LocalText::new(
                "Lupia on päättynyt",
                "Tillstånd har upphört",
                "Permissions have ended",
            ),
            LocalText::new(
                format!("{n} antamaasi lupaa ei ole enää voimassa."),
                format!("{n} tillstånd som du har gett gäller inte längre."),
                format!("{n} permissions that you gave no longer apply."),
            ),
        ),
        (Topic::SignIn, _) => (
            LocalText::new(
                "Kirjautumisesi on päättynyt",
                "Din inloggning har gått ut",
                "Your sign-in has ended",
            ),
            LocalText::new(
                "Kirjaudu uudelleen, niin Lokero saa uudet pyynnöt ja voi lähettää vastauksesi.",
                "Logga in igen så att Lokero får nya begäranden och kan skicka dina svar.",
                "Sign in again so that Lokero can receive new requests and send your answers.",
            ),
        ),
        (Topic::Everything, n) => (
            news(),
            LocalText::new(
                format!("{n} asiaa odottaa sinua."),
                format!("{n} ärenden väntar på dig."),
                format!("{n} matters are waiting for you."),
            ),
        ),
    }
}

/// Returns the words for while the vault is locked: they say that something waits, not what.
pub(crate) fn locked() -> (LocalText, LocalText) {
    (
        news(),
        LocalText::new(
            "Avaa Lokero, niin näet, mistä on kyse.",
            "Öppna Lokero för att se vad det gäller.",
            "Open Lokero to see what it is about.",
        ),
    )
}

fn news() -> LocalText {
    LocalText::new("Lokerossa on uutta", "Nytt i Lokero", "News in Lokero")
}
