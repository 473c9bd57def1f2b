//! An execution as a picture with arrows, and in words: who reads from whom, what is ordered before what.

mod draw;
mod layout;
mod relations;

use std::collections::BTreeMap;

use outcomes::{ExecutionGraph, GraphEvent, ThreadId};

use crate::html::{code, escaped};
use crate::timeline::{is_told, name};
use relations::{Edge, Relation};

/// More events than that make no picture that anybody looks at.
const MOST_EVENTS: usize = 30;
/// More threads than that are too wide for any page.
const MOST_THREADS: usize = 8;

/// What of an execution is shown: all but the beginnings and ends of threads, and what is printed
/// last.
struct Shown<'g> {
    graph: &'g ExecutionGraph,
    /// The events, by their numbers in the graph.
    events: Vec<usize>,
    /// Of those that are shown, how they are related.
    edges: Vec<Edge>,
}

impl<'g> Shown<'g> {
    fn of(graph: &'g ExecutionGraph) -> Shown<'g> {
        let mut last = graph.events.len();
        // What is printed in the end is what the outcome is called.
        while last > 0 && !is_worth(&graph.events[last - 1], true) {
            last -= 1;
        }
        let worth = |at: &usize| is_worth(&graph.events[*at], false);
        let events: Vec<usize> = (0..last).filter(worth).collect();
        let edges = relations::of(graph, &events);
        Shown {
            graph,
            events,
            edges,
        }
    }

    fn event(&self, at: usize) -> &'g GraphEvent {
        &self.graph.events[at]
    }

    /// The number that a reader is told.
    fn step(&self, at: usize) -> Option<usize> {
        self.events.binary_search(&at).ok().map(|place| place + 1)
    }

    fn threads(&self) -> Vec<ThreadId> {
        let threads = self.events.iter().map(|at| self.event(*at).thread);
        let mut threads: Vec<ThreadId> = threads.collect();
        threads.sort_unstable();
        threads.dedup();
        threads
    }

    /// As much of it as makes a picture: a beginning, which holds all that it depends on.
    fn beginning(&self) -> Vec<usize> {
        let mut threads = Vec::new();
        let beginning = self.events.iter().copied().take(MOST_EVENTS);
        let fits = |at: &usize| {
            let thread = self.event(*at).thread;
            if !threads.contains(&thread) {
                threads.push(thread);
            }
            threads.len() <= MOST_THREADS
        };
        beginning.take_while(fits).collect()
    }
}

fn is_worth(event: &GraphEvent, at_the_end: bool) -> bool {
    is_told(&event.what) && !(at_the_end && event.what.starts_with("prints"))
}

/// How the execution comes to this outcome: a picture, and all of it in words. None if there is nothing to show.
pub(crate) fn execution(graph: &ExecutionGraph, line: &str) -> Option<String> {
    let shown = Shown::of(graph);
    if shown.events.is_empty() {
        return None;
    }
    let drawn = shown.beginning();
    let title = format!("An execution that ends in {line}");
    let cut = match drawn.len() == shown.events.len() {
        true => String::new(),
        false => format!(
            "<p>It has {} steps: the picture stops after the first {}.</p>",
            shown.events.len(),
            drawn.len()
        ),
    };
    let edges = edges_within(&shown.edges, &drawn);
    let mut html = format!(
        "<div class=\"execution\" role=\"group\" tabindex=\"0\" aria-label=\"{}\">{}</div>{cut}",
        escaped(&title),
        draw::svg(&shown, &drawn, &edges, &title)
    );
    html.push_str(&words(&shown));
    Some(html)
}

fn edges_within(edges: &[Edge], drawn: &[usize]) -> Vec<Edge> {
    let within = |at: usize| drawn.binary_search(&at).is_ok();
    let edges = edges.iter();
    let edges = edges.filter(|edge| within(edge.to) && edge.from.is_none_or(within));
    edges.cloned().collect()
}

