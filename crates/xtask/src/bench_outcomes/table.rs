//! What came, as Markdown and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Report;
use super::measure::{Found, Row};

const METHOD: &str = include_str!("method.md");

/// The page.
pub fn markdown(report: &Report) -> String {
    let mut text = String::from(
        "<!-- Made by `cargo xtask bench-outcomes`; not to be edited. -->\n\n\
         # How fast outcomes is, and what loom finds\n\n",
    );
    let machine = &report.machine;
    let _ = writeln!(
        text,
        "Made by `cargo xtask bench-outcomes` on {}: {}, {} cores, {}; {}; loom 0.7.2, {} s at most; rounds: {}.\n",
        machine.day,
        machine.processor,
        machine.cores,
        machine.system,
        machine.toolchain,
        report.limit,
        report.rounds,
    );
    targets(&mut text, report);
    let weakest = report.models.last().map_or("", String::as_str);
    let _ = writeln!(text, "## What is found\n");
    sums(&mut text, report);
    for (title, big) in [("The classics", false), ("Bigger programs", true)] {
        let rows = report.rows.iter().filter(|row| row.big == big);
        table(&mut text, title, weakest, rows);
    }
    if report.left_out > 0 {
        let _ = writeln!(
            text,
            "\nLeft out, since loom can't be given them: {} programs with statics.",
            report.left_out
        );
    }
    let _ = write!(text, "\n{METHOD}");
    text
}

fn targets(text: &mut String, report: &Report) {
    let _ = writeln!(
        text,
        "## Targets\n\n| what | CPU seconds: at most | came | |\n|---|---:|---:|---|"
    );
    for target in &report.targets {
        let word = match target.is_met() {
            true => "met".to_owned(),
            false if target.beyond.is_empty() => "**not met**".to_owned(),
            false => format!("**not met**: {}", target.beyond.join(", ")),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {:.4} | {word} |",
            target.what, target.bound, target.came
        );
    }
    text.push('\n');
}

/// How many programs each tool is right about.
fn sums(text: &mut String, report: &Report) {
    let _ = writeln!(
        text,
        "| tool | programs | all found, nothing else | some missed | some added | not ended |\n|---|---:|---:|---:|---:|---:|"
    );
    let Some(first) = report.rows.first() else {
        return;
    };
    let tools = first.ours.len() + first.loom.len();
    for tool in 0..tools {
        let found: Vec<&Found> = report
            .rows
            .iter()
            .filter_map(|row| row.ours.iter().chain(&row.loom).nth(tool))
            .collect();
        let count = |test: &dyn Fn(&Found) -> bool| found.iter().filter(|one| test(one)).count();
        let ours = tool < first.ours.len();
        let _ = writeln!(
            text,
            "| {}{} | {} | {} | {} | {} | {} |",
            if ours { "outcomes, " } else { "" },
            found[0].by,
            found.len(),
            count(&Found::is_right),
            count(&|one| !one.missed.is_empty()),
            count(&|one| !one.added.is_empty()),
            count(&|one| one.partial.is_some()),
        );
    }
}

fn table<'a>(text: &mut String, title: &str, weakest: &str, rows: impl Iterator<Item = &'a Row>) {
    let _ = writeln!(
        text,
        "\n## {title}\n\n| program | allowed | outcomes, {weakest}: states or executions | CPU ms | loom: executions | missed, added | times ours | loom, 2 preemptions: executions | missed, added | times ours |\n|---|---:|---:|---:|---:|---|---:|---:|---|---:|"
    );
    for row in rows {
        let Some(ours) = row.ours.last() else {
            continue;
        };
        let least = ours.cpu.iter().copied().fold(f64::INFINITY, f64::min);
        let wrong = match ours.is_right() {
            true => String::new(),
            false => format!(" (**{}**)", difference(ours)),
        };
        let _ = write!(
            text,
            "| {} | {} | {}{wrong} | {:.1} |",
            row.program,
            row.allowed,
            ours.count,
            least * 1e3
        );
        for loom in &row.loom {
            let _ = write!(
                text,
                " {} | {} | {} |",
                executions(loom),
                difference(loom),
                times(row, loom)
            );
        }
        text.push('\n');
    }
}

fn executions(found: &Found) -> String {
    match found.partial.as_deref() {
        None => found.count.to_string(),
        Some("too long") => format!("over {}", found.count),
        // A bar would end the table's cell.
        Some(how) => format!("{}; {}", found.count, how.replace('|', "/")),
    }
}

