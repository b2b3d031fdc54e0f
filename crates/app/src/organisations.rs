//! What organisations and services are called, as their operator describes them.

use consent::{LocalText, OperatorId, OrganisationId};
use operator_protocol::service::ServiceDescription;
use vault::{Connection, services};

use crate::AppError;

/// Returns the services that `operator` describes and this version understands.
pub(crate) fn descriptions(
    conn: &Connection,
    operator: &OperatorId,
) -> Result<Vec<ServiceDescription>, AppError> {
    Ok(services::list(conn, operator)?
        .iter()
        .filter_map(|stored| serde_json::from_str(&stored.description).ok())
        .collect())
}

/// Returns what an organisation is called, or its identifier if no service of it says.
pub(crate) fn organisation_name(
    conn: &Connection,
    operator: &OperatorId,
    organisation: &OrganisationId,
) -> Result<LocalText, AppError> {
    let known = descriptions(conn, operator)?
        .into_iter()
        .find(|service| service.mydata_service.controller == *organisation);
    Ok(known.map_or_else(
        || LocalText::same(organisation.as_str()),
        |service| service.mydata_service.controller_name,
    ))
}
