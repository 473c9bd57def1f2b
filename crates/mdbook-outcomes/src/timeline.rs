//! How an outcome comes about: an execution, or a schedule as a table, a column for each thread, time downwards.

use outcomes::{Outcome, ThreadId};

use crate::execution::execution;
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
    let line = outcome.line();
    let under = model
        .map(|model| format!(" under {model}"))
        .unwrap_or_default();
    if let Some(graph) = &outcome.graph {
        return match execution(graph, &line) {
            None => format!("<p>{}</p>", code(&line)),
            Some(shown) => folded(&line, &under, &shown),
        };
    }
    let mut rows = of_schedule(outcome);
    // What is printed in the end is what it is called.
    while rows
        .last()
        .is_some_and(|row| row.what.starts_with("prints"))
    {
        rows.pop();
    }
    if rows.is_empty() {
        return format!("<p>{}</p>", code(&line));
    }
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
    let table = format!(
        "<div class=\"table-wrapper\"><table class=\"timeline\" aria-label=\"{}\"><thead><tr>{head}</tr></thead><tbody>{}</tbody></table></div>",
        escaped(&format!("A schedule that ends in {line}")),
        body.collect::<String>()
    );
    folded(&line, &under, &table)
}

fn folded(line: &str, under: &str, how: &str) -> String {
    format!(
        "<details class=\"outcome\"><summary>{} and how it comes about{under}</summary>{how}</details>",
        code(line)
    )
}

/// What a thread is called: `t1`, and main as such.
pub(crate) fn name(thread: ThreadId) -> String {
    match thread {
        ThreadId::MAIN => "main (t0)".to_owned(),
        thread => thread.to_string(),
    }
}

/// To begin and to end says nothing about the order of what lies between.
pub(crate) fn is_told(what: &str) -> bool {
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
