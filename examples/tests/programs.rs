//! Every program in `examples/` is run, and must print exactly what stands in
//! `examples/expected/NAME.txt`, end well, and say nothing on standard error.
//!
//! A new program needs its `[[example]]` in Cargo.toml, its line in
//! `programs!` below and its file of expected output; without any one of them
//! a test here fails.

use std::collections::BTreeSet;
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime};

/// Makes of each name a test that runs the program, and of all of them a list.
macro_rules! programs {
    ($($name:ident),* $(,)?) => {
        const PROGRAMS: &[&str] = &[$(stringify!($name)),*];

        mod prints_what_is_expected {
            $(
                #[test]
                fn $name() {
                    super::check(stringify!($name));
                }
            )*
        }
    };
}

programs! {
    actor,
    barrier,
    channel,
    condvar,
    counter_atomic,
    counter_lost,
    counter_mutex,
    deadlock,
    deadlock_ordered,
    green_threads,
    intent_flags,
    lost_update,
    make_vec,
    message_flag,
    moved_future,
    once,
    parent,
    parent_crossbeam,
    parent_pool,
    pass_it_on,
    pipeline,
    print_vec,
    priority_inversion,
    push_all,
    quicksort,
    rwlock,
    session,
    shared_vec,
    treiber_stack,
    two_witnesses,
    use_lock,
    use_spinlock,
    use_vec,
    with_crossbeam,
    with_parking_lot,
    with_rayon,
    with_tokio,
    worker_pool,
}

/// The one count that is the machine's choice is still not just any number.
#[test]
fn counter_lost_counts_at_least_two_and_at_most_every_increment() {
    let run = run("counter_lost");
    let count: u64 = run
        .stdout
        .strip_prefix("left to chance: ")
        .and_then(|rest| rest.split_once(" of 10000000\n"))
        .and_then(|(count, _)| count.parse().ok())
        .unwrap_or_else(|| panic!("no count in {:?}", run.stdout));
    assert!((2..=10_000_000).contains(&count), "counted {count}");
}

/// So it is here: where both threads may enter, they do in no more rounds than
/// there are, and with SeqCst the expected output says in how many.
#[test]
fn rounds_that_end_badly_are_no_more_than_all_rounds() {
    for (program, name) in [
        ("intent_flags", "Relaxed: both entered in "),
        ("intent_flags", "Release and Acquire: both entered in "),
        ("message_flag", "Relaxed: a flag without its message in "),
        (
            "two_witnesses",
            "Release and Acquire: the witnesses disagreed in ",
        ),
    ] {
        let run = run(program);
        let rounds: Option<(u64, u64)> = run.stdout.lines().find_map(|line| {
            let (bad, all) = line.strip_prefix(name)?.split_once(" of ")?;
            Some((
                bad.parse().ok()?,
                all.strip_suffix(" rounds")?.parse().ok()?,
            ))
        });
        let (bad, all) = rounds.unwrap_or_else(|| panic!("no rounds in {:?}", run.stdout));
        assert!(bad <= all, "{program}: {bad} of {all}");
    }
}

#[test]
fn every_program_is_declared_listed_and_expected() {
    let listed: BTreeSet<String> = PROGRAMS.iter().map(|&name| name.to_owned()).collect();
    let sources = stems(&package(), "rs");
    let expected = stems(&package().join("expected"), "txt");
    let manifest = read(&package().join("Cargo.toml"));
    let declared = declared(&manifest).expect("examples/Cargo.toml");

    assert_eq!(
        sources, declared,
        "examples/*.rs and the [[example]] tables of Cargo.toml differ"
    );
    assert_eq!(
        sources, listed,
        "examples/*.rs and `programs!` in examples/tests/programs.rs differ"
    );
    assert_eq!(
        sources, expected,
        "examples/*.rs and examples/expected/*.txt differ"
    );
}

