//! Programs that are run on this machine: what is counted, what is judged, what is stopped.

use outcomes::hardware::{Error, Run, Seen, Settings, Verdict, Way, Word, run};
use outcomes::{Limits, Model, Options};
use std::process::{Command, Output};
use std::time::Duration;

fn ran(source: &str, rounds: u64) -> Result<Run, Error> {
    let settings = Settings {
        rounds,
        ..Settings::default()
    };
    run(source, Options::default(), &settings)
}

/// For programs that never end: how long that takes to be sure of doesn't matter.
fn soon_stopped(source: &str, rounds: u64) -> Run {
    let settings = Settings {
        rounds,
        patience: Duration::from_millis(300),
        ..Settings::default()
    };
    run(source, Options::default(), &settings).unwrap()
}

fn verdict(source: &str, model: Model, run: &Run) -> Verdict {
    let program = outcomes::parse(source, Options::default()).unwrap();
    let found = outcomes::explore(&program, model, &Limits::default()).unwrap();
    Verdict::new(&found, run)
}

fn only(run: &Run, seen: Seen, rounds: u64) {
    assert_eq!(run.counts.iter().collect::<Vec<_>>(), [(&seen, &rounds)]);
    assert_eq!(run.rounds, rounds);
}

fn output(text: &str) -> Seen {
    Seen::Output(text.to_owned())
}

const STORE_BUFFERING: &str = include_str!("litmus/sb_relaxed.rs");

#[test]
fn each_round_is_counted_and_what_it_shows_is_allowed() {
    let run = ran(STORE_BUFFERING, 20_000).unwrap();
    assert_eq!((run.way, run.rounds), (Way::Kept, 20_000));
    assert_eq!(run.counts.values().sum::<u64>(), 20_000);
    let model = match cfg!(target_arch = "x86_64") {
        true => Model::Tso,
        false => *Model::ALL.last().unwrap(),
    };
    assert!(!verdict(STORE_BUFFERING, model, &run).is_broken());
}

/// A machine with one core, or a busy one, may never show it.
#[test]
#[ignore = "needs a quiet machine with two cores"]
fn store_buffering_shows_on_a_quiet_machine() {
    let run = ran(STORE_BUFFERING, 1_000_000).unwrap();
    assert!(run.counts.contains_key(&output("0 0")), "{:?}", run.counts);
}

#[test]
fn an_outcome_that_the_model_forbids_is_named() {
    let run = Run {
        way: Way::Kept,
        rounds: 5,
        counts: [(output("0 0"), 2), (output("0 1"), 3)].into(),
    };
    let by_sc = verdict(STORE_BUFFERING, Model::Sc, &run);
    assert!(by_sc.is_broken());
    assert!(by_sc.rows.contains(&("0 0".into(), 2, Word::Forbidden)));
    assert_eq!(by_sc.observed("0 1"), 3);
    assert!(!verdict(STORE_BUFFERING, Model::Tso, &run).is_broken());
}

#[test]
fn what_was_not_found_in_a_part_is_not_called_forbidden() {
    let program = outcomes::parse(STORE_BUFFERING, Options::default()).unwrap();
    let limits = Limits {
        states: 1,
        ..Limits::default()
    };
    let found = outcomes::explore(&program, Model::Sc, &limits).unwrap();
    assert!(!found.complete);
    let run = Run {
        way: Way::Kept,
        rounds: 1,
        counts: [(output("0 0"), 1)].into(),
    };
    let verdict = Verdict::new(&found, &run);
    assert!(verdict.rows.contains(&("0 0".into(), 1, Word::NotFound)));
}

