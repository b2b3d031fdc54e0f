//! What a person was told already. Plain data that the vault stores; never on disk elsewhere.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::Happening;

/// What was shown before, so that it is not shown again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notified(BTreeSet<Happening>);

impl Notified {
    /// Says whether `happening` was shown before.
    pub fn knows(&self, happening: &Happening) -> bool {
        self.0.contains(happening)
    }

    /// Takes in what was shown.
    pub fn remember(&mut self, shown: impl IntoIterator<Item = Happening>) {
        self.0.extend(shown);
    }

    /// Forgets all that no longer holds, so that it is shown if it happens anew.
    ///
    /// A person who signed in again is told when that ends too; a request that was answered
    /// need not be remembered.
    pub fn retain(&mut self, still_holds: impl FnMut(&Happening) -> bool) {
        self.0.retain(still_holds);
    }
}
