//! How an operator is to run.

use std::{
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    path::PathBuf,
    time::Duration,
};

use url::Url;

/// How an operator is to run.
#[derive(Debug)]
pub struct Settings {
    /// Where it listens. Port 0 on a loopback address: the port of the last start, if it is free.
    pub bind: SocketAddr,
    /// The folder of its store; nothing is kept without one.
    pub data_folder: Option<PathBuf>,
    /// Its address as others see it, if not the one it listens at.
    pub public_url: Option<Url>,
    /// Whether `prompt=none` signs a sample resident in without a page.
    pub sandbox: bool,
    /// How fast the city lives.
    pub pace: Pace,
    /// How long a poll for events waits at most.
    pub long_poll: Duration,
}

impl Settings {
    /// Returns settings for an operator inside the app: on loopback, on a port of its own.
    pub const fn embedded(data_folder: Option<PathBuf>) -> Self {
        Self {
            bind: SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0)),
            data_folder,
            public_url: None,
            sandbox: true,
            pace: Pace::Times(1.0),
            long_poll: LONGEST_POLL,
        }
    }
}

/// The longest that a poll for events may wait (announced in discovery).
pub(crate) const LONGEST_POLL: Duration = Duration::from_secs(55);

/// How fast the sample city lives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// Delays of the city's schedule are divided by this factor.
    Times(f64),
    /// Nothing happens until somebody calls [`crate::Pilot::tick`].
    ByHand,
}

impl Default for Pace {
    fn default() -> Self {
        Self::Times(1.0)
    }
}
