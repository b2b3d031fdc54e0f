//! Values that must never reach a log line, an error message or a crash report.
//!
//! Wrap a field in [`Personal`] when its type says nothing about whose data it is (`String`, a
//! JSON body), and in [`Secret`] when it opens something. `Debug` prints a placeholder and there
//! is no `Display`, so `{}` does not compile and `{:?}` leaks nothing.
//!
//! **Invariant:** nothing in this crate formats what it holds.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

/// Personal data: readable by code that asks for it, invisible to formatting.
///
/// ```
/// use pii::Personal;
///
/// let name = Personal::new("Aino Virtanen".to_owned());
/// assert_eq!(format!("{name:?}"), "<personal>");
/// assert_eq!(name.reveal(), "Aino Virtanen");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Marks `value` as personal data.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the wrapped value. Call it where the value is stored, sent or shown.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// Gives the wrapped value away.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<personal>")
    }
}

/// A key, token or passphrase: as [`Personal`], and wiped from memory when dropped.
///
/// It does not serialise: who stores a secret reveals it where that happens.
///
/// ```
/// use pii::Secret;
///
/// let passphrase = Secret::new("correct horse".to_owned());
/// assert_eq!(format!("{passphrase:?}"), "<secret>");
/// assert_eq!(passphrase.reveal(), "correct horse");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Marks `value` as secret.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the wrapped value. Call it where the secret is used.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}
