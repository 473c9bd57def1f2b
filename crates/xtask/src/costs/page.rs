//! What the chapters include: ratios in words, and figures with a table below each.

use std::fmt::Write as _;

use super::cited::{CITED, plural};
use super::plot::{self, Bar, escaped};
use super::question::{GROUPS, Group};
use super::ratio::{Ratio, Says};
use super::record::{Case, Record};

const HEAD: &str =
    "<!-- Written by `cargo book --bless` from data/costs.json; not to be edited. -->\n";

/// The ratios, an anchor each.
pub fn ratios(record: &Record) -> String {
    let mut text = String::from(HEAD);
    let machine = &record.machine;
    let version = record.toolchain.split_whitespace().take(2);
    anchored(&mut text, "cores", &machine.cores.to_string());
    anchored(&mut text, "rounds", &record.rounds.to_string());
    anchored(&mut text, "threads", &most(record).to_string());
    anchored(
        &mut text,
        "machine",
        &format!(
            "{}, {}, {}, {}, {}",
            machine.processor,
            plural(machine.cores, "core"),
            machine.system,
            version.collect::<Vec<_>>().join(" "),
            record.day
        ),
    );
    for cited in CITED {
        anchored(&mut text, cited.name, &cited.ratio(record).words());
    }
    text
}

fn most(record: &Record) -> usize {
    let threads = record.cases.iter().map(|case| case.threads);
    threads.max().unwrap_or(1)
}

fn anchored(text: &mut String, name: &str, what: &str) {
    write!(
        text,
        "<!-- ANCHOR: {name} -->\n{what}\n<!-- ANCHOR_END: {name} -->\n"
    )
    .expect("a string");
}

/// The figures, an anchor each.
pub fn figures(record: &Record) -> String {
    let mut text = String::from(HEAD);
    for group in GROUPS {
        anchored(&mut text, group.name, &figure(record, group));
    }
    text
}

/// A figure: the picture, and below it the same as a table.
fn figure(record: &Record, group: &Group) -> String {
    let bars = bars(record, group);
    let about = format!(
        "{}: how many times as long as {}. The table below says the same.",
        group.title,
        baseline(group)
    );
    let picture = plot::draw(&bars, &format!("costs-{}", group.name), &about);
    let mut text = format!(
        "<figure class=\"pane pane-figure\">\n<figcaption>Measured: {}</figcaption>\n<p class=\"figure-about\">{} The 1 is “{}”.</p>\n<div class=\"figure\">{picture}</div>\n<details>\n<summary>As a table</summary>\n<div class=\"table-wrapper\">\n<table>\n<thead><tr><th scope=\"col\">What</th><th scope=\"col\">Times</th><th scope=\"col\">In nine rounds of ten</th><th scope=\"col\">So it takes</th></tr></thead>\n<tbody>\n",
        escaped(group.title),
        escaped(group.operation),
        escaped(&baseline(group)),
    );
    for bar in &bars {
        let [times, spread, says] = cells(bar);
        writeln!(
            text,
            "<tr><th scope=\"row\">{}</th><td>{times}</td><td>{spread}</td><td>{says}</td></tr>",
            escaped(&bar.label)
        )
        .expect("a string");
    }
    text.push_str("</tbody>\n</table>\n</div>\n</details>\n</figure>");
    text
}

fn baseline(group: &Group) -> String {
    let (name, threads) = group.baseline;
    label(group, name, threads)
}

/// `one atomic, 2 threads`; where each case is measured on one thread alone, without them.
fn label(group: &Group, case: &str, threads: usize) -> String {
    match ["orderings", "jobs"].contains(&group.name) {
        true => group.label(case).to_owned(),
        false => format!("{}, {}", group.label(case), plural(threads, "thread")),
    }
}

/// A bar for each case, in the order of the page.
pub fn bars(record: &Record, group: &Group) -> Vec<Bar> {
    let (name, threads) = group.baseline;
    let is_baseline = |case: &Case| case.case == name && case.threads == threads;
    let baseline = record.of(group.name, name).find(|case| is_baseline(case));
    let baseline = baseline.expect("a record that was read has the baselines");
    let cases = group.cases.iter().flat_map(|(case, _)| {
        let mut cases: Vec<&Case> = record.of(group.name, case).collect();
        cases.sort_by_key(|case| case.threads);
        cases
    });
    cases
        .map(|case| Bar {
            label: label(group, &case.case, case.threads),
            ratio: Ratio::of(case, baseline),
            is_baseline: is_baseline(case),
        })
        .collect()
}

/// How many times, the spread, and what that means.
fn cells(bar: &Bar) -> [String; 3] {
    if bar.is_baseline {
        return ["1".to_owned(), "-".to_owned(), "(the 1)".to_owned()];
    }
    let says = match bar.ratio.says() {
        Says::More => "more",
        Says::Less => "less",
        Says::Equal => "equal",
    };
    [
        super::ratio::figure(bar.ratio.median),
        bar.ratio.spread(),
        says.to_owned(),
    ]
}

/// Everything for a terminal.
pub fn text(record: &Record) -> String {
    let mut text = String::new();
    for group in GROUPS {
        writeln!(text, "\n{}", group.title).expect("a string");
        for bar in bars(record, group) {
            let [times, spread, says] = cells(&bar);
            writeln!(text, "  {:26} {times:>6}  {spread:16} {says}", bar.label).expect("a string");
        }
    }
    text
}
