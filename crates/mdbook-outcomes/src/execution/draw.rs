//! The picture as SVG, in the colours of the page around it.

use std::fmt::Write as _;

use outcomes::{EventKind, GraphEvent};

use super::Shown;
use super::layout::{
    self, LABEL, LETTERS, Layout, Node, PAD, Place, SMALL, SMALL_TEXT, TEXT, Wire,
};
use super::relations::{Edge, Relation};
use crate::html::escaped;
use crate::timeline::name;

/// Longer texts are broken.
const LONGEST: usize = 14;

/// The events `drawn`, and the edges between them.
pub(super) fn svg(shown: &Shown<'_>, drawn: &[usize], edges: &[Edge], title: &str) -> String {
    let mut threads = shown.threads();
    threads.retain(|thread| drawn.iter().any(|at| shown.event(*at).thread == *thread));
    let names: Vec<String> = threads.iter().map(|thread| name(*thread)).collect();
    let nodes = drawn.iter().map(|&at| {
        let event = shown.event(at);
        let column = threads.iter().position(|thread| *thread == event.thread);
        node(shown, at, column.unwrap_or_default())
    });
    let nodes: Vec<Node> = nodes.collect();
    let layout = layout::layout(&names, &nodes, edges);
    let mut svg = String::new();
    let (width, height) = layout.size;
    let desc = format!(
        "{} steps of {}, with arrows from what is before to what is behind. The list below the picture says the same in words.",
        nodes.len(),
        names.join(", ")
    );
    write(
        &mut svg,
        format_args!(
            "<svg role=\"img\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" style=\"--width:{width:.0}px\" font-family=\"monospace\" font-size=\"{LETTERS}\" fill=\"currentColor\" stroke-width=\"1.5\"><title>{}</title><desc>{}</desc>",
            escaped(title),
            escaped(&desc)
        ),
    );
    for (name, middle) in names.iter().zip(&layout.columns) {
        write(
            &mut svg,
            format_args!(
                "<text class=\"thread\" x=\"{middle:.1}\" y=\"{TEXT}\" text-anchor=\"middle\" font-weight=\"bold\">{name}</text>"
            ),
        );
    }
    program_order(&mut svg, &nodes, &layout);
    for (edge, wire) in edges.iter().zip(&layout.wires) {
        arrow(&mut svg, edge, wire);
    }
    for (node, place) in nodes.iter().zip(&layout.nodes) {
        event(&mut svg, node, place);
    }
    for (edge, wire) in edges.iter().zip(&layout.wires) {
        label(&mut svg, edge, wire);
    }
    svg.push_str("</svg>");
    svg
}

fn write(svg: &mut String, what: std::fmt::Arguments<'_>) {
    svg.write_fmt(what).expect("a string can be written to");
}

fn node(shown: &Shown<'_>, at: usize, column: usize) -> Node {
    let event = shown.event(at);
    let what = match &event.order {
        Some(order) => event.what.replacen(&format!(" ({order})"), "", 1),
        None => event.what.clone(),
    };
    let step = shown.step(at).unwrap_or_default();
    Node {
        event: at,
        column,
        above: format!("{step}  line {}", event.line),
        lines: broken(&what),
        below: how(shown, at, event),
    }
}

/// How it is ordered.
fn how(shown: &Shown<'_>, at: usize, event: &GraphEvent) -> String {
    let number = shown.graph.seq_cst.iter().position(|node| *node == at);
    match (&event.order, event.kind, number) {
        (Some(order), _, Some(number)) => format!("{order} no. {}", number + 1),
        (Some(order), ..) => order.clone(),
        (None, EventKind::Read | EventKind::Write, _) => "not atomic".to_owned(),
        _ => String::new(),
    }
}

/// A text in lines that aren't too long, if its words aren't.
fn broken(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LONGEST => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    // A word that is longer than two lines would push everything aside.
    let cut = |line: String| match line.chars().count() > 2 * LONGEST {
        true => format!("{}…", line.chars().take(2 * LONGEST).collect::<String>()),
        false => line,
    };
    lines.into_iter().map(cut).collect()
}

/// From each event to its thread's next.
fn program_order(svg: &mut String, nodes: &[Node], layout: &Layout) {
    for (at, node) in nodes.iter().enumerate() {
        let next = (at + 1..nodes.len()).find(|next| nodes[*next].column == node.column);
        let Some(next) = next else { continue };
        let (from, to) = (layout.nodes[at], layout.nodes[next]);
        let x = layout.columns[node.column];
        write(
            svg,
            format_args!(
                "<g class=\"po\" fill=\"currentColor\" data-edge=\"po {} {}\"><path d=\"M{x:.1} {:.1}V{:.1}\" stroke=\"currentColor\"></path><path d=\"M{x:.1} {:.1}l-4 -7h8z\"></path></g>",
                node.event,
                nodes[next].event,
                from.y + from.height,
                to.y - 6.0,
                to.y
            ),
        );
    }
}

