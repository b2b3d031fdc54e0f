//! A part of the window, and what a person does in it.

use std::{fmt, sync::Arc};

use serde_json::{Value, json};

use super::{
    driver::{Driver, Refused},
    picture::Rectangle,
    role::Role,
    screen::Screen,
    wait::{PATIENCE, within},
};

/// By this name the protocol marks a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Lists what is below the first argument, can be seen, and matches the second.
const VISIBLE: &str = "
    const [root, selector] = arguments;
    return [...(root ?? document).querySelectorAll(selector)].filter((element) =>
        element.checkVisibility({ checkVisibilityCSS: true }) && element.getClientRects().length);";

/// Finds what a person would press to reach a box that is drawn by its label.
const LABEL: &str = "return arguments[0].labels?.[0] ?? null;";

/// What the driver says of a box under its label.
const COVERED: [&str; 2] = ["element click intercepted", "element not interactable"];

/// Says where a thing is.
const PLACE: &str = "
    const { x, y, width, height } = arguments[0].getBoundingClientRect();
    return [x, y, width, height];";

/// How long a thing must stay where it is.
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_millis(60);

/// How often a thing that never stands still is looked at.
const MOST_LOOKS: u32 = 30;

/// A key that has a name and no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next thing.
    Tab,
    /// Does it.
    Enter,
    /// Rather not.
    Escape,
    /// Ticks and presses.
    Space,
    /// Up in a list.
    Up,
    /// Down in a list.
    Down,
}

impl Key {
    /// Returns the code point that stands for the key in WebDriver, section 17.4.2.
    const fn code(self) -> char {
        match self {
            Self::Tab => '\u{E004}',
            Self::Enter => '\u{E007}',
            Self::Escape => '\u{E00C}',
            Self::Space => ' ',
            Self::Up => '\u{E013}',
            Self::Down => '\u{E015}',
        }
    }
}

/// Something in the window, as the browser knows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Element(String);

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<element>")
    }
}

impl Element {
    fn reference(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(Self(value.get(ELEMENT)?.as_str()?.to_owned()))
    }
}

/// The whole window, or what is inside one thing in it.
#[derive(Clone, Debug)]
pub struct Part {
    pub(super) driver: Arc<Driver>,
    pub(super) screen: Arc<Screen>,
    pub(super) root: Option<Element>,
}

impl Part {
    /// Waits for something with this role and exactly this accessible name.
    ///
    /// # Panics
    ///
    /// If it does not appear.
    pub async fn find(&self, role: Role, name: &str) -> Element {
        let what = format!("a {} called “{name}”", role.name());
        self.wait(&what, async || self.look(role, name).await).await
    }

    /// Waits for that thing and returns what is inside it.
    pub async fn within(&self, role: Role, name: &str) -> Self {
        Self {
            root: Some(self.find(role, name).await),
            ..self.clone()
        }
    }

    /// Lists the names of all that has this role, in the order of the page.
    pub async fn names(&self, role: Role) -> Vec<String> {
        let what = format!("everything that is a {}", role.name());
        self.wait(&what, async || {
            let mut names = Vec::new();
            for element in self.candidates(role).await? {
                names.push(self.property(&element, "computedlabel").await?);
            }
            Ok(Some(names))
        })
        .await
    }

    /// Presses something with the mouse, once it can be pressed.
    pub async fn click(&self, role: Role, name: &str) {
        let what = format!("a {} “{name}” to press", role.name());
        self.wait(&what, async || {
            let Some(element) = self.look(role, name).await? else {
                return Ok(None);
            };
            self.press_with_mouse(&element).await.map(Some)
        })
        .await;
    }

    /// Replaces what is written in the text field with this name.
    pub async fn fill(&self, name: &str, text: &str) {
        let what = format!("a field “{name}” to write in");
        self.wait(&what, async || {
            let Some(element) = self.look(Role::Textbox, name).await? else {
                return Ok(None);
            };
            let path = |action| format!("element/{}/{action}", element.0);
            self.driver.post(&path("clear"), &json!({})).await?;
            let keys = json!({ "text": text });
            self.driver.post(&path("value"), &keys).await.map(Some)
        })
        .await;
    }

    /// Presses a key where the focus is.
    ///
    /// # Panics
    ///
    /// If the window does not take it.
    pub async fn press(&self, key: Key) {
        let stroke = |kind| json!({ "type": kind, "value": key.code() });
        let actions = json!([{
            "type": "key",
            "id": "keyboard",
            "actions": [stroke("keyDown"), stroke("keyUp")],
        }]);
        self.driver
            .post("actions", &json!({ "actions": actions }))
            .await
            .unwrap_or_else(|refused| panic!("cannot press {key:?}: {refused}"));
    }

