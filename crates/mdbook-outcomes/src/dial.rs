//! The ordering dial: what a program can come to with every combination of its orderings.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::ops::Range;
use std::str::FromStr as _;
use std::sync::LazyLock;
use std::time::Duration;

use mdbook_verdict::Block;
use outcomes::{Kind, Limits, Model, Outcome};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use rayon::prelude::*;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::Memory;
use crate::explored::Explored;
use crate::html;

/// More combinations than that nobody waits for.
const MOST_COMBINATIONS: usize = 729;
/// More outcomes than that don't fit the bits of a number in a script.
const MOST_OUTCOMES: usize = 30;
/// A program that is larger is not for turning knobs.
const LIMIT: usize = 20_000;

const ORDERINGS: [&str; 5] = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];

/// An ordering in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Site {
    /// The line of the block, from 1.
    line: usize,
    /// The operation: `ready.store`.
    what: String,
    /// The orderings that it may have.
    choices: Vec<String>,
    /// Which of them it has.
    now: usize,
    #[serde(skip)]
    place: Range<usize>,
}

/// What the script is given.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Data {
    model: String,
    sites: Vec<Site>,
    outcomes: Vec<String>,
    /// For each combination the outcomes that it allows, as bits; the last site's choice changes
    /// first.
    sets: Vec<u32>,
}

/// The place where a reader turns the orderings, folded; empty where there are none to turn, or too
/// many, or no model that heeds them.
pub(crate) fn dial(block: &Block, explored: &Explored, memory: &Memory) -> String {
    let rank = |model: &Model| Model::ALL.iter().position(|known| known == model);
    let models = explored.answers().iter().map(|(model, _)| *model);
    let weakest = models.max_by_key(rank).filter(|model| *model != Model::Sc);
    let data = weakest.and_then(|model| {
        let parts = [&block.code, block.edition.year(), model.name()];
        let made = || Ok::<_, Infallible>(data(block, model));
        let Ok(data) = memory.recall("dial", &parts, made);
        data
    });
    let Some(data) = data else {
        return String::new();
    };
    let json = serde_json::to_string(&data).expect("it is plain data");
    format!(
        "<details class=\"explorer dial\"><summary>Turn the orderings</summary><noscript><p>This needs scripts.</p></noscript><script type=\"application/json\">{}</script></details>",
        html::json(&json)
    )
}

fn data(block: &Block, model: Model) -> Option<Data> {
    let sites = sites(&block.code)?;
    let combinations = sites
        .iter()
        .try_fold(1usize, |all, site| all.checked_mul(site.choices.len()))?;
    if sites.is_empty() || combinations > MOST_COMBINATIONS {
        return None;
    }
    let found: Option<Vec<BTreeSet<String>>> = (0..combinations)
        .into_par_iter()
        .map(|number| outcomes_of(&turned(&block.code, &sites, number), block, model))
        .collect();
    let found = found?;
    let outcomes: Vec<String> = found
        .iter()
        .flatten()
        .cloned()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if outcomes.len() > MOST_OUTCOMES {
        return None;
    }
    let bits = |set: &BTreeSet<String>| {
        let bits = outcomes
            .iter()
            .enumerate()
            .filter(|(_, line)| set.contains(*line));
        bits.map(|(bit, _)| 1 << bit).sum()
    };
    let sets = found.iter().map(bits).collect();
    Some(Data {
        model: model.name().to_owned(),
        sites,
        outcomes,
        sets,
    })
}

/// The program with the orderings of a combination.
fn turned(code: &str, sites: &[Site], mut number: usize) -> String {
    let mut turned = code.to_owned();
    // From the last, so that the places of the others stay.
    for site in sites.iter().rev() {
        let choice = &site.choices[number % site.choices.len()];
        number /= site.choices.len();
        turned.replace_range(
            site.place.clone(),
            &format!("::std::sync::atomic::Ordering::{choice}"),
        );
    }
    turned
}

