//! Proactive offers.

use app::view::{OfferView, TopicView};
use consent::{OfferId, PersonId};
use operator_sync::Want;

use super::{Answer, Shared, id};
use crate::shell::{draw, now};

/// Returns the offers, those that fit first.
#[tauri::command(async)]
pub(crate) fn list_offers(shell: Shared<'_>) -> Answer<Vec<OfferView>> {
    Ok(shell.with_vault(|vault| app::list_offers(vault, now()))?)
}

/// Accepts an offer for someone; the request that belongs to it is then asked for.
#[tauri::command(async)]
pub(crate) fn accept_offer(shell: Shared<'_>, id: &str, subject_id: &str) -> Answer<OfferView> {
    let (offer, subject): (OfferId, PersonId) = (self::id(id)?, self::id(subject_id)?);
    let view =
        shell.with_vault(|vault| app::accept_offer(vault, &offer, &subject, &mut draw, now()))?;
    shell.exchanges.insist(&[Want::OfferAnswer(offer)]);
    shell.changed(&[TopicView::Offers]);
    Ok(view)
}

/// Sets an offer aside.
#[tauri::command(async)]
pub(crate) fn dismiss_offer(shell: Shared<'_>, id: &str) -> Answer<OfferView> {
    let offer = self::id(id)?;
    let view = shell.with_vault(|vault| app::dismiss_offer(vault, &offer, now()))?;
    shell.changed(&[TopicView::Offers]);
    Ok(view)
}

/// Takes an offer up again that was set aside.
#[tauri::command(async)]
pub(crate) fn restore_offer(shell: Shared<'_>, id: &str) -> Answer<OfferView> {
    let offer = self::id(id)?;
    let view = shell.with_vault(|vault| app::restore_offer(vault, &offer, now()))?;
    shell.changed(&[TopicView::Offers]);
    Ok(view)
}
