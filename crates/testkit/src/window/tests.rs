//! What the tests of the window rely on, tried on a small page in WebKit's own browser.

mod desktop;
mod sign_in;
mod small_page;
