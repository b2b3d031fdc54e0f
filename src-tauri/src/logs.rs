//! The log: a file a day on this computer, seven of them, that never leaves it by itself.

use std::{fs, io, path::Path};

use tracing_appender::{non_blocking::WorkerGuard, rolling};
use tracing_subscriber::EnvFilter;

/// What is logged if nobody asks for more.
const USUAL: &str = "info";

/// How many days are kept.
const DAYS: usize = 7;

/// Starts logging into `folder`. What is logged is on disk once the guard is dropped.
pub(crate) fn start(folder: &Path) -> Result<WorkerGuard, LogError> {
    fs::create_dir_all(folder)?;
    let file = rolling::Builder::new()
        .rotation(rolling::Rotation::DAILY)
        .filename_prefix("lokero")
        .filename_suffix("log")
        .max_log_files(DAYS)
        .build(folder)?;
    let (writer, guard) = tracing_appender::non_blocking(file);
    let filter = EnvFilter::try_from_env("LOKERO_LOG").unwrap_or_else(|_| EnvFilter::new(USUAL));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(writer)
        .init();
    Ok(guard)
}

/// The log could not be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    /// Its folder cannot be made.
    #[error("the log's folder cannot be made")]
    Folder(#[from] io::Error),
    /// Its file cannot be made.
    #[error("the log's file cannot be made")]
    File(#[from] rolling::InitError),
}
