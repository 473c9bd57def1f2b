//! The list of the types to ask about.

use std::sync::LazyLock;

use regex::Regex;

use crate::Error;

/// One row to be: what to ask, and what we say beside the answer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The heading that it stands under.
    pub group: String,
    /// Rust types with their paths; a capital letter alone is a parameter.
    pub types: Vec<String>,
    /// A chapter, with an anchor or not, or what the standard documentation calls it.
    pub link: String,
    /// Our own words on the reason; may be empty.
    pub words: String,
}

impl Entry {
    /// Reads a list: `== GROUP` lines, and `TYPE & TYPE | LINK | WORDS` lines.
    ///
    /// # Errors
    ///
    /// If a line is neither, naming it.
    pub fn read(text: &str) -> Result<Vec<Entry>, Error> {
        let mut entries = Vec::new();
        let mut group = String::new();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix("== ") {
                group = name.to_owned();
                continue;
            }
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let [types, link, words] = fields[..] else {
                return Err(Error::List {
                    line: number + 1,
                    cause: "it isn't `TYPE | LINK | WORDS`".to_owned(),
                });
            };
            entries.push(Entry {
                group: group.clone(),
                types: types.split(" & ").map(str::to_owned).collect(),
                link: link.to_owned(),
                words: words.to_owned(),
            });
        }
        Ok(entries)
    }
}

static LETTER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[A-Z]\b").expect("it is a regular expression"));

/// The parameters of a type, in the order in which they are first met.
pub fn parameters(of: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for letter in LETTER.find_iter(of) {
        if !found.iter().any(|name| name == letter.as_str()) {
            found.push(letter.as_str().to_owned());
        }
    }
    found
}

/// The type with something else in each parameter's place.
pub fn with_parameters(of: &str, instead: impl Fn(usize) -> String) -> String {
    let names = parameters(of);
    let replaced = LETTER.replace_all(of, |letter: &regex::Captures<'_>| {
        let place = names.iter().position(|name| *name == letter[0]);
        instead(place.expect("all its letters are among its parameters"))
    });
    replaced.into_owned()
}
