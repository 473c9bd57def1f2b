//! Judges what came of a block by what it promises.

use std::collections::BTreeSet;
use std::time::Duration;

use regex::Regex;

use crate::blocks::Block;
use crate::compile::{CompileError, Compiled, MISSING_CRATE};
use crate::finding::{Finding, Rule};
use crate::plan::{Promise, listed};
use crate::run::Ran;
use crate::tags;

/// What is wrong with a block, by what the compiler made of it and how its run ended.
pub(crate) fn block(
    block: &Block,
    promise: &Promise,
    compiled: &Compiled,
    ran: Option<&Ran>,
) -> Vec<Finding> {
    let find =
        |rule, came: String| Finding::new(rule, block.location.clone(), promise.words(), came);
    let mut findings = unknown_tags(block);
    match (compiled, promise) {
        (Compiled::TimedOut(time), _) => findings.push(find(
            Rule::Timeout,
            format!("the compiler was still at work after {}", seconds(*time)),
        )),
        (Compiled::Broken(_), _) => {}
        (Compiled::Accepted(_), Promise::Rejected(_)) => {
            findings.push(find(Rule::Compiles, "it compiles".to_owned()));
        }
        (Compiled::Rejected(errors), Promise::Rejected(named)) => {
            findings.extend(judge_rejection(block, named, errors, &compiled.codes()));
        }
        (Compiled::Rejected(errors), _) => {
            let rule = match missing_crate(&compiled.codes()) {
                true => Rule::MissingCrate,
                false => Rule::Compiles,
            };
            let want = match rule {
                Rule::MissingCrate => ", perhaps for want of a crate",
                _ => "",
            };
            let came = format!("the compiler rejects it: {}{want}", produced(errors));
            findings.push(find(rule, came).with_detail(rendered(block, errors)));
        }
        (Compiled::Accepted(_), _) => {
            if let Some(ran) = ran {
                findings.extend(judge_run(block, promise, ran, find));
            }
        }
    }
    findings
}

/// Tags that rustdoc doesn't know but that look like ones it does: it runs such a block as any
/// other.
fn unknown_tags(block: &Block) -> Vec<Finding> {
    let tags = &block.tags;
    let find = |promised: String, came: String| {
        Finding::new(Rule::UnknownTag, block.location.clone(), promised, came)
    };
    let unknown = tags.unknown.iter().filter_map(|tag| {
        let came = match (tags::meant(tag), tag.starts_with("edition")) {
            (Some(meant), _) => format!("rustdoc doesn't know the tag `{tag}`; is {meant} meant?"),
            (None, true) => format!("there is no edition of Rust for the tag `{tag}`"),
            (None, false) => return None,
        };
        Some(find(format!("`{tag}`, which changes nothing"), came))
    });
    let code = tags.codes.first().filter(|_| !tags.compile_fail);
    let stray = code.map(|code| {
        find(
            format!("`{code}`, which changes nothing"),
            format!("`{code}` says nothing without `compile_fail`: the block must compile"),
        )
    });
    unknown.chain(stray).collect()
}

fn judge_rejection(
    block: &Block,
    named: &BTreeSet<String>,
    errors: &[CompileError],
    codes: &BTreeSet<String>,
) -> Vec<Finding> {
    let promise = Promise::Rejected(named.clone());
    let find = |rule, came: String| {
        Finding::new(rule, block.location.clone(), promise.words(), came)
            .with_detail(rendered(block, errors))
    };
    let uncoded = errors.iter().any(|error| error.code.is_none());
    let unnamed: BTreeSet<String> = codes.difference(named).cloned().collect();
    let missing = missing_crate(&unnamed).then(|| {
        let came = format!(
            "rejected with {}: perhaps only because a crate or an item is missing",
            listed(&unnamed)
        );
        find(Rule::MissingCrate, came)
    });
    let shown = block
        .fences
        .iter()
        .any(|fence| fence.tag.kind == "diagnostic");
    let other = match (named.is_empty(), codes.is_empty()) {
        (true, true) if shown => None,
        (true, true) => Some(find(
            Rule::UncodedRejection,
            "rejected without a code, and no `text,diagnostic` fence shows why".to_owned(),
        )),
        (true, false) => Some(find(
            Rule::UncodedRejection,
            format!(
                "rejected with {}, which the block doesn't name",
                listed(codes)
            ),
        )),
        (false, _) if codes == named && !uncoded => None,
        (false, _) => Some(find(
            Rule::ExactCodes,
            format!("rejected with {}", produced(errors)),
        )),
    };
    missing.into_iter().chain(other).collect()
}

