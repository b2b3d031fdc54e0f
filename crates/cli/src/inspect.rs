//! `lokero inspect`: a city's export as a tree that people can read, or as JSON for programs.
//!
//! Never changes the file, and never lets it change the terminal: see [`tree`].

mod json;
mod tree;

use std::io::Write;
use std::path::PathBuf;

use city_data::{
    DOWNLOAD_ROOT, Export, FlatNode, Language, LocalText, MAX_BYTES, label, service_label,
};

use crate::outcome::Failure;
use crate::terminal::{clean, fetch, language_parser, system_language};
use crate::words;

/// Prints a city's export of personal data as a readable tree
///
/// Passwords and personal identity codes are covered with •••. The digest and size of the file are
/// printed, and what was unusual about it.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file, as downloaded from the city; - reads standard input
    file: PathBuf,
    /// The language of labels and messages; if not given, that of the system
    #[arg(long, value_name = "LANGUAGE", value_parser = language_parser())]
    lang: Option<Language>,
    /// Print JSON of a stable form, lokero-inspect/1, instead of a tree
    #[arg(long)]
    json: bool,
    /// Show what is covered
    #[arg(long)]
    show_hidden: bool,
}

/// Reads the file and prints it to `out`.
pub(crate) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let language = arguments.lang.unwrap_or_else(system_language);
    let name = clean(&arguments.file.display().to_string());
    let fail = |reason: String| Failure::Said(format!("{name}: {reason}"));

    let bytes = fetch(&arguments.file, MAX_BYTES)
        .map_err(|error| fail(words::io_error(&error, language)))?;
    let export =
        city_data::read(&bytes).map_err(|error| fail(words::read_error(error, language)))?;
    let view = View {
        export: &export,
        services: export.services().iter().map(service_label).collect(),
        language,
        show_hidden: arguments.show_hidden,
    };
    if arguments.json {
        json::print(&view, out)?;
    } else {
        tree::print(&view, &name, out)?;
    }
    Ok(())
}

/// An export, and how the person wants to see it.
struct View<'a> {
    export: &'a Export,
    /// The label of each service, in the file's order.
    services: Vec<LocalText>,
    language: Language,
    show_hidden: bool,
}

impl View<'_> {
    /// Returns the rows of the export, each with its label.
    fn rows(&self) -> impl Iterator<Item = (FlatNode<'_>, LocalText)> {
        let mut services = self.services.iter();
        let service_depth = u32::from(self.export.root.key == DOWNLOAD_ROOT);
        city_data::flatten(&self.export.root).map(move |row| {
            let service = services
                .as_slice()
                .first()
                .filter(|_| row.depth == service_depth);
            let label = match service {
                Some(words) => {
                    services.next();
                    words.clone()
                }
                None => label(&row.path),
            };
            (row, label)
        })
    }
}
