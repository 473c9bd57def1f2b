//! Contests: everything is run in turn, round after round, so that what disturbs the machine disturbs all alike.

use anyhow::Result;

use crate::meter::Meter;
use crate::meter::{Cost, Spread};

/// Runs something once, and says what it cost.
pub type Run = Box<dyn FnMut(&Meter) -> Result<Cost>>;

/// What is measured.
pub struct Entry {
    /// The book's name.
    pub book: String,
    /// The tool's name.
    pub tool: String,
    /// What the tool is asked to do: `cold`.
    pub case: String,
    /// Does it once.
    pub run: Run,
}

/// What was measured.
#[derive(Debug, Default)]
pub struct Row {
    /// The book's name.
    pub book: String,
    /// The tool's name.
    pub tool: String,
    /// What the tool was asked to do.
    pub case: String,
    /// What each run cost.
    pub costs: Vec<Cost>,
    /// How many rounds it takes part in; in none if it takes so long that only its first run
    /// was measured.
    pub rounds: usize,
    /// Runs that didn't end as they should have: why. They aren't in `costs`.
    pub failures: Vec<String>,
    /// The memory of all processes together, as seen in the first run.
    pub together: Option<u64>,
}

impl Row {
    /// CPU seconds.
    pub fn cpu(&self) -> Option<Spread> {
        Spread::of(self.costs.iter().map(|cost| cost.cpu))
    }

    /// Seconds on the clock.
    pub fn wall(&self) -> Option<Spread> {
        Spread::of(self.costs.iter().map(|cost| cost.wall))
    }

    /// The memory of the largest process, in bytes.
    pub fn largest(&self) -> Option<u64> {
        self.costs.iter().map(|cost| cost.largest).max()
    }
}

/// How long a contest may take.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How many rounds.
    pub rounds: usize,
    /// CPU seconds that the rounds of one entry may take: what takes much has fewer rounds, and
    /// what takes more than this is only run once.
    pub budget: f64,
}

impl Pace {
    /// How many rounds something gets that cost this in its first run.
    fn rounds(self, first: Cost) -> usize {
        let affordable = self.budget / first.cpu.max(0.001);
        self.rounds.min(affordable as usize)
    }
}

/// Runs everything once to warm up, then in rounds.
pub fn hold(entries: Vec<Entry>, pace: Pace, meter: &Meter) -> Vec<Row> {
    let mut contest: Vec<(Entry, Row)> = entries
        .into_iter()
        .map(|entry| {
            let row = Row {
                book: entry.book.clone(),
                tool: entry.tool.clone(),
                case: entry.case.clone(),
                ..Row::default()
            };
            (entry, row)
        })
        .collect();
    for (entry, row) in &mut contest {
        warm_up(entry, row, pace, meter);
    }
    for round in 1..=pace.rounds {
        eprintln!("round {round} of {}", pace.rounds);
        for (entry, row) in contest.iter_mut().filter(|(_, row)| round <= row.rounds) {
            match (entry.run)(meter) {
                Ok(cost) => row.costs.push(cost),
                Err(error) => row.failures.push(format!("{error:#}")),
            }
        }
    }
    contest.into_iter().map(|(_, row)| row).collect()
}

/// The first run: it fills the caches of the system, and shows how much memory is used.
fn warm_up(entry: &mut Entry, row: &mut Row, pace: Pace, meter: &Meter) {
    meter.watching.set(true);
    let first = (entry.run)(meter);
    meter.watching.set(false);
    let name = format!("{}, {}, {}", entry.book, entry.tool, entry.case);
    match first {
        Ok(cost) => {
            eprintln!("{name}: {:.2} s CPU, {:.2} s", cost.cpu, cost.wall);
            row.together = cost.together;
            row.rounds = pace.rounds(cost);
            if row.rounds == 0 {
                row.costs.push(cost);
            }
        }
        Err(error) => {
            eprintln!("{name}: {error:#}");
            row.rounds = pace.rounds;
            row.failures.push(format!("{error:#}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;

    /// Entries that write down who ran, and take the given seconds.
    fn entries(seconds: [f64; 2], seen: &Rc<RefCell<String>>) -> Vec<Entry> {
        let entry = |(tool, cpu): (&str, f64)| {
            let (seen, name) = (seen.clone(), tool.to_owned());
            Entry {
                book: "book".to_owned(),
                tool: tool.to_owned(),
                case: "cold".to_owned(),
                run: Box::new(move |_| {
                    seen.borrow_mut().push_str(&name);
                    let cost = Cost::default();
                    Ok(Cost { cpu, ..cost })
                }),
            }
        };
        ["a", "b"].into_iter().zip(seconds).map(entry).collect()
    }

    fn contest(seconds: [f64; 2]) -> (String, Vec<Row>) {
        let folder = tempfile::tempdir().unwrap();
        let meter = Meter::new(folder.path(), std::time::Duration::from_secs(1));
        let pace = Pace {
            rounds: 2,
            budget: 10.0,
        };
        let seen = Rc::default();
        let rows = hold(entries(seconds, &seen), pace, &meter);
        (seen.take(), rows)
    }

    #[test]
    fn all_take_turns_and_the_first_turn_does_not_count() {
        let (seen, rows) = contest([1.0, 1.0]);
        assert_eq!(seen, "ababab");
        assert!(rows.iter().all(|row| row.costs.len() == 2));
    }

    #[test]
    fn what_takes_long_has_fewer_rounds_or_only_its_first_run() {
        let (seen, rows) = contest([9.0, 11.0]);
        assert_eq!(seen, "aba");
        assert!(rows.iter().all(|row| row.costs.len() == 1));
        assert_eq!([rows[0].rounds, rows[1].rounds], [1, 0]);
    }
}
