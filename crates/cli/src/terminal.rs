//! What the sub-commands share with the person's terminal: a language, files, and what is printed.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use city_data::Language;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Takes in a file up to one byte more than `most`, so that a device cannot fill the memory.
/// `-` is standard input.
pub(crate) fn fetch(file: &Path, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = most as u64 + 1;
    if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Reads a language by its code.
pub(crate) fn language_parser() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(Language::ALL.map(Language::code)).map(|code| {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .unwrap_or_default()
    })
}

/// The language of the system's messages (POSIX, 8.2), or English.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is a shell: its settings are in the environment"
)]
pub(crate) fn system_language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty())
        .and_then(|locale| Language::from_locale(&locale))
        .unwrap_or(Language::En)
}

/// Replaces what a terminal would obey, but for the end of a line.
pub(crate) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|character| match character {
            '\n' => '\n',
            '\t' => ' ',
            '\u{61C}' | '\u{200E}' | '\u{200F}' => char::REPLACEMENT_CHARACTER,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            other if other.is_control() => char::REPLACEMENT_CHARACTER,
            other => other,
        })
        .collect()
}