#[test]
fn each_round_finds_statics_as_at_the_start() {
    let run = ran(
        "static N: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);
         static LOCK: std::sync::Mutex<Vec<u8>> = std::sync::Mutex::new(Vec::new());
         static mut PLAIN: [u8; 2] = [1, 2];
         fn main() {
             static INNER: std::sync::atomic::AtomicI8 = std::sync::atomic::AtomicI8::new(-1);
             N.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
             INNER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
             LOCK.lock().unwrap().push(1);
             let plain = unsafe { PLAIN[0] += 1; PLAIN[0] };
             let length = LOCK.lock().unwrap().len();
             println!(\"{N:?} {INNER:?} {plain} {length}\");
         }",
        1000,
    )
    .unwrap();
    assert_eq!(run.way, Way::Kept);
    only(&run, output("1 0 2 1"), 1000);
}

#[test]
fn a_static_that_cannot_be_made_anew_has_a_process_each() {
    let run = ran(
        "fn next() -> usize {
             static N: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
             N.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
         }
         fn main() { println!(\"{}\", next()); }",
        3,
    )
    .unwrap();
    assert_eq!(run.way, Way::Processes);
    only(&run, output("0"), 3);
}

#[test]
fn what_the_harness_has_no_stand_in_for_is_run_as_it_is() {
    let run = ran(
        "use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
         static N: AtomicU32 = AtomicU32::new(0);
         fn main() {
             let add: fn(&AtomicU32, u32, std::sync::atomic::Ordering) -> u32 = AtomicU32::fetch_add;
             println!(\"{}\", add(&N, 1, Relaxed));
         }",
        3,
    )
    .unwrap();
    assert_eq!(run.way, Way::Processes);
    only(&run, output("0"), 3);
}

#[test]
fn a_program_that_parks_has_new_threads_each_round() {
    let run = ran(
        "let main = std::thread::current();
         std::thread::spawn(move || main.unpark());
         std::thread::park();
         println!(\"woken\");",
        100,
    )
    .unwrap();
    assert_eq!(run.way, Way::Repeated);
    only(&run, output("woken"), 100);
}

#[test]
fn a_round_that_does_not_end_is_stopped_and_counted() {
    let run = soon_stopped("fn main() { loop { std::hint::spin_loop(); } }", 1000);
    only(&run, Seen::Endless, 1);
    let locked = "let m = std::sync::Mutex::new(1); let _a = m.lock(); let _b = m.lock();";
    let run = soon_stopped(locked, 1000);
    only(&run, Seen::Endless, 1);
    // Where the model has a deadlock, it may.
    let deadlock = verdict(locked, Model::Sc, &run);
    assert!(deadlock.rows.contains(&("no end".into(), 1, Word::Allowed)));
    // Where it has none, it may not.
    assert!(verdict("println!(\"1\");", Model::Sc, &run).is_broken());
}

#[test]
fn what_prints_for_ever_is_stopped() {
    let run = ran("fn main() { loop { println!(\"again\"); } }", 1000).unwrap();
    only(&run, Seen::Endless, 1);
}

#[test]
fn a_thread_that_outlives_main_ends_with_its_process() {
    let run = soon_stopped(
        "let begun = std::sync::Arc::new(std::sync::Barrier::new(2));
         let other = begun.clone();
         std::thread::spawn(move || { other.wait(); loop { std::thread::yield_now(); } });
         begun.wait();
         println!(\"done\");",
        3,
    );
    assert_eq!(run.way, Way::Processes);
    only(&run, output("done"), 3);
}

#[test]
fn a_spawner_may_wait_for_what_its_thread_does() {
    let run = ran(
        "use std::sync::atomic::{AtomicBool, Ordering::*};
         let (ready, seen) = (AtomicBool::new(false), AtomicBool::new(false));
         std::thread::scope(|s| {
             s.spawn(|| {
                 ready.store(true, Release);
                 while !seen.load(Acquire) { std::hint::spin_loop(); }
             });
             while !ready.load(Acquire) { std::hint::spin_loop(); }
             seen.store(true, Release);
         });
         println!(\"met\");",
        100,
    )
    .unwrap();
    assert_eq!(run.way, Way::Kept);
    only(&run, output("met"), 100);
}

#[test]
fn panics_are_outcomes_as_they_are_for_the_explorer() {
    let sources = [
        "panic!(\"a {}\", 1);",
        "let n = std::hint::black_box(255u8); println!(\"lost\"); println!(\"{}\", n + 1);",
        "assert_eq!(1 + 1, 3, \"sums\");",
        "std::thread::scope(|s| { s.spawn(|| panic!(\"inner\")); });",
        "let r = std::thread::spawn(|| panic!(\"inner\")).join(); println!(\"{}\", r.is_err());",
        "std::thread::spawn(|| panic!(\"inner\")).join().unwrap();",
    ];
    for source in sources {
        let run = ran(source, 50).unwrap();
        assert_eq!((run.rounds, run.counts.len()), (50, 1), "{source}");
        if !source.contains("black_box") {
            let verdict = verdict(source, Model::Sc, &run);
            assert_eq!(verdict.rows.len(), 1, "{source}\n{verdict}");
        }
    }
    let run = ran(sources[1], 50).unwrap();
    only(&run, Seen::Panic("attempt to add with overflow".into()), 50);
}

#[test]
fn all_that_prints_is_kept_and_standard_error_is_not() {
    let run = ran(
        "print!(\"a\"); std::println!(); eprintln!(\"no\"); { use std::print as p; p!(\"{}\", 1); }
         std::thread::scope(|s| { s.spawn(|| println!(\"b\")); });",
        50,
    )
    .unwrap();
    only(&run, output("a\n1b"), 50);
}

#[test]
fn what_rustc_refuses_is_its_message() {
    match ran("fn main() { let n: u8 = true; }", 1) {
        Err(Error::Refused(said)) => assert!(said.contains("E0308"), "{said}"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        ran("fn main() -> u8 { 1 }", 1),
        Err(Error::NoMain)
    ));
    match ran("fn main() { std::process::abort(); }", 1) {
        Err(Error::Aborted(_)) => {}
        other => panic!("{other:?}"),
    }
}

fn command(arguments: &[&str], rustc: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outcomes"));
    command.args(arguments);
    if let Some(rustc) = rustc {
        command.env("RUSTC", rustc);
    }
    command.output().unwrap()
}

fn file(name: &str) -> String {
    format!("{}/tests/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_command_prints_counts_and_words_and_the_json_has_them() {
    let file = file("programs/fetch_add.rs");
    let output = command(&[&file, "--run", "500"], None);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"500  allowed    4\n");
    let output = command(&[&file, "--run", "500", "--format", "json"], None);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["rounds"], 500);
    assert_eq!(json["way"], "kept threads");
    assert_eq!(json["outcomes"][0]["observed"], 500);
    assert_eq!(json["besides"], serde_json::json!([]));
}

#[test]
fn no_number_of_rounds_or_a_bad_one_is_refused() {
    let file = file("programs/fetch_add.rs");
    for bad in ["0", "-1", "many", "1e6", "99999999999999999999"] {
        let run = format!("--run={bad}");
        assert_eq!(
            command(&[&file, &run], None).status.code(),
            Some(2),
            "{bad}"
        );
    }
}

/// A compiler that gets a program wrong: what comes out then is forbidden.
#[cfg(unix)]
#[test]
fn a_miscompiled_program_is_exit_code_1() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("rustc");
    let script = "#!/bin/sh\nfor last; do :; done\n\
                  sed 's/fetch_add(1,/fetch_add(2,/' \"$last\" > \"$last.new\"\n\
                  mv \"$last.new\" \"$last\"\nexec rustc \"$@\"\n";
    std::fs::write(&wrong, script).unwrap();
    std::fs::set_permissions(&wrong, std::fs::Permissions::from_mode(0o755)).unwrap();
    let file = file("programs/fetch_add.rs");
    let rustc = wrong.to_str().unwrap();
    let output = command(&[&file, "--run", "100"], Some(rustc));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"  0  allowed    4\n100  forbidden  8\n");
    let output = command(&[&file, "--run", "100", "--format", "json"], Some(rustc));
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let besides = serde_json::json!([{"line": "8", "observed": 100, "word": "forbidden"}]);
    assert_eq!(json["besides"], besides);
}
