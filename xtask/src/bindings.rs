//! The TypeScript types of what crosses into the window: `ui/src/backend/bindings.ts`.

use anyhow::Result;

use crate::{setup, shell};

/// Writes them anew. The same test compares them when this is not asked for.
pub(crate) fn write() -> Result<()> {
    setup::everything()?;
    shell::run(
        shell::cargo()
            .args(["nextest", "run", "--package", "app", "--test", "bindings"])
            .env("UPDATE_BINDINGS", "1"),
    )
}