/// What the program can come to; none if it can't be told.
fn outcomes_of(code: &str, block: &Block, model: Model) -> Option<BTreeSet<String>> {
    let edition = crate::explored::edition(block);
    let program = outcomes::parse(code, outcomes::Options { edition }).ok()?;
    let limits = Limits {
        states: LIMIT,
        // Not by the clock: what is remembered must not depend on it.
        time: Duration::MAX,
        ..Limits::default()
    };
    let answer = outcomes::explore(&program, model, &limits).ok()?;
    let lines = answer.outcomes.iter().map(line);
    answer.complete.then(|| lines.collect())
}

/// An outcome's line without columns: another ordering is longer or shorter.
fn line(outcome: &Outcome) -> String {
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b(\d+):\d+").expect("a valid regex"));
    match outcome.kind {
        Kind::Race | Kind::Livelock => PLACE.replace_all(&outcome.line(), "line $1").into_owned(),
        _ => outcome.line(),
    }
}

/// The orderings in a program, in the order of the text; none if it can't be read.
fn sites(code: &str) -> Option<Vec<Site>> {
    let mut sites = Vec::new();
    look(TokenStream::from_str(code).ok()?, &mut sites);
    sites.sort_by_key(|site| site.place.start);
    Some(sites)
}

fn look(stream: TokenStream, sites: &mut Vec<Site>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        look(group.stream(), sites);
        let Some(TokenTree::Ident(name)) = at.checked_sub(1).map(|before| &tokens[before]) else {
            continue;
        };
        let receiver = match at.checked_sub(3).map(|from| &tokens[from..at - 1]) {
            Some([TokenTree::Ident(of), TokenTree::Punct(dot)]) if dot.as_char() == '.' => {
                Some(of.to_string())
            }
            Some([_, TokenTree::Punct(dot)]) if dot.as_char() == '.' => Some("…".to_owned()),
            _ => None,
        };
        if group.delimiter() == Delimiter::Parenthesis {
            call(&name.to_string(), receiver, group, sites);
        }
    }
}

/// The orderings among the arguments of a call.
fn call(name: &str, receiver: Option<String>, group: &Group, sites: &mut Vec<Site>) {
    let method = receiver.is_some();
    let mut number = 0;
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let arguments =
        tokens.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','));
    for argument in arguments {
        let Some((place, line, now)) = ordering(argument) else {
            continue;
        };
        number += 1;
        let choices: &[&str] = match name {
            "load" if method => &["Relaxed", "Acquire", "SeqCst"],
            "store" if method => &["Relaxed", "Release", "SeqCst"],
            "fence" => &["AcqRel", "SeqCst"],
            // A comparison that fails is a load.
            _ if method && number == 2 => &["Relaxed", "Acquire", "SeqCst"],
            _ if method => &["Relaxed", "AcqRel", "SeqCst"],
            _ => continue,
        };
        let mut choices: Vec<String> = choices.iter().map(|choice| (*choice).to_owned()).collect();
        if !choices.contains(&now) {
            choices.insert(1, now.clone());
        }
        let now = choices
            .iter()
            .position(|choice| *choice == now)
            .unwrap_or(0);
        let of = receiver
            .as_ref()
            .map(|of| format!("{of}."))
            .unwrap_or_default();
        let fails = if number == 2 { ", if it fails" } else { "" };
        sites.push(Site {
            line,
            what: format!("{of}{name}{fails}"),
            choices,
            now,
            place,
        });
    }
}

