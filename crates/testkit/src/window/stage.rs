//! A computer of one's own for one test.

use std::{
    env, fs,
    ops::Deref,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    browser::BrowserDouble,
    bus::Bus,
    driver::Driver,
    notifications::NotificationListener,
    part::Part,
    picture::{Picture, Rectangle},
    process::{running_with, tied},
    screen::Screen,
    wait::{PATIENCE, until, within},
};

/// The variable by which everything that runs on a stage is known.
const MARK: &str = "LOKERO_STAGE";

/// A home folder, a screen, a session bus and a browser that nobody else has.
///
/// It outlives the app: what a test opens after closing is what a person finds the next day.
#[derive(Debug)]
pub struct Stage {
    folder: TempDir,
    screen: Arc<Screen>,
    bus: Bus,
    browser: BrowserDouble,
    variables: Vec<(String, String)>,
}

impl Stage {
    /// Sets the stage, in Finnish.
    ///
    /// # Panics
    ///
    /// If Xvfb or dbus-daemon cannot be started.
    #[must_use]
    pub fn set() -> Self {
        let folder = TempDir::with_prefix("lokero-stage-").unwrap();
        for name in ["home", "run", "bin", "screen"] {
            let path = folder.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        }
        Self {
            screen: Arc::new(Screen::start(&folder.path().join("screen"))),
            bus: Bus::start(folder.path()),
            browser: BrowserDouble::install(&folder.path().join("bin"), folder.path()),
            variables: vec![("LANG".to_owned(), "fi_FI.UTF-8".to_owned())],
            folder,
        }
    }

    /// Changes what the app finds in its environment, such as `LANG`.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Returns the home folder, in which the app keeps its files.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Returns the browser that opens when the app asks for one.
    #[must_use]
    pub const fn browser(&self) -> &BrowserDouble {
        &self.browser
    }

    /// Returns a desktop that shows notifications. Without it there is none on this stage.
    pub async fn notifications(&self) -> NotificationListener {
        NotificationListener::start(self.bus.address()).await
    }

    /// Returns a command that runs `program` on this stage.
    ///
    /// # Panics
    ///
    /// If the search path of this process is not one.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let home = self.home();
        let path = env::var_os("PATH").unwrap_or_default();
        let bin = self.folder.path().join("bin");
        let path = env::join_paths(std::iter::once(bin).chain(env::split_paths(&path))).unwrap();

        let mut command = tied(program);
        command
            .env_clear()
            .env("PATH", path)
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("XDG_DATA_HOME", home.join(".local/share"))
            .env("XDG_STATE_HOME", home.join(".local/state"))
            .env("XDG_CACHE_HOME", home.join(".cache"))
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("DISPLAY", self.screen.display())
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus.address())
            .env("NO_AT_BRIDGE", "1")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env(MARK, self.folder.path())
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts the app and waits until its page is there.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub async fn open(&self, app: &Path) -> Window<'_> {
        self.open_with(app, &[]).await
    }

    /// Starts the app with arguments.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub async fn open_with(&self, app: &Path, arguments: &[&str]) -> Window<'_> {
        let mut command = self.command("WebKitWebDriver");
        let log = fs::File::create(self.folder.path().join("app.log")).unwrap();
        command.stdout(log.try_clone().unwrap()).stderr(log);
        let arguments: Vec<String> = arguments.iter().copied().map(str::to_owned).collect();
        let window = Window {
            whole: Part {
                driver: Arc::new(Driver::start(command, app, &arguments).await),
                screen: Arc::clone(&self.screen),
                root: None,
            },
            stage: self,
        };
        until("the page to be loaded", PATIENCE, async || {
            let script = "return document.readyState === 'complete';";
            let state = window.driver.script(script, &json!([])).await;
            (state.ok()? == Value::Bool(true)).then_some(())
        })
        .await;
        window
    }

    /// Returns what the app and the driver printed since the app was last started.
    ///
    /// # Panics
    ///
    /// If the app was never started.
    #[must_use]
    pub fn printed(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join("app.log")).unwrap()).into_owned()
    }

    /// Lists the programs that run on this stage: the driver, the app, what the app started.
    #[must_use]
    pub fn running(&self) -> Vec<String> {
        running_with(&format!("{MARK}={}", self.folder.path().display()))
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.running(), [""; 0], "still running on this stage");
        }
    }
}

