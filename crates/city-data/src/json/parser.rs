//! The grammar of RFC 8259, with the bounds of [`crate::read()`].
//!
//! It accepts what the standard accepts and nothing else, with one exception: an escaped half of a
//! surrogate pair, which no text can hold, reads as U+FFFD and is reported. The nesting is counted
//! before a level is entered, so that no file can exhaust the stack.

use super::Json;
use crate::read::{MAX_DEPTH, MAX_TEXT_BYTES, MAX_VALUES, ReadError};

/// What a text said, and whether a character had to be replaced.
pub(crate) struct Parsed {
    pub(crate) json: Json,
    pub(crate) replaced_characters: bool,
}

/// Reads `text` as one JSON value.
pub(crate) fn parse(text: &str) -> Result<Parsed, ReadError> {
    let mut parser = Parser {
        text,
        at: 0,
        values: 0,
        depth: 0,
        replaced_characters: false,
    };
    parser.skip_space();
    let json = parser.value()?;
    parser.skip_space();
    if parser.peek().is_some() {
        return Err(parser.not_json());
    }
    Ok(Parsed {
        json,
        replaced_characters: parser.replaced_characters,
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    depth: usize,
    replaced_characters: bool,
}

impl<'a> Parser<'a> {
    fn value(&mut self) -> Result<Json, ReadError> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(ReadError::TooManyValues);
        }
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number().map(Json::Number),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.not_json()),
        }
    }

    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Json, ReadError>,
    ) -> Result<Json, ReadError> {
        if self.depth == MAX_DEPTH {
            return Err(ReadError::TooDeep);
        }
        self.depth += 1;
        let json = read(self);
        self.depth -= 1;
        json
    }

    fn object(&mut self) -> Result<Json, ReadError> {
        let mut members = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.not_json());
            }
            let name = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            self.skip_space();
            let value = self.value()?;
            members.push((name, value));
            self.skip_space();
            if self.eat(b'}') {
                members.shrink_to_fit();
                return Ok(Json::Object(members));
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    fn list(&mut self) -> Result<Json, ReadError> {
        let mut items = Vec::new();
        self.at += 1;
        self.skip_space();
        if self.eat(b']') {
            return Ok(Json::List(items));
        }
        loop {
            let item = self.value()?;
            items.push(item);
            self.skip_space();
            if self.eat(b']') {
                items.shrink_to_fit();
                return Ok(Json::List(items));
            }
            self.expect(b',')?;
            self.skip_space();
        }
    }

    fn string(&mut self) -> Result<String, ReadError> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let run = self.run_of_plain_characters();
            if text.len() + run.len() > MAX_TEXT_BYTES {
                return Err(ReadError::TextTooLong);
            }
            text.push_str(run);
            if self.eat(b'"') {
                return Ok(text);
            }
            if !self.eat(b'\\') {
                return Err(self.not_json());
            }
            let character = self.escape()?;
            text.push(character);
        }
    }

    /// Takes characters up to a quotation mark, a backslash or a control character.
    fn run_of_plain_characters(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest
            .bytes()
            .position(|byte| byte == b'"' || byte == b'\\' || byte < 0x20)
            .unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn escape(&mut self) -> Result<char, ReadError> {
        let Some(byte) = self.peek() else {
            return Err(self.not_json());
        };
        let character = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode_escape();
            }
            _ => return Err(self.not_json()),
        };
        self.at += 1;
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Result<char, ReadError> {
        let unit = self.four_digits()?;
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        let after_the_unit = self.at;
        if (0xD800..0xDC00).contains(&unit) && self.eat(b'\\') && self.eat(b'u') {
            let low = self.four_digits()?;
            if (0xDC00..0xE000).contains(&low) {
                let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                return char::from_u32(code).ok_or_else(|| self.not_json());
            }
        }
        self.at = after_the_unit;
        self.replaced_characters = true;
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Result<u32, ReadError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self
                .peek()
                .and_then(|byte| char::from(byte).to_digit(16))
                .ok_or_else(|| self.not_json())?;
            self.at += 1;
            code = code * 16 + digit;
        }
        Ok(code)
    }

    fn number(&mut self) -> Result<String, ReadError> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            if !self.eat(b'+') {
                self.eat(b'-');
            }
            self.digits()?;
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        if written.len() > MAX_TEXT_BYTES {
            return Err(ReadError::TextTooLong);
        }
        Ok(written.to_owned())
    }

    fn digits(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start {
            return Err(self.not_json());
        }
        Ok(())
    }

    fn word(&mut self, word: &str, json: Json) -> Result<Json, ReadError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(self.not_json());
        }
        self.at += word.len();
        Ok(json)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, byte: u8) -> Result<(), ReadError> {
        if self.eat(byte) {
            Ok(())
        } else {
            Err(self.not_json())
        }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The place where the text stops being JSON, counted in lines and characters from 1.
    fn not_json(&self) -> ReadError {
        let before = self.text.get(..self.at).unwrap_or(self.text);
        let last_line = before.rsplit('\n').next().unwrap_or_default();
        ReadError::NotJson {
            line: before.matches('\n').count() + 1,
            column: last_line.chars().count() + 1,
        }
    }
}
