//! Where the operator listens and what it is therefore called.
//!
//! Devices know an operator by its issuer, and the issuer of an embedded one is its loopback
//! address. So the port is part of who it is: it is drawn once, from a range that the system does
//! not hand out to others, kept in the store, and taken again at every start. If another program
//! has it, the operator does not come up under another name as long as a device knows the old
//! one; it says so, and the next start finds the port free again.

use std::net::{IpAddr, SocketAddr};

use consent::OperatorId;
use tokio::net::TcpListener;
use url::Url;

use crate::{Settings, StartError, draw};

/// Ports below those that systems give to outgoing connections, and above the well-known ones.
const RANGE: std::ops::Range<u16> = 20_000..30_000;
/// How many ports are tried before the system is asked for any.
const TRIES: u32 = 50;

/// What the store remembers about the address.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Remembered {
    pub(crate) port: Option<u16>,
    /// Whether a device knows the operator by it.
    pub(crate) is_known: bool,
}

/// Binds the listener that the settings and the memory ask for.
pub(crate) async fn bind(
    settings: &Settings,
    remembered: Remembered,
) -> Result<TcpListener, StartError> {
    let wanted = settings.bind;
    let is_secure = settings
        .public_url
        .as_ref()
        .is_some_and(|url| url.scheme() == "https");
    if !wanted.ip().is_loopback() && !is_secure {
        return Err(StartError::Exposed);
    }
    if wanted.port() != 0 {
        return listen(wanted.ip(), wanted.port())
            .await
            .map_err(StartError::Bind);
    }
    if let Some(port) = remembered.port {
        match listen(wanted.ip(), port).await {
            Ok(listener) => return Ok(listener),
            Err(source) if remembered.is_known => {
                return Err(StartError::PortTaken { port, source });
            }
            Err(_) => {}
        }
    }
    if settings.data_folder.is_some() {
        for _ in 0..TRIES {
            let port = RANGE.start + draw::below(RANGE.end - RANGE.start)?;
            if let Ok(listener) = listen(wanted.ip(), port).await {
                return Ok(listener);
            }
        }
    }
    listen(wanted.ip(), 0).await.map_err(StartError::Bind)
}

async fn listen(ip: IpAddr, port: u16) -> Result<TcpListener, std::io::Error> {
    TcpListener::bind(SocketAddr::new(ip, port)).await
}

/// Returns what the operator is called that listens at `local`.
pub(crate) fn issuer(settings: &Settings, local: SocketAddr) -> Result<OperatorId, StartError> {
    let name = match &settings.public_url {
        None => format!("http://{local}"),
        Some(url) => {
            let is_loopback = url
                .host_str()
                .and_then(|host| host.parse::<IpAddr>().ok())
                .is_some_and(|ip| ip.is_loopback());
            let is_plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
            let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback;
            if !is_safe || !is_plain || url.username() != "" || url.password().is_some() {
                return Err(StartError::PublicUrl);
            }
            url.as_str().trim_end_matches('/').to_owned()
        }
    };
    OperatorId::parse(name).map_err(|_| StartError::PublicUrl)
}

/// Returns the values of a `Host` header that mean this operator.
pub(crate) fn hosts(issuer: &OperatorId, local: SocketAddr) -> Vec<String> {
    let public = Url::parse(issuer.as_str()).ok().and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host,
        })
    });
    public.into_iter().chain([local.to_string()]).collect()
}
