//! The command's own words in Finnish, Swedish and English.

use std::io;

use city_data::{Language, MAX_BYTES, MAX_DEPTH, MAX_VALUES, ReadError, WarningKind};

/// Returns the one of three texts that is in `language`.
pub(crate) const fn pick<'a>(language: Language, fi: &'a str, sv: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Fi => fi,
        Language::Sv => sv,
        Language::En => en,
    }
}

/// Returns what was unusual about a file.
pub(crate) const fn warning(kind: WarningKind, language: Language) -> &'static str {
    match kind {
        WarningKind::NotAvailable => pick(
            language,
            "palvelu ei antanut tätä tietoa",
            "tjänsten gav inte denna uppgift",
            "the service did not give this part",
        ),
        WarningKind::NotANodeTree => pick(
            language,
            "tiedosto ei ole kaupungin tietovienti; se näytetään sellaisenaan",
            "filen är inte en export från staden; den visas som den är",
            "the file is not a city export; it is shown as it is",
        ),
        WarningKind::MissingKey => pick(
            language,
            "tiedolla ei ole nimeä",
            "uppgiften saknar namn",
            "a part has no name",
        ),
        WarningKind::UnknownMember => pick(
            language,
            "muoto ei tunne tätä tietoa; se on säilytetty",
            "formatet känner inte till denna uppgift; den har behållits",
            "the format does not know this part; it was kept",
        ),
        WarningKind::DuplicateMember => pick(
            language,
            "sama tieto on kahdesti; molemmat on säilytetty",
            "samma uppgift finns två gånger; båda har behållits",
            "the same part comes twice; both were kept",
        ),
        WarningKind::UnexpectedShape => pick(
            language,
            "tieto on odottamattomassa muodossa; se on säilytetty",
            "uppgiften har en oväntad form; den har behållits",
            "a part has an unexpected form; it was kept",
        ),
        WarningKind::BrokenCharacter => pick(
            language,
            "rikkinäinen merkki on korvattu",
            "ett trasigt tecken har ersatts",
            "a broken character was replaced",
        ),
    }
}

/// Returns why a file cannot be read, as a sentence without its full stop.
pub(crate) fn read_error(error: ReadError, language: Language) -> String {
    let megabytes = MAX_BYTES >> 20;
    let say = |fi: String, sv: String, en: String| match language {
        Language::Fi => fi,
        Language::Sv => sv,
        Language::En => en,
    };
    match error {
        ReadError::Empty => say(
            "tiedosto on tyhjä".into(),
            "filen är tom".into(),
            "the file is empty".into(),
        ),
        ReadError::TooLarge => say(
            format!("tiedosto on yli {megabytes} megatavua"),
            format!("filen är större än {megabytes} megabyte"),
            format!("the file is larger than {megabytes} megabytes"),
        ),
        ReadError::Utf16 => say(
            "tiedosto on UTF-16-muodossa; tallenna se UTF-8-muodossa".into(),
            "filen är i UTF-16; spara den i UTF-8".into(),
            "the file is UTF-16; save it as UTF-8".into(),
        ),
        ReadError::NotUtf8 { at } => say(
            format!("tiedosto ei ole tekstiä (UTF-8) tavusta {at} alkaen"),
            format!("filen är inte text (UTF-8) från byte {at}"),
            format!("the file is not text (UTF-8) from byte {at} on"),
        ),
        ReadError::NotJson { line, column } => say(
            format!("tiedosto ei ole JSON-muodossa: rivi {line}, merkki {column}"),
            format!("filen är inte i JSON-format: rad {line}, tecken {column}"),
            format!("the file is not JSON: line {line}, character {column}"),
        ),
        ReadError::TooDeep => say(
            format!("tiedostossa on yli {MAX_DEPTH} sisäkkäistä tasoa"),
            format!("filen har fler än {MAX_DEPTH} nivåer i varandra"),
            format!("the file is nested more than {MAX_DEPTH} levels deep"),
        ),
        ReadError::TooManyValues => say(
            format!("tiedostossa on yli {MAX_VALUES} arvoa"),
            format!("filen har fler än {MAX_VALUES} värden"),
            format!("the file holds more than {MAX_VALUES} values"),
        ),
        ReadError::TextTooLong => say(
            "tiedostossa on liian pitkä teksti tai nimi".into(),
            "filen har en för lång text eller ett för långt namn".into(),
            "the file holds a text or a name that is too long".into(),
        ),
    }
}

/// Returns why a file cannot be opened or fetched from the disk.
pub(crate) fn io_error(error: &io::Error, language: Language) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        pick(
            language,
            "tiedostoa ei ole",
            "filen finns inte",
            "there is no such file",
        )
        .to_owned()
    } else if error.kind() == io::ErrorKind::PermissionDenied {
        pick(
            language,
            "tiedoston lukemiseen ei ole oikeutta",
            "du har inte rätt att läsa filen",
            "you may not read the file",
        )
        .to_owned()
    } else if error.kind() == io::ErrorKind::IsADirectory {
        pick(
            language,
            "se on kansio eikä tiedosto",
            "det är en mapp och inte en fil",
            "it is a folder and not a file",
        )
        .to_owned()
    } else {
        error.to_string()
    }
}
