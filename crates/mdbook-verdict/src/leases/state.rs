//! What a variable may be used for at a place, in a word, from the compiler's answers.

use std::collections::BTreeSet;
use std::fmt;

use super::function::Function;
use super::probe::{Answer, Probes, Question};
use super::table::{Row, Table};

/// What may be done with a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It isn't there: not yet, or not any more.
    Absent,
    /// It has no value yet.
    Empty,
    /// It may be read and given away; `changeable`: and changed.
    Owned { changeable: bool },
    /// The same, of a parameter that is a reference: what it refers to is the caller's.
    OfCaller,
    /// It is lent to others that are used further on, and may not be given away. It may be read,
    /// unless it is lent `exclusively`.
    Lent { to: Vec<String>, exclusively: bool },
    /// It may be read, and while it is used further on, these are lent to it.
    Borrows {
        from: Vec<String>,
        exclusively: bool,
    },
    /// It may be read, but isn't any more, and what was lent to it is free.
    Done,
    /// To read it would forbid something that has happened.
    Expired,
    /// It has been given away; `in_part`: only a part of it.
    Moved { in_part: bool },
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut with = |verb: &str, exclusively: bool, word: &str, names: &[String]| {
            let kind = if exclusively { " mut" } else { "" };
            match names.is_empty() {
                true => write!(f, "{verb}{kind}"),
                false => write!(f, "{verb}{kind}{word} {}", names.join(", ")),
            }
        };
        match self {
            State::Lent { to, exclusively } => with("lent", *exclusively, " to", to),
            State::Borrows { from, exclusively } => with("borrows", *exclusively, "", from),
            State::Absent => f.write_str("-"),
            State::Empty => f.write_str("empty"),
            State::Owned { changeable: false } => f.write_str("owned"),
            State::Owned { changeable: true } => f.write_str("owned mut"),
            State::OfCaller => f.write_str("borrowed"),
            State::Done => f.write_str("done"),
            State::Expired => f.write_str("expired"),
            State::Moved { in_part: false } => f.write_str("moved"),
            State::Moved { in_part: true } => f.write_str("moved in part"),
        }
    }
}

impl State {
    /// Reads a state as it is written in a table.
    pub fn parse(text: &str) -> Option<State> {
        let state = match text {
            "-" => State::Absent,
            "empty" => State::Empty,
            "owned" => State::Owned { changeable: false },
            "owned mut" => State::Owned { changeable: true },
            "borrowed" => State::OfCaller,
            "done" => State::Done,
            "expired" => State::Expired,
            "moved" => State::Moved { in_part: false },
            "moved in part" => State::Moved { in_part: true },
            _ => {
                let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
                let (exclusively, rest) = match rest.strip_prefix("mut") {
                    Some(rest) if rest.is_empty() || rest.starts_with(' ') => (true, rest.trim()),
                    _ => (false, rest),
                };
                let names = |text: &str| -> Vec<String> {
                    let names = text.split(", ").filter(|name| !name.is_empty());
                    names.map(str::to_owned).collect()
                };
                match verb {
                    "lent" => State::Lent {
                        to: names(rest.strip_prefix("to ").unwrap_or(rest)),
                        exclusively,
                    },
                    "borrows" => State::Borrows {
                        from: names(rest),
                        exclusively,
                    },
                    _ => return None,
                }
            }
        };
        Some(state)
    }
}

/// What the compiler says where something is lent that is asked for.
const LENT: [&str; 7] = [
    "E0499", "E0500", "E0501", "E0502", "E0503", "E0505", "E0506",
];

/// What it says elsewhere, where a reference is asked for that was good until something happened.
const EXPIRED: [&str; 10] = [
    "E0499", "E0500", "E0501", "E0502", "E0503", "E0505", "E0506", "E0597", "E0713", "E0716",
];

fn says(codes: &BTreeSet<String>, of: &[&str]) -> bool {
    codes.iter().any(|code| of.contains(&code.as_str()))
}

/// The table of a function.
///
/// # Errors
///
/// If an answer has none of the meanings that are known.
pub fn table(function: &Function, probes: &Probes, answers: &[Answer]) -> Result<Table, String> {
    let names: Vec<String> = function.variables.iter().map(|v| v.name.clone()).collect();
    let rows = function.lines.iter().map(|line| {
        let here = line.point.map(|point| Here {
            point,
            function,
            probes,
            answers,
        });
        let here = here.filter(Here::is_reached);
        let states = (0..names.len()).map(|v| match &here {
            Some(here) if function.variables[v].is_in_scope(here.point) => here.state(v),
            _ => Ok(State::Absent),
        });
        Ok(Row {
            code: line.text.clone(),
            states: states.collect::<Result<_, String>>()?,
        })
    });
    Ok(Table {
        rows: rows.collect::<Result<_, String>>()?,
        variables: names,
    })
}

