//! Rules that are held by reading the files. Each says what is wrong where, and how to mend it.

mod adrs;
mod locks;
pub(crate) mod migrations;
mod modules;
mod size;
mod spans;
mod words;

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::workspace;

/// A file written by hand, as the rules see it.
struct Source {
    /// Its path from the root, with forward slashes.
    path: String,
    text: String,
}

/// Files that a task writes; the rules for what is written by hand do not hold there.
const GENERATED: &[&str] = &[
    "Cargo.lock",
    "ui/package-lock.json",
    "ui/src/backend/bindings.ts",
];

/// Checks every rule and fails with everything that is wrong.
pub(crate) fn check() -> Result<()> {
    let root = workspace::root();
    let mut faults = Vec::new();
    for source in sources(&root)? {
        faults.extend(size::faults(&source));
        faults.extend(words::faults(&source));
        faults.extend(modules::faults(&source));
        faults.extend(spans::faults(&source));
    }
    faults.extend(adrs::faults(&root)?);
    faults.extend(locks::faults(&root)?);
    faults.extend(migrations::faults(&root.join("migrations"))?);

    if faults.is_empty() {
        return Ok(());
    }
    for fault in &faults {
        eprintln!("{fault}");
    }
    bail!("tidy found {} faults", faults.len())
}

fn sources(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in workspace::files(root)? {
        let name = workspace::from_root(&path);
        let is_text = workspace::has_extension(
            &path,
            &[
                "css", "html", "js", "json", "md", "rs", "sql", "toml", "ts", "tsx",
            ],
        );
        if is_text && !GENERATED.contains(&name.as_str()) {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
            sources.push(Source { path: name, text });
        }
    }
    Ok(sources)
}

impl Source {
    fn is(&self, extensions: &[&str]) -> bool {
        workspace::has_extension(Path::new(&self.path), extensions)
    }

    /// Returns the numbers of the lines in which `is_wrong` finds something.
    fn lines_where(&self, is_wrong: impl Fn(&str) -> bool) -> impl Iterator<Item = usize> {
        (1..)
            .zip(self.text.lines())
            .filter(move |(_, line)| is_wrong(line))
            .map(|(number, _)| number)
    }
}

#[cfg(test)]
fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
