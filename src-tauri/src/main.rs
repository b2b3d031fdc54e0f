//! Starts the desktop shell.

fn main() -> std::process::ExitCode {
    desktop::run()
}
