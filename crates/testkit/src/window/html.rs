//! Just enough HTML to read a page and fill in a form. Knows no scripts and no styles.

use std::collections::BTreeMap;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The beginning of an element, or an empty one.
    Open(String, BTreeMap<String, String>),
    /// The end of an element.
    Close(String),
    /// What is to be read.
    Text(String),
}

/// Elements whose content is not to be read.
const UNREAD: [&str; 3] = ["script", "style", "title"];

/// Returns what is to be read on a page, with single spaces.
pub(super) fn text(html: &str) -> String {
    let mut words = Vec::new();
    for piece in pieces(html) {
        if let Piece::Text(text) = piece {
            words.extend(text.split_whitespace().map(str::to_owned));
        }
    }
    words.join(" ")
}

/// Takes a page apart.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    let mut unread: Option<String> = None;
    while let Some((text, tag)) = rest.split_once('<') {
        if unread.is_none() && !text.trim().is_empty() {
            pieces.push(Piece::Text(plain(text)));
        }
        let (tag, after) = split_tag(tag);
        rest = after;
        match read_tag(tag) {
            Some(Piece::Close(name)) if unread.as_deref() == Some(&name) => unread = None,
            Some(piece) if unread.is_none() => {
                if let Piece::Open(name, _) = &piece
                    && UNREAD.contains(&name.as_str())
                {
                    unread = Some(name.clone());
                }
                pieces.push(piece);
            }
            _ => {}
        }
    }
    if !rest.trim().is_empty() {
        pieces.push(Piece::Text(plain(rest)));
    }
    pieces
}

/// Splits behind the end of a tag, past any `>` in a quoted value.
fn split_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '>') => {
                let (tag, rest) = text.split_at(at);
                return (tag, rest.strip_prefix('>').unwrap_or_default());
            }
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    (text, "")
}

fn read_tag(tag: &str) -> Option<Piece> {
    if let Some(name) = tag.strip_prefix('/') {
        return Some(Piece::Close(name.trim().to_ascii_lowercase()));
    }
    let tag = tag.trim_end_matches('/');
    let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(end);
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        .then(|| Piece::Open(name.to_ascii_lowercase(), read_attributes(attributes)))
}

fn read_attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return attributes;
        }
        let end = rest
            .find(|letter: char| letter == '=' || letter.is_whitespace())
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => read_value(value.trim_start()),
            None => ("", after),
        };
        attributes.insert(name.to_ascii_lowercase(), plain(value));
        rest = after;
    }
}

fn read_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Replaces the names that stand for characters with a meaning in HTML.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_to_be_read_is_text() {
        let html = "<!doctype html><title>No</title><style>p > b {}</style>
            <p title='a > b'>Kirjaudu &amp; <b>hyväksy</b></p><!-- no -->";

        assert_eq!(text(html), "Kirjaudu & hyväksy");
    }

    #[test]
    fn attributes_are_read_in_every_way_of_writing_them() {
        let pieces = pieces(r#"<input name="a b" value='c"d' type=radio checked />"#);

        let expected = [
            ("name", "a b"),
            ("value", "c\"d"),
            ("type", "radio"),
            ("checked", ""),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(pieces, [Piece::Open("input".to_owned(), expected.into())]);
    }
}
