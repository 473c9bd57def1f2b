//! What must hold for every program: properties of the models, on small random
//! litmus programs. The generator is seeded, so a failure comes back.

#[allow(
    dead_code,
    unused_imports,
    reason = "other tests use other parts of it"
)]
mod oracle;

use oracle::{Model, Program};
use std::collections::BTreeSet;
use std::fmt::Write as _;

type Outcomes = BTreeSet<String>;

/// How many programs each property is tried on.
const PROGRAMS: u64 = 60;

/// What the oracle finds.
fn outcomes(source: &str, model: Model) -> Outcomes {
    let program = Program::parse(source).unwrap_or_else(|e| panic!("{e:?}\n{source}"));
    oracle::outcomes(&program, model).unwrap_or_else(|e| panic!("{e:?}\n{source}"))
}

/// What the explorer finds, with its reduction or without.
fn explored(source: &str, model: Model, reduce: bool) -> Outcomes {
    let model = outcomes::Model::named(&model.to_string()).unwrap();
    let limits = outcomes::Limits {
        reduce,
        ..Default::default()
    };
    let found = outcomes::parse(source, outcomes::Options::default())
        .and_then(|program| outcomes::explore(&program, model, &limits))
        .unwrap_or_else(|e| panic!("{e}\n{source}"));
    assert!(found.complete, "{source}");
    found.outcomes.iter().map(outcomes::Outcome::line).collect()
}

fn races(outcomes: &Outcomes) -> bool {
    outcomes.iter().any(|o| o.starts_with("race: "))
}

#[test]
fn the_explorer_finds_what_the_oracle_finds_reduced_or_not() {
    let mut several = 0;
    for seed in 0..PROGRAMS {
        let source = Litmus::random(seed).source(&[0, 1, 2]);
        let cpp20 = outcomes(&source, Model::Cpp20);
        for model in Model::ALL {
            let expected = outcomes(&source, model);
            several += usize::from(expected.len() > 1);
            for reduce in [true, false] {
                let found = explored(&source, model, reduce);
                // What races by the language's rules has no meaning on any machine, so the
                // explorer may say so under sc and tso too, where the oracle doesn't look.
                let races_anywhere = races(&cpp20) && found == cpp20;
                assert!(
                    found == expected || races_anywhere,
                    "{model}, reduce: {reduce}\n{found:?}\n{expected:?}\n{source}"
                );
            }
        }
    }
    assert!(
        several > 60,
        "only {several} sets have more than one outcome"
    );
}

#[test]
fn sc_is_in_tso_and_tso_in_cpp20_where_nothing_races() {
    let mut without_races = 0;
    for seed in 0..PROGRAMS {
        let source = Litmus::random(seed).source(&[0, 1, 2]);
        let [sc, tso, cpp20] = Model::ALL.map(|m| outcomes(&source, m));
        if !races(&cpp20) {
            without_races += 1;
            assert!(sc.is_subset(&tso), "sc {sc:?}\ntso {tso:?}\n{source}");
            assert!(
                tso.is_subset(&cpp20),
                "tso {tso:?}\ncpp20 {cpp20:?}\n{source}"
            );
        }
    }
    assert!(
        without_races > PROGRAMS / 2,
        "{without_races} programs without a race say little"
    );
}

#[test]
fn a_race_in_a_stronger_model_is_one_in_the_weaker_too() {
    let mut racing = 0;
    for seed in 0..PROGRAMS {
        let source = Litmus::random(seed).source(&[0, 1, 2]);
        let [sc, tso, cpp20] = Model::ALL.map(|m| outcomes(&source, m));
        if races(&sc) {
            racing += 1;
            assert!(sc.is_subset(&tso), "sc {sc:?}\ntso {tso:?}\n{source}");
        }
        if races(&tso) {
            assert!(
                tso.is_subset(&cpp20),
                "tso {tso:?}\ncpp20 {cpp20:?}\n{source}"
            );
        }
    }
    assert!(racing > 0, "no program races");
}

#[test]
fn strengthening_an_ordering_adds_no_outcome() {
    let mut fewer = 0;
    for seed in 0..PROGRAMS {
        let litmus = Litmus::random(seed);
        let stronger = litmus.strengthened(&mut Random(seed + 1));
        for model in Model::ALL {
            let weak = outcomes(&litmus.source(&[0, 1, 2]), model);
            let source = stronger.source(&[0, 1, 2]);
            let strong = outcomes(&source, model);
            // Where the weaker one races anything may happen.
            if !races(&weak) {
                assert!(
                    strong.is_subset(&weak),
                    "{model}: {weak:?} to {strong:?}\n{source}"
                );
                fewer += usize::from(strong.len() < weak.len());
            }
        }
    }
    assert!(fewer > 0, "no strengthening took an outcome away");
}