fn difference(found: &Found) -> String {
    let cell = |lines: &[String], sign: &str| -> Vec<String> {
        let shown = lines.iter().take(3);
        let mut cells: Vec<String> = shown
            .map(|line| format!("{sign}`{}`", line.replace('|', "/")))
            .collect();
        if lines.len() > 3 {
            cells.push(format!("{sign}{} more", lines.len() - 3));
        }
        cells
    };
    let all = [cell(&found.missed, "-"), cell(&found.added, "+")].concat();
    match all.is_empty() {
        true if found.partial.is_some() => "?".to_owned(),
        true => "none".to_owned(),
        false => all.join(" "),
    }
}

fn times(row: &Row, loom: &Found) -> String {
    let Some(ratio) = row.ratio(loom) else {
        return "-".to_owned();
    };
    let sign = if loom.partial.as_deref() == Some("too long") {
        "over "
    } else {
        ""
    };
    format!(
        "{sign}{:.1} ({:.1} to {:.1})",
        ratio.median, ratio.least, ratio.most
    )
}

/// The record.
pub fn json(report: &Report) -> Value {
    let machine = &report.machine;
    let found = |found: &Found| {
        json!({
            "by": found.by,
            "count": found.count,
            "outcomes": found.outcomes,
            "missed": found.missed,
            "added": found.added,
            "partial": found.partial,
            "cpu_s": found.cpu,
        })
    };
    let rows = report.rows.iter().map(|row| {
        json!({
            "program": row.program,
            "allowed": row.allowed,
            "ours": row.ours.iter().map(found).collect::<Vec<_>>(),
            "loom": row.loom.iter().map(found).collect::<Vec<_>>(),
        })
    });
    let targets = report.targets.iter().map(|target| {
        json!({
            "what": target.what,
            "bound_cpu_s": target.bound,
            "cpu_s": target.came,
            "met": target.is_met(),
            "beyond": target.beyond,
        })
    });
    json!({
        "made_by": "cargo xtask bench-outcomes",
        "machine": {
            "cores": machine.cores,
            "day": machine.day,
            "processor": machine.processor,
            "system": machine.system,
            "toolchain": machine.toolchain,
        },
        "rounds": report.rounds,
        "limit_s": report.limit,
        "models": report.models,
        "targets": targets.collect::<Vec<_>>(),
        "rows": rows.collect::<Vec<_>>(),
        "left_out": report.left_out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::machine::Machine;
    use crate::bench_outcomes::targets::Target;

    fn report() -> Report {
        let found = |by: &str, missed: &[&str], partial: Option<&str>, cpu: f64| Found {
            by: by.to_owned(),
            count: 7,
            outcomes: 1,
            missed: missed.iter().map(|line| (*line).to_owned()).collect(),
            added: Vec::new(),
            partial: partial.map(str::to_owned),
            cpu: vec![cpu],
        };
        Report {
            machine: Machine {
                processor: "a processor".to_owned(),
                cores: 2,
                system: "a system".to_owned(),
                toolchain: "rustc 1.95.0".to_owned(),
                mdbook: None,
                day: "2026-01-31".to_owned(),
            },
            rounds: 1,
            limit: 60,
            models: vec!["tso".to_owned()],
            rows: vec![Row {
                program: "sb".to_owned(),
                big: false,
                allowed: 4,
                ours: vec![found("tso", &["0 0"], None, 0.5)],
                loom: vec![
                    found("loom", &[], Some("too long"), 60.0),
                    found("loom, 2 preemptions", &[], None, 1.0),
                ],
            }],
            targets: vec![Target {
                what: "each".to_owned(),
                bound: 0.01,
                came: 0.02,
                beyond: vec!["sb".to_owned()],
            }],
            left_out: 3,
        }
    }

    #[test]
    fn what_we_miss_and_a_target_that_is_not_met_stand_out() {
        let text = markdown(&report());
        assert!(text.contains("| sb | 4 | 7 (**-`0 0`**) |"), "{text}");
        assert!(text.contains("| **not met**: sb |"), "{text}");
        assert!(
            text.contains("| outcomes, tso | 1 | 0 | 1 | 0 | 0 |"),
            "{text}"
        );
    }

    #[test]
    fn what_loom_did_not_end_is_more_than_was_measured_and_nothing_to_judge() {
        let text = markdown(&report());
        assert!(
            text.contains("| over 7 | ? | over 120.0 (120.0 to 120.0) |"),
            "{text}"
        );
        assert!(text.contains("| 7 | none | 2.0 (2.0 to 2.0) |"), "{text}");
    }

    #[test]
    fn the_record_has_the_same() {
        let json = json(&report());
        assert_eq!(json["targets"][0]["met"], false);
        assert_eq!(json["rows"][0]["ours"][0]["missed"][0], "0 0");
        assert_eq!(json["rows"][0]["loom"][0]["partial"], "too long");
    }
}
