//! The atlas: the answers about all types, put together and checked.

use std::collections::BTreeSet;
use std::path::Path;

use crate::Error;
use crate::bound::Bound;
use crate::compiler::{Answer, Answers, ask};
use crate::list::{Entry, parameters};
use crate::marker::{Marker, Trait};
use crate::question::{PRELUDE, Question, questions};
use crate::reason::Reason;

/// The types of the list by `Send` and `Sync`.
#[derive(Debug)]
pub struct Atlas {
    /// The compiler that was asked: what `rustc --version` says.
    pub version: String,
    /// The host's target triple: how a type is built may depend on it.
    pub host: String,
    /// The version of crossbeam.
    pub crossbeam: String,
    /// The rows, in the list's order.
    pub rows: Vec<Row>,
}

/// One row of the atlas.
#[derive(Debug)]
pub struct Row {
    /// What was asked about, and what we say of it.
    pub entry: Entry,
    /// What the compiler calls each of its types, without what they are made for.
    pub heads: BTreeSet<String>,
    /// The crate that defines it, or `language`.
    pub from: String,
    /// When it may move.
    pub send: Column,
    /// When it may be shared.
    pub sync: Column,
}

/// What the compiler says of one trait.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// When the type has it.
    pub bound: Bound,
    /// Why it hasn't it otherwise, each reason once.
    pub reasons: Vec<Reason>,
}

impl Atlas {
    /// Asks the compiler of the repository at `root` about the list.
    ///
    /// # Errors
    ///
    /// If the compiler can't be asked, or its answers don't add up: [`Error`] says how.
    pub fn ask(root: &Path, entries: &[Entry]) -> Result<Atlas, Error> {
        Atlas::ask_with(PRELUDE, root, entries)
    }

    /// The same with another head of the program, so that a test can plant a probe that lies.
    pub(crate) fn ask_with(prelude: &str, root: &Path, entries: &[Entry]) -> Result<Atlas, Error> {
        let questions = questions(entries);
        let Answers {
            version,
            host,
            crossbeam,
            answers,
        } = ask(root, prelude, &questions)?;
        let answered: Vec<_> = questions.iter().zip(&answers).collect();
        let rows = entries.iter().enumerate().map(|(number, entry)| {
            let ours = answered
                .iter()
                .filter(|(question, _)| question.entry == number);
            Row::of(entry, &ours.copied().collect::<Vec<_>>())
        });
        let rows = rows.collect::<Result<_, _>>()?;
        Ok(Atlas {
            version,
            host,
            crossbeam,
            rows,
        })
    }

    /// How many types these are: all that is made from one generic counts once.
    pub fn types(&self) -> usize {
        let heads: BTreeSet<&String> = self.rows.iter().flat_map(|row| &row.heads).collect();
        heads.len()
    }
}

type Answered<'a> = (&'a Question, &'a Answer);

impl Row {
    fn of(entry: &Entry, answered: &[Answered<'_>]) -> Result<Row, Error> {
        let column = |which| {
            let each = (0..entry.types.len()).map(|member| {
                let its = answered
                    .iter()
                    .filter(|(question, _)| question.member == member);
                Column::of(
                    &entry.types[member],
                    which,
                    &its.copied().collect::<Vec<_>>(),
                )
            });
            let mut each = each.collect::<Result<Vec<_>, Error>>()?;
            let first = each.remove(0);
            match each.iter().all(|other| *other == first) {
                true => Ok(first),
                false => Err(Error::Differ {
                    types: entry.types.clone(),
                }),
            }
        };
        let (send, sync) = (column(Trait::Send)?, column(Trait::Sync)?);
        if entry.words.is_empty() && (send.reasons.is_empty() || sync.reasons.is_empty()) {
            return Err(Error::NoReason {
                about: entry.types[0].clone(),
            });
        }
        let heads: BTreeSet<_> = answered
            .iter()
            .map(|(_, answer)| head(&answer.name))
            .collect();
        let from = home(heads.first().expect("a row is about a type"));
        if heads.iter().any(|head| home(head) != from) {
            return Err(Error::Differ {
                types: entry.types.clone(),
            });
        }
        Ok(Row {
            entry: entry.clone(),
            from,
            heads,
            send,
            sync,
        })
    }

    /// What the compiler says of a trait.
    pub fn column(&self, which: Trait) -> &Column {
        match which {
            Trait::Send => &self.send,
            Trait::Sync => &self.sync,
        }
    }
}

impl Column {
    fn of(about: &str, which: Trait, answered: &[Answered<'_>]) -> Result<Column, Error> {
        let names = parameters(about);
        let find = |markers: &[Marker]| {
            let found = answered
                .iter()
                .find(|(question, _)| question.markers == markers);
            found.expect("every assignment was asked").1
        };
        let bound = Bound::derive(&names, |markers| find(markers).has(which)).ok_or_else(|| {
            Error::NoBound {
                about: about.to_owned(),
            }
        })?;
        let mut reasons: Vec<Reason> = Vec::new();
        for markers in bound.refused(names.len()) {
            let reason =
                Reason::read(&find(&markers).said[&which]).ok_or_else(|| Error::NoReason {
                    about: about.to_owned(),
                })?;
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        Ok(Column { bound, reasons })
    }
}

/// The generic behind a type's name: `alloc::vec::Vec` of `alloc::vec::Vec<u8>`, `&mut` of
/// `&mut u8`.
fn head(name: &str) -> String {
    const BUILT_IN: [&str; 8] = ["&mut ", "&", "*const ", "*mut ", "dyn ", "fn(", "(", "["];
    let built_in = BUILT_IN.iter().find(|start| name.starts_with(*start));
    match built_in {
        // An array has a length, a slice hasn't.
        Some(&"[") if name.contains(';') => "[;]".to_owned(),
        Some(&"(") if name == "()" => name.to_owned(),
        Some(start) => (*start).to_owned(),
        None => name.split('<').next().unwrap_or(name).to_owned(),
    }
}

/// The crate of a generic; crossbeam's several are one.
fn home(head: &str) -> String {
    match head.split_once("::") {
        Some((home, _)) if home.starts_with("crossbeam") => "crossbeam".to_owned(),
        Some((home, _)) => home.to_owned(),
        None => "language".to_owned(),
    }
}
