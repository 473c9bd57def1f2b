//! The litmus suite: real Rust programs in `litmus/`, and in `litmus/expected.txt`
//! every outcome of each under each model.
//!
//! The expected sets come from the oracle (`BLESS=1 cargo test -p outcomes --test
//! litmus` writes them); the verdicts at the head of each program were written by
//! hand, from the papers and clauses named there. Everything must agree: verdicts,
//! oracle, explorer, and what this machine shows when the programs run.

#[allow(
    dead_code,
    unused_imports,
    reason = "other tests use other parts of it"
)]
mod oracle;

use oracle::{Candidates, Fault, Model, Program, Rules};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

type Outcomes = BTreeSet<String>;

/// Per program and model.
type Table = BTreeMap<String, BTreeMap<Model, Outcomes>>;

/// The explorer's answer, with its reduction or without. THE PLACE WHERE IT IS
/// CALLED: a model that it doesn't have yet has no answer, and isn't compared.
fn explored(source: &str, model: Model, reduce: bool) -> Option<Result<Outcomes, String>> {
    let model = outcomes::Model::named(&model.to_string())?;
    let explore = || {
        let program = outcomes::parse(source, outcomes::Options::default())?;
        let limits = outcomes::Limits {
            reduce,
            ..Default::default()
        };
        outcomes::explore(&program, model, &limits)
    };
    Some(match explore() {
        Ok(found) if !found.complete => Err("a limit was met".into()),
        Ok(found) => Ok(found.outcomes.iter().map(outcomes::Outcome::line).collect()),
        Err(error) => Err(error.to_string()),
    })
}

#[test]
fn the_explorer_finds_exactly_what_is_expected() {
    let table = expected();
    let wrong = each_program(|name, source| {
        let mut wrong = String::new();
        for (model, outcomes) in &table[name] {
            for reduce in [true, false] {
                let problem = match explored(source, *model, reduce) {
                    // The oracle's sc and tso know no happens-before: there, two
                    // accesses race if both can be next. The explorer judges by the
                    // orderings in the source in every model, since a program that
                    // races by the language's rules has no meaning on any machine
                    // ([intro.races]/21). So what races under cpp20 may race here.
                    Some(Ok(found)) if !races(outcomes) && found == table[name][&Model::Cpp20] => {
                        String::new()
                    }
                    Some(Ok(found)) => difference(outcomes, &found),
                    Some(Err(error)) => format!("  {error}\n"),
                    None => String::new(),
                };
                if !problem.is_empty() {
                    writeln!(wrong, "{name} under {model}, reduce: {reduce}\n{problem}").unwrap();
                }
            }
        }
        wrong
    });
    assert!(wrong.concat().is_empty(), "{}", wrong.concat());
}

#[test]
fn the_oracle_finds_exactly_what_is_expected() {
    let found = Mutex::new(Table::new());
    each_program(|name, source| {
        let program = parse(name, source);
        let per_model = Model::ALL.map(|m| (m, oracle::outcomes(&program, m).unwrap()));
        found
            .lock()
            .unwrap()
            .insert(name.to_owned(), per_model.into());
    });
    let found = found.into_inner().unwrap();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(folder().join("expected.txt"), written(&found)).unwrap();
    }
    let table = expected();
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        table.keys().collect::<Vec<_>>()
    );
    for (name, models) in &found {
        for (model, outcomes) in models {
            let difference = difference(&table[name][model], outcomes);
            assert!(difference.is_empty(), "{name} under {model}:\n{difference}");
        }
    }
}

