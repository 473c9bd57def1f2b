//! The reason for a *no*, as the compiler names it in its notes.

use std::sync::LazyLock;

use regex::Regex;

use crate::marker::Trait;

/// Why a type hasn't a trait: the way from it to what stands against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Whether the type asked about has an impl that sets the condition.
    pub own_impl: bool,
    /// From the outermost field inwards; the last one stands against it. None if that is the type
    /// itself.
    pub way: Vec<Step>,
    /// What the last one lacks.
    pub lacks: Trait,
}

/// One type on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The type, as it is shown.
    pub name: String,
    /// Whether it has an impl that sets the condition for the next.
    pub by_impl: bool,
}

impl Reason {
    /// Reads the messages of a rejection, the error first.
    ///
    /// None if they aren't those of a bound on `Send` or `Sync`.
    pub fn read(said: &[String]) -> Option<Reason> {
        let (error, notes) = said.split_first()?;
        let culprit = CANNOT.captures(error)?;
        let lacks = match &culprit[2] {
            "sent" => Trait::Send,
            _ => Trait::Sync,
        };
        // From the inside outwards, as the compiler has it.
        let mut way = vec![(culprit[1].to_owned(), false)];
        for note in notes {
            if let Some(holder) = WITHIN.captures(note) {
                way.push((holder[1].to_owned(), false));
            } else if let Some(owner) = REQUIRED_FOR.captures(note) {
                way.push((owner[1].to_owned(), true));
            }
        }
        // What a marker is made of is no reason: the marker stands for the parameter.
        if let Some(marker) = way.iter().position(|(name, _)| is_marker(name)) {
            way.drain(..marker);
        }
        let (asked, own_impl) = way.pop()?;
        // A field may have its owner's name, and only its path tells the two apart.
        let name_of = |name: &str| match shown(name) == shown(&asked) {
            true => with_path(name),
            false => shown(name),
        };
        let way = way.into_iter().rev();
        Some(Reason {
            own_impl,
            way: way
                .map(|(name, by_impl)| Step {
                    name: name_of(&name),
                    by_impl,
                })
                .collect(),
            lacks,
        })
    }
}

/// A type as it is shown: parameters for markers, no paths, no lifetimes that were only chosen.
pub fn shown(name: &str) -> String {
    with_path(&PATH.replace_all(name, ""))
}

fn with_path(name: &str) -> String {
    let name = MARKER.replace_all(name, "$1");
    name.replace("&'static ", "&").replace("'static", "'_")
}

fn is_marker(name: &str) -> bool {
    MARKER
        .find(name)
        .is_some_and(|found| found.len() == name.len())
}

static CANNOT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^`(.+)` cannot be (sent|shared) between threads safely$"));
static WITHIN: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^required because it appears within the type `(.+)`$"));
static REQUIRED_FOR: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^required for `(.+)` to implement `(?:Send|Sync)`$"));
static MARKER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(?:Both|SendOnly|SyncOnly|Neither)<([A-Z])>"));
static PATH: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(?:[a-z_][a-z0-9_]*::)+"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("it is a regular expression")
}