/// How an arrow's line is told from the others', by its most telling relation.
fn stroke(edge: &Edge) -> &'static str {
    match edge.relations[0] {
        _ if edge.relations.contains(&Relation::SynchronizesWith) && edge.relations.len() > 1 => {
            " stroke-width=\"3\""
        }
        Relation::ReadsFrom => "",
        Relation::SynchronizesWith => " stroke-dasharray=\"9 3 2 3\"",
        Relation::ModificationOrder => " stroke-dasharray=\"6 4\"",
        Relation::HappensBefore => " stroke-dasharray=\"2 3\"",
    }
}

fn class(edge: &Edge) -> &'static str {
    match edge.relations.contains(&Relation::SynchronizesWith) {
        true => Relation::SynchronizesWith.name(),
        false => edge.relations[0].name(),
    }
}

fn arrow(svg: &mut String, edge: &Edge, wire: &Wire) {
    let Some((&(x, y), before)) = wire.points.split_last() else {
        return;
    };
    let away = if before[before.len() - 1].0 > x {
        1.0
    } else {
        -1.0
    };
    // The line ends within the head, or it would blunt it.
    let mut points = before.to_vec();
    points.push((x + away * 5.0, y));
    let from = edge
        .from
        .map_or("first".to_owned(), |from| from.to_string());
    let names = layout::label(edge);
    write(
        svg,
        format_args!(
            "<g class=\"{}\" fill=\"currentColor\" data-edge=\"{names} {from} {}\"><path d=\"{}\" fill=\"none\" stroke=\"currentColor\" stroke-linejoin=\"round\"{}></path><path d=\"M{x:.1} {y:.1}l{:.0} -4.5v9z\"></path>",
            class(edge),
            edge.to,
            rounded(&points),
            stroke(edge),
            away * 8.0
        ),
    );
    if edge.from.is_none() {
        let (x, y) = wire.points[0];
        write(
            svg,
            format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"var(--bg, Canvas)\" stroke=\"currentColor\"></circle>"
            ),
        );
    }
    svg.push_str("</g>");
}

/// A path with rounded corners.
fn rounded(points: &[(f64, f64)]) -> String {
    let mut path = format!("M{:.1} {:.1}", points[0].0, points[0].1);
    for part in points.windows(3) {
        let [a, b, c] = [part[0], part[1], part[2]];
        let near = |other: (f64, f64)| {
            let (dx, dy) = (other.0 - b.0, other.1 - b.1);
            let length = dx.hypot(dy);
            let share = if length > 0.0 {
                (length / 2.0).min(5.0) / length
            } else {
                0.0
            };
            (b.0 + dx * share, b.1 + dy * share)
        };
        let ((x1, y1), (x2, y2)) = (near(a), near(c));
        let _ = write!(
            path,
            "L{x1:.1} {y1:.1}Q{:.1} {:.1} {x2:.1} {y2:.1}",
            b.0, b.1
        );
    }
    let (x, y) = points[points.len() - 1];
    let _ = write!(path, "L{x:.1} {y:.1}");
    path
}

fn event(svg: &mut String, node: &Node, place: &Place) {
    let Place {
        x,
        y,
        width,
        height,
    } = *place;
    write(
        svg,
        format_args!(
            "<g class=\"event\" data-event=\"{}\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"4\" fill=\"var(--bg, Canvas)\" stroke=\"currentColor\"></rect>",
            node.event
        ),
    );
    let text = TEXT * node.lines.len() as f64 + 2.0 * SMALL_TEXT;
    let mut baseline = y + (height - text) / 2.0 + SMALL_TEXT - 4.0;
    let left = x + PAD;
    let mut line = |baseline: f64, small: bool, text: &str| {
        let size = if small {
            format!(" class=\"small\" fill=\"currentColor\" font-size=\"{SMALL}\"")
        } else {
            String::new()
        };
        write(
            svg,
            format_args!(
                "<text x=\"{left:.1}\" y=\"{baseline:.1}\"{size}>{}</text>",
                escaped(text)
            ),
        );
    };
    line(baseline, true, &node.above);
    for text in &node.lines {
        baseline += TEXT;
        line(baseline, false, text);
    }
    if !node.below.is_empty() {
        line(baseline + SMALL_TEXT, true, &node.below);
    }
    svg.push_str("</g>");
}

fn label(svg: &mut String, edge: &Edge, wire: &Wire) {
    let (x, y) = wire.label;
    let text = layout::label(edge);
    let width = layout::width_of(&text, SMALL) + 2.0;
    // On a ground, so that the line doesn't run through it.
    write(
        svg,
        format_args!(
            "<g class=\"label {}\" fill=\"currentColor\"><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{LABEL}\" fill=\"var(--bg, Canvas)\" stroke=\"none\"></rect><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{SMALL}\" font-weight=\"bold\">{text}</text></g>",
            class(edge),
            x - width / 2.0,
            y - LABEL / 2.0,
            y + LABEL / 2.0 - 3.5
        ),
    );
}
