//! From nothing to the main job: a vault, a sample city, a request, a yes, its uses, and its end.

use std::fs;

use testkit::window::{NotificationListener, Role, Shown, Stage, Window, desktop_binary};

use super::steps::{
    PASSPHRASE, choose_file, connect_sample_city, create_vault, go, press_named, unfold,
};

/// A file as the city's profile service gives it, with a password in it.
const EXPORT: &str = r#"{"key":"DATA","children":[{"key":"PROFILE","children":[
    {"key":"FIRST_NAME","value":"Aino"},{"key":"LANGUAGE","value":"fi"},
    {"key":"VERIFIEDPERSONALINFORMATION","error":"No permission to read verified personal information."}]},
    {"key":"USER","children":[{"key":"TICKETSYSTEMPASSWORD","value":"s3cret"}]}]}"#;

#[tokio::test]
async fn a_person_does_the_main_job_in_finnish() {
    let stage = Stage::set();
    let desktop = stage.notifications().await;
    let window = stage.open(&desktop_binary()).await;

    window.find(Role::Heading, "Tervetuloa Lokeroon").await;
    window.screenshot("01-welcome").await;
    create_vault(&window).await;
    window.screenshot("02-first-steps").await;
    window.close().await;

    let window = stage.open(&desktop_binary()).await;
    unlock(&window).await;
    connect_sample_city(&window).await;

    see_my_data(&window).await;
    answer_the_request(&window, &desktop).await;
    see_the_use(&window).await;
    withdraw(&window, &stage).await;
    accept_an_offer(&window).await;
    window.close().await;
}

async fn unlock(window: &Window<'_>) {
    window.fill("Salalause", "aivan väärä salalause").await;
    window.click(Role::Button, "Avaa").await;
    window.see("Salalause ei ole oikea").await;
    window.screenshot("03-unlock").await;
    window.fill("Salalause", PASSPHRASE).await;
    window.click(Role::Button, "Avaa").await;
    window.find(Role::Heading, "Aloitetaan").await;
}

async fn see_my_data(window: &Window<'_>) {
    go(window, "Omat tiedot").await;
    for outcome in [
        "Haettu",
        "Ei tietoja sinusta",
        "Haku ei onnistunut",
        "Vaatii vahvan tunnistautumisen",
    ] {
        window.see(outcome).await;
    }
    window.screenshot("04-my-data").await;

    choose_file(window, "omat-tiedot.json", EXPORT).await;
    window.see("omat-tiedot.json").await;
    window
        .click(Role::Link, "Katso tiedot: omat-tiedot.json")
        .await;
    window.find(Role::Heading, "Sisältö").await;
    window.screenshot("05-file").await;
}

/// Waits for the notification of the request, clicks it, and says yes.
async fn answer_the_request(window: &Window<'_>, desktop: &NotificationListener) {
    let shown = notification_of_request(desktop).await;
    for word in ["Eero", "Virtanen", "Esiopetus", "Helsinki"] {
        let told = format!("{} {}", shown.summary, shown.body);
        assert!(
            !told.contains(word),
            "the notification names {word}: {told}"
        );
    }
    assert!(shown.actions.iter().any(|action| action == "default"));

    desktop.press(&shown, "default").await;

    window.find(Role::Heading, "Täsmälleen nämä tiedot").await;
    window.see("Lähettäjä tunnistettu").await;
    window.see("Eero").await;
    window.see("2020").await;
    window.see("Jos kieltäydyt").await;
    window.screenshot("06-request").await;
    window.click(Role::Button, "Anna lupa").await;
    window.see("Annoit luvan").await;
    window.see("Operaattori on vahvistanut").await;
    window.screenshot("07-given").await;
}

async fn notification_of_request(desktop: &NotificationListener) -> Shown {
    loop {
        let shown = desktop.next().await;
        if shown.body.contains("lupapyyntö") {
            return shown;
        }
    }
}

async fn see_the_use(window: &Window<'_>) {
    go(window, "Tietojesi käyttö").await;
    window.see("Lupasi salli").await;
    window.screenshot("08-uses").await;
}

async fn withdraw(window: &Window<'_>, stage: &Stage) {
    go(window, "Luvat").await;
    window.screenshot("09-permissions").await;
    window
        .click(Role::Link, "Esiopetuspaikan ehdottaminen")
        .await;
    window.click(Role::Button, "Peru lupa").await;
    window.see("Olet perunut tämän luvan").await;
    window.see("Operaattori vahvisti päätöksen").await;
    window.click(Role::Button, "Tallenna todiste").await;
    window.see("Todiste tallennettiin").await;
    window.screenshot("10-withdrawn").await;
    let proof = exported_proof(stage);
    let report = operator_protocol::bundle::verify(&proof);
    assert!(report.is_ok_and(|report| report.holds()), "the proof holds");
}

/// The one proof in the person's download folder, which is their home if they have none.
fn exported_proof(stage: &Stage) -> Vec<u8> {
    let folders = [stage.home(), stage.home().join("Downloads")];
    let mut files = folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        });
    let file = files
        .next()
        .unwrap_or_else(|| panic!("no proof was written"));
    fs::read(file).unwrap_or_else(|error| panic!("reading the proof: {error}"))
}

async fn accept_an_offer(window: &Window<'_>) {
    go(window, "Ehdotukset").await;
    window.find(Role::Heading, "Sopii sinulle").await;
    unfold(window, "Miksi näen tämän?").await;
    window.see("Sinun tietosi").await;
    window.screenshot("11-offers").await;
    press_named(window, Role::Button, "Olen kiinnostunut: ").await;
    window.find(Role::Heading, "Täsmälleen nämä tiedot").await;
    window.find(Role::Button, "Anna lupa").await;
    window.screenshot("12-request-of-offer").await;
}
