//! Whatever a person does, nothing about them is in a log, in a notification, or readable in the
//! vault's files.

use std::{
    fs, io,
    path::Path,
    sync::{Arc, Mutex},
};

use app::Answer;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::SignedDuration;
use operator_sync::Want;
use pii::Personal;
use testkit::{AINO, Device, EERO, Town};

/// A value in a file that the person opens.
const CANARY: &str = "kanarialintu-4711-ääni";

/// Values of Aino's family in the sample city, and what opens her vault.
const OTHERS: [&str; 3] = ["Eero Virtanen", "Kalasatama", "saunavasta kuutamo"];

#[test]
fn no_flow_leaves_a_trace_of_the_person() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer({
            let log = log.clone();
            move || log.clone()
        })
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let town = Town::open();
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("vault");

    let told = live_through_everything(&town, &home, || assert_no_byte_of(&home));

    assert_no_byte_of(&home);
    let log = log.text();
    assert!(
        log.contains("withdraw_permission") && log.contains("import_file"),
        "the flows were logged at all"
    );
    for canary in canaries() {
        assert!(!log.contains(canary), "the log has {canary}");
        assert!(!told.contains(canary), "a notification has {canary}");
    }
    assert!(told.contains("odottaa"), "the person was told: {told}");
}

/// Takes one vault through every flow. Returns what the operating system was told.
fn live_through_everything(town: &Town, home: &Path, while_open: impl Fn()) -> String {
    let mut told = String::new();
    let mut device = Device::in_folder(town, home);
    device.sign_in(AINO);
    device.sync();
    import(&device, town);

    let request = device.ask("esiopetus-ehdotus", EERO);
    tell(&device, town, &mut told);
    device.request(&request);
    device.answer(&request, &Answer::Later).unwrap();
    let permission = device.give(&request, &[]).unwrap();
    device.sync();
    town.wait(SignedDuration::from_mins(1));
    town.pilot().report_access(permission).unwrap();
    device.refresh([Want::AccessLog, Want::Sources, Want::Offers, Want::Consents]);
    let refused = device.ask("kirjaston-suosittelut", AINO);
    device.answer(&refused, &Answer::Refuse).unwrap();
    device.proof(permission);
    device.offers();
    device.uses();
    town.trouble().set_offline(true);
    device.withdraw(permission).unwrap();
    device.withdraw(permission).unwrap_err();
    device.sync();
    tell(&device, town, &mut told);
    while_open();
    device.lock();

    let device = Device::in_folder(town, home);
    device.permission(permission);
    device.lock();
    told
}

fn import(device: &Device<'_>, town: &Town) {
    let file =
        format!(r#"{{"key":"PROFILE","children":[{{"key":"NICKNAME","value":"{CANARY}"}}]}}"#);
    let name = Personal::new(format!("{CANARY}.json"));
    let id = format!("{:032x}", 7).parse().unwrap();
    let now = town.now();
    device
        .with_vault(|vault| app::import_file(vault, &name, file.as_bytes(), id, now))
        .unwrap();
    let broken = format!(r#"{{"key":"{CANARY}"#);
    device
        .with_vault(|vault| app::import_file(vault, &name, broken.as_bytes(), id, now))
        .unwrap_err();
}

fn tell(device: &Device<'_>, town: &Town, told: &mut String) {
    let notification =
        device.with_vault(|vault| app::attention::next_notification(vault, town.now()));
    if let Some(notification) = notification.unwrap() {
        told.push_str(&format!("{notification:?}"));
    }
}

fn canaries() -> impl Iterator<Item = &'static str> {
    std::iter::once(CANARY).chain(OTHERS)
}

/// Fails if a canary is in a file below `folder`, in any of the spellings that a program may use.
fn assert_no_byte_of(folder: &Path) {
    let mut bytes_seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        bytes_seen += bytes.len();
        for canary in canaries() {
            for spelling in spellings(canary) {
                let found = bytes
                    .windows(spelling.len())
                    .any(|window| window == spelling);
                assert!(!found, "{} has {canary}", path.display());
            }
        }
    }
    assert!(
        bytes_seen > 100_000,
        "the vault was written at all: {bytes_seen}"
    );
}

fn spellings(canary: &str) -> [Vec<u8>; 4] {
    let utf16 = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = canary.bytes().map(|byte| format!("{byte:02x}")).collect();
    [
        canary.as_bytes().to_vec(),
        utf16,
        STANDARD
            .encode(canary)
            .trim_end_matches('=')
            .as_bytes()
            .to_vec(),
        hex.into_bytes(),
    ]
}

/// A log that a test can read.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
