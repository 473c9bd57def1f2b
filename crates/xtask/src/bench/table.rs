//! What was measured, for people: `docs/bench-verdict.md`.

use super::rounds::Row;
use super::target::{Bound, Target, ratio};
use super::verdict::{self, COLD};
use super::{Report, floor};
use crate::meter::Spread;

const METHOD: &str = include_str!("method.md");

/// The whole report as Markdown.
pub fn markdown(report: &Report) -> String {
    let machine = &report.machine;
    let mut text = String::from(
        "<!-- Made by `cargo xtask bench-verdict`; not to be edited. -->\n\n# How fast mdbook-verdict is\n\n",
    );
    text += &format!(
        "Made by `cargo xtask bench-verdict` on {}: {}, {} cores, {}; {}{}; rounds: {}.\n\n",
        machine.day,
        machine.processor,
        machine.cores,
        machine.system,
        machine.toolchain,
        machine
            .mdbook
            .iter()
            .map(|mdbook| format!("; {mdbook}"))
            .collect::<String>(),
        report.rounds,
    );
    text += "## Targets\n\nTimes are CPU seconds.\n\n| what | to reach | came | |\n|---|---:|---:|---|\n";
    text.extend(report.targets.iter().map(target));
    let mut books: Vec<&str> = report.rows.iter().map(|row| row.book.as_str()).collect();
    books.dedup();
    for book in books {
        let rows: Vec<&Row> = report.rows.iter().filter(|row| row.book == book).collect();
        text += &table(book, &rows);
    }
    if !report.skipped.is_empty() {
        text += "\n## Not measured\n\n";
        text.extend(
            report
                .skipped
                .iter()
                .map(|line| format!("- {}\n", one_line(line))),
        );
    }
    text += "\n";
    text + METHOD
}

fn target(target: &Target) -> String {
    let (word, bound) = match target.bound {
        Bound::Most(bound) => ("at most", bound),
        Bound::Least(bound) => ("at least", bound),
    };
    let unit = target.unit;
    format!(
        "| {} | {word} {bound} {unit} | {} {unit} | {} |\n",
        target.what,
        figure(target.came),
        target.verdict()
    )
}

fn table(book: &str, rows: &[&Row]) -> String {
    let mut text = format!(
        "\n## {}{}\n\n| tool | case | CPU s (least to most) | wall s (least to most) | MiB: largest process, all | times ours, cold | times the floor | runs |\n|---|---|---:|---:|---:|---:|---:|---:|\n",
        book[..1].to_uppercase(),
        &book[1..]
    );
    let cold = |tool: &str| {
        let row = rows
            .iter()
            .find(|row| row.tool == tool && row.case == COLD)?;
        Some(row.cpu()?.median)
    };
    let (ours, floor) = (cold(verdict::TOOL), cold(floor::TOOL));
    for row in rows {
        let cpu = row.cpu().map(|cpu| cpu.median);
        let times = |of| ratio(cpu, of).map_or("-".to_owned(), figure);
        text += &format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
            row.tool,
            row.case,
            spread(row.cpu()),
            spread(row.wall()),
            memory(row),
            times(ours),
            times(floor),
            runs(row)
        );
    }
    text + &failures(rows)
}

fn failures(rows: &[&Row]) -> String {
    let failed = rows.iter().filter(|row| !row.failures.is_empty());
    let lines = failed.map(|row| {
        let (count, first) = (row.failures.len(), one_line(&row.failures[0]));
        format!(
            "\n{}, {}: {count} runs failed, the first so: {first}\n",
            row.tool, row.case
        )
    });
    lines.collect()
}

fn runs(row: &Row) -> String {
    match row.rounds {
        0 => "the first".to_owned(),
        _ => row.costs.len().to_string(),
    }
}

fn memory(row: &Row) -> String {
    let mebibytes = |bytes: Option<u64>| match bytes {
        Some(bytes) => (bytes >> 20).to_string(),
        None => "-".to_owned(),
    };
    format!("{}, {}", mebibytes(row.largest()), mebibytes(row.together))
}

fn spread(spread: Option<Spread>) -> String {
    match spread {
        None => "-".to_owned(),
        Some(Spread {
            median,
            least,
            most,
        }) => {
            format!("{} ({} to {})", figure(median), figure(least), figure(most))
        }
    }
}

/// A figure with three digits that count.
fn figure(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value if value >= 1.0 => format!("{value:.2}"),
        value => format!("{value:.3}"),
    }
}

/// A text in one line, and none too long.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(300).collect()
}
