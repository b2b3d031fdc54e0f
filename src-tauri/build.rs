//! Lists the commands that the window may be granted, and keeps SQLCipher's symbols to ourselves.

const COMMANDS: &[&str] = &[
    "accept_offer",
    "answer_request",
    "cancel_sign_in",
    "connect_operator",
    "connect_sample_city",
    "create_vault",
    "dismiss_offer",
    "export_proof",
    "find_permission",
    "find_request",
    "import_file",
    "list_nodes",
    "list_offers",
    "list_operators",
    "list_permissions",
    "list_requests",
    "list_sources",
    "list_uses",
    "lock_vault",
    "passphrase_strength",
    "raw_source",
    "refresh",
    "remove_file",
    "restore_offer",
    "reveal_node",
    "set_language",
    "sign_in",
    "status",
    "unlock_vault",
    "withdraw_permission",
];

fn main() {
    // The system's web view links its own SQLite; without this its calls could bind to the
    // encrypted one inside this executable.
    println!("cargo:rustc-link-arg=-Wl,--exclude-libs,ALL");

    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) =
        tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
    {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
