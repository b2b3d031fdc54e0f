//! Connecting an operator by its address: the sign-in is in the system's browser.

use testkit::{
    Town,
    window::{Role, Stage, desktop_binary},
};

use super::steps::{create_vault, go};

#[test]
fn a_person_connects_an_operator_through_their_browser() {
    let town = Town::open();
    town.run(async {
        let stage = Stage::set();
        let window = stage.open(&desktop_binary()).await;
        create_vault(&window).await;

        window.click(Role::Link, "Yhdistä operaattoriin").await;
        window.fill("Operaattorin osoite", town.address()).await;
        window.click(Role::Button, "Jatka kirjautumiseen").await;
        window.see("Odotetaan kirjautumistasi").await;
        let address = stage.browser().address(0).await;
        let page = stage.browser().visit(&address).await;
        page.choose("Aino Virtanen").press("Jatka").await;

        window.find(Role::Heading, "Etusivu").await;
        go(&window, "Omat tiedot").await;
        window.see("Haettu").await;
        window.close().await;
    });
}

#[tokio::test]
async fn what_is_no_operator_is_said_in_words() {
    let stage = Stage::set();
    let window = stage.open(&desktop_binary()).await;
    create_vault(&window).await;
    window.click(Role::Link, "Yhdistä operaattoriin").await;

    window
        .fill("Operaattorin osoite", "http://127.0.0.1:9")
        .await;
    window.click(Role::Button, "Jatka kirjautumiseen").await;
    window.see("Operaattoriin ei saatu yhteyttä").await;
    window
        .fill("Operaattorin osoite", "http://kaupunki.example.fi")
        .await;
    window.click(Role::Button, "Jatka kirjautumiseen").await;
    window
        .see("Lokero ei ota yhteyttä tähän osoitteeseen")
        .await;
    window.close().await;
}
