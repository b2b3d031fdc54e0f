//! The desktop shell: one window, its commands, notifications, and the exchanges with operators.
//!
//! **Invariant:** no rules live here. A command turns arguments into domain types, makes one call
//! into `app`, and hands its answer on. The shell reads the clock and draws identifiers.

mod commands;
mod connecting;
mod events;
mod exchanges;
mod logs;
mod notifier;
mod preferences;
mod sample_city;
mod shell;
mod ui_error;
mod window;

use std::process::ExitCode;

use tauri::{Manager, RunEvent};

/// Runs the app until its window is closed.
pub fn run() -> ExitCode {
    let built = tauri::Builder::default()
        // First, so that a second start does nothing but bring this window up.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            window::bring_up(app);
        }))
        .invoke_handler(tauri::generate_handler![
            commands::vault::status,
            commands::vault::set_language,
            commands::vault::passphrase_strength,
            commands::vault::create_vault,
            commands::vault::unlock_vault,
            commands::vault::lock_vault,
            commands::operators::list_operators,
            commands::operators::connect_sample_city,
            commands::operators::connect_operator,
            commands::operators::sign_in,
            commands::operators::cancel_sign_in,
            commands::operators::refresh,
            commands::data::list_sources,
            commands::data::list_nodes,
            commands::data::reveal_node,
            commands::data::raw_source,
            commands::data::import_file,
            commands::data::remove_file,
            commands::requests::list_requests,
            commands::requests::find_request,
            commands::requests::answer_request,
            commands::permissions::list_permissions,
            commands::permissions::find_permission,
            commands::permissions::withdraw_permission,
            commands::permissions::export_proof,
            commands::permissions::list_uses,
            commands::offers::list_offers,
            commands::offers::accept_offer,
            commands::offers::dismiss_offer,
            commands::offers::restore_offer,
        ])
        .setup(|app| {
            let folders = shell::Folders::of(app.path())?;
            let guard = logs::start(&folders.logs)?;
            app.manage(guard);
            app.manage(shell::Shell::new(folders, app.handle().clone())?);
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());

    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    app.state::<shell::Shell>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            // There is neither a window nor a log yet to say it in.
            #[expect(clippy::print_stderr, reason = "nothing else is left to say it with")]
            {
                eprintln!("Lokero could not start: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
