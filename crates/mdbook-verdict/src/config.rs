//! What book.toml says to us: the book's own keys, and `[preprocessor.verdict]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use crate::error::Error;
use crate::files::{self, FileLinks};
use crate::finding::{Level, Rule};
use crate::near;
use crate::tags::Edition;

/// The settings of a check.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of the chapters, relative to the book's root.
    pub src: PathBuf,
    /// The edition of blocks that name none.
    pub edition: Edition,
    /// A package whose dependencies the blocks may use, relative to the book's root.
    pub manifest: Option<PathBuf>,
    /// The time limit of a block's run.
    pub timeout: Duration,
    /// Verify under the `html` renderer too.
    pub verify: bool,
    /// Where to remember what came of blocks, relative to the book's root; by default in the
    /// user's cache folder.
    pub cache: Option<PathBuf>,
    /// The chapter that explains the error codes, below `src`, with a heading for each code; without
    /// one, panes link to the Rust project's index.
    pub error_codes: Option<PathBuf>,
    /// Panes say of their programs what a script needs to hand them to the Rust Playground.
    pub playground: bool,
    /// Where readers can open the files that panes show parts of.
    pub files: Option<FileLinks>,
    /// How grave a broken rule is; rules that are not here have their default level.
    pub rules: BTreeMap<Rule, Level>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            src: "src".into(),
            edition: Edition::default(),
            manifest: None,
            timeout: Duration::from_secs(10),
            verify: false,
            cache: None,
            error_codes: None,
            playground: false,
            files: None,
            rules: BTreeMap::new(),
        }
    }
}

/// mdBook's own keys of a preprocessor's table.
const MDBOOKS: [&str; 6] = [
    "command",
    "before",
    "after",
    "renderers",
    "renderer",
    "optional",
];

/// The keys of `[preprocessor.verdict]` that are ours.
const OURS: [&str; 8] = [
    "manifest",
    "timeout",
    "verify",
    "cache",
    "error-codes",
    "playground",
    files::KEY,
    "rules",
];

impl Config {
    /// Reads the book.toml of a book; without one, the defaults hold.
    ///
    /// # Errors
    ///
    /// If it can't be read or understood; the error names the key.
    pub fn load(root: &Path) -> Result<Config, Error> {
        let path = root.join("book.toml");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Config::default());
            }
            Err(cause) => return Err(Error::File { path, cause }),
        };
        Config::parse(&text).map_err(|cause| Error::Config { path, cause })
    }

    /// Reads the text of a book.toml.
    ///
    /// # Errors
    ///
    /// What is wrong, with its line and its key, and what may be meant instead.
    pub fn parse(text: &str) -> Result<Config, String> {
        let table = DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            format!("line {}: {}", line(text, at), error.message())
        })?;
        let whole = Section {
            name: String::new(),
            table: table.get_ref(),
            text,
        };
        let mut config = Config::default();
        if let Some(book) = whole.section("book")? {
            config.src = book.path("src")?.unwrap_or(config.src);
        }
        if let Some(rust) = whole.section("rust")?
            && let Some(year) = rust.string("edition")?
        {
            config.edition = Edition::of(year)
                .ok_or_else(|| rust.fault("edition", &format!("`{year}` is no edition of Rust")))?;
        }
        let Some(preprocessors) = whole.section("preprocessor")? else {
            return Ok(config);
        };
        if let Some(verdict) = preprocessors.section("verdict")? {
            config.read(&verdict)?;
        }
        Ok(config)
    }

    fn read(&mut self, verdict: &Section<'_>) -> Result<(), String> {
        for key in verdict.keys() {
            if !MDBOOKS.contains(&key) && !OURS.contains(&key) {
                return Err(verdict.fault(key, &no_such_key(key)));
            }
        }
        self.manifest = verdict.path("manifest")?;
        self.cache = verdict.path("cache")?;
        self.error_codes = verdict.path("error-codes")?;
        self.playground = verdict.flag("playground")?.unwrap_or(false);
        if let Some(template) = verdict.string(files::KEY)? {
            let links = FileLinks::new(template);
            self.files = Some(links.map_err(|cause| verdict.fault(files::KEY, &cause))?);
        }
        self.verify = verdict.flag("verify")?.unwrap_or(false);
        self.timeout = verdict.seconds("timeout")?.unwrap_or(self.timeout);
        if let Some(rules) = verdict.section("rules")? {
            for key in rules.keys() {
                let rule = Rule::named(key).map_err(|cause| rules.fault(key, &cause))?;
                self.rules.insert(rule, rules.level(key)?);
            }
        }
        Ok(())
    }

    /// The address at which a page explains an error code: the heading in the book's own chapter,
    /// or the Rust project's page.
    pub(crate) fn code_address(&self, page: &Path, code: &str) -> String {
        let Some(chapter) = &self.error_codes else {
            return format!("https://doc.rust-lang.org/stable/error_codes/{code}.html");
        };
        let up = "../".repeat(page.components().count().saturating_sub(1));
        let chapter = chapter.with_extension("html");
        let chapter = chapter.display().to_string().replace('\\', "/");
        format!("{up}{chapter}#{}", code.to_lowercase())
    }

    /// How grave a broken rule is in this book.
    pub fn level(&self, rule: Rule) -> Level {
        self.rules
            .get(&rule)
            .copied()
            .unwrap_or_else(|| rule.default_level())
    }
}

