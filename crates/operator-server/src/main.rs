//! `lokero-operator`: the reference operator as a server of its own.

use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use clap::Parser;
use operator_server::{Operator, Settings, StartError, SystemClock};
use url::Url;

/// Runs the reference operator with its sample city.
#[derive(Debug, Parser)]
#[command(name = "lokero-operator", version, about)]
struct Arguments {
    /// Where to listen. Other addresses than loopback need an https public URL.
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDRESS")]
    bind: SocketAddr,
    /// The folder of the operator's store. Without one, nothing is kept.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// The address as others see it, if a proxy stands in front.
    #[arg(long, value_name = "URL")]
    public_url: Option<Url>,
    /// Sign sample residents in without a page when a program asks for it.
    #[arg(long)]
    sandbox: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), StartError> {
    let settings = Settings {
        bind: arguments.bind,
        public_url: arguments.public_url,
        sandbox: arguments.sandbox,
        ..Settings::embedded(arguments.data)
    };
    let operator = Operator::start(settings, Arc::new(SystemClock)).await?;
    announce(operator.base_url());
    wait_for_signal().await.map_err(StartError::Bind)?;
    operator.shutdown().await;
    Ok(())
}

#[cfg(unix)]
async fn wait_for_signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn wait_for_signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[expect(clippy::print_stdout, reason = "a program's answer")]
fn announce(url: &str) {
    println!("{url}");
}

#[expect(clippy::print_stderr, reason = "a program's answer")]
fn report(error: &StartError) {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        eprintln!("lokero-operator: {error}");
        cause = error.source();
    }
}
