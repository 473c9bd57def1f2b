//! A schedule as a table: a column for each thread, time downwards.

use outcomes::{Outcome, ThreadId, WitnessStep};

use crate::html::{code, escaped};

/// Which outcome it is and, folded, how it comes about.
pub(crate) fn timeline(outcome: &Outcome, model: Option<&str>) -> String {
    let mut steps: Vec<&WitnessStep> = outcome
        .witness
        .iter()
        .filter(|step| is_told(step))
        .collect();
    // What is printed in the end is what it is called.
    while steps.last().is_some_and(|step| step.short == "print") {
        steps.pop();
    }
    let line = outcome.line();
    let under = model
        .map(|model| format!(" under {model}"))
        .unwrap_or_default();
    let summary = format!("{} and how it comes about{under}", code(&line));
    if steps.is_empty() {
        return format!("<p>{}</p>", code(&line));
    }
    let threads = threads(&steps);
    let mut head = String::from("<th scope=\"col\">Step</th>");
    for thread in &threads {
        head.push_str(&format!("<th scope=\"col\">{}</th>", name(*thread)));
    }
    let rows = steps
        .iter()
        .zip(1..)
        .map(|(step, number)| row(step, number, &threads));
    let label = escaped(&format!("A schedule that ends in {line}"));
    format!(
        "<details class=\"outcome\"><summary>{summary}</summary><div class=\"table-wrapper\"><table class=\"timeline\" aria-label=\"{label}\"><thead><tr>{head}</tr></thead><tbody>{}</tbody></table></div></details>",
        rows.collect::<String>()
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
fn is_told(step: &WitnessStep) -> bool {
    let silent = ["spawn", "join", "end"];
    !silent
        .iter()
        .any(|word| step.short == *word || step.short.starts_with(&format!("{word}(")))
}

fn threads(steps: &[&WitnessStep]) -> Vec<ThreadId> {
    let mut threads: Vec<_> = steps.iter().map(|step| step.thread).collect();
    threads.sort_unstable();
    threads.dedup();
    threads
}

fn row(step: &WitnessStep, number: usize, threads: &[ThreadId]) -> String {
    let mut row = format!("<tr><th scope=\"row\">{number}</th>");
    for thread in threads {
        match *thread == step.thread {
            true => row.push_str(&format!(
                "<td>{} <small>line {}</small></td>",
                escaped(&step.what),
                step.span.line
            )),
            false => row.push_str("<td></td>"),
        }
    }
    row.push_str("</tr>");
    row
}
