//! What a page shows of an explored block: its outcomes, how each comes about, and the steps.

use std::collections::BTreeMap;

use mdbook_verdict::Block;
use outcomes::{Exploration, Model, Outcome};

use crate::Memory;
use crate::dial::dial;
use crate::execution::legend;
use crate::explored::Explored;
use crate::html::code;
use crate::record::{self, Machine, Record};
use crate::steps;
use crate::timeline::timeline;

/// The inside of the pane, as HTML on one line; `recorded`: a run of the block, and on which machine.
pub fn pane(
    block: &Block,
    explored: &Explored,
    recorded: Option<(&Machine, &Record)>,
    memory: &Memory,
) -> String {
    let answers = explored.answers();
    let mut html = String::from("<div class=\"outcomes\">");
    html.push_str(&match (answers, recorded) {
        ([(model, exploration)], None) => counted(*model, exploration),
        _ => table(answers, recorded.map(|(_, record)| record)),
    });
    if let Some((machine, record)) = recorded {
        html.push_str(&record::origin(machine, record));
    }
    html.push_str(&schedules(answers));
    html.push_str(&steps::stepper(block, explored, memory));
    html.push_str(&dial(block, explored, memory));
    html.push_str("</div>");
    html
}

/// What a model's name stands for.
pub(crate) fn words(model: Model) -> &'static str {
    match model.name() {
        "sc" => "the threads take turns, in any order",
        "tso" => "as on x86: stores wait in a buffer before they reach memory",
        _ => "the C++20 model, which Rust's atomics follow",
    }
}

/// How much was looked at.
fn seen(model: Model, exploration: &Exploration) -> String {
    let of = if model == Model::Cpp20 {
        " of growing executions"
    } else {
        ""
    };
    match exploration.states.unwrap_or_default() {
        1 => format!("1 state{of}"),
        states => format!("{states} states{of}"),
    }
}

/// How many outcomes there are under the only model; their schedules name them.
fn counted(model: Model, exploration: &Exploration) -> String {
    let count = match exploration.outcomes.len() {
        1 => "One outcome, and no other".to_owned(),
        count => format!("{count} outcomes, and no others"),
    };
    format!(
        "<p>{count}: {} visited under <b>{}</b> ({}).</p>",
        seen(model, exploration),
        model.name(),
        words(model)
    )
}

/// The outcomes under each model, and how often a machine showed them.
fn table(answers: &[(Model, Exploration)], record: Option<&Record>) -> String {
    let mut rows: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for (at, (_, exploration)) in answers.iter().enumerate() {
        for outcome in &exploration.outcomes {
            rows.entry(outcome.line())
                .or_insert_with(|| vec![false; answers.len()])[at] = true;
        }
    }
    let names = answers
        .iter()
        .map(|(model, _)| format!("<th scope=\"col\">{}</th>", model.name()));
    let body = rows.iter().map(|(line, allowed)| {
        let cells = allowed.iter().map(|allowed| match allowed {
            true => {
                "<td class=\"outcome-allowed\"><span aria-hidden=\"true\">✓</span> allowed</td>"
            }
            false => {
                "<td class=\"outcome-forbidden\"><span aria-hidden=\"true\">✗</span> forbidden</td>"
            }
        });
        let seen = record.map(|record| match record.count(line) {
            0 => "<td class=\"outcome-seen\">never</td>".to_owned(),
            count => format!("<td class=\"outcome-seen\">{}</td>", record::number(count)),
        });
        format!(
            "<tr><th scope=\"row\">{}</th>{}{}</tr>",
            code(line),
            cells.collect::<String>(),
            seen.unwrap_or_default()
        )
    });
    let head = record.map_or("", |_| "<th scope=\"col\">seen</th>");
    let told = answers.iter().map(|(model, exploration)| {
        format!(
            "<li><b>{}</b>: {}; {} visited</li>",
            model.name(),
            words(*model),
            seen(*model, exploration)
        )
    });
    format!(
        "<div class=\"table-wrapper\"><table><thead><tr><th scope=\"col\">Outcome</th>{}{head}</tr></thead><tbody>{}</tbody></table></div><ul>{}</ul>",
        names.collect::<String>(),
        body.collect::<String>(),
        told.collect::<String>()
    )
}

/// Each outcome, and how it comes about under the first model that has it.
fn schedules(answers: &[(Model, Exploration)]) -> String {
    let mut shown: BTreeMap<String, (&Outcome, Model)> = BTreeMap::new();
    for (model, exploration) in answers {
        for outcome in &exploration.outcomes {
            shown.entry(outcome.line()).or_insert((outcome, *model));
        }
    }
    let several = answers.len() > 1;
    let all = shown
        .values()
        .map(|(outcome, model)| timeline(outcome, several.then_some(model.name())));
    let graphs = shown
        .values()
        .filter_map(|(outcome, _)| outcome.graph.as_ref());
    all.chain([legend(graphs)]).collect()
}