#[test]
fn a_declaration_whose_path_is_not_its_name_is_refused() {
    let good = "[[example]]\nname = \"a\"\npath = \"a.rs\"\n";
    assert_eq!(declared(good), Ok(BTreeSet::from(["a".to_owned()])));
    assert!(declared(&good.replace("a.rs", "b.rs")).is_err());
    assert!(declared(&good.replace("path = \"a.rs\"\n", "")).is_err());
    assert!(declared(&format!("{good}{good}")).is_err());
}

#[test]
fn a_run_with_a_wrong_end_or_a_wrong_word_is_at_fault() {
    let good = Run {
        code: Some(0),
        stdout: "3\n".to_owned(),
        stderr: String::new(),
    };
    assert_eq!(fault("3\n", &good), None);
    assert!(fault("4\n", &good).is_some());
    assert!(
        fault(
            "3\n",
            &Run {
                code: Some(101),
                ..good.clone()
            }
        )
        .is_some()
    );
    assert!(
        fault(
            "3\n",
            &Run {
                code: None,
                ..good.clone()
            }
        )
        .is_some()
    );
    assert!(
        fault(
            "3\n",
            &Run {
                stderr: "oh\n".to_owned(),
                ..good
            }
        )
        .is_some()
    );
}

#[test]
fn a_program_missing_or_older_than_its_source_is_not_run() {
    let now = SystemTime::now();
    let earlier = now - Duration::from_secs(1);
    assert!(up_to_date(None, now).is_err());
    assert!(up_to_date(Some(earlier), now).is_err());
    assert!(up_to_date(Some(now), earlier).is_ok());
}

#[test]
fn an_output_that_differs_by_a_character_is_not_the_one_expected() {
    assert!(matches("10000000\n", "10000000\n"));
    assert!(!matches("10000000\n", "1000000\n"));
    assert!(!matches("10000000\n", "10000000"));
    assert!(!matches("10000000\n", "10000000\n10000000\n"));
    assert!(!matches("", "10000000\n"));
}

#[test]
fn a_hole_in_the_expected_output_stands_for_part_of_one_line() {
    let expected = "left: [..] of 10\nforced: 1\n";
    assert!(matches(expected, "left: 7 of 10\nforced: 1\n"));
    assert!(!matches(expected, "left: 7 of 11\nforced: 1\n"));
    assert!(!matches(expected, "left: 7\n of 10\nforced: 1\n"));
    assert!(!matches(expected, "left: 7 of 10\nforced: 2\n"));
    // What stands before the hole and what stands behind it may not overlap.
    assert!(!matches("ab[..]bc\n", "abc\n"));
}

/// Runs a program and compares what came of it with what is expected.
fn check(name: &str) {
    let file = package().join("expected").join(format!("{name}.txt"));
    let bless = format!("cargo run --example {name} > examples/expected/{name}.txt");
    assert!(
        file.exists(),
        "what is {name} to print? Read it, then: {bless}"
    );
    // A checkout on Windows may have turned the ends of the lines.
    let expected = read(&file).replace("\r\n", "\n");
    let run = run(name);
    if let Some(fault) = fault(&expected, &run) {
        panic!(
            "{name} {fault}\n\
             EXPECTED (examples/expected/{name}.txt):\n{expected}\n\
             ACTUAL:\n{}\nSTANDARD ERROR:\n{}\n\
             If the output is right as it is now: {bless}",
            run.stdout, run.stderr,
        );
    }
}

/// What is wrong with a run, if anything is.
fn fault(expected: &str, run: &Run) -> Option<&'static str> {
    if run.code != Some(0) {
        Some("did not end with exit code 0")
    } else if !run.stderr.is_empty() {
        Some("wrote to standard error")
    } else if !matches(expected, &run.stdout) {
        Some("printed something else")
    } else {
        None
    }
}

