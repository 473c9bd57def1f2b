//! The record as the tables that a page includes, each between its anchors.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::record::{ALL, Program, Record, Records};

/// All the tables.
pub fn tables(records: &Records) -> String {
    let mut text = String::from(
        "<!-- Written by `cargo xtask languages` from data/languages.json; not to be edited. -->\n",
    );
    let parts = [
        ("python", python(records)),
        ("switches", switches(records)),
        ("go", go(records)),
        ("java", java(records)),
    ];
    for (name, table) in parts {
        write!(
            text,
            "<!-- ANCHOR: {name} -->\n{table}\n<!-- ANCHOR_END: {name} -->\n"
        )
        .expect("a string takes all");
    }
    text
}

fn python(records: &Records) -> String {
    let mut table = String::from(
        "| interpreter | `count += 1` | `count += one()` | with a lock |\n|---|---|---|---|\n",
    );
    for racy in records.of(Program::Racy) {
        let of = |program| {
            let mut all = records.of(program);
            all.find(|record| record.who == racy.who)
                .map_or("not run".to_owned(), lost)
        };
        writeln!(
            table,
            "| {} | {} | {} | {} |",
            name(racy),
            lost(racy),
            of(Program::Called),
            of(Program::Locked)
        )
        .expect("a string takes all");
    }
    let all: Vec<_> = [Program::Racy, Program::Called, Program::Locked]
        .into_iter()
        .flat_map(|program| records.of(program))
        .collect();
    table + "\n" + &circumstances("What was lost, of ten million increments.", &all)
}

/// One row for all versions that let go at the same places.
fn switches(records: &Records) -> String {
    let mut rows: Vec<(Vec<&str>, String, String)> = Vec::new();
    for record in records.of(Program::Switches) {
        let row = (
            vec![name(record)],
            places(&record.words("inside after ")),
            places(&record.words("outside after ")),
        );
        match rows.iter_mut().find(|old| old.1 == row.1 && old.2 == row.2) {
            Some(old) => old.0.push(version(name(record))),
            None => rows.push(row),
        }
    }
    let mut table =
        String::from("| interpreter | inside `count += 1` | outside |\n|---|---|---|\n");
    for (names, inside, outside) in rows {
        writeln!(table, "| {} | {inside} | {outside} |", names.join(", "))
            .expect("a string takes all");
    }
    let all: Vec<_> = records.of(Program::Switches).collect();
    table + "\n" + &circumstances("After which instructions a thread was found waiting.", &all)
}

fn go(records: &Records) -> String {
    let one = |record: &Record| {
        let torn = record.runs.iter().filter(|run| run.ends_with(" 42"));
        format!(
            "With {}, `private` was 42 in the end in {} of {} runs ({}; {}).",
            record.who,
            torn.count(),
            record.runs.len(),
            record.machine,
            record.day
        )
    };
    let all: Vec<_> = records.of(Program::Torn).map(one).collect();
    all.join(" ")
}

fn java(records: &Records) -> String {
    let one = |record: &Record| {
        format!(
            "With {}, every object was whole in {1} of {1} runs; what was lost of the increments: {2} ({3}; {4}).",
            record.who,
            record.runs.len(),
            lost(record),
            record.machine,
            record.day
        )
    };
    let all: Vec<_> = records.of(Program::Whole).map(one).collect();
    all.join(" ")
}

fn places(names: &[&str]) -> String {
    match names {
        [] => "nowhere".to_owned(),
        _ => {
            let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            names.join(", ")
        }
    }
}

/// The interpreter; that it has a global lock is not said, only if it hasn't.
fn name(record: &Record) -> &str {
    record
        .who
        .strip_suffix(", with a global lock")
        .unwrap_or(&record.who)
}

/// A name without its first word.
fn version(name: &str) -> &str {
    name.split_once(' ').map_or(name, |(_, version)| version)
}

/// From the least to the most that a run has lost, as a share.
fn lost(record: &Record) -> String {
    let counts = record.counts().unwrap_or_default();
    let (Some(least), Some(most)) = (counts.iter().min(), counts.iter().max()) else {
        return "not run".to_owned();
    };
    match (share(ALL - most), share(ALL - least)) {
        (one, other) if one == other => one,
        (one, other) if one == "none" => format!("none to {other}"),
        (one, other) => format!("{} to {other}", one.trim_end_matches("\u{a0}%")),
    }
}

/// None is nothing but none: a few of ten million are not rounded to zero. The sign stays on the
/// number's line.
fn share(lost: u64) -> String {
    let percent = lost as f64 * 100.0 / ALL as f64;
    match lost {
        0 => "none".to_owned(),
        _ if percent < 0.1 => "under 0.1\u{a0}%".to_owned(),
        _ if percent < 1.0 => format!("{percent:.1}\u{a0}%"),
        _ => format!("{percent:.0}\u{a0}%"),
    }
}

/// How often, where and when.
fn circumstances(what: &str, records: &[&Record]) -> String {
    let each = |part: fn(&Record) -> String| -> String {
        let all: BTreeSet<_> = records.iter().map(|record| part(record)).collect();
        all.into_iter().collect::<Vec<_>>().join(", ")
    };
    format!(
        "{what} {} runs of each, on {}, {}.",
        each(|record| record.runs.len().to_string()),
        each(|record| record.machine.clone()),
        each(|record| record.day.clone())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(counts: &[u64]) -> Record {
        let runs: Vec<_> = counts
            .iter()
            .map(|count| format!("counted {count} of {ALL}"))
            .collect();
        serde_json::from_value(serde_json::json!({
            "program": "racy", "who": "X 1", "build": "", "machine": "", "day": "",
            "command": "", "runs": runs,
        }))
        .unwrap()
    }

    #[test]
    fn a_single_lost_update_is_not_none() {
        assert_eq!(lost(&record(&[ALL, ALL])), "none");
        assert_eq!(lost(&record(&[ALL - 1, ALL])), "none to under 0.1\u{a0}%");
        assert_eq!(lost(&record(&[ALL / 2, ALL / 4])), "50 to 75\u{a0}%");
    }

    #[test]
    fn a_changed_count_changes_the_table() {
        let with = |count| {
            let mut records = Records::default();
            records.keep(record(&[count]));
            tables(&records)
        };
        assert_ne!(with(ALL), with(2));
    }
}
