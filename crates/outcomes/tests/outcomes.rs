//! Every program of the suite has exactly the outcomes that stand beside it,
//! however it is explored, and whatever a real run of it prints is among them.

use outcomes::{Edition, Exploration, Kind, Limits, Model, Options, explore, parse};
use snapbox::Data;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Programs whose answer differs between editions, or that are read as 2021's.
const BOTH_EDITIONS: [&str; 2] = ["match_lock_pop", "if_let_lock_pop"];

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    all.sort();
    assert!(all.len() > 30, "the suite is there");
    all
}

fn explored(path: &Path, model: Model, edition: Edition, reduce: bool) -> Exploration {
    let source = std::fs::read_to_string(path).unwrap();
    let program = parse(&source, Options { edition })
        .unwrap_or_else(|error| panic!("{}:{error}", path.display()));
    let limits = Limits {
        reduce,
        ..Limits::default()
    };
    let all = explore(&program, model, &limits)
        .unwrap_or_else(|error| panic!("{}:{error}", path.display()));
    assert!(all.complete, "{} under {}", path.display(), model.name());
    all
}

fn lines(exploration: &Exploration) -> String {
    exploration
        .outcomes
        .iter()
        .map(|outcome| outcome.line() + "\n")
        .collect()
}

#[test]
fn every_program_has_exactly_the_outcomes_beside_it() {
    let check = snapbox::Assert::new().action_env("SNAPSHOTS");
    for path in programs() {
        for model in Model::ALL {
            let beside = path.with_extension(model.name());
            let all = explored(&path, model, Edition::E2024, true);
            check.eq(lines(&all), Data::read_from(&beside, None).raw());
        }
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if BOTH_EDITIONS.contains(&stem) {
            let beside = path.with_extension("sc2021");
            let all = explored(&path, Model::Sc, Edition::E2021, true);
            check.eq(lines(&all), Data::read_from(&beside, None).raw());
        }
    }
}

#[test]
fn doing_steps_at_once_loses_no_outcome_and_adds_none() {
    for path in programs() {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        for model in Model::ALL {
            // Every order of every step: too many for the largest.
            if ["ticket_lock", "queue", "treiber_stack"].contains(&stem) {
                continue;
            }
            let reduced = explored(&path, model, Edition::E2024, true);
            let plain = explored(&path, model, Edition::E2024, false);
            let races = |all: &Exploration| all.outcomes[0].kind == Kind::Race;
            if races(&reduced) || races(&plain) {
                // One race may hide another that comes after it.
                assert!(races(&reduced) && races(&plain), "{}", path.display());
                continue;
            }
            assert_eq!(
                lines(&reduced),
                lines(&plain),
                "{} {}",
                path.display(),
                model.name()
            );
        }
    }
}

#[test]
fn outcomes_of_a_stronger_model_are_a_part_of_the_weaker_ones() {
    for path in programs() {
        let [sc, tso, cpp20] = Model::ALL.map(|model| {
            let all = explored(&path, model, Edition::E2024, true);
            let lines = all.outcomes.iter().map(|outcome| outcome.line());
            lines.collect::<BTreeSet<String>>()
        });
        let name = path.display();
        assert!(sc.is_subset(&tso), "{name}: {sc:?} {tso:?}");
        // Where a weaker model has races it has nothing else.
        let races = cpp20.iter().all(|line| line.starts_with("race: "));
        assert!(races || tso.is_subset(&cpp20), "{name}: {tso:?} {cpp20:?}");
    }
}

#[test]
fn a_witness_is_never_longer_than_the_run_it_stands_for() {
    // The shortest way to the lost update: five loads and stores of the two
    // threads' eight must not be enough to end it.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/lost_update.rs");
    let all = explored(&path, Model::Sc, Edition::E2024, true);
    let lost = all
        .outcomes
        .iter()
        .find(|outcome| outcome.line() == "2")
        .unwrap();
    let accesses = lost
        .witness
        .iter()
        .filter(|step| step.what.contains("(SeqCst)"))
        .count();
    assert_eq!(accesses, 9); // four loads, four stores, and main's load
    assert!(lost.diagram().starts_with("T0 | spawn(t1) spawn(t2)"));
    assert!(lost.diagram().contains("T2 |"));
}

/// Compiles a program and runs it some dozens of times: what it printed, with
/// a panic of main as it is told in an outcome.
fn observed(path: &Path, folder: &Path) -> BTreeSet<String> {
    let binary = folder.join(path.file_stem().unwrap());
    let built = Command::new("rustc")
        .args([
            "--edition",
            "2024",
            "-Cdebuginfo=0",
            "-Awarnings",
            "-Copt-level=1",
        ])
        .args([
            "-Coverflow-checks=on",
            "-Aarithmetic_overflow",
            "-Aunconditional_panic",
            "-o",
        ])
        .arg(&binary)
        .arg(path)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{}: {errors}", path.display());
    let runs = (0..40).map(|_| {
        let run = Command::new(&binary)
            .env("RUST_BACKTRACE", "0")
            .output()
            .unwrap();
        if run.status.success() {
            let printed = String::from_utf8(run.stdout).unwrap();
            let printed = printed.strip_suffix('\n').unwrap_or(&printed);
            return match printed.is_empty() {
                true => "(no output)".into(),
                false => printed.replace('\n', " | "),
            };
        }
        let said = String::from_utf8_lossy(&run.stderr);
        let main = said.split("thread 'main'").nth(1).unwrap_or_default();
        let message = main
            .lines()
            .skip(1)
            .take_while(|line| !line.starts_with("note:"));
        let message: Vec<&str> = message.collect();
        format!("panic: {}", message.join(" | "))
    });
    runs.collect()
}

#[test]
fn what_a_real_run_prints_is_among_the_outcomes() {
    let folder = tempfile::tempdir().unwrap();
    for path in programs() {
        let tso = explored(&path, Model::Tso, Edition::E2024, true);
        let kinds: BTreeSet<Kind> = tso.outcomes.iter().map(|outcome| outcome.kind).collect();
        // A run that may never end proves nothing; one that races means nothing.
        let ends = !kinds.contains(&Kind::Deadlock) && !kinds.contains(&Kind::Livelock);
        if !ends || kinds.contains(&Kind::Race) {
            continue;
        }
        let allowed: BTreeSet<String> = tso.outcomes.iter().map(|outcome| outcome.line()).collect();
        for seen in observed(&path, folder.path()) {
            assert!(
                allowed.contains(&seen),
                "{}: `{seen}` not in {allowed:?}",
                path.display()
            );
        }
    }
}

#[test]
fn every_litmus_program_takes_few_states() {
    for (name, most) in [
        ("store_buffering", 100),
        ("message_passing", 100),
        ("iriw", 400),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
        let path = folder.join(name).with_extension("rs");
        let all = explored(&path, Model::Tso, Edition::E2024, true);
        assert!(all.states.unwrap() < most, "{name}: {:?}", all.states);
    }
}

#[test]
fn a_limit_makes_the_answer_partial_never_wrong() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/lost_update.rs");
    let source = std::fs::read_to_string(&path).unwrap();
    let program = parse(&source, Options::default()).unwrap();
    let limits = Limits {
        states: 20,
        ..Limits::default()
    };
    let some = explore(&program, Model::Sc, &limits).unwrap();
    assert!(!some.complete);
    let all = explore(&program, Model::Sc, &Limits::default()).unwrap();
    for outcome in &some.outcomes {
        assert!(
            all.outcomes
                .iter()
                .any(|known| known.line() == outcome.line())
        );
    }
}
