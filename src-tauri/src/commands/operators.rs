//! Operators: the sample city, others by address, and asking them anew.

use app::view::{OperatorView, TopicView};
use consent::OperatorId;
use operator_sync::Want;
use url::Url;

use super::{Answer, Shared, id};
use crate::{connecting::Door, shell::Shell, ui_error::ShellError};

/// The resident whom the sample city signs in without being asked.
const SAMPLE_RESIDENT: &str = "urn:mdc:surrogate:aino";

/// The most bytes of an address.
const MOST_ADDRESS_BYTES: usize = 2048;

/// Returns the operators that the vault is connected to.
#[tauri::command(async)]
pub(crate) fn list_operators(shell: Shared<'_>) -> Answer<Vec<OperatorView>> {
    Ok(shell.with_vault(|vault| app::list_operators(vault))?)
}

/// Starts the sample city and signs in to it.
#[tauri::command]
pub(crate) async fn connect_sample_city(shell: Shared<'_>) -> Answer<OperatorView> {
    let url = shell.start_sample_city().await?;
    connect(&shell, &url, Door::SampleResident(SAMPLE_RESIDENT)).await
}

/// Finds the operator at an address and has the person sign in to it in their browser.
#[tauri::command]
pub(crate) async fn connect_operator(shell: Shared<'_>, url: String) -> Answer<OperatorView> {
    connect(&shell, &address(&url)?, Door::Browser).await
}

/// Has the person sign in again to an operator that is known.
#[tauri::command]
pub(crate) async fn sign_in(shell: Shared<'_>, operator_id: String) -> Answer<OperatorView> {
    let operator: OperatorId = id(&operator_id)?;
    let known = shell.with_vault(|vault| app::list_operators(vault))?;
    let known = known
        .into_iter()
        .find(|known| known.id == operator.as_str());
    let known = known.ok_or(ShellError::BadInput("operator"))?;
    if known.is_sample {
        let url = shell.start_sample_city().await?;
        return connect(&shell, &url, Door::SampleResident(SAMPLE_RESIDENT)).await;
    }
    connect(&shell, &address(&known.url)?, Door::Browser).await
}

/// Ends the sign-in under way.
#[tauri::command(async)]
pub(crate) fn cancel_sign_in(shell: Shared<'_>) -> Answer<()> {
    shell.set_sign_in(None);
    Ok(())
}

/// Asks the operators for everything anew.
#[tauri::command(async)]
pub(crate) fn refresh(shell: Shared<'_>) -> Answer<()> {
    let routine = Want::ROUTINE.map(|(want, _)| want);
    shell.exchanges.insist(&routine);
    Ok(())
}

async fn connect(shell: &Shell, url: &Url, door: Door<'_>) -> Answer<OperatorView> {
    let operator = shell.connect(url, door).await?;
    shell.changed(&[TopicView::Operators]);
    Ok(operator)
}

/// Reads an operator's address as a person types it.
fn address(text: &str) -> Result<Url, ShellError> {
    let text = text.trim();
    if text.is_empty() || text.len() > MOST_ADDRESS_BYTES {
        return Err(ShellError::AddressNotAllowed);
    }
    let spelled = if text.contains("://") {
        text.to_owned()
    } else {
        format!("https://{text}")
    };
    let mut url: Url = spelled.parse().map_err(|_| ShellError::AddressNotAllowed)?;
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(host)) => host.is_loopback(),
        Some(url::Host::Ipv6(host)) => host.is_loopback(),
        Some(url::Host::Domain(_)) | None => false,
    };
    let is_allowed = url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && (url.scheme() == "https" || url.scheme() == "http" && is_loopback);
    if !is_allowed {
        return Err(ShellError::AddressNotAllowed);
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_on_this_computer() {
        let spelled = |text: &str| address(text).map(String::from).ok();

        assert_eq!(
            spelled(" operaattori.example.fi "),
            Some("https://operaattori.example.fi/".to_owned())
        );
        assert_eq!(
            spelled("http://127.0.0.1:8787"),
            Some("http://127.0.0.1:8787/".to_owned())
        );
        for refused in [
            "",
            "http://operaattori.example.fi",
            "http://localhost:8787",
            "file:///etc/passwd",
            "https://someone:secret@operaattori.example.fi",
            "javascript:alert(1)",
        ] {
            assert_eq!(spelled(refused), None, "{refused}");
        }
    }
}