/// What the arrows in the pictures of these executions mean; empty if there are no pictures.
pub(crate) fn legend<'g>(graphs: impl IntoIterator<Item = &'g ExecutionGraph>) -> String {
    let mut edges = Vec::new();
    let mut drawn = false;
    for graph in graphs {
        let shown = Shown::of(graph);
        drawn |= !shown.events.is_empty();
        edges.extend(edges_within(&shown.edges, &shown.beginning()));
    }
    if !drawn {
        return String::new();
    }
    let mut told = String::from(
        "In the pictures a column is one thread’s own order, program order (<b>po</b>).",
    );
    let has = |relation| {
        edges
            .iter()
            .any(|edge: &Edge| edge.relations.contains(&relation))
    };
    for relation in Relation::ALL.into_iter().filter(|relation| has(*relation)) {
        told.push_str(&format!(
            " <b>{}</b>: {}.",
            relation.name(),
            relation.words()
        ));
    }
    if edges.iter().any(|edge| edge.from.is_none()) {
        told.push_str(" A ring is the value that an atomic began with.");
    }
    format!("<p class=\"execution-legend\">{told}</p>")
}

/// The text equivalent: the steps in an order in which they can have come about, and how they are
/// related.
fn words(shown: &Shown<'_>) -> String {
    let mut html = String::from("<ol class=\"execution-words\">");
    for &at in &shown.events {
        let event = shown.event(at);
        html.push_str(&format!(
            "<li>{}, line {}: {}{}</li>",
            name(event.thread),
            event.line,
            escaped(&event.what),
            related(shown, at)
        ));
    }
    html.push_str("</ol>");
    let mut orders = Vec::new();
    for (location, stores) in &shown.graph.modification_order {
        if stores.len() > 1 {
            let steps = steps(shown, stores);
            orders.push(format!("<li>{}: {steps}</li>", code(location)));
        }
    }
    if !orders.is_empty() {
        let orders = orders.concat();
        html.push_str(&format!(
            "<p>Stores, the oldest first:</p><ul>{orders}</ul>"
        ));
    }
    if !shown.graph.seq_cst.is_empty() {
        let steps = steps(shown, &shown.graph.seq_cst);
        html.push_str(&format!(
            "<p>The one order of the SeqCst steps: {steps}.</p>"
        ));
    }
    html
}

fn steps(shown: &Shown<'_>, events: &[usize]) -> String {
    let steps = events.iter().filter_map(|at| shown.step(*at));
    let steps = steps.map(|step| step.to_string());
    steps.collect::<Vec<_>>().join(", ")
}

/// How an event is related to those before.
fn related(shown: &Shown<'_>, at: usize) -> String {
    let mut from: BTreeMap<Relation, Vec<Option<usize>>> = BTreeMap::new();
    for edge in shown.edges.iter().filter(|edge| edge.to == at) {
        for relation in &edge.relations {
            from.entry(*relation).or_default().push(edge.from);
        }
    }
    let mut html = String::new();
    for (relation, from) in from {
        let many = from.len() > 1;
        let from = listed(shown, &from);
        let told = match relation {
            Relation::ReadsFrom => format!("it reads from {from}"),
            Relation::SynchronizesWith if many => format!("{from} synchronise with it"),
            Relation::SynchronizesWith => format!("{from} synchronises with it"),
            Relation::HappensBefore if many => format!("{from} happen before it"),
            Relation::HappensBefore => format!("{from} happens before it"),
            // Told as a whole.
            Relation::ModificationOrder => continue,
        };
        html.push_str(&format!("; <small>{told}</small>"));
    }
    html
}

/// `steps 2 and 4`.
fn listed(shown: &Shown<'_>, from: &[Option<usize>]) -> String {
    let steps = from.iter().flatten().filter_map(|at| shown.step(*at));
    let steps: Vec<String> = steps.map(|step| step.to_string()).collect();
    match steps.as_slice() {
        [] => "the first value".to_owned(),
        [step] => format!("step {step}"),
        [others @ .., last] => format!("steps {} and {last}", others.join(", ")),
    }
}
