//! Every exercise of the book is what it says.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use exercises::{Course, Judge, prove};

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap().to_owned()
}

/// EXERCISE=name proves that one alone.
#[test]
fn every_start_fails_as_it_says_every_solution_passes_and_every_check_can_fail() {
    let course = Course::load(&root()).unwrap_or_else(|error| panic!("{error}"));
    let wanted = std::env::var("EXERCISE").unwrap_or_default();
    let judge = Judge::new(&root()).unwrap();
    let queue = Mutex::new(
        course
            .exercises
            .iter()
            .filter(|e| e.name.contains(&wanted))
            .collect::<Vec<_>>(),
    );
    let (proven, faults) = (Mutex::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap().pop();
                    let Some(exercise) = next else { break };
                    let found = match prove(exercise, &judge) {
                        Ok(found) => found.iter().map(ToString::to_string).collect(),
                        Err(error) => vec![format!("{}: {error}", exercise.name)],
                    };
                    *proven.lock().unwrap() += 1;
                    faults.lock().unwrap().extend(found);
                }
            });
        }
    });
    let (proven, mut faults) = (proven.into_inner().unwrap(), faults.into_inner().unwrap());
    faults.sort();
    assert!(
        faults.is_empty(),
        "{} faults:\n\n{}",
        faults.len(),
        faults.join("\n\n")
    );
    assert!(proven > 0, "no exercise is called {wanted}");
}

#[test]
fn every_exercise_is_named_in_its_chapter_and_every_named_one_exists() {
    let course = Course::load(&root()).unwrap_or_else(|error| panic!("{error}"));
    assert!(course.strays.is_empty(), "{:#?}", course.strays);
}

#[test]
fn every_program_of_an_exercise_is_formatted() {
    let course = Course::load(&root()).unwrap_or_else(|error| panic!("{error}"));
    let mut rustfmt = Command::new("rustfmt");
    rustfmt
        .args(["--check", "--edition", "2024"])
        .current_dir(root());
    for exercise in &course.exercises {
        let wrong = exercise.wrong.iter().map(|wrong| wrong.file.clone());
        let own = [exercise.start(), exercise.check()];
        rustfmt.args(
            own.into_iter()
                .chain(exercise.solutions.clone())
                .chain(wrong),
        );
    }
    let ended = rustfmt.output().unwrap();
    let differs = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{differs}");
}

#[test]
fn git_ignores_what_a_learner_writes() {
    let ignored = std::fs::read_to_string(root().join(".gitignore")).unwrap();
    assert!(ignored.lines().any(|line| line == "/exercises/mine"));
}
