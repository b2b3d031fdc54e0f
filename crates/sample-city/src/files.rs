//! The files of the city, compiled in.

/// A file: its path below `data/`, and its text.
pub(crate) type File = (&'static str, &'static str);
/// The files of a notice: its name with its version, and the texts in fi, sv and en.
pub(crate) type NoticeFiles = (&'static str, [&'static str; 3]);

/// The files of a source.
pub(crate) struct SourceFiles {
    pub(crate) about: File,
    pub(crate) schema: File,
    pub(crate) data: &'static [File],
}

macro_rules! file {
    ($($part:literal),+) => {
        (concat!($($part),+), include_str!(concat!("../data/", $($part),+)))
    };
}

macro_rules! folder {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, file!($folder, "/", $name, ".json"))),+]
    };
}

macro_rules! sources {
    ($($slug:literal: [$($person:literal),*]),+ $(,)?) => {
        &[$(SourceFiles {
            about: file!("sources/", $slug, "/source.json"),
            schema: file!("sources/", $slug, "/schema.json"),
            data: &[$(file!("sources/", $slug, "/", $person, ".json")),*],
        }),+]
    };
}

macro_rules! notices {
    ($($name:literal),+ $(,)?) => {
        &[$((
            $name,
            [
                include_str!(concat!("../data/notices/", $name, ".fi.txt")),
                include_str!(concat!("../data/notices/", $name, ".sv.txt")),
                include_str!(concat!("../data/notices/", $name, ".en.txt")),
            ],
        )),+]
    };
}

pub(crate) const PEOPLE: File = file!("people.json");
pub(crate) const ORGANISATIONS: File = file!("organisations.json");
pub(crate) const SCHEDULE: File = file!("schedule.json");

pub(crate) const SERVICES: &[(&str, File)] = folder!("services":
    "asukaspysakointi", "energianeuvonta", "esiopetus", "kirjaston-suosittelut",
    "kulttuurikutsut", "lahikirjasto", "merituuli", "muutto-espooseen", "nuorisopalvelut",
    "senioriliikunta", "tilavaraus", "veneilytutkimus", "venepaikat",
);

pub(crate) const REQUESTS: &[(&str, File)] = folder!("requests":
    "energianeuvonta", "esiopetus-ehdotus", "harrastuskutsut", "kirjaston-suosittelut",
    "kulttuurikutsut", "lukupiirikutsu", "merituuli-ohjelma", "merituuli-uutiset",
    "muutto-espooseen", "pysakointi-muistutus", "senioriliikunta", "superedut", "vakiovuoro",
    "veneilytutkimus", "venesailytys",
);

pub(crate) const OFFERS: &[(&str, File)] = folder!("offers":
    "energianeuvonta", "esiopetus", "lukupiiri", "nukketeatteri", "pysakointi-muistutus",
    "ruotsinkielinen-kerho", "seniorikortti", "talvileiri", "vakiovuoro", "venesailytys",
);

pub(crate) const ALGORITHMS: &[(&str, File)] = folder!("algorithms":
    "kirjaston-suosittelut.fi", "kirjaston-suosittelut.sv", "kirjaston-suosittelut.en",
);

pub(crate) const SOURCES: &[SourceFiles] = sources! {
    "profile": ["aino", "johan"],
    "vtj-family": ["aino", "johan"],
    "library": ["aino", "johan"],
    "kukkuu": ["aino"],
    "youth": ["aino"],
    "berths": ["aino"],
    "parking": ["aino"],
    "sports": ["johan"],
    "varaamo": ["johan"],
};

pub(crate) const NOTICES: &[NoticeFiles] = notices!(
    "energianeuvonta.1",
    "esiopetus.3",
    "harrastuskutsut.1",
    "kirjaston-suosittelut.2",
    "kulttuurikutsut.2",
    "lukupiirikutsu.1",
    "merituuli-ohjelma.4",
    "merituuli-uutiset.2",
    "muutto-espooseen.1",
    "pysakointi-muistutus.1",
    "senioriliikunta.1",
    "vakiovuoro.1",
    "veneilytutkimus.1",
    "venesailytys.1",
);