/// The app's window. The app is killed when this is dropped without being closed.
#[derive(Debug)]
pub struct Window<'stage> {
    whole: Part,
    stage: &'stage Stage,
}

impl Deref for Window<'_> {
    type Target = Part;

    fn deref(&self) -> &Part {
        &self.whole
    }
}

impl Drop for Window<'_> {
    fn drop(&mut self) {
        self.driver.kill();
    }
}

impl Window<'_> {
    /// Makes the window this large, its frame included.
    ///
    /// # Panics
    ///
    /// If the window does not change.
    pub async fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height });
        self.driver
            .post("window/rect", &size)
            .await
            .unwrap_or_else(|refused| {
                panic!("cannot make the window {width} × {height}: {refused}")
            });
    }

    /// Saves what is to be seen of the window, once it has stopped changing, as
    /// `target/screenshots/<name>.png`.
    ///
    /// # Panics
    ///
    /// If the window never stops changing, or shows nothing.
    pub async fn screenshot(&self, name: &str) -> Picture {
        // Two frames: what was asked for before this has been drawn after them.
        let drawn = "const done = arguments[0];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        let body = json!({ "script": drawn, "args": [] });
        let answer = self.driver.post("execute/async", &body).await;
        answer.unwrap_or_else(|refused| panic!("the page is not drawn: {refused}"));

        let mut before = None;
        let picture = until("the window to stop changing", PATIENCE, async || {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let picture = self.picture().await?;
            let is_still = before.as_ref() == Some(&picture) && !picture.is_blank();
            before = Some(picture.clone());
            is_still.then_some(picture)
        })
        .await;
        picture.save(&pictures("screenshots").join(format!("{name}.png")));
        picture
    }

    /// Closes the app, lets it end by itself, and sees to it that nothing is left of it.
    ///
    /// # Panics
    ///
    /// If a program that was started with the app is still running.
    pub async fn close(self) {
        self.driver.quit().await;
        let stage = self.stage;
        let only_driver = async || (stage.running().len() <= 1).then_some(());
        within(Duration::from_secs(3), only_driver).await;
        self.kill().await;
    }

    /// Kills the app, as a power cut would.
    ///
    /// # Panics
    ///
    /// If a program that was started with the app is still running.
    pub async fn kill(self) {
        let stage = self.stage;
        self.driver.kill();
        let gone = within(PATIENCE, async || stage.running().is_empty().then_some(())).await;
        assert!(gone.is_some(), "left running: {:?}", stage.running());
    }

    async fn picture(&self) -> Option<Picture> {
        let rectangle = self.driver.get("window/rect").await.ok()?;
        let side = |name| {
            let side = rectangle.get(name)?.as_f64()?;
            format!("{:.0}", side.max(0.0)).parse::<usize>().ok()
        };
        Some(self.screen.picture(Rectangle {
            left: side("x")?,
            top: side("y")?,
            width: side("width")?,
            height: side("height")?,
        }))
    }
}

/// Returns the folder for pictures beside what cargo built this test into.
pub(super) fn pictures(folder: &str) -> PathBuf {
    built(3).join(folder)
}

/// Returns the app that was built beside this test.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn desktop_binary() -> PathBuf {
    let binary = built(2).join("lokero-desktop");
    assert!(
        binary.exists(),
        "{} is not built: `cargo xtask test window` builds it first",
        binary.display()
    );
    binary
}

/// Returns the folder that is so many levels above this test (`target/debug/deps/window-1f2e`).
fn built(levels: usize) -> PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(levels).unwrap().to_owned()
}
