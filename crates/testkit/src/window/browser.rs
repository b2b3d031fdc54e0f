//! The person's browser, of which the app sees only that it can be opened.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use super::{
    page::Page,
    wait::{PATIENCE, until},
};

/// Records the addresses that the app opens, and visits them as a person would.
#[derive(Debug)]
pub struct BrowserDouble {
    opened: PathBuf,
}

impl BrowserDouble {
    /// Puts a program named `xdg-open` into `bin` that appends each address to a file in `folder`.
    pub(super) fn install(bin: &Path, folder: &Path) -> Self {
        let opened = folder.join("opened-addresses");
        fs::write(&opened, "").unwrap();
        let program = bin.join("xdg-open");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n",
            opened.display()
        );
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        Self { opened }
    }

    /// Lists the addresses opened so far, the first first.
    ///
    /// # Panics
    ///
    /// If the record is gone.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.opened).unwrap();
        let whole = text
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'));
        whole.map(|line| line.trim_end().to_owned()).collect()
    }

    /// Waits until the app has opened an address for the `index`th time, the first being 0.
    ///
    /// # Panics
    ///
    /// If it does not open that many.
    pub async fn address(&self, index: usize) -> String {
        until("the app to open the browser", PATIENCE, async || {
            self.addresses().into_iter().nth(index)
        })
        .await
    }

    /// Visits `address`, following where it leads on this computer.
    ///
    /// # Panics
    ///
    /// If it leads nowhere, or away from this computer.
    pub async fn visit(&self, address: &str) -> Page {
        Page::visit(address).await
    }
}
