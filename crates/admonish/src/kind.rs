//! What mdbook-admonish makes of an admonition's opening line, asked of
//! mdbook-admonish itself.
//!
//! Its parser is private and reads three generations of syntax. Instead of
//! copying it, each opening line is rendered once around an empty text, under a
//! configuration that makes the answer visible in the HTML.

use crate::{Error, engine};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What an opening line means.
#[derive(Debug, Clone)]
pub(crate) struct Meaning {
    /// The kind's name in front of the reader: "Warning".
    pub(crate) label: String,
    /// The title, if the author gave one.
    pub(crate) title: Option<String>,
    /// The id, if the author gave one.
    pub(crate) id: Option<String>,
}

/// Why an opening line means nothing.
#[derive(Debug, Clone)]
pub(crate) enum Unreadable {
    Kind(String),
    Syntax(String),
}

pub(crate) type Meanings = BTreeMap<String, Result<Meaning, Unreadable>>;

// Names that nobody gives to a kind, a title or an id.
const UNKNOWN: &str = "admonish-adapter-unknown";
const NO_TITLE: &str = "admonish-adapter-no-title";
const NO_ID: &str = "admonish-adapter-no-id:";

/// Asks mdbook-admonish what each opening line means under the book's table
/// `[preprocessor.admonish]`.
///
/// Unknown kinds silently become notes. So every word of an opening line is
/// declared as one more kind: mdbook-admonish prefers the kinds it knows, and
/// only a word that is the kind *and* is unknown turns up in the answer.
pub(crate) fn meanings(table: &Value, openings: &BTreeSet<String>) -> Result<Meanings, Error> {
    if openings.is_empty() {
        return Ok(Meanings::new());
    }
    let custom = custom_kinds(table);
    let words: BTreeSet<&str> = openings
        .iter()
        .flat_map(|opening| words(opening))
        .filter(|word| !custom.contains_key(*word))
        .collect();
    let words: Vec<&str> = words.into_iter().collect();

    let mut table = table.as_object().cloned().unwrap_or_default();
    table.insert("on_failure".into(), json!("continue"));
    table.insert(
        "default".into(),
        json!({ "title": NO_TITLE, "css_id_prefix": NO_ID }),
    );
    let directives = table.entry("directive").or_insert_with(|| json!({}));
    if let Some(directives) = directives.as_object_mut() {
        let custom = directives.entry("custom").or_insert_with(|| json!({}));
        if let Some(custom) = custom.as_object_mut() {
            for (number, word) in words.iter().enumerate() {
                let kind = json!({ "icon": "", "color": "#000", "aliases": [word] });
                custom.insert(format!("{UNKNOWN}{number}"), kind);
            }
        }
    }

    let rendered = engine::render_each(&Value::Object(table), openings.iter().map(probe))?;
    let mut meanings = Meanings::new();
    for (opening, html) in openings.iter().zip(rendered) {
        let meaning = read(&html, &words, &custom);
        meanings.insert(opening.clone(), meaning);
    }
    Ok(meanings)
}

/// The opening line as a whole admonition.
fn probe(opening: &String) -> String {
    let mark = opening.chars().next().unwrap_or('`');
    let fence: String = opening.chars().take_while(|&c| c == mark).collect();
    format!("{opening}\n{fence}")
}

fn read(html: &str, words: &[&str], custom: &Map<String, Value>) -> Result<Meaning, Unreadable> {
    // With on_failure = "continue" an error is a box of kind "bug".
    if let Some((_, rest)) = html.split_once("Failed with:\n\n```log\n") {
        let message = rest.split("\n```").next().unwrap_or(rest);
        return Err(Unreadable::Syntax(message.trim().to_owned()));
    }
    let between = |start: &str, ends: &[char]| {
        let (_, rest) = html.split_once(start)?;
        rest.split(ends).next()
    };
    let Some(kind) = between("class=\"admonition admonish-", &[' ', '"']) else {
        return Err(Unreadable::Syntax("it gives no box".to_owned()));
    };
    if let Some(number) = kind.strip_prefix(UNKNOWN) {
        let word = number
            .parse()
            .ok()
            .and_then(|number: usize| words.get(number));
        return Err(Unreadable::Kind(
            word.copied().unwrap_or_default().to_owned(),
        ));
    }
    let title = html
        .split_once("-title\">\n\n")
        .and_then(|(_, rest)| rest.split_once("\n\n</div>"))
        .map(|(title, _)| title.trim())
        .unwrap_or_default();
    let id = html
        .split_once("id=\"")
        .and_then(|(_, rest)| rest.split_once("\" class=\"admonition "))
        .map(|(id, _)| id)
        .filter(|id| !id.starts_with(NO_ID));
    // A kind whose boxes have no title bar is still called something.
    let label = custom
        .get(kind)
        .and_then(Value::as_str)
        .filter(|title| !title.is_empty())
        .map_or_else(|| capitalised(kind), str::to_owned);
    Ok(Meaning {
        label,
        title: (title != NO_TITLE).then(|| title.to_owned()),
        id: id.map(str::to_owned),
    })
}

/// The settings of an opening line that mdbook-admonish doesn't have.
///
/// It drops them without a word, so this is read from the words themselves: a name
/// before an equals sign, outside of quotes.
pub(crate) fn unknown_settings(info: &str) -> Vec<String> {
    let mut bare = String::new();
    let mut quote = None;
    let mut escaped = false;
    for c in info.chars() {
        match quote {
            Some(open) => {
                if c == open && !escaped {
                    quote = None;
                }
                escaped = c == '\\' && open == '"' && !escaped;
            }
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                bare.push(' ');
            }
            None => bare.push(c),
        }
    }
    let known = ["title", "type", "id", "class", "collapsible"];
    let mut names: Vec<&str> = bare.split('=').collect();
    names.pop();
    names
        .iter()
        .filter_map(|before| before.trim_end().rsplit([' ', ',', '\t']).next())
        .filter(|name| !name.is_empty() && !known.contains(name))
        .map(str::to_owned)
        .collect()
}

/// The book's own kinds and their other names, each with its title or null.
fn custom_kinds(table: &Value) -> Map<String, Value> {
    let mut kinds = Map::new();
    let mut add = |name: &str, kind: &Value| {
        let title = kind.get("title").cloned().unwrap_or_default();
        let others = kind.get("aliases").and_then(Value::as_array);
        let others = others.into_iter().flatten().filter_map(Value::as_str);
        for name in std::iter::once(name).chain(others) {
            kinds.insert(name.to_owned(), title.clone());
        }
    };
    if let Some(named) = table
        .pointer("/directive/custom")
        .and_then(Value::as_object)
    {
        for (name, kind) in named {
            add(name, kind);
        }
    }
    // The older form, a list.
    for kind in table
        .get("custom")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        if let Some(name) = kind.get("directive").and_then(Value::as_str) {
            add(name, kind);
        }
    }
    kinds
}

/// Everything in an opening line that could be a kind: its words, and what
/// stands between quotes.
fn words(opening: &str) -> impl Iterator<Item = &str> {
    let bare = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
    opening
        .split(bare)
        .chain(opening.split(['"', '\'']))
        .filter(|word| !word.is_empty())
}

fn capitalised(kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
