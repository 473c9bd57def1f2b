//! A schedule as a table: a column for each thread, time downwards.

use std::collections::BTreeMap;

use outcomes::{ExecutionGraph, Outcome, ThreadId};

use crate::html::{code, escaped};

/// A row of the table.
struct Row {
    thread: ThreadId,
    what: String,
    /// Where, and what else there is to say.
    note: String,
}

/// Which outcome it is and, folded, how it comes about.
pub(crate) fn timeline(outcome: &Outcome, model: Option<&str>) -> String {
    let mut rows = match &outcome.graph {
        Some(graph) => of_graph(graph),
        None => of_schedule(outcome),
    };
    // What is printed in the end is what it is called.
    while rows
        .last()
        .is_some_and(|row| row.what.starts_with("prints"))
    {
        rows.pop();
    }
    let line = outcome.line();
    if rows.is_empty() {
        return format!("<p>{}</p>", code(&line));
    }
    let under = model
        .map(|model| format!(" under {model}"))
        .unwrap_or_default();
    let mut threads: Vec<_> = rows.iter().map(|row| row.thread).collect();
    threads.sort_unstable();
    threads.dedup();
    let mut head = String::from("<th scope=\"col\">Step</th>");
    for thread in &threads {
        head.push_str(&format!("<th scope=\"col\">{}</th>", name(*thread)));
    }
    let body = rows
        .iter()
        .zip(1..)
        .map(|(row, number)| row.html(number, &threads));
    format!(
        "<details class=\"outcome\"><summary>{} and how it comes about{under}</summary><div class=\"table-wrapper\"><table class=\"timeline\" aria-label=\"{}\"><thead><tr>{head}</tr></thead><tbody>{}</tbody></table></div></details>",
        code(&line),
        escaped(&format!("A schedule that ends in {line}")),
        body.collect::<String>()
    )
}

/// What a thread is called: `t1`, and main as such.
fn name(thread: ThreadId) -> String {
    match thread {
        ThreadId::MAIN => "main (t0)".to_owned(),
        thread => thread.to_string(),
    }
}

/// To begin and to end says nothing about the order of what lies between.
fn is_told(what: &str) -> bool {
    !(what.starts_with("spawns") || what.starts_with("joins ") || what == "ends")
}

fn of_schedule(outcome: &Outcome) -> Vec<Row> {
    let steps = outcome.witness.iter().filter(|step| is_told(&step.what));
    let rows = steps.map(|step| Row {
        thread: step.thread,
        what: step.what.clone(),
        // A store arrives whatever its thread is at.
        note: match step.what.starts_with("its store") {
            true => String::new(),
            false => format!("line {}", step.span.line),
        },
    });
    rows.collect()
}

/// Where a load need not see the newest store, each says which one it has read.
fn of_graph(graph: &ExecutionGraph) -> Vec<Row> {
    let told = graph.events.iter().enumerate();
    let told: Vec<_> = told.filter(|(_, event)| is_told(&event.what)).collect();
    let rows = told.iter().zip(1..).map(|((at, _), row)| (*at, row));
    let rows: BTreeMap<usize, usize> = rows.collect();
    let read = |at: usize| {
        let (store, _) = graph.reads_from.iter().find(|(_, load)| *load == at)?;
        Some(match store {
            None => ", the first value".to_owned(),
            Some(store) => format!(", from step {}", rows.get(store)?),
        })
    };
    told.into_iter()
        .map(|(at, event)| Row {
            thread: event.thread,
            what: event.what.clone(),
            note: format!("line {}{}", event.line, read(at).unwrap_or_default()),
        })
        .collect()
}

impl Row {
    fn html(&self, number: usize, threads: &[ThreadId]) -> String {
        let mut row = format!("<tr><th scope=\"row\">{number}</th>");
        for thread in threads {
            match *thread == self.thread {
                true => row.push_str(&format!(
                    "<td>{} <small>{}</small></td>",
                    escaped(&self.what),
                    escaped(&self.note)
                )),
                false => row.push_str("<td></td>"),
            }
        }
        row.push_str("</tr>");
        row
    }
}