#[test]
fn every_verdict_at_a_program_s_head_holds() {
    let table = expected();
    let wrong = Mutex::new(String::new());
    let checked = each_program(|name, source| {
        let verdicts = verdicts(source);
        for (outcome, model, allowed) in &verdicts {
            let outcomes = &table[name][model];
            let is_there = match outcome.as_str() {
                "race" => outcomes.iter().any(|o| o.starts_with("race: ")),
                outcome => outcomes.contains(outcome),
            };
            if is_there != *allowed {
                let mut wrong = wrong.lock().unwrap();
                writeln!(wrong, "{name}: `{outcome}` under {model}: {outcomes:?}").unwrap();
            }
        }
        verdicts.len()
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{wrong}");
    assert!(
        checked.len() >= 110,
        "the suite has {} programs",
        checked.len()
    );
    assert!(
        checked.iter().filter(|n| **n == 0).count() < 10,
        "too few programs have verdicts"
    );
}

#[test]
fn the_models_contain_each_other_where_nothing_races() {
    for (name, models) in expected() {
        if models.values().flatten().all(|o| !o.starts_with("race: ")) {
            assert!(
                models[&Model::Sc].is_subset(&models[&Model::Tso]),
                "{name}: sc in tso"
            );
            assert!(
                models[&Model::Tso].is_subset(&models[&Model::Cpp20]),
                "{name}: tso in cpp20"
            );
        }
    }
}

/// The suite itself is tested: break one rule of the oracle, and some program's
/// outcomes change.
#[test]
fn each_fault_in_the_rules_is_noticed_by_a_program() {
    let table = expected();
    let noticed = Mutex::new(BTreeMap::<String, Vec<String>>::new());
    each_program(|name, source| {
        let open: Vec<_> = {
            let noticed = noticed.lock().unwrap();
            // Three witnesses of each are enough.
            let full = |f: &&Fault| noticed.get(&format!("{f:?}")).is_none_or(|n| n.len() < 3);
            Fault::ALL.iter().filter(full).copied().collect()
        };
        let candidates = Candidates::of(&parse(name, source)).unwrap();
        for fault in open {
            if candidates.outcomes(&Rules::with(fault)) != table[name][&Model::Cpp20] {
                let mut noticed = noticed.lock().unwrap();
                noticed
                    .entry(format!("{fault:?}"))
                    .or_default()
                    .push(name.to_owned());
            }
        }
    });
    let noticed = noticed.into_inner().unwrap();
    for fault in Fault::ALL {
        let by = noticed.get(&format!("{fault:?}"));
        println!("{fault:?}: {by:?}");
    }
    let missed: Vec<_> = Fault::ALL
        .iter()
        .filter(|f| !noticed.contains_key(&format!("{f:?}")))
        .collect();
    assert!(missed.is_empty(), "no program notices {missed:?}");
}

/// What a machine shows must be allowed. (That it shows everything isn't asked:
/// most machines are stronger than the models.)
#[test]
fn what_this_machine_shows_is_allowed() {
    let table = expected();
    let build = tempfile::tempdir().unwrap();
    // Programs that race mean nothing, so they aren't run.
    let names: Vec<_> = table
        .iter()
        .filter(|(_, models)| {
            models[&Model::Cpp20]
                .iter()
                .all(|o| !o.starts_with("race: "))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let binary = compiled(&names, build.path());
    for name in names {
        let source = std::fs::read_to_string(folder().join(format!("{name}.rs"))).unwrap();
        // A static keeps its value from round to round: a process per round.
        let (processes, rounds) = if source.contains("\nstatic ") {
            (10, 1)
        } else {
            (1, 100)
        };
        for _ in 0..processes {
            let run = Command::new(&binary)
                .args([name, &rounds.to_string()])
                .output()
                .unwrap();
            assert!(
                run.status.success(),
                "{name}: {}",
                String::from_utf8_lossy(&run.stderr)
            );
            let printed = String::from_utf8(run.stdout).unwrap();
            let mut seen = 0;
            for output in printed.split_terminator("--\n") {
                let outcome = output.lines().collect::<Vec<_>>().join(" | ");
                let allowed = &table[name][&Model::Cpp20];
                assert!(
                    allowed.contains(&outcome),
                    "{name} printed {outcome:?}, not in {allowed:?}"
                );
                if cfg!(target_arch = "x86_64") {
                    let allowed = &table[name][&Model::Tso];
                    assert!(
                        allowed.contains(&outcome),
                        "{name}: {outcome:?} isn't in tso's {allowed:?}"
                    );
                }
                seen += 1;
            }
            assert_eq!(seen, rounds, "{name}");
        }
    }
}

/// One binary out of all programs, each a module: `binary NAME ROUNDS`.
fn compiled(names: &[&str], build: &Path) -> PathBuf {
    let mut main = String::from("#![allow(dead_code, unused)]\n");
    for name in names {
        let source = std::fs::read_to_string(folder().join(format!("{name}.rs"))).unwrap();
        assert_eq!(source.matches("\nfn main()").count(), 1, "{name}");
        let module = source.replacen("\nfn main()", "\npub fn main()", 1);
        std::fs::write(build.join(format!("{name}.rs")), module).unwrap();
        writeln!(main, "mod {name};").unwrap();
    }
    main.push_str("fn main() {\nlet mut args = std::env::args().skip(1);\n");
    main.push_str("let run: fn() = match args.next().unwrap().as_str() {\n");
    for name in names {
        writeln!(main, "{name:?} => {name}::main,").unwrap();
    }
    main.push_str("_ => panic!(\"no such program\"),\n};\n");
    main.push_str("for _ in 0..args.next().unwrap().parse().unwrap() {\n");
    main.push_str("run();\nprintln!(\"--\");\n}\n}\n");
    std::fs::write(build.join("main.rs"), main).unwrap();
    let binary = build.join(format!("litmus{}", std::env::consts::EXE_SUFFIX));
    let rustc = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()))
        .args(["--edition", "2024", "-O", "-o"])
        .arg(&binary)
        .arg(build.join("main.rs"))
        .output()
        .unwrap();
    assert!(
        rustc.status.success(),
        "{}",
        String::from_utf8_lossy(&rustc.stderr)
    );
    binary
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/litmus")
}

fn parse(name: &str, source: &str) -> Program {
    Program::parse(source).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// Does something with each program, several at a time.
fn each_program<T: Send>(work: impl Fn(&str, &str) -> T + Sync) -> Vec<T> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect();
    files.sort();
    let files = Mutex::new(files.into_iter());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|s| {
        let run = || {
            let mut results = Vec::new();
            loop {
                let Some(path) = files.lock().unwrap().next() else {
                    return results;
                };
                let source = std::fs::read_to_string(&path).unwrap();
                results.push(work(path.file_stem().unwrap().to_str().unwrap(), &source));
            }
        };
        let threads: Vec<_> = (0..workers).map(|_| s.spawn(run)).collect();
        let finish = |t: std::thread::ScopedJoinHandle<'_, Vec<T>>| match t.join() {
            Ok(results) => results,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        threads.into_iter().flat_map(finish).collect()
    })
}

/// The lines "//! `0 0`: sc forbids, tso allows, cpp20 allows (source)." at a
/// program's head.
fn verdicts(source: &str) -> Vec<(String, Model, bool)> {
    let mut verdicts = Vec::new();
    for line in source.lines().filter_map(|l| l.strip_prefix("//! `")) {
        let (outcome, rest) = line
            .split_once("`: ")
            .expect("a verdict's outcome ends in \"`: \"");
        let words: Vec<_> = rest
            .split([' ', ',', '.'])
            .filter(|w| !w.is_empty())
            .collect();
        for (model, pair) in Model::ALL.iter().zip(words.chunks(2)) {
            assert_eq!(pair[0], model.to_string(), "{line}");
            let allowed = match pair[1] {
                "allows" | "reports" => true,
                "forbids" => false,
                other => panic!("{other} in {line}"),
            };
            verdicts.push((outcome.to_owned(), *model, allowed));
        }
    }
    verdicts
}

fn races(outcomes: &Outcomes) -> bool {
    outcomes.iter().any(|o| o.starts_with("race: "))
}

/// What is missing and what is too much.
fn difference(expected: &Outcomes, found: &Outcomes) -> String {
    let missing = expected
        .difference(found)
        .map(|o| format!("  missing  {o}\n"));
    let extra = found
        .difference(expected)
        .map(|o| format!("  extra    {o}\n"));
    missing.chain(extra).collect()
}

/// The table's text: for each program its outcomes, before each the models that
/// allow it.
fn written(table: &Table) -> String {
    let mut text = String::from(
        "# Every outcome of each program, behind the models that allow it.\n\
         # Written by: BLESS=1 cargo test -p outcomes --test litmus\n",
    );
    for (name, models) in table {
        writeln!(text, "\n{name}").unwrap();
        for outcome in models.values().flatten().collect::<BTreeSet<_>>() {
            for (model, outcomes) in models {
                let mark = if outcomes.contains(outcome) {
                    model.to_string()
                } else {
                    ".".into()
                };
                write!(
                    text,
                    "{}{mark:<5}",
                    if *model == Model::Sc { "  " } else { " " }
                )
                .unwrap();
            }
            writeln!(text, "  {outcome}").unwrap();
        }
    }
    text
}

fn expected() -> Table {
    let text = std::fs::read_to_string(folder().join("expected.txt")).unwrap();
    let mut table = Table::new();
    let mut program = None;
    for line in text
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        match line.strip_prefix("  ") {
            None => {
                let empty = Model::ALL.map(|m| (m, Outcomes::new())).into();
                program = Some(table.entry(line.to_owned()).insert_entry(empty));
            }
            Some(row) => {
                let (marks, outcome) = row.split_at(19);
                for (model, mark) in Model::ALL.iter().zip(marks.split_whitespace()) {
                    if mark == model.to_string() {
                        let models = program.as_mut().expect("a name comes first").get_mut();
                        models.get_mut(model).unwrap().insert(outcome.to_owned());
                    }
                }
            }
        }
    }
    table
}
