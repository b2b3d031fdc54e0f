//! A session bus on which only the test and the app are.

use std::{fs, path::Path, process::Stdio};

use rustix::process::Signal;

use super::process::{Group, tied};

/// Names no folder of services, so that nothing is started because somebody asks for it.
const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// The bus; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Bus {
    address: String,
    _daemon: Group,
}

impl Bus {
    /// Starts a bus that keeps its configuration in `folder`.
    pub(super) fn start(folder: &Path) -> Self {
        let configuration = folder.join("bus.conf");
        let text = CONFIGURATION.replace("FOLDER", &folder.display().to_string());
        fs::write(&configuration, text).unwrap();
        let mut daemon = Group::start(
            tied("dbus-daemon")
                .arg("--config-file")
                .arg(configuration)
                .args(["--nofork", "--print-address=1"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
            Signal::TERM,
        );
        Self {
            address: daemon.announcement(),
            _daemon: daemon,
        }
    }

    /// Returns where the bus is reached.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}
