//! The same races in other languages: run where these are installed, and held to no more than
//! is certain in every run. What is recorded of them, `cargo xtask check` judges.

use std::path::Path;
use std::process::Command;

const THREADS: u64 = 10;
const TIMES: u64 = 1_000;
const ALL: u64 = THREADS * TIMES;

#[test]
fn in_python_with_a_lock_no_increment_is_lost() {
    if let Some(output) = run(&["python3"], "python/locked_counter.py", TIMES) {
        assert_eq!(counted(&output), Some(ALL), "{output}");
    }
}

/// The last store is some thread's last; that thread has stored before, so what it loads then
/// is at least 1. See `counter_lost`.
#[test]
fn in_python_without_a_lock_between_two_and_all_increments_are_left() {
    for program in ["python/racy_counter.py", "python/called_counter.py"] {
        if let Some(output) = run(&["python3"], program, TIMES) {
            let count = counted(&output).unwrap_or_else(|| panic!("no count: {output}"));
            assert!((2..=ALL).contains(&count), "{program} counted {count}");
        }
    }
}

#[test]
fn in_python_an_interpreter_with_a_lock_lets_go_of_it_somewhere() {
    if let Some(output) = run(&["python3"], "python/switch_points.py", 50) {
        assert!(output.contains("count += 1 is LOAD_GLOBAL"), "{output}");
        let nowhere = "inside after none\noutside after none";
        assert!(!output.replace('\r', "").contains(nowhere), "{output}");
    }
}

#[test]
fn in_go_nothing_is_written_but_what_the_torn_value_writes() {
    if let Some(output) = run(&["go", "run"], "go/torn.go", TIMES) {
        let private = output.lines().nth(1).unwrap_or_default();
        assert!(
            ["private is 7", "private is 42"].contains(&private),
            "{output}"
        );
    }
}

#[test]
fn in_java_every_object_is_whole() {
    if first_number(&["java", "--version"]).is_none_or(|version| version < 11) {
        eprintln!("no Java that runs a source file here: java/Whole.java is not run");
        return;
    }
    if let Some(output) = run(&["java"], "java/Whole.java", TIMES) {
        assert!(
            output.contains(&format!("whole {ALL} of {ALL}")),
            "{output}"
        );
        let count = counted(&output).unwrap_or_else(|| panic!("no count: {output}"));
        assert!((1..=ALL).contains(&count), "counted {count}");
    }
}

#[test]
fn an_output_that_says_something_else_is_not_a_count() {
    let good = format!("CPython 3.99.0, with a global lock\ncounted 7 of {ALL}\n");
    assert_eq!(counted(&good), Some(7));
    assert_eq!(counted(&good.replace('\n', "\r\n")), Some(7));
    assert_eq!(counted(&good.replace("of 1", "of 2")), None);
    assert_eq!(counted(&good.replace("counted 7", "counted")), None);
    assert_eq!(counted(""), None);
}

/// What a program prints; nothing if there is nobody here to run it.
fn run(command: &[&str], program: &str, times: u64) -> Option<String> {
    let (runner, arguments) = command.split_first()?;
    let asks = if *runner == "go" {
        "version"
    } else {
        "--version"
    };
    if first_number(&[runner, asks]).is_none() {
        eprintln!("no {runner} here: {program} is not run");
        return None;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(program);
    let output = Command::new(runner)
        .args(arguments)
        .arg(path)
        .arg(times.to_string())
        .output()
        .unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    if stderr.contains("without a global lock") {
        eprintln!("this {runner} has no lock to let go of: {program} is not run");
        return None;
    }
    assert!(output.status.success(), "{program}: {stdout}{stderr}");
    Some(stdout)
}

/// The first number that a command prints: a runner's version, or nothing if it isn't here.
fn first_number(command: &[&str]) -> Option<u64> {
    let output = Command::new(command[0]).args(&command[1..]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let first = digits
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .next()?;
    first.ok().filter(|_| output.status.success())
}

/// The count in the last line.
fn counted(output: &str) -> Option<u64> {
    let last = output.lines().last()?;
    let (count, all) = last.strip_prefix("counted ")?.split_once(" of ")?;
    (all == ALL.to_string()).then(|| count.parse().ok())?
}
