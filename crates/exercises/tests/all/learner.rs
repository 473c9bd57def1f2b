//! The command as a learner meets it, from the first day to the last exercise.

use std::fs;
use std::io::{self, Write};
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::course::{Repository, SOLUTION, TASK, WRONG};
use exercises::{Error, Guide, forever};

const MINE: &str = "exercises/mine/part/first/later.rs";

type Step<'a> = &'a dyn Fn(&mut Guide<&mut Vec<u8>>) -> Result<bool, Error>;

/// Runs the command once, as a process of its own would. What it says, and whether it passes.
fn command(repository: &Repository, step: Step<'_>) -> (String, bool) {
    let mut said = Vec::new();
    let mut guide = Guide::new(repository.root(), repository.judge(), &mut said).unwrap();
    let passed = step(&mut guide).unwrap_or_else(|error| panic!("{error}"));
    let said = String::from_utf8(said).unwrap();
    assert!(
        !said.contains('\u{1b}'),
        "plain text where there is no terminal: {said:?}"
    );
    (said, passed)
}

fn attempt(repository: &Repository) -> (String, bool) {
    command(repository, &|guide| guide.attempt(None))
}

fn list(repository: &Repository) -> String {
    command(repository, &|guide| guide.list()).0
}

#[track_caller]
fn holds(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "no {part:?} in:\n{said}");
    }
}

#[test]
fn the_first_command_makes_a_copy_and_says_why_it_fails_in_the_copys_lines() {
    let repository = Repository::new();
    let (said, passed) = attempt(&repository);
    assert!(!passed);
    let mine = fs::canonicalize(repository.path(MINE)).unwrap();
    let line = format!("{}:6:31", mine.display());
    holds(
        &said,
        &[
            "3 exercises, from 2 chapters",
            "later (1 of 3)",
            "error[E0382]",
            &line,
            "src/part/first.md",
            "cargo exercise hint",
        ],
    );
    assert_eq!(repository.read(MINE), TASK);
    // The welcome isn't said twice.
    assert!(!attempt(&repository).0.contains("3 exercises, from"));
}

#[test]
fn starts_stay_as_they_are() {
    let repository = Repository::new();
    attempt(&repository);
    repository.write(MINE, SOLUTION);
    attempt(&repository);
    command(&repository, &|guide| guide.reset(Some("later")));
    assert_eq!(repository.read("exercises/part/first/later/task.rs"), TASK);
}

#[test]
fn a_failing_check_is_told_with_its_message_and_what_the_program_printed() {
    let repository = Repository::new();
    attempt(&repository);
    repository.write(
        MINE,
        &WRONG.replace(
            "    numbers",
            "    println!(\"I have {numbers:?}\");\n    numbers",
        ),
    );
    let (said, passed) = attempt(&repository);
    assert!(!passed);
    holds(
        &said,
        &[
            "the check `each_number_is_doubled` failed:",
            "the doubled numbers",
            "left: [1, 2]",
            "it printed:\n  I have [1, 2]\n",
            "check.rs:5:5",
            "0 of 1 check passed",
        ],
    );
}

#[test]
fn a_program_that_hangs_is_stopped_and_told() {
    let repository = Repository::new();
    repository.write(MINE, "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    loop {\n        std::thread::park();\n    }\n}\n");
    let (said, passed) = command(&repository, &|guide| guide.attempt(Some("later")));
    assert!(!passed);
    holds(
        &said,
        &["the check `each_number_is_doubled` was still running after 10 s"],
    );
}

#[test]
fn an_item_that_the_check_misses_is_told_as_such() {
    let repository = Repository::new();
    attempt(&repository);
    repository.write(MINE, "");
    holds(
        &attempt(&repository).0,
        &["E0432", "uses the task's public items"],
    );
}