    /// Returns the role and the name of what has the focus, as a screen reader would say them.
    pub async fn focus(&self) -> (String, String) {
        self.wait("something with the focus", async || {
            let active = self.driver.get("element/active").await?;
            let Some(element) = Element::from_value(&active) else {
                return Ok(None);
            };
            let role = self.property(&element, "computedrole").await?;
            let name = self.property(&element, "computedlabel").await?;
            Ok(Some((role, name)))
        })
        .await
    }

    /// Waits until this text is to be read.
    ///
    /// # Panics
    ///
    /// If it does not appear.
    pub async fn see(&self, text: &str) {
        self.wait(&format!("“{text}” to be read"), async || {
            Ok(self.text().await.contains(text).then_some(()))
        })
        .await;
    }

    /// Waits until this text is not to be read.
    pub async fn see_no_more(&self, text: &str) {
        self.wait(&format!("“{text}” to go away"), async || {
            Ok((!self.text().await.contains(text)).then_some(()))
        })
        .await;
    }

    /// Returns all that is to be read here. Empty while the page is changing.
    pub async fn text(&self) -> String {
        let root = self.root.as_ref().map(Element::reference);
        let script = "return (arguments[0] ?? document.body).innerText;";
        let text = self.driver.script(script, &json!([root])).await;
        text.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Runs `script` as the body of a function in the page. For what a person cannot do, such as
    /// looking for faults with axe.
    ///
    /// # Panics
    ///
    /// If the script throws.
    pub async fn evaluate(&self, script: &str, arguments: &Value) -> Value {
        self.driver
            .script(script, arguments)
            .await
            .unwrap_or_else(|refused| panic!("the script failed: {refused}"))
    }

    async fn look(&self, role: Role, name: &str) -> Result<Option<Element>, Refused> {
        for element in self.candidates(role).await? {
            if self.property(&element, "computedlabel").await? == name {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    async fn candidates(&self, role: Role) -> Result<Vec<Element>, Refused> {
        let root = self.root.as_ref().map(Element::reference);
        let selector = format!("[role={}], {}", role.name(), role.elements());
        let listed = self
            .driver
            .script(VISIBLE, &json!([root, selector]))
            .await?;
        let mut found = Vec::new();
        for element in listed.as_array().into_iter().flatten() {
            if let Some(element) = Element::from_value(element)
                && self.property(&element, "computedrole").await? == role.name()
            {
                found.push(element);
            }
        }
        Ok(found)
    }

    async fn property(&self, element: &Element, property: &str) -> Result<String, Refused> {
        let value = self
            .driver
            .get(&format!("element/{}/{property}", element.0))
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    async fn press_with_mouse(&self, element: &Element) -> Result<(), Refused> {
        self.until_still(element).await?;
        let click = async |element: &Element| {
            let path = format!("element/{}/click", element.0);
            self.driver.post(&path, &json!({})).await.map(drop)
        };
        match click(element).await {
            Err(refused) if COVERED.contains(&refused.error.as_str()) => {
                let label = self
                    .driver
                    .script(LABEL, &json!([element.reference()]))
                    .await?;
                match Element::from_value(&label) {
                    Some(label) => click(&label).await,
                    None => Err(refused),
                }
            }
            outcome => outcome,
        }
    }

    /// A person aims at a thing that has stopped moving, or gives up waiting for that.
    async fn until_still(&self, element: &Element) -> Result<(), Refused> {
        let mut before = Value::Null;
        for _ in 0..MOST_LOOKS {
            let now = self
                .driver
                .script(PLACE, &json!([element.reference()]))
                .await?;
            if now == before {
                return Ok(());
            }
            before = now;
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Ok(())
    }

    /// Waits for `look`. What could be read and seen when patience ends is part of the message.
    async fn wait<T>(
        &self,
        what: &str,
        mut look: impl AsyncFnMut() -> Result<Option<T>, Refused>,
    ) -> T {
        let mut refusal = String::new();
        let found = within(PATIENCE, async || match look().await {
            Ok(found) => found,
            // The page may have changed between two questions about it.
            Err(refused) => {
                refusal = format!(" ({refused})");
                None
            }
        })
        .await;
        if let Some(found) = found {
            return found;
        }
        let picture = super::stage::pictures("screenshots-of-failures").join("last.png");
        self.screen.picture(Rectangle::WHOLE).save(&picture);
        panic!(
            "waited {PATIENCE:?} in vain for {what}{refusal}; to be read:\n{}\nto be seen: {}",
            self.text().await,
            picture.display()
        );
    }
}