pub(crate) fn missing_crate(codes: &BTreeSet<String>) -> bool {
    codes
        .iter()
        .any(|code| MISSING_CRATE.contains(&code.as_str()))
}

/// The codes that came, in words, errors without a code among them.
fn produced(errors: &[CompileError]) -> String {
    let codes: BTreeSet<String> = errors
        .iter()
        .filter_map(|error| error.code.clone())
        .collect();
    match (
        codes.is_empty(),
        errors.iter().find(|error| error.code.is_none()),
    ) {
        (false, None) => listed(&codes),
        (true, Some(error)) => format!("an error without a code: {}", error.message),
        (_, error) => {
            let message = error.map_or("", |error| &error.message);
            format!("{}, and an error without a code: {message}", listed(&codes))
        }
    }
}

/// The compiler's messages, with the places in the Markdown (or an included file) that they speak
/// of.
fn rendered(block: &Block, errors: &[CompileError]) -> String {
    let texts = errors.iter().map(|error| error.rendered.trim_end());
    placed(block, &texts.collect::<Vec<_>>().join("\n\n"))
}

/// A text with the block's own places replaced by those in the Markdown.
fn placed(block: &Block, text: &str) -> String {
    let file = regex::escape(&block.shown_file());
    let place = Regex::new(&format!(r"{file}:(\d+):(\d+)")).expect("a valid regex");
    place
        .replace_all(text, |found: &regex::Captures<'_>| {
            let (line, column) = (found[1].parse::<usize>(), found[2].parse::<usize>());
            let origin = block.origins.get(line.unwrap_or(0).wrapping_sub(1));
            match origin.zip(column.ok()) {
                Some((origin, column)) => format!(
                    "{}:{}:{}",
                    origin.shown_file(),
                    origin.line,
                    origin.column - 1 + column
                ),
                None => found[0].to_owned(),
            }
        })
        .into_owned()
}

fn judge_run(
    block: &Block,
    promise: &Promise,
    ran: &Ran,
    find: impl Fn(Rule, String) -> Finding,
) -> Option<Finding> {
    let wrote = || {
        format!(
            "{}{}",
            beginning(&ran.stdout),
            placed(block, beginning(&ran.stderr))
        )
    };
    if let Some(limit) = ran.timed_out {
        let came = format!("it was still running after {}", seconds(limit));
        return Some(find(Rule::Timeout, came).with_detail(wrote()));
    }
    if let Some(limit) = ran.too_much {
        let came = format!("it wrote more than {limit} bytes and was stopped");
        return Some(find(Rule::Runs, came).with_detail(wrote()));
    }
    match (promise, ran.success) {
        (Promise::Panics, true) => {
            let came = "it ended without a panic".to_owned();
            Some(find(Rule::Runs, came).with_detail(wrote()))
        }
        (Promise::Runs, false) => {
            let came = format!("it ended with {}", ran.status);
            Some(find(Rule::Runs, came).with_detail(wrote()))
        }
        _ => None,
    }
}

/// As much of what a program wrote as a report can use.
fn beginning(text: &str) -> &str {
    const MOST: usize = 10_000;
    &text[..text.floor_char_boundary(MOST)]
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f64())
}
