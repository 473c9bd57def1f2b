//! What mdbook-verdict is to reach, and whether it does.

use super::corpora;
use super::floor;
use super::rounds::Row;
use super::stock;
use super::verdict::{self, BROKEN, COLD, EDITED, UNCHANGED};

/// A figure that is to be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What is measured.
    pub what: String,
    /// The bound.
    pub bound: Bound,
    /// What came.
    pub came: f64,
    /// What it is counted in.
    pub unit: &'static str,
}

/// A bound on a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// Not more than this.
    Most(f64),
    /// Not less than this.
    Least(f64),
}

impl Target {
    /// Whether it is met.
    pub fn met(&self) -> bool {
        match self.bound {
            Bound::Most(bound) => self.came <= bound,
            Bound::Least(bound) => self.came >= bound,
        }
    }

    /// Whether it is met, and by how much.
    pub fn verdict(&self) -> String {
        let apart = match self.bound {
            Bound::Most(bound) => self.came / bound - 1.0,
            Bound::Least(bound) => 1.0 - self.came / bound,
        };
        let percent = (apart.abs() * 100.0).round();
        match self.met() {
            true => format!("met, {percent} % better"),
            false => format!("**not met**, {percent} % worse"),
        }
    }
}

/// The rows of a book.
struct Rows<'r> {
    book: &'r str,
    rows: &'r [Row],
}

/// The targets of all books for which there are figures.
pub fn all(rows: &[Row]) -> Vec<Target> {
    let mut books: Vec<&str> = rows.iter().map(|row| row.book.as_str()).collect();
    books.dedup();
    books
        .into_iter()
        .flat_map(|book| Rows { book, rows }.targets())
        .collect()
}

impl Rows<'_> {
    fn row(&self, tool: &str, case: &str) -> Option<&Row> {
        self.rows
            .iter()
            .find(|row| row.book == self.book && row.tool == tool && row.case == case)
    }

    fn cpu(&self, tool: &str, case: &str) -> Option<f64> {
        Some(self.row(tool, case)?.cpu()?.median)
    }

    fn ours(&self, case: &str) -> Option<f64> {
        self.cpu(verdict::TOOL, case)
    }

    fn targets(&self) -> Vec<Target> {
        let mut targets = Vec::new();
        let mut add = |what: &str, unit, bound, came: Option<f64>| {
            targets.extend(came.map(|came| Target {
                what: format!("{}: {what}", self.book),
                bound,
                came,
                unit,
            }));
        };
        // The floor knows no crates: where they are built, cargo is asked for them.
        if self.book != corpora::OURS {
            let floor = ratio(self.ours(COLD), self.cpu(floor::TOOL, COLD));
            add("cold, against the floor", "times", Bound::Most(1.25), floor);
        }
        for (rival, bound) in [
            (stock::RUSTDOC.to_owned(), 1.0),
            (stock::mdbook_name("2024"), 2.7),
            (stock::mdbook_name("2021"), 6.0),
        ] {
            let ahead = ratio(self.cpu(&rival, COLD), self.ours(COLD));
            let what = format!("cold, ahead of {rival}");
            if self.book.starts_with(corpora::MADE_UP) {
                add(&what, "times", Bound::Least(bound), ahead);
            }
        }
        let broken = ratio(self.ours(BROKEN), self.ours(COLD));
        add(
            "one block broken, against cold",
            "times",
            Bound::Most(1.5),
            broken,
        );
        add("one block edited", "s", Bound::Most(0.3), self.ours(EDITED));
        add(
            "nothing changed",
            "s",
            Bound::Most(0.05),
            self.ours(UNCHANGED),
        );
        add("memory when cold", "MiB", Bound::Most(600.0), self.memory());
        targets
    }

    /// All processes together, where that is known; else the largest; in MiB.
    fn memory(&self) -> Option<f64> {
        let row = self.row(verdict::TOOL, COLD)?;
        let bytes = row.together.max(row.largest())?;
        Some(bytes as f64 / f64::from(1 << 20))
    }
}

/// How many times the one is the other.
pub fn ratio(one: Option<f64>, other: Option<f64>) -> Option<f64> {
    Some(one? / other.filter(|other| *other > 0.0)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::Cost;

    fn row(tool: &str, case: &str, cpu: f64) -> Row {
        Row {
            book: "made up, 130 blocks".to_owned(),
            tool: tool.to_owned(),
            case: case.to_owned(),
            costs: vec![Cost {
                cpu,
                ..Cost::default()
            }],
            ..Row::default()
        }
    }

    #[test]
    fn a_target_that_is_missed_says_by_how_much() {
        let rows = [
            row(verdict::TOOL, COLD, 1.5),
            row(floor::TOOL, COLD, 1.0),
            row(stock::RUSTDOC, COLD, 3.0),
        ];
        let targets = all(&rows);
        assert_eq!(targets[0].verdict(), "**not met**, 20 % worse");
        assert_eq!(targets[1].verdict(), "met, 100 % better");
    }

    #[test]
    fn what_was_not_measured_is_no_target() {
        assert_eq!(all(&[row(stock::RUSTDOC, COLD, 3.0)]), []);
    }
}
