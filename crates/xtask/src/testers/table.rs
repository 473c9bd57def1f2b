//! What came, as a table for the page.

use std::fmt::Write as _;

use super::end::{End, Worth};
use super::pairs::{PAIRS, is_wrong};
use super::record::{FILE, Record, ToolRecord};

/// The table, and below it how it came about.
pub fn markdown(record: &Record) -> String {
    let mut text =
        format!("<!-- Written by `cargo xtask testers` from {FILE}; not to be edited. -->\n");
    half(&mut text, record, "wrong", "The program has");
    text.push_str("\nAnd the same programs without their faults:\n\n");
    half(&mut text, record, "right", "Mended");
    text.push_str(
        "\nA number counts the executions, schedules, seeds or rounds up to the one in which it was \
         found. How each was asked:\n\n",
    );
    for tool in &record.tools {
        let version = tool.version.as_deref().map(|it| format!(", {it}"));
        let absent = tool
            .absent
            .as_deref()
            .map(|why| format!(" Not available: {why}"));
        let (version, absent) = (version.unwrap_or_default(), absent.unwrap_or_default());
        let _ = writeln!(text, "- {}{version}: {}.{absent}", tool.name, tool.how);
    }
    let about = |name: &str| record.machine.get(name).map_or("unknown", String::as_str);
    let _ = writeln!(
        text,
        "\nBy `cargo xtask testers` on {}: {}, {} cores, {}, {}.",
        about("day"),
        about("processor"),
        about("cores"),
        about("system"),
        version(about("toolchain"))
    );
    text
}

/// `rustc 1.95.0`, without the commit and the date.
fn version(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().take(2).collect();
    words.join(" ")
}

fn half(text: &mut String, record: &Record, side: &str, first: &str) {
    let names: Vec<&str> = record.tools.iter().map(|tool| &*tool.name).collect();
    // The longest name may break, or the last column would stand beyond the page's edge.
    let head = names.join(" | ").replace("dSan", "d&shy;San");
    let _ = writeln!(text, "| {first} | {head} |");
    let _ = writeln!(text, "|---{}|", "|---".repeat(names.len()));
    for (pair, words) in PAIRS {
        let program = format!("{pair}/{side}");
        let cells: Vec<String> = record
            .tools
            .iter()
            .map(|tool| cell(record, tool, &program))
            .collect();
        let _ = match side {
            "wrong" => writeln!(text, "| `{pair}`: {words} | {} |", cells.join(" | ")),
            _ => writeln!(text, "| `{pair}` | {} |", cells.join(" | ")),
        };
    }
}

fn cell(record: &Record, tool: &ToolRecord, program: &str) -> String {
    if tool.absent.is_some() {
        return "not available here".to_owned();
    }
    let Some(end) = record.end(&tool.name, program) else {
        return "not tried".to_owned();
    };
    let words = match end.worth(is_wrong(program)) {
        Worth::Found => "found",
        Worth::Missed => "*missed*",
        Worth::FalseAlarm => "*false alarm*",
        Worth::Quiet => "quiet",
        Worth::Unfinished => "no end",
        Worth::CannotExpress => "can't express",
    };
    match end {
        End::Reported { at: Some(at), .. } if *at > 1 => format!("{words} ({at})"),
        _ => words.to_owned(),
    }
}
