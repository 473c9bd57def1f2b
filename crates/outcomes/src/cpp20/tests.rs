//! One tiny program per rule: with the rule it can't print what it can without.

use super::rules::{Rule, Rules};
use super::search::search;
use crate::{Exploration, Limits, Options, parse};
use std::collections::BTreeSet;

/// A program of threads over atomics X, Y, Z (all 0), a lock L and data that
/// isn't atomic. It prints what they return, and then what main sees.
fn program(threads: &[&str], main: &str) -> String {
    let bodies = threads
        .iter()
        .map(|body| format!("let t = s.spawn(|| {{ {body} }});"));
    let joins: Vec<String> = (0..threads.len())
        .map(|i| format!("t{i}.join().unwrap()"))
        .collect();
    let bodies: String = bodies
        .enumerate()
        .map(|(i, body)| body.replace("let t ", &format!("let t{i} ")))
        .collect();
    let names: Vec<String> = (0..threads.len()).map(|i| format!("r{i}")).collect();
    let holes = vec!["{:?}"; threads.len() + 1].join(" ");
    format!(
        "use std::sync::Mutex;
        use std::sync::atomic::{{AtomicU32, Ordering::*, fence}};
        use std::thread;
        static X: AtomicU32 = AtomicU32::new(0);
        static Y: AtomicU32 = AtomicU32::new(0);
        static Z: AtomicU32 = AtomicU32::new(0);
        static L: Mutex<u32> = Mutex::new(0);
        static mut DATA: u32 = 0;
        fn main() {{
            let ({names},) = thread::scope(|s| {{ {bodies} ({joins},) }});
            println!(\"{holes}\", {names}, {main});
        }}",
        names = names.join(", "),
        joins = joins.join(", "),
    )
}

fn explored(source: &str, rules: Rules, reduce: bool, merge: bool) -> Exploration {
    let program = parse(source, Options::default()).unwrap_or_else(|e| panic!("{e}\n{source}"));
    let limits = Limits {
        reduce,
        ..Limits::default()
    };
    let all = search(&program, &limits, rules, merge).unwrap_or_else(|e| panic!("{e}\n{source}"));
    assert!(all.complete, "{source}");
    all
}

/// The outcomes; where any execution races, nothing else means anything.
fn lines(exploration: &Exploration) -> BTreeSet<String> {
    let mut lines: BTreeSet<String> = exploration
        .outcomes
        .iter()
        .map(crate::Outcome::line)
        .collect();
    if lines.iter().any(|line| line.starts_with("race: ")) {
        lines.retain(|line| line.starts_with("race: "));
    }
    lines
}

fn outcomes(source: &str, rules: Rules) -> BTreeSet<String> {
    lines(&explored(source, rules, true, true))
}

/// What each rule forbids: threads, what main prints, and the outcome.
fn forbidden() -> Vec<(Rule, String, &'static str)> {
    let unit = "()";
    let sb_half_fence = program(
        &[
            "X.store(1, Relaxed); fence(SeqCst); Y.load(Relaxed)",
            "Y.store(1, SeqCst); X.load(SeqCst)",
        ],
        unit,
    );
    let sb = program(
        &[
            "X.store(1, SeqCst); Y.load(SeqCst)",
            "Y.store(1, SeqCst); X.load(SeqCst)",
        ],
        unit,
    );
    let mp = |writer: &str, reader: &str| program(&[writer, reader], unit);
    vec![
        (
            Rule::WriteWrite,
            program(
                &["X.store(1, Relaxed); X.store(2, Relaxed)"],
                "X.load(Relaxed)",
            ),
            "() 1",
        ),
        (
            Rule::ReadRead,
            program(
                &[
                    "X.store(1, Relaxed)",
                    "let a = X.load(Relaxed); (a, X.load(Relaxed))",
                ],
                unit,
            ),
            "() (1, 0) ()",
        ),
        (
            Rule::ReadWrite,
            program(
                &[
                    "X.store(1, Relaxed)",
                    "let a = X.load(Relaxed); X.store(2, Relaxed); a",
                ],
                "X.load(Relaxed)",
            ),
            "() 1 1",
        ),
        (
            Rule::WriteRead,
            program(&["X.store(1, Relaxed); X.load(Relaxed)"], unit),
            "0 ()",
        ),
        (
            Rule::Atomicity,
            program(
                &["X.fetch_add(1, Relaxed)", "X.fetch_add(1, Relaxed)"],
                unit,
            ),
            "0 0 ()",
        ),
        (
            Rule::ReleaseAcquire,
            mp(
                "X.store(1, Relaxed); Y.store(1, Release)",
                "let a = Y.load(Acquire); (a, X.load(Relaxed))",
            ),
            "() (1, 0) ()",
        ),
        (
            Rule::ReleaseSequence,
            program(
                &[
                    "X.store(1, Relaxed); Y.store(1, Release)",
                    "Y.fetch_add(1, Relaxed);",
                    "let a = Y.load(Acquire); (a, X.load(Relaxed))",
                ],
                unit,
            ),
            "() () (2, 0) ()",
        ),
        (
            Rule::ReleaseFence,
            mp(
                "X.store(1, Relaxed); fence(Release); Y.store(1, Relaxed)",
                "let a = Y.load(Acquire); (a, X.load(Relaxed))",
            ),
            "() (1, 0) ()",
        ),
        (
            Rule::AcquireFence,
            mp(
                "X.store(1, Relaxed); Y.store(1, Release)",
                "let a = Y.load(Relaxed); fence(Acquire); (a, X.load(Relaxed))",
            ),
            "() (1, 0) ()",
        ),
        (
            Rule::Spawn,
            "use std::sync::atomic::{AtomicU32, Ordering::*};
            static X: AtomicU32 = AtomicU32::new(0);
            fn main() {
                X.store(1, Relaxed);
                let t = std::thread::spawn(|| X.load(Relaxed));
                println!(\"{}\", t.join().unwrap());
            }"
            .into(),
            "0",
        ),
        (
            Rule::Join,
            program(&["X.store(1, Relaxed)"], "X.load(Relaxed)"),
            "() 0",
        ),
        (
            Rule::Lock,
            mp(
                "let mut l = L.lock().unwrap(); X.store(1, Relaxed); *l = 1;",
                "let l = L.lock().unwrap(); (*l, X.load(Relaxed))",
            ),
            "() (1, 0) ()",
        ),
        (Rule::Strongly, sb.clone(), "0 0 ()"),
        (Rule::OperationOperation, sb, "0 0 ()"),
        (Rule::OperationFence, sb_half_fence.clone(), "0 0 ()"),
        (Rule::FenceOperation, sb_half_fence, "0 0 ()"),
        (
            Rule::FenceFence,
            program(
                &[
                    "X.store(1, Relaxed); fence(SeqCst); Y.load(Relaxed)",
                    "Y.store(1, Relaxed); fence(SeqCst); X.load(Relaxed)",
                ],
                unit,
            ),
            "0 0 ()",
        ),
    ]
}

#[test]
fn each_rule_forbids_what_it_is_there_for() {
    for (rule, source, outcome) in forbidden() {
        let (with, without) = (
            outcomes(&source, Rules::default()),
            outcomes(&source, Rules::without(rule)),
        );
        assert!(!with.contains(outcome), "{rule:?}: {with:?}\n{source}");
        assert!(without.contains(outcome), "{rule:?}: {without:?}\n{source}");
    }
}

#[test]
fn every_rule_has_its_program() {
    let mut tried: Vec<Rule> = forbidden().into_iter().map(|(rule, ..)| rule).collect();
    // These two have tests of their own.
    tried.extend([Rule::OnlyStrongly, Rule::Race]);
    for rule in Rule::ALL {
        assert!(tried.contains(&rule), "{rule:?}");
    }
}

/// Z6.U of Lahav et al. 2017: C++11 and C++17 forbid what every compiler for
/// Power lets happen; C++20 allows it (P0668).
#[test]
fn what_happens_before_needs_no_place_in_s() {
    let source = program(
        &[
            "X.store(1, SeqCst); Y.store(1, Release)",
            "let b = Y.fetch_add(1, SeqCst); (b, Y.load(Relaxed))",
            "Y.store(3, SeqCst); X.load(SeqCst)",
        ],
        "()",
    );
    let outcome = "() (1, 3) 0 ()";
    assert!(outcomes(&source, Rules::default()).contains(outcome));
    assert!(!outcomes(&source, Rules::without(Rule::OnlyStrongly)).contains(outcome));
}

#[test]
fn unordered_accesses_of_which_one_writes_race() {
    let source = program(&["unsafe { DATA = 1 }", "unsafe { DATA }"], "()");
    let with = outcomes(&source, Rules::default());
    assert!(
        with.iter().all(|line| line.starts_with("race: ")) && with.len() == 1,
        "{with:?}"
    );
    assert!(
        !outcomes(&source, Rules::without(Rule::Race))
            .iter()
            .any(|l| l.starts_with("race"))
    );
    let ordered = program(
        &[
            "unsafe { DATA = 7 }; Y.store(1, Release)",
            "if Y.load(Acquire) == 1 { unsafe { DATA } } else { 9 }",
        ],
        "()",
    );
    assert_eq!(
        outcomes(&ordered, Rules::default()),
        set(&["() 7 ()", "() 9 ()"])
    );
    let relaxed = ordered.replace("Release", "Relaxed");
    assert!(
        outcomes(&relaxed, Rules::default())
            .iter()
            .all(|line| line.starts_with("race: "))
    );
}

/// An atomic reached through a pointer that was handed over without
/// synchronising: making it races with using it.
#[test]
fn making_an_atomic_races_with_using_it_too_early() {
    let source = |order: &str| {
        format!(
            "use std::sync::atomic::{{AtomicPtr, AtomicU32, Ordering::*}};
            use std::ptr;
            static P: AtomicPtr<AtomicU32> = AtomicPtr::new(ptr::null_mut());
            fn main() {{
                let t = std::thread::spawn(|| {{
                    let made = Box::into_raw(Box::new(AtomicU32::new(7)));
                    P.store(made, {order});
                }});
                let p = P.load(Acquire);
                if p.is_null() {{ println!(\"none\"); }} else {{ println!(\"{{}}\", unsafe {{ (*p).load(Relaxed) }}); }}
                t.join().unwrap();
            }}"
        )
    };
    assert_eq!(
        outcomes(&source("Release"), Rules::default()),
        set(&["7", "none"])
    );
    let early = outcomes(&source("Relaxed"), Rules::default());
    assert!(
        early.iter().all(|line| line.starts_with("race: ")),
        "{early:?}"
    );
}

#[test]
fn what_only_a_cycle_of_sb_and_rf_could_give_is_forbidden() {
    let source = program(
        &[
            "let a = X.load(Relaxed); Y.store(1, Relaxed); a",
            "let b = Y.load(Relaxed); X.store(1, Relaxed); b",
        ],
        "()",
    );
    assert_eq!(
        outcomes(&source, Rules::default()),
        set(&["0 0 ()", "0 1 ()", "1 0 ()"])
    );
}

#[test]
fn a_failed_compare_exchange_may_read_what_is_old() {
    // It is a load with the ordering of failure.
    let source = program(
        &[
            "X.store(1, Relaxed); Y.store(1, Release)",
            "let a = Y.compare_exchange(5, 6, AcqRel, Relaxed); (a, X.load(Relaxed))",
        ],
        "()",
    );
    let all = outcomes(&source, Rules::default());
    assert!(all.contains("() (Err(1), 0) ()"), "{all:?}");
    let acquire = source.replace("AcqRel, Relaxed", "AcqRel, Acquire");
    assert!(!outcomes(&acquire, Rules::default()).contains("() (Err(1), 0) ()"));
    let weak = program(
        &["X.compare_exchange_weak(0, 1, Relaxed, Relaxed)"],
        "X.load(Relaxed)",
    );
    assert_eq!(
        outcomes(&weak, Rules::default()),
        set(&["Err(0) 0", "Ok(0) 1"])
    );
}

#[test]
fn try_lock_may_miss_an_unlock_that_nothing_told_of() {
    let threads = [
        "*L.lock().unwrap() += 1; X.store(1, Relaxed)",
        "let a = X.load(Relaxed); (a, L.try_lock().is_ok())",
    ];
    let source = program(&threads, "()");
    assert!(outcomes(&source, Rules::default()).contains("() (1, false) ()"));
    let told = source
        .replace("X.store(1, Relaxed)", "X.store(1, Release)")
        .replace("X.load(Relaxed)", "X.load(Acquire)");
    assert!(!outcomes(&told, Rules::default()).contains("() (1, false) ()"));
}

#[test]
fn a_loop_that_waits_for_a_store_ends_when_it_comes() {
    let source = program(
        &[
            "unsafe { DATA = 1 }; X.store(1, Release)",
            "while X.load(Acquire) == 0 {}; unsafe { DATA }",
        ],
        "()",
    );
    assert_eq!(outcomes(&source, Rules::default()), set(&["() 1 ()"]));
    let never = program(&["while X.load(Acquire) == 0 {}"], "()");
    let never = outcomes(&never, Rules::default());
    assert!(
        never.iter().all(|line| line.starts_with("livelock: ")),
        "{never:?}"
    );
}

#[test]
fn a_loop_that_never_repeats_is_a_partial_answer() {
    for body in [
        "loop { X.store(1, Relaxed); }",
        "loop { X.fetch_add(1, SeqCst); }",
    ] {
        let source = program(&[body, "X.load(Relaxed)"], "()");
        let program = parse(&source, Options::default()).unwrap();
        let limits = Limits {
            states: 2_000,
            ..Limits::default()
        };
        let all = search(&program, &limits, Rules::default(), true).unwrap();
        assert!(!all.complete, "{body}");
    }
}

#[test]
fn the_order_of_threads_means_nothing() {
    for (_, source, _) in forbidden()
        .iter()
        .filter(|(_, source, _)| source.contains("t1"))
    {
        // The same threads, started in the other order.
        let Some((first, rest)) = source.split_once("let t0 = ") else {
            continue;
        };
        let Some((t0, rest)) = rest.split_once("let t1 = ") else {
            continue;
        };
        let (t1, rest) = rest.split_at(rest.find("});").unwrap() + 3);
        let other = format!("{first}let t1 = {t1}let t0 = {t0}{rest}");
        assert_ne!(*source, other);
        assert_eq!(
            outcomes(source, Rules::default()),
            outcomes(&other, Rules::default())
        );
    }
}

/// Prefixes with equal keys are one state only if they have equal futures. So
/// nothing is lost by it, nor by doing at once what must come anyway.
#[test]
fn merging_loses_no_outcome_and_adds_none() {
    for (_, source, _) in forbidden() {
        let all = lines(&explored(&source, Rules::default(), true, true));
        for (reduce, merge) in [(true, false), (false, true), (false, false)] {
            let plain = lines(&explored(&source, Rules::default(), reduce, merge));
            assert_eq!(all, plain, "reduce {reduce}, merge {merge}\n{source}");
        }
    }
}

#[test]
fn a_witness_tells_who_reads_what_and_who_synchronises() {
    let source = program(
        &[
            "X.store(1, Relaxed); Y.store(1, Release)",
            "let a = Y.load(Acquire); (a, X.load(Relaxed))",
        ],
        "()",
    );
    let all = explored(&source, Rules::default(), true, true);
    let outcome = all
        .outcomes
        .iter()
        .find(|outcome| outcome.line() == "() (1, 1) ()")
        .unwrap();
    let graph = outcome.graph.as_ref().unwrap();
    let at = |label: &str| {
        let place = graph.events.iter().position(|event| event.label == label);
        place.unwrap_or_else(|| panic!("{label}: {:#?}", graph.events))
    };
    let (release, acquire) = (at("W(Release) Y=1"), at("R(Acquire) Y=1"));
    assert!(graph.reads_from.contains(&(Some(release), acquire)));
    assert!(
        graph
            .reads_from
            .contains(&(Some(at("W(Relaxed) X=1")), at("R(Relaxed) X=1")))
    );
    assert!(graph.synchronizes_with.contains(&(release, acquire)));
    assert!(
        graph
            .modification_order
            .contains(&("Y".to_owned(), vec![release]))
    );
    // In words, in an order in which it can have happened.
    let words: Vec<&str> = outcome
        .witness
        .iter()
        .map(|step| step.what.as_str())
        .collect();
    let place = |what: &str| {
        words
            .iter()
            .position(|word| word.starts_with(what))
            .unwrap()
    };
    assert!(
        place("stores 1 to Y") < place("loads Y (Acquire): 1"),
        "{words:?}"
    );
    let old = all
        .outcomes
        .iter()
        .find(|outcome| outcome.line() == "() (0, 0) ()")
        .unwrap();
    let old = old.graph.as_ref().unwrap();
    assert!(
        old.reads_from.iter().all(|(from, _)| from.is_none()),
        "{old:#?}"
    );
}

#[test]
fn a_witness_puts_seq_cst_operations_in_one_order() {
    let source = program(
        &[
            "X.store(1, SeqCst); Y.load(SeqCst)",
            "Y.store(1, SeqCst); X.load(SeqCst)",
        ],
        "()",
    );
    let all = explored(&source, Rules::default(), true, true);
    let outcome = all
        .outcomes
        .iter()
        .find(|outcome| outcome.line() == "0 1 ()")
        .unwrap();
    let graph = outcome.graph.as_ref().unwrap();
    let s: Vec<&str> = graph
        .seq_cst
        .iter()
        .map(|&at| graph.events[at].label.as_str())
        .collect();
    assert_eq!(
        s,
        [
            "W(SeqCst) X=1",
            "R(SeqCst) Y=0",
            "W(SeqCst) Y=1",
            "R(SeqCst) X=1"
        ]
    );
}

fn set(lines: &[&str]) -> BTreeSet<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}
