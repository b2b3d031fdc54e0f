//! Drives the real window, as a person at this computer would.
//!
//! A [`Stage`] is a computer of its own: a home folder, a screen, a session bus, a browser and a
//! desktop that shows notifications. [`Stage::open`] starts the app on it and gives a [`Window`],
//! in which things are found by role and accessible name as WebKit tells them to a screen reader.
//! **Nothing here sleeps for a fixed time, and nothing that was started outlives its stage.**
//!
//! ```no_run
//! # async fn example() {
//! use testkit::window::{Role, Stage, desktop_binary};
//!
//! let stage = Stage::set();
//! let window = stage.open(&desktop_binary()).await;
//! window.fill("Salalause", "kolme sanaa ja piste").await;
//! window.click(Role::Button, "Luo holvi").await;
//! window.see("Holvi on auki").await;
//! window.screenshot("open-vault").await;
//! window.close().await;
//! # }
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what goes wrong here fails the test"
)]

mod browser;
mod bus;
mod driver;
mod form;
mod html;
mod notifications;
mod page;
mod part;
mod picture;
mod process;
mod role;
mod screen;
mod stage;
#[cfg(test)]
mod tests;
mod wait;

pub use browser::BrowserDouble;
pub use notifications::{NotificationListener, Shown};
pub use page::Page;
pub use part::{Element, Key, Part};
pub use picture::Picture;
pub use role::Role;
pub use stage::{Stage, Window, desktop_binary};
pub use wait::until;
