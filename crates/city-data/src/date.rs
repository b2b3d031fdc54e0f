//! The forms in which city services write days and times.
//!
//! | form | written by |
//! | --- | --- |
//! | `2002-02-02` | youth services, library |
//! | `2021-08-31 00:00` | youth services |
//! | `1981-12-29T15:08:25.080157+00:00` | Culture Kids, Varaamo (ISO 8601) |
//! | `31-08-2021 12:30:00`, `31-08-2021` | berths |
//!
//! Never guesses: a text that is not wholly one of these, or names a day that does not exist, is
//! words and not a date.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// A day, or a day with a time.
#[derive(Debug, PartialEq)]
pub(crate) enum When {
    Day(Date),
    Moment {
        civil: DateTime,
        offset: Option<Offset>,
    },
}

/// Reads `text` if the whole of it is a date.
pub(crate) fn parse(text: &str) -> Option<When> {
    if !(10..=40).contains(&text.len()) {
        return None;
    }
    let mut rest = Cursor(text.as_bytes());
    let date = rest.date()?;
    if rest.0.is_empty() {
        return Some(When::Day(date));
    }
    if !(rest.eat(b'T') || rest.eat(b't') || rest.eat(b' ')) {
        return None;
    }
    let civil = rest.time(date)?;
    let offset = rest.offset()?;
    rest.0.is_empty().then_some(When::Moment { civil, offset })
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn date(&mut self) -> Option<Date> {
        if matches!(self.0, [_, _, b'-', _, _, b'-', ..]) {
            let day = self.number(2)?;
            self.expect(b'-')?;
            let month = self.number(2)?;
            self.expect(b'-')?;
            return civil_date(self.number(4)?, month, day);
        }
        let year = self.number(4)?;
        self.expect(b'-')?;
        let month = self.number(2)?;
        self.expect(b'-')?;
        civil_date(year, month, self.number(2)?)
    }

    fn time(&mut self, date: Date) -> Option<DateTime> {
        let hour = self.number(2)?;
        self.expect(b':')?;
        let minute = self.number(2)?;
        let second = if self.eat(b':') { self.number(2)? } else { 0 };
        let nanosecond = if self.eat(b'.') { self.fraction()? } else { 0 };
        DateTime::new(
            date.year(),
            date.month(),
            date.day(),
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            nanosecond,
        )
        .ok()
    }

    /// Reads nothing, `Z`, `+03`, `+0300` or `+03:00`.
    fn offset(&mut self) -> Option<Option<Offset>> {
        if self.0.is_empty() {
            return Some(None);
        }
        if self.eat(b'Z') || self.eat(b'z') {
            return Some(Some(Offset::UTC));
        }
        let sign = if self.eat(b'-') {
            -1
        } else {
            self.expect(b'+')?;
            1
        };
        let hours = self.number(2)?;
        self.eat(b':');
        let minutes = if self.0.is_empty() {
            0
        } else {
            self.number(2)?
        };
        if hours > 23 || minutes > 59 {
            return None;
        }
        let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
        Some(Some(Offset::from_seconds(seconds).ok()?))
    }

    /// Reads the digits after the point as nanoseconds, and drops those finer than that.
    fn fraction(&mut self) -> Option<i32> {
        let mut nanoseconds = i32::from(self.number(1)?);
        let mut places = 1;
        while let [digit @ b'0'..=b'9', rest @ ..] = self.0 {
            self.0 = rest;
            if places < 9 {
                nanoseconds = nanoseconds * 10 + i32::from(digit - b'0');
                places += 1;
            }
        }
        Some(nanoseconds * 10_i32.pow(9 - places))
    }

    fn number(&mut self, digits: usize) -> Option<i16> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i16::from(byte - b'0'))
        })
    }

    fn eat(&mut self, byte: u8) -> bool {
        match self.0 {
            [first, rest @ ..] if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }
}

fn civil_date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::year_first("2002-02-03")]
    #[case::day_first("03-02-2002")]
    fn a_day_is_read_in_both_orders(#[case] text: &str) {
        assert_eq!(parse(text), Some(When::Day(date(2002, 2, 3))));
    }

    #[rstest]
    #[case::iso("1981-12-29T15:08:25.080157+00:00", 25, 80_157_000, Some(0))]
    #[case::iso_zulu("1981-12-29T15:08:25Z", 25, 0, Some(0))]
    #[case::iso_in_finland("1981-12-29T15:08:25+02:00", 25, 0, Some(7200))]
    #[case::iso_west("1981-12-29T15:08:25-0330", 25, 0, Some(-12_600))]
    #[case::python_str("1981-12-29 15:08:25.5+00:00", 25, 500_000_000, Some(0))]
    #[case::iso_without_offset("1981-12-29T15:08", 0, 0, None)]
    #[case::youth_services("1981-12-29 15:08", 0, 0, None)]
    #[case::berths("29-12-1981 15:08:25", 25, 0, None)]
    #[case::finer_than_a_nanosecond("1981-12-29T15:08:25.0801570001Z", 25, 80_157_000, Some(0))]
    fn a_moment_is_read_with_its_offset_if_it_has_one(
        #[case] text: &str,
        #[case] second: i8,
        #[case] nanosecond: i32,
        #[case] offset: Option<i32>,
    ) {
        let civil = date(1981, 12, 29).to_datetime(time(15, 8, second, nanosecond));
        let offset = offset.map(|seconds| Offset::from_seconds(seconds).unwrap());

        assert_eq!(parse(text), Some(When::Moment { civil, offset }));
    }

    #[rstest]
    #[case("2021-02-30")]
    #[case("32-01-2021")]
    #[case("2021-13-01 10:00")]
    #[case("2021-08-31 25:00")]
    #[case("2021-08-31 10:00 (589)")]
    #[case("2021-08-31T")]
    #[case("2021-08-31T10:00+99:00")]
    #[case("2021-8-31x")]
    #[case("040-1234567")]
    #[case("010190-123X")]
    #[case("äö-02-2002x")]
    #[case("")]
    fn what_is_not_wholly_a_date_is_words(#[case] text: &str) {
        assert_eq!(parse(text), None);
    }
}
