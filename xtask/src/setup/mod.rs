//! Brings about what the other tasks need. Installs only what is missing, and says what.

mod apt;
mod node;
mod tools;

use anyhow::Result;

pub(crate) use node::npm;

/// Installs what building and running the app need.
pub(crate) fn to_run() -> Result<()> {
    apt::install(&[apt::BUILD, apt::RUN])?;
    node::install()
}

/// Installs what the tests need besides.
pub(crate) fn everything() -> Result<()> {
    apt::install(&[apt::BUILD, apt::RUN, apt::TEST])?;
    apt::install_chromium()?;
    node::install()?;
    tools::install_nextest()
}