fn no_such_key(key: &str) -> String {
    let is_rule = Rule::ALL.iter().any(|rule| near::alike(rule.name(), key));
    if is_rule && !OURS.iter().any(|ours| near::alike(ours, key)) {
        return "no such key; rules stand in [preprocessor.verdict.rules]".to_owned();
    }
    match near::nearest(key, OURS.into_iter().chain(MDBOOKS)) {
        Some(meant) => format!("no such key; is `{meant}` meant?"),
        None => format!("no such key; there are {}", OURS.join(", ")),
    }
}

/// The line that a byte of a text is in, counted from 1.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// A table of book.toml.
struct Section<'t> {
    /// What its header says: `preprocessor.verdict`.
    name: String,
    table: &'t DeTable<'t>,
    text: &'t str,
}

impl<'t> Section<'t> {
    fn keys(&self) -> impl Iterator<Item = &'t str> {
        self.table.keys().map(|key| key.get_ref().as_ref())
    }

    fn entry(&self, key: &str) -> Option<(usize, &'t DeValue<'t>)> {
        let entry = self.table.iter().find(|(name, _)| name.get_ref() == key);
        entry.map(|(name, value)| (name.span().start, value.get_ref()))
    }

    /// What is wrong with a key, after its line and its name.
    fn fault(&self, key: &str, what: &str) -> String {
        let line = line(self.text, self.entry(key).map_or(0, |(at, _)| at));
        match self.name.is_empty() {
            true => format!("line {line}: {key}: {what}"),
            false => format!("line {line}: [{}] {key}: {what}", self.name),
        }
    }

    /// A key's value, if it is there; `meant` says what it must be.
    fn get<T>(
        &self,
        key: &str,
        meant: &str,
        read: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Result<Option<T>, String> {
        let Some((_, value)) = self.entry(key) else {
            return Ok(None);
        };
        let wrong = || {
            let what = format!("it must be {meant}, not {}", with_article(value.type_str()));
            self.fault(key, &what)
        };
        read(value).map(Some).ok_or_else(wrong)
    }

    fn section(&self, key: &str) -> Result<Option<Section<'t>>, String> {
        let table = self.get(key, "a table", |value| value.as_table())?;
        Ok(table.map(|table| Section {
            name: match self.name.is_empty() {
                true => key.to_owned(),
                false => format!("{}.{key}", self.name),
            },
            table,
            text: self.text,
        }))
    }

    fn string(&self, key: &str) -> Result<Option<&'t str>, String> {
        self.get(key, "a string", |value| value.as_str())
    }

    fn path(&self, key: &str) -> Result<Option<PathBuf>, String> {
        let path = self.get(key, "a path, as a string", |value| value.as_str())?;
        Ok(path.map(PathBuf::from))
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, String> {
        self.get(key, "true or false", |value| value.as_bool())
    }

    fn seconds(&self, key: &str) -> Result<Option<Duration>, String> {
        let number = self.get(key, "a number of seconds", |value| {
            let text = match value {
                DeValue::Integer(number) => number.as_str(),
                DeValue::Float(number) => number.as_str(),
                _ => return None,
            };
            text.replace('_', "").parse::<f64>().ok()
        })?;
        let Some(seconds) = number else {
            return Ok(None);
        };
        let time = Duration::try_from_secs_f64(seconds).ok();
        let time = time.filter(|time| !time.is_zero());
        match time {
            Some(time) => Ok(Some(time)),
            None => Err(self.fault(key, &format!("{seconds} seconds are no time limit"))),
        }
    }

    fn level(&self, key: &str) -> Result<Level, String> {
        let level = self.get(key, "\"off\", \"warn\" or \"error\"", |value| {
            value.as_str()
        })?;
        match level {
            Some("off") => Ok(Level::Off),
            Some("warn") => Ok(Level::Warn),
            Some("error") => Ok(Level::Error),
            other => {
                let other = other.unwrap_or_default();
                let what = format!("it must be \"off\", \"warn\" or \"error\", not \"{other}\"");
                Err(self.fault(key, &what))
            }
        }
    }
}

fn with_article(kind: &str) -> String {
    match kind.starts_with(['a', 'e', 'i', 'o']) {
        true => format!("an {kind}"),
        false => format!("a {kind}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_default() {
        let config = Config::parse("[book]\ntitle = \"A book\"\n").unwrap();
        assert_eq!(config.src, Path::new("src"));
        assert_eq!(config.edition, Edition::E2015);
        assert_eq!(config.level(Rule::UncodedRejection), Level::Off);
    }

    #[test]
    fn a_books_own_keys_are_read() {
        let config = Config::parse(
            "[book]\nsrc = \"text\"\n[rust]\nedition = \"2024\"\n[preprocessor.verdict]\ncommand = \"x\"\nbefore = [\"links\"]\nmanifest = \"a/Cargo.toml\"\ntimeout = 0.5\n[preprocessor.verdict.rules]\nuncoded-rejection = \"error\"\n",
        )
        .unwrap();
        assert_eq!(config.edition, Edition::E2024);
        assert_eq!(config.timeout, Duration::from_millis(500));
        assert_eq!(config.level(Rule::UncodedRejection), Level::Error);
    }

    #[test]
    fn a_wrong_key_or_value_is_named() {
        for (text, named) in [
            ("[rust]\nedition = \"2020\"", "2020"),
            ("[preprocessor.verdict]\ntime-out = 3", "time-out"),
            ("[preprocessor.verdict]\ntimeout = -1", "timeout"),
            ("[preprocessor.verdict.rules]\nouput = \"warn\"", "ouput"),
            ("[preprocessor.verdict.rules]\noutput = \"loud\"", "loud"),
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.contains(named), "{error}");
        }
    }
}
