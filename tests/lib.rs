//! Promises to a person. The tests are in `main.rs` (device, vault and operator in one process)
//! and in `window.rs` (the real window).
