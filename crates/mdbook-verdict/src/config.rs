//! What book.toml says to us: the book's own keys, and `[preprocessor.verdict]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::error::Error;
use crate::finding::{Level, Rule};
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
            rules: BTreeMap::new(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct BookToml {
    book: BookTable,
    rust: RustTable,
    preprocessor: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct BookTable {
    src: Option<PathBuf>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RustTable {
    edition: Option<String>,
}

/// `[preprocessor.verdict]`; the first six keys are mdBook's own.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct VerdictTable {
    command: Option<String>,
    before: Vec<String>,
    after: Vec<String>,
    renderers: Option<Vec<String>>,
    renderer: Option<toml::Value>,
    optional: Option<bool>,
    manifest: Option<PathBuf>,
    timeout: Option<f64>,
    verify: bool,
    cache: Option<PathBuf>,
    rules: BTreeMap<String, Level>,
}

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
    /// What is wrong, with the key.
    pub fn parse(text: &str) -> Result<Config, String> {
        let said: BookToml = toml::from_str(text).map_err(|error| error.to_string())?;
        let verdict = match said.preprocessor.get("verdict") {
            Some(table) => table
                .clone()
                .try_into::<VerdictTable>()
                .map_err(|error| format!("[preprocessor.verdict]: {error}"))?,
            None => VerdictTable::default(),
        };
        let VerdictTable {
            command: _,
            before: _,
            after: _,
            renderers: _,
            renderer: _,
            optional: _,
            ..
        } = verdict;
        let mut config = Config {
            manifest: verdict.manifest,
            verify: verdict.verify,
            cache: verdict.cache,
            ..Config::default()
        };
        if let Some(src) = said.book.src {
            config.src = src;
        }
        if let Some(year) = said.rust.edition {
            config.edition = Edition::of(&year)
                .ok_or_else(|| format!("[rust] edition: `{year}` is no edition of Rust"))?;
        }
        if let Some(seconds) = verdict.timeout {
            config.timeout = Duration::try_from_secs_f64(seconds)
                .ok()
                .filter(|time| !time.is_zero())
                .ok_or_else(|| {
                    format!("[preprocessor.verdict] timeout: `{seconds}` is no time in seconds")
                })?;
        }
        for (name, level) in verdict.rules {
            let rule = Rule::ALL.into_iter().find(|rule| rule.name() == name);
            let rule = rule.ok_or_else(|| {
                let all = Rule::ALL.map(Rule::name).join(", ");
                format!(
                    "[preprocessor.verdict.rules] {name}: there is no such rule; there are {all}"
                )
            })?;
            config.rules.insert(rule, level);
        }
        Ok(config)
    }

    /// How grave a broken rule is in this book.
    pub fn level(&self, rule: Rule) -> Level {
        self.rules
            .get(&rule)
            .copied()
            .unwrap_or_else(|| rule.default_level())
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
