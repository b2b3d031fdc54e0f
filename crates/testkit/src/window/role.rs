//! What a thing in the window is, in the words of WAI-ARIA.

/// A role by which a person, or their screen reader, tells things apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Says something at once.
    Alert,
    /// One matter of several, such as a permission in a list.
    Article,
    /// Does something.
    Button,
    /// Yes or no.
    Checkbox,
    /// A choice from a list that opens.
    Combobox,
    /// Asks before anything else can be done.
    Dialog,
    /// Things that belong together.
    Group,
    /// The title of what follows.
    Heading,
    /// Leads elsewhere.
    Link,
    /// One of several in a list.
    ListItem,
    /// A way through the window.
    Navigation,
    /// An entry of a list that opens.
    Option,
    /// One of several, of which one is chosen.
    Radio,
    /// A part of the page with a name of its own.
    Region,
    /// A line of a table.
    Row,
    /// Says something when there is time.
    Status,
    /// A sheet of several.
    Tab,
    /// Takes text; a passphrase too.
    Textbox,
}

impl Role {
    /// Returns the name that the browser gives the role.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Article => "article",
            Self::Button => "button",
            Self::Checkbox => "checkbox",
            Self::Combobox => "combobox",
            Self::Dialog => "dialog",
            Self::Group => "group",
            Self::Heading => "heading",
            Self::Link => "link",
            Self::ListItem => "listitem",
            Self::Navigation => "navigation",
            Self::Option => "option",
            Self::Radio => "radio",
            Self::Region => "region",
            Self::Row => "row",
            Self::Status => "status",
            Self::Tab => "tab",
            Self::Textbox => "textbox",
        }
    }

    /// Returns the elements that may have the role without saying so.
    pub(super) const fn elements(self) -> &'static str {
        match self {
            Self::Alert | Self::Status | Self::Tab => "output",
            Self::Article => "article",
            Self::Button => "button, summary, input[type=button], input[type=submit]",
            Self::Checkbox => "input[type=checkbox]",
            Self::Combobox => "select, input[list]",
            Self::Dialog => "dialog",
            Self::Group => "fieldset, details",
            Self::Heading => "h1, h2, h3, h4, h5, h6",
            Self::Link => "a[href]",
            Self::ListItem => "li",
            Self::Navigation => "nav",
            Self::Option => "option",
            Self::Radio => "input[type=radio]",
            Self::Region => "section",
            Self::Row => "tr",
            Self::Textbox => {
                "textarea, input:not([type]), input[type=text], input[type=password], \
                 input[type=email], input[type=search], input[type=tel], input[type=url]"
            }
        }
    }
}