#[test]
fn a_pass_tells_what_it_taught_and_begins_the_next() {
    let repository = Repository::new();
    attempt(&repository);
    repository.write(MINE, SOLUTION);
    let (said, passed) = attempt(&repository);
    assert!(passed);
    holds(
        &said,
        &[
            "Passed (1 check)",
            "A loop takes what it walks over.",
            "Next: double (2 of 3)",
            "double.rs",
        ],
    );
    assert_eq!(repository.read("exercises/mine/part/first/double.rs"), TASK);
    holds(&attempt(&repository).0, &["double (2 of 3)"]);
}

#[test]
fn exercises_come_in_the_books_order_or_in_mine() {
    let repository = Repository::new();
    let order: Vec<_> = repository
        .course()
        .unwrap()
        .exercises
        .into_iter()
        .map(|e| e.name)
        .collect();
    assert_eq!(order, ["later", "double", "again"]);
    holds(
        &command(&repository, &|guide| guide.attempt(Some("aga"))).0,
        &["again (3 of 3)"],
    );
    holds(&attempt(&repository).0, &["again (3 of 3)"]);
    repository.write("exercises/mine/part/second/again.rs", SOLUTION);
    holds(&attempt(&repository).0, &["Next: later (1 of 3)"]);
}

#[test]
fn progress_is_found_by_trying() {
    let repository = Repository::new();
    holds(
        &list(&repository),
        &[
            "next   later",
            "open   double",
            "0 of 3 exercises done",
            "The first: 0 of 2",
        ],
    );
    repository.write("exercises/mine/part/first/double.rs", SOLUTION);
    repository.write("exercises/mine/part/second/again.rs", WRONG);
    holds(
        &list(&repository),
        &[
            "next   later",
            "done   double",
            "begun  again",
            "1 of 3 exercises done",
        ],
    );
    repository.write("exercises/mine/part/first/double.rs", WRONG);
    holds(
        &list(&repository),
        &["begun  double", "0 of 3 exercises done"],
    );
}

#[test]
fn what_has_not_changed_is_not_tried_again() {
    let repository = Repository::new();
    repository.write("exercises/mine/part/first/double.rs", SOLUTION);
    list(&repository);
    let mut said = Vec::new();
    let mut judge = repository.judge();
    judge.time = Duration::ZERO; // a check that is run now doesn't pass
    Guide::new(repository.root(), judge, &mut said)
        .unwrap()
        .list()
        .unwrap();
    holds(&String::from_utf8(said).unwrap(), &["done   double"]);
    // The checks are part of what is remembered.
    let check = repository.read("exercises/part/first/double/check.rs");
    repository.write(
        "exercises/part/first/double/check.rs",
        &check.replace("[2, 4]", "[3, 6]"),
    );
    holds(&list(&repository), &["begun  double"]);
}

#[test]
fn a_look_at_the_list_leaves_nothing_behind() {
    let repository = Repository::new();
    list(&repository);
    assert!(!repository.path("exercises/mine").exists());
}

#[test]
fn memory_that_is_damaged_is_made_anew() {
    let repository = Repository::new();
    repository.write("exercises/mine/.progress.json", "{");
    repository.write("exercises/mine/part/first/double.rs", SOLUTION);
    holds(&list(&repository), &["done   double"]);
}

#[test]
fn a_reset_keeps_what_there_was_and_never_writes_over_it() {
    let repository = Repository::new();
    attempt(&repository);
    let reset = || command(&repository, &|guide| guide.reset(None)).0;
    holds(&reset(), &["nothing else to keep"]);
    for (number, text) in [(1, "// first\n"), (2, "// second\n")] {
        repository.write(MINE, text);
        holds(&reset(), &[&format!("later.{number}.rs")]);
        assert_eq!(
            repository.read(&format!("exercises/mine/part/first/later.{number}.rs")),
            text
        );
        assert_eq!(repository.read(MINE), TASK);
    }
    assert_eq!(
        repository.read("exercises/mine/part/first/later.1.rs"),
        "// first\n"
    );
}