/// Where an argument that names an ordering stands: its bytes, its line, and the name.
fn ordering(argument: &[TokenTree]) -> Option<(Range<usize>, usize, String)> {
    let TokenTree::Ident(name) = argument.last()? else {
        return None;
    };
    let name = name.to_string();
    let is_path = argument.iter().all(|token| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(colon) => colon.as_char() == ':',
        _ => false,
    });
    let (first, last) = (argument.first()?.span(), argument.last()?.span());
    let place = first.byte_range().start..last.byte_range().end;
    (is_path && ORDERINGS.contains(&name.as_str())).then(|| (place, first.start().line, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_verdict::{Edition, find, text_of};

    fn block(code: &str) -> Block {
        let markdown = format!("```rust,explore\n{code}```\n");
        let found = find(&text_of("a.md", &markdown), Edition::E2024, "");
        found.blocks.into_iter().next().unwrap()
    }

    const MESSAGE: &str = "use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::atomic::Ordering::Relaxed;
let (data, ready) = (AtomicU32::new(0), AtomicBool::new(false));
std::thread::scope(|s| {
    s.spawn(|| { data.store(7, Relaxed); ready.store(true, Ordering::Release); });
    if ready.load(Ordering::Acquire) { println!(\"{}\", data.load(Relaxed)); }
});
";

    /// What is allowed when the named sites have these orderings.
    fn allowed<'d>(data: &'d Data, wanted: [&str; 4]) -> Vec<&'d str> {
        let number = data
            .sites
            .iter()
            .zip(wanted)
            .fold(0, |number, (site, wanted)| {
                let choice = site
                    .choices
                    .iter()
                    .position(|choice| choice == wanted)
                    .unwrap();
                number * site.choices.len() + choice
            });
        let bits = data.sets[number];
        let lines = data.outcomes.iter().enumerate();
        lines
            .filter(|(bit, _)| bits & 1 << bit != 0)
            .map(|(_, line)| line.as_str())
            .collect()
    }

    #[test]
    fn release_and_acquire_shut_the_stale_value_out_and_nothing_less_does() {
        let data = data(&block(MESSAGE), Model::Cpp20).unwrap();
        assert_eq!(data.sets.len(), 81);
        let known = ["(no output)", "7"];
        let stale = ["(no output)", "0", "7"];
        assert_eq!(
            allowed(&data, ["Relaxed", "Release", "Acquire", "Relaxed"]),
            known
        );
        assert_eq!(
            allowed(&data, ["Relaxed", "SeqCst", "SeqCst", "Relaxed"]),
            known
        );
        assert_eq!(
            allowed(&data, ["Relaxed", "Relaxed", "Acquire", "Relaxed"]),
            stale
        );
        assert_eq!(
            allowed(&data, ["SeqCst", "Release", "Relaxed", "SeqCst"]),
            stale
        );
    }

    #[test]
    fn every_ordering_of_the_text_is_a_site_with_the_choices_that_it_may_have() {
        let code = "x.compare_exchange(0, 1, Ordering::AcqRel, Relaxed);\nfence(SeqCst);\ny.fetch_add(f(Relaxed), Acquire);\nz.load(how);\nList(SeqCst);\nself.a.load(SeqCst);\n";
        let found: Vec<_> = sites(code).unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|site| {
                format!(
                    "{} {} {} {}",
                    site.line,
                    site.what,
                    site.choices.join("/"),
                    site.choices[site.now]
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                "1 x.compare_exchange Relaxed/AcqRel/SeqCst AcqRel",
                "1 x.compare_exchange, if it fails Relaxed/Acquire/SeqCst Relaxed",
                "2 fence AcqRel/SeqCst SeqCst",
                "3 y.fetch_add Relaxed/Acquire/AcqRel/SeqCst Acquire",
                "6 a.load Relaxed/Acquire/SeqCst SeqCst",
            ]
        );
        let place = |site: &Site| &code[site.place.clone()];
        assert_eq!(place(&found[0]), "Ordering::AcqRel");
        assert_eq!(place(&found[4]), "SeqCst");
    }

    #[test]
    fn a_program_without_orderings_or_with_too_many_has_no_dial() {
        assert!(data(&block("println!(\"1\");\n"), Model::Cpp20).is_none());
        let many = format!("{MESSAGE}{}", "data.load(Relaxed);\n".repeat(3));
        assert!(data(&block(&many), Model::Cpp20).is_none());
    }
}