#[test]
fn all_seq_cst_is_sequentially_consistent() {
    for seed in 0..PROGRAMS {
        let source = Litmus::random(seed).all_seq_cst().source(&[0, 1, 2]);
        let [sc, tso, cpp20] = Model::ALL.map(|m| outcomes(&source, m));
        if !races(&cpp20) {
            assert_eq!(sc, tso, "{source}");
            assert_eq!(sc, cpp20, "{source}");
        }
    }
}

#[test]
fn the_order_of_threads_in_the_source_means_nothing() {
    for seed in 0..PROGRAMS {
        let litmus = Litmus::random(seed);
        for model in Model::ALL {
            let first = outcomes(&litmus.source(&[0, 1, 2]), model);
            let second = outcomes(&litmus.source(&[2, 0, 1]), model);
            // A race is named by places, and those have moved.
            if races(&first) {
                assert!(
                    races(&second),
                    "{model}: {first:?}\n{}",
                    litmus.source(&[2, 0, 1])
                );
            } else {
                assert_eq!(first, second, "{model}\n{}", litmus.source(&[2, 0, 1]));
            }
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end as u64) as usize
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// What an operation does; a number is its location.
#[derive(Clone, Copy, PartialEq)]
enum Op {
    Load(usize),
    Store(usize, u32),
    FetchAdd(usize),
    Swap(usize, u32),
    CompareExchange(usize),
    Fence,
    /// Writes the data that isn't atomic.
    Write,
    /// Reads it where the location holds 1.
    ReadIf(usize),
}

const LOADS: [&str; 3] = ["Relaxed", "Acquire", "SeqCst"];
const STORES: [&str; 3] = ["Relaxed", "Release", "SeqCst"];
const RMWS: [&str; 5] = ["Relaxed", "Acquire", "Release", "AcqRel", "SeqCst"];
const FENCES: [&str; 4] = ["Acquire", "Release", "AcqRel", "SeqCst"];

impl Op {
    /// The orderings that it can have, none stronger than one behind it, except
    /// for acquire and release, which are of two kinds.
    fn orderings(self) -> &'static [&'static str] {
        match self {
            Op::Load(_) | Op::ReadIf(_) => &LOADS,
            Op::Store(..) => &STORES,
            Op::FetchAdd(_) | Op::Swap(..) | Op::CompareExchange(_) => &RMWS,
            Op::Fence => &FENCES,
            Op::Write => &["Relaxed"],
        }
    }
}

/// A random program: up to three threads, five operations, two locations.
#[derive(Clone)]
struct Litmus(Vec<Vec<(Op, &'static str)>>);

impl Litmus {
    fn random(seed: u64) -> Litmus {
        let mut random = Random(seed);
        let data = random.below(3) == 0;
        // Half of the programs cross two locations in two threads, as nearly all
        // of the classic ones do: chance alone seldom makes one.
        let crossed = seed.is_multiple_of(2);
        if crossed {
            let thread = |first: usize, random: &mut Random| {
                let op = |location, random: &mut Random| {
                    let op = random.of(&[Op::Load(location), Op::Store(location, 1)]);
                    (op, random.of(op.orderings()))
                };
                vec![op(first, random), op(1 - first, random)]
            };
            return Litmus(vec![
                thread(0, &mut random),
                thread(1, &mut random),
                Vec::new(),
            ]);
        }
        let mut left = 5;
        let mut threads = vec![Vec::new(); 3];
        let used = 2 + random.below(2);
        for thread in threads.iter_mut().take(used) {
            for _ in 0..(1 + random.below(3)).min(left) {
                let location = random.below(2);
                let op = match random.below(if data { 18 } else { 11 }) {
                    0..4 => Op::Load(location),
                    4..8 => Op::Store(location, 1 + random.below(2) as u32),
                    8 => random.of(&[Op::FetchAdd(location), Op::Swap(location, 3)]),
                    9 => Op::CompareExchange(location),
                    10 => Op::Fence,
                    11..14 => Op::Write,
                    _ => Op::ReadIf(location),
                };
                thread.push((op, random.of(op.orderings())));
                left -= 1;
            }
        }
        Litmus(threads)
    }

    /// Some of the orderings made stronger, some by more than one step.
    fn strengthened(&self, random: &mut Random) -> Litmus {
        let mut stronger = self.clone();
        for (op, order) in stronger.0.iter_mut().flatten() {
            for _ in 0..random.below(4) {
                *order = match (*order, *op) {
                    (_, Op::Write) => "Relaxed",
                    ("Relaxed", Op::Load(_) | Op::ReadIf(_)) => "Acquire",
                    ("Relaxed", Op::Store(..)) => "Release",
                    ("Relaxed", _) => random.of(&["Acquire", "Release"]),
                    (_, Op::Load(_) | Op::ReadIf(_) | Op::Store(..)) => "SeqCst",
                    ("Acquire" | "Release", _) => "AcqRel",
                    _ => "SeqCst",
                };
            }
        }
        stronger
    }

    fn all_seq_cst(&self) -> Litmus {
        let mut strong = self.clone();
        for (op, order) in strong
            .0
            .iter_mut()
            .flatten()
            .filter(|(op, _)| *op != Op::Write)
        {
            *order = op.orderings().last().unwrap();
        }
        strong
    }

    /// The program, its threads started in this order; what it prints doesn't
    /// depend on that order's being written down.
    fn source(&self, order: &[usize]) -> String {
        let mut text = String::from(
            "use std::sync::atomic::{AtomicU32, Ordering::*, fence};\nuse std::thread;\n\
             static mut DATA: u32 = 0;\nfn main() {\n\
             let (v0, v1) = (AtomicU32::new(0), AtomicU32::new(0));\n",
        );
        let names: Vec<_> = order.iter().map(|t| format!("r{t}")).collect();
        writeln!(text, "let ({}) = thread::scope(|s| {{", names.join(", ")).unwrap();
        for &thread in order {
            writeln!(text, "let t{thread} = s.spawn(|| {{").unwrap();
            let mut results = vec!["0".to_owned()];
            for (i, (op, order)) in self.0[thread].iter().enumerate() {
                let line = match op {
                    Op::Load(v) => format!("let a{i} = v{v}.load({order});"),
                    Op::Store(v, n) => format!("v{v}.store({n}, {order});"),
                    Op::FetchAdd(v) => format!("let a{i} = v{v}.fetch_add(1, {order});"),
                    Op::Swap(v, n) => format!("let a{i} = v{v}.swap({n}, {order});"),
                    Op::CompareExchange(v) => {
                        // It fails as strongly as its success ordering reads.
                        let failure = match *order {
                            "SeqCst" => "SeqCst",
                            "Acquire" | "AcqRel" => "Acquire",
                            _ => "Relaxed",
                        };
                        format!(
                            "let a{i} = v{v}.compare_exchange(1, 4, {order}, {failure}).is_ok();"
                        )
                    }
                    Op::Fence => format!("fence({order});"),
                    Op::Write => "unsafe { DATA = 1; }".to_owned(),
                    Op::ReadIf(v) => {
                        format!(
                            "let a{i} = if v{v}.load({order}) == 1 {{ unsafe {{ DATA }} }} else {{ 9 }};"
                        )
                    }
                };
                if line.starts_with("let") {
                    results.push(format!("a{i}"));
                }
                writeln!(text, "{line}").unwrap();
            }
            writeln!(text, "({},)\n}});", results.join(", ")).unwrap();
        }
        let joins: Vec<_> = order
            .iter()
            .map(|t| format!("t{t}.join().unwrap()"))
            .collect();
        writeln!(text, "({})\n}});", joins.join(", ")).unwrap();
        text.push_str(
            "println!(\"{r0:?} {r1:?} {r2:?} {} {}\", v0.load(Relaxed), v1.load(Relaxed));\n}\n",
        );
        text
    }
}

/// The generator makes Rust, not only what the oracle can read.
#[test]
fn what_is_generated_compiles() {
    let folder = tempfile::tempdir().unwrap();
    let mut main = String::from("#![allow(unused)]\nfn main() {}\n");
    for seed in 0..PROGRAMS {
        writeln!(
            main,
            "mod m{seed} {{\n{}}}",
            Litmus::random(seed).source(&[0, 1, 2])
        )
        .unwrap();
    }
    let file = folder.path().join("main.rs");
    std::fs::write(&file, main).unwrap();
    let rustc = std::process::Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()))
        .args(["--edition", "2024", "--emit=metadata", "--out-dir"])
        .args([folder.path(), &file])
        .output()
        .unwrap();
    assert!(
        rustc.status.success(),
        "{}",
        String::from_utf8_lossy(&rustc.stderr)
    );
}