/// A place in the function, and what was said there.
struct Here<'a> {
    point: usize,
    function: &'a Function,
    probes: &'a Probes,
    answers: &'a [Answer],
}

impl Here<'_> {
    fn answer(&self, question: Question) -> &Answer {
        let number = self.probes.number(self.point, question);
        &self.answers[number.expect("it was asked")]
    }

    fn is_reached(&self) -> bool {
        !self.answer(Question::Reached).here.is_empty()
    }

    fn state(&self, v: usize) -> Result<State, String> {
        let read = self.answer(Question::Read(v));
        let change = self.answer(Question::Change(v));
        let moved = self.answer(Question::Move(v));
        let named = |variables: Vec<usize>| {
            let names = variables.iter().map(|v| &self.function.variables[*v].name);
            names.cloned().collect::<Vec<_>>()
        };
        if says(&read.here, &["E0382"]) {
            let in_part = read.in_part;
            return Ok(State::Moved { in_part });
        }
        if says(&read.here, &["E0381"]) {
            return Ok(State::Empty);
        }
        if says(&read.elsewhere, &EXPIRED) {
            return Ok(State::Expired);
        }
        if self.is_lent(v) {
            return Ok(State::Lent {
                to: named(self.borrowers(v)),
                exclusively: says(&read.here, &LENT),
            });
        }
        if *read != Answer::default() || !moved.here.is_empty() {
            let variable = &self.function.variables[v].name;
            let codes: BTreeSet<_> = [&read.here, &read.elsewhere, &moved.here]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
            return Err(format!(
                "asked about `{variable}`, the compiler says {}, which has no word here",
                crate::plan::listed(&codes)
            ));
        }
        let lenders = self.lenders(v);
        if lenders.is_empty() {
            return Ok(match self.function.variables[v].of_caller {
                true => State::OfCaller,
                false => State::Owned {
                    changeable: !says(&change.here, &["E0596"]),
                },
            });
        }
        let still: Vec<usize> = lenders
            .into_iter()
            .filter(|lender| self.is_lent(*lender) && self.needs(v, *lender))
            .collect();
        if still.is_empty() {
            return Ok(State::Done);
        }
        let exclusively = still
            .iter()
            .any(|lender| says(&self.answer(Question::Read(*lender)).here, &LENT));
        Ok(State::Borrows {
            from: named(still),
            exclusively,
        })
    }

    /// Whether it can't be changed, for what others do with it further on.
    fn is_lent(&self, v: usize) -> bool {
        says(&self.answer(Question::Change(v)).here, &LENT)
    }

    /// Whether `by` can't be read any more once `v` has been changed.
    fn holds(&self, v: usize, by: usize) -> bool {
        let there = |v: usize| self.function.variables[v].is_in_scope(self.point);
        v != by
            && there(v)
            && there(by)
            && says(&self.answer(Question::Holds(v, by)).here, &LENT)
            && self.answer(Question::Read(by)).elsewhere.is_empty()
            && !says(&self.answer(Question::Read(by)).here, &["E0381", "E0382"])
    }

    /// Whether `by` is used further on, by name or by its destructor.
    fn needs(&self, by: usize, v: usize) -> bool {
        let later = self.answer(Question::Later(by));
        let without = self.answer(Question::Frees(v, by));
        says(&later.elsewhere, &["E0381"]) || self.is_lent(v) && !says(&without.here, &LENT)
    }

    fn all(&self) -> std::ops::Range<usize> {
        0..self.function.variables.len()
    }

    /// Those that hold `v`, without those that hold it through another one of them.
    fn borrowers(&self, v: usize) -> Vec<usize> {
        let holders: Vec<usize> = self.all().filter(|by| self.holds(v, *by)).collect();
        let through = |by: usize| holders.iter().any(|other| self.holds(*other, by));
        let direct = holders.iter().copied().filter(|by| !through(*by));
        // One that only lends on is still what `v` was lent to.
        direct
            .filter(|by| self.needs(*by, v) || self.is_lent(*by))
            .collect()
    }

    /// Those that `by` holds, without those that it holds through another one of them.
    fn lenders(&self, by: usize) -> Vec<usize> {
        let held: Vec<usize> = self.all().filter(|v| self.holds(*v, by)).collect();
        let through = |v: usize| held.iter().any(|other| self.holds(v, *other));
        held.iter().copied().filter(|v| !through(*v)).collect()
    }
}