/// Whether `actual` is `expected`, where `[..]` stands for any part of a line.
///
/// Outputs are equal to the last newline; a line has one hole at most.
fn matches(expected: &str, actual: &str) -> bool {
    let expected: Vec<&str> = expected.split('\n').collect();
    let actual: Vec<&str> = actual.split('\n').collect();
    expected.len() == actual.len()
        && expected.iter().zip(&actual).all(|(expected, actual)| {
            match expected.split_once("[..]") {
                None => expected == actual,
                Some((before, after)) => actual
                    .strip_prefix(before)
                    .is_some_and(|rest| rest.ends_with(after)),
            }
        })
}

/// What came of a program: no code if a signal ended it.
#[derive(Clone)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Far more than any program needs: a program that takes this long hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs an example that `cargo test` has built, with nothing on its input.
fn run(name: &str) -> Run {
    let mut child = Command::new(built(name))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name} does not start: {error}"));

    // Each pipe has its reader, so that neither can fill up and block the
    // program; the pipes close when the program ends.
    let (output, outputs) = mpsc::channel();
    read_in_background(0, child.stdout.take().unwrap(), output.clone());
    read_in_background(1, child.stderr.take().unwrap(), output);
    let mut texts = [String::new(), String::new()];
    for _ in 0..2 {
        let Ok((pipe, text)) = outputs.recv_timeout(LIMIT) else {
            // The test fails in any case; a child that is gone already is fine.
            let _ = child.kill();
            panic!("{name} is still running after {LIMIT:?}");
        };
        texts[pipe] = text;
    }
    let [stdout, stderr] = texts;
    let code = child.wait().unwrap().code();
    Run {
        code,
        stdout,
        stderr,
    }
}

fn read_in_background(
    index: usize,
    mut pipe: impl Read + Send + 'static,
    output: mpsc::Sender<(usize, String)>,
) {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let text = match pipe.read_to_end(&mut bytes) {
            Ok(_) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => format!("(unreadable: {error})"),
        };
        // Nobody listens any more if the time was up.
        let _ = output.send((index, text));
    });
}

/// The program's executable: Cargo puts tests into `deps/`, and examples into
/// `examples/` beside it.
fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let program = profile.join("examples").join(format!("{name}{EXE_SUFFIX}"));
    let source = package().join(format!("{name}.rs"));

    let written = modified(&source).unwrap_or_else(|| panic!("no {}", source.display()));
    if let Err(fault) = up_to_date(modified(&program), written) {
        panic!(
            "{} {fault}: `cargo test -p examples` builds it, \
             `cargo test -p examples --test programs` alone does not",
            program.display()
        );
    }
    program
}

/// Where only the test was built, a program may be missing, or be made from
/// yesterday's source.
fn up_to_date(built: Option<SystemTime>, written: SystemTime) -> Result<(), &'static str> {
    match built {
        None => Err("is not built"),
        Some(built) if built < written => Err("is older than its source"),
        Some(_) => Ok(()),
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .ok()
}

/// The names in the manifest's `[[example]]` tables, each `name` followed by
/// its `path`. Another form is an error, lest a program slip through.
fn declared(manifest: &str) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    let mut lines = manifest.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "[[example]]" {
            continue;
        }
        let name = string(lines.next(), "name")?;
        let path = string(lines.next(), "path")?;
        if path != format!("{name}.rs") {
            return Err(format!("example {name} has the path {path}"));
        }
        if !names.insert(name.to_owned()) {
            return Err(format!("example {name} is declared twice"));
        }
    }
    Ok(names)
}

/// The VALUE of a line `key = "VALUE"`.
fn string<'line>(line: Option<&'line str>, key: &str) -> Result<&'line str, String> {
    line.and_then(|line| {
        line.strip_prefix(key)?
            .strip_prefix(" = \"")?
            .strip_suffix('"')
    })
    .ok_or_else(|| format!("`{key} = \"...\"` is wanted in place of {line:?}"))
}

/// The names, without their extension, of the folder's files that have it.
fn stems(folder: &Path, extension: &str) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// The folder of this package, as Cargo names it when it runs the test: two
/// clones that share a target folder may share the test's executable too.
fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into())
        .into()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