#[test]
fn hints_come_one_by_one() {
    let repository = Repository::new();
    let hint = || command(&repository, &|guide| guide.hint(None)).0;
    let first = hint();
    holds(&first, &["hint 1 of 2", "first hint", "Run this again"]);
    assert!(!first.contains("second hint"));
    for _ in 0..2 {
        holds(&hint(), &["first hint", "second hint", "That was the last"]);
    }
}

#[test]
fn solutions_are_shown_after_mine_passes_or_on_demand() {
    let repository = Repository::new();
    attempt(&repository);
    let (said, shown) = command(&repository, &|guide| guide.solution(None, false));
    assert!(!shown);
    assert!(!said.contains("pub fn doubled"), "{said}");
    let (said, shown) = command(&repository, &|guide| guide.solution(None, true));
    assert!(shown);
    holds(&said, &["solution.rs", "another.rs", "*number *= 2"]);
    assert!(!said.contains("wrong.rs"));
    repository.write(MINE, SOLUTION);
    assert!(command(&repository, &|guide| guide.solution(Some("later"), false)).1);
}

#[test]
fn after_the_last_one_it_says_so() {
    let repository = Repository::new();
    for file in ["part/first/later", "part/first/double", "part/second/again"] {
        repository.write(&format!("exercises/mine/{file}.rs"), SOLUTION);
    }
    let (said, passed) = attempt(&repository);
    assert!(passed);
    holds(&said, &["All 3 exercises pass"]);
}

#[test]
fn an_unknown_name_is_answered_with_the_names_there_are() {
    let repository = Repository::new();
    let course = repository.course().unwrap();
    let error = course.find("lost").unwrap_err().to_string();
    holds(&error, &["no exercise `lost`", "later, double, again"]);
    // `a` is in two names, `lat` in one; a path is as good as a name.
    assert!(
        course
            .find("a")
            .unwrap_err()
            .to_string()
            .ends_with("later, again")
    );
    assert_eq!(course.find("lat").unwrap(), 0);
    assert_eq!(course.find("part/second/again.rs").unwrap(), 2);
}

#[test]
fn an_editor_finds_a_package_with_my_files() {
    let repository = Repository::new();
    attempt(&repository);
    repository.write(MINE, SOLUTION);
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let status = Command::new(cargo)
        .args(["check", "--quiet", "--offline", "--examples"])
        .current_dir(repository.path("exercises/mine"))
        .env("CARGO_TARGET_DIR", repository.path("target"))
        .status()
        .unwrap();
    assert!(status.success());
}

/// Where a guide in another thread writes to.
struct Line(mpsc::Sender<String>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.0.send(text).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_save_is_tried_while_watching() {
    let repository = Repository::new();
    let (sender, said) = mpsc::channel();
    let mut guide = Guide::new(repository.root(), repository.judge(), Line(sender)).unwrap();
    // It never ends by itself: it goes with the process.
    thread::spawn(move || forever(&mut guide, None));
    let wait_for = |part: &str| while !said.recv().expect("the watcher goes on").contains(part) {};
    wait_for("Not yet: the compiler refuses it");
    repository.write(MINE, WRONG);
    wait_for("the check `each_number_is_doubled` failed");
    repository.write(MINE, SOLUTION);
    wait_for("Next: double");
    repository.write("exercises/mine/part/first/double.rs", SOLUTION);
    wait_for("Next: again");
}

#[test]
fn the_exit_code_tells_what_could_not_be_done_from_what_is_not_yet_done() {
    let command = |arguments: &[&str]| {
        let ended = Command::new(env!("CARGO_BIN_EXE_exercises"))
            .args(arguments)
            .output()
            .unwrap();
        ended.status.code()
    };
    assert_eq!(command(&["there-is-no-such-exercise"]), Some(2));
    assert_eq!(command(&["--help"]), Some(0));
}
