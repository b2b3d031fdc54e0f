//! `lokero verify`: whether a proof bundle proves what it says, checked without a network.
//!
//! Says what was checked and what was believed. A bundle that does not hold is not an error of the
//! file: it is printed in full, and the exit status is 1.

mod json;
mod text;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};

use city_data::Language;
use operator_protocol::ProtocolError;
use operator_protocol::bundle::{self, BundleReport, KeyTrust};
use operator_protocol::key::{Jwk, JwkSet, PublicKey};
use operator_protocol::limits;

use crate::outcome::Failure;
use crate::terminal::{clean, fetch, language_parser, system_language};
use crate::words::io_error;

/// Checks a proof bundle and says in plain words what holds and what does not
///
/// Without --operator-key, the operator's keys are taken out of the file: that proves that its
/// parts belong together, not who the operator is. The exit status is 0 only if all holds.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The proof bundle; - reads standard input
    file: PathBuf,
    /// Believe only this key of the operator: its thumbprint, or a file with it as JWK or key set;
    /// may be given several times
    #[arg(long = "operator-key", value_name = "THUMBPRINT", value_parser = read_key)]
    operator_keys: Vec<Pins>,
    /// The language of the words; if not given, that of the system
    #[arg(long, value_name = "LANGUAGE", value_parser = language_parser())]
    lang: Option<Language>,
    /// Print JSON of a stable form, lokero-verify/1, instead of words
    #[arg(long)]
    json: bool,
}

/// The thumbprints that one `--operator-key` gives.
#[derive(Clone)]
struct Pins(Vec<String>);

/// A report, and how the person wants to see it.
struct View<'a> {
    report: &'a BundleReport,
    language: Language,
}

/// Reads the bundle, checks it, and prints what was found to `out`.
pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let language = arguments.lang.unwrap_or_else(system_language);
    let name = clean(&arguments.file.display().to_string());
    let fail = |reason: &str| Failure::Said(format!("{name}: {reason}"));

    let bytes = fetch(&arguments.file, bundle::MAX_BYTES)
        .map_err(|error| fail(&io_error(&error, language)))?;
    let pins: Vec<String> = arguments
        .operator_keys
        .iter()
        .flat_map(|pins| pins.0.clone())
        .collect();
    let report = if pins.is_empty() {
        bundle::verify(&bytes)
    } else {
        bundle::verify_pinned(&bytes, &pins)
    };
    let report = report.map_err(|error| fail(words::unreadable(error, language)))?;

    let view = View {
        report: &report,
        language,
    };
    if arguments.json {
        json::print(&view, out)?;
    } else {
        text::print(&view, &name, out)?;
    }
    out.flush()?;
    if report.holds() {
        Ok(())
    } else {
        Err(fail(words::does_not_hold(language)))
    }
}

/// Reads a thumbprint, or the thumbprints of the keys in a file.
fn read_key(text: &str) -> Result<Pins, String> {
    if is_thumbprint(text) {
        return Ok(Pins(vec![text.to_owned()]));
    }
    let bytes = fetch(Path::new(text), limits::MAX_DOCUMENT_BYTES)
        .map_err(|_| "neither a thumbprint nor a file that can be read".to_owned())?;
    let keys: Result<JwkSet, ProtocolError> = limits::parse(&bytes, limits::MAX_DOCUMENT_BYTES);
    let pins = match keys {
        Ok(set) => set.thumbprints(),
        Err(_) => limits::parse::<Jwk>(&bytes, limits::MAX_DOCUMENT_BYTES)
            .and_then(|jwk| PublicKey::try_from(&jwk))
            .map(|key| vec![key.thumbprint()])
            .unwrap_or_default(),
    };
    if pins.is_empty() {
        return Err("the file holds no Ed25519 key".to_owned());
    }
    Ok(Pins(pins))
}

/// A SHA-256 in base64url has 43 characters.
fn is_thumbprint(text: &str) -> bool {
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    text.len() == 43 && text.bytes().all(is_base64url)
}

/// The keys that were believed.
fn believed(trust: &KeyTrust) -> &[String] {
    match trust {
        KeyTrust::Bundle(thumbprints) | KeyTrust::Pinned(thumbprints) => thumbprints,
    }
}
