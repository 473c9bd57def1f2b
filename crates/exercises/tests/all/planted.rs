//! Each kind of fault in an exercise, planted and seen caught.

use crate::course::{DESCRIPTION, Repository, SOLUTION, TASK, WRONG};
use exercises::{Error, Fault, How, Outcome};

/// The one fault there is, told.
fn only(faults: &[Fault]) -> String {
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults[0].to_string()
}

fn description(from: &str, to: &str) -> String {
    assert!(DESCRIPTION.contains(from));
    DESCRIPTION.replace(from, to)
}

#[test]
fn an_exercise_that_is_what_it_says_has_no_fault() {
    let faults = Repository::new().faults();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_start_that_compiles_is_a_fault() {
    let task = "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    Vec::new()\n}\n";
    let told = only(&Repository::new().faults_with("task.rs", task));
    assert!(told.contains("promised: refused with E0382"), "{told}");
    assert!(told.contains("came:     the compiler takes it"), "{told}");
}

#[test]
fn a_start_that_is_refused_for_another_reason_is_a_fault() {
    let other = "pub fn doubled(numbers: Vec<i32>) -> Vec<i64> {\n    numbers\n}\n";
    let told = only(&Repository::new().faults_with("task.rs", other));
    assert!(told.contains("E0308"), "{told}");
}

#[test]
fn a_start_that_is_refused_for_one_reason_more_is_a_fault() {
    let more = TASK.replace(
        "    doubled\n",
        "    let once = 1;\n    once = 2;\n    doubled\n",
    );
    let told = only(&Repository::new().faults_with("task.rs", &more));
    assert!(told.contains("E0382") && told.contains("E0384"), "{told}");
    assert!(
        told.contains("task.rs: it doesn't fail as exercise.toml says"),
        "{told}"
    );
    let fewer = description("\"E0382\"", "\"E0382 E0499\"");
    only(&Repository::new().faults_with("exercise.toml", &fewer));
}

#[test]
fn a_start_that_fails_another_check_or_with_another_message_is_a_fault() {
    let repository = Repository::new();
    repository.write(
        "exercises/part/first/double/task.rs",
        "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    vec![]\n}\n",
    );
    let says = |check: &str, message: &str| {
        description(
            "\"E0382\"",
            &format!("{{ check = \"{check}\", message = \"{message}\" }}"),
        )
    };
    let right = says("each_number_is_doubled", "the doubled numbers");
    let faults = repository.faults_with("exercise.toml", &right);
    assert!(faults.is_empty(), "{faults:#?}");
    let told = only(&repository.faults_with(
        "exercise.toml",
        &says("each_number_is_doubled", "no memory"),
    ));
    assert!(
        told.contains("fails by each_number_is_doubled: assertion"),
        "{told}"
    );
    only(&repository.faults_with("exercise.toml", &says("another", "the doubled numbers")));
}

#[test]
fn a_check_that_fails_besides_the_stated_one_is_a_fault() {
    let repository = Repository::new();
    let check = repository.read("exercises/part/first/double/check.rs");
    let second = "\n#[test]\nfn none_is_none() {\n    assert_eq!(doubled(vec![]), []);\n    assert_eq!(doubled(vec![1]), [2], \"the doubled numbers\");\n}\n";
    let told = repository.faults_with("check.rs", &(check + second));
    let told: Vec<_> = told.iter().map(ToString::to_string).collect();
    assert!(
        told[0].contains("wrong.rs: it doesn't fail as exercise.toml says"),
        "{told:#?}"
    );
}

#[test]
fn a_check_that_nothing_has_been_seen_to_fail_is_a_fault() {
    let repository = Repository::new();
    let check = repository.read("exercises/part/first/double/check.rs");
    let vain = "\n#[test]\nfn it_can_be_called() {\n    doubled(vec![]);\n}\n";
    let told = only(&repository.faults_with("check.rs", &(check + vain)));
    assert!(
        told.contains("the check `it_can_be_called` has not been seen to fail"),
        "{told}"
    );
}

#[test]
fn an_exercise_without_a_check_is_a_fault() {
    let repository = Repository::new();
    let bare = DESCRIPTION.split("[[wrong]]").next().unwrap();
    repository.write("exercises/part/first/double/exercise.toml", bare);
    repository.remove("exercises/part/first/double/wrong.rs");
    let told = only(&repository.faults_with("check.rs", "pub use crate::task::doubled;\n"));
    assert!(told.contains("there is no #[test] in it"), "{told}");
}

#[test]
fn a_solution_that_does_not_pass_is_a_fault() {
    let told = only(&Repository::new().faults_with(
        "solution.rs",
        "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    vec![]\n}\n",
    ));
    assert!(
        told.contains("solution.rs: this solution doesn't pass"),
        "{told}"
    );
    let told = only(&Repository::new().faults_with("third.rs", "pub fn doubled() {}\n"));
    assert!(
        told.contains("third.rs: this solution doesn't pass"),
        "{told}"
    );
}

#[test]
fn a_solution_that_hangs_is_a_fault_and_is_stopped() {
    let hangs = "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    loop {\n        std::thread::park();\n    }\n}\n";
    let told = only(&Repository::new().faults_with("solution.rs", hangs));
    assert!(
        told.contains("each_number_is_doubled was still running after 2s"),
        "{told}"
    );
}

#[test]
fn a_start_may_be_one_that_hangs_if_it_says_so() {
    let repository = Repository::new();
    let hangs = "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    loop {\n        std::thread::park();\n    }\n}\n";
    repository.write("exercises/part/first/double/task.rs", hangs);
    let says = "{ check = \"each_number_is_doubled\", hangs = true }";
    let faults = repository.faults_with("exercise.toml", &description("\"E0382\"", says));
    assert!(faults.is_empty(), "{faults:#?}");
    only(&repository.faults_with(
        "task.rs",
        &WRONG.replace("numbers\n", "/* */ vec![numbers[0]]\n"),
    ));
}

#[test]
fn one_way_to_solve_it_is_too_few() {
    let repository = Repository::new();
    repository.remove("exercises/part/first/double/another.rs");
    assert!(only(&repository.faults()).contains("there is one solution only"));
}

#[test]
fn two_programs_that_differ_in_comments_alone_are_a_fault() {
    let same = format!(
        "//! Another way.\n\n{}",
        SOLUTION.replace("numbers", " numbers")
    );
    let told = only(&Repository::new().faults_with("another.rs", &same));
    assert!(
        told.contains("another.rs") || told.contains("solution.rs"),
        "{told}"
    );
    assert!(told.contains("the same program"), "{told}");
}

#[test]
fn a_program_that_ends_its_process_has_not_passed() {
    for (end, told) in [
        ("std::process::exit(0)", "exit status: 0"),
        ("std::process::abort()", "signal"),
    ] {
        let ends = format!("pub fn doubled(_: Vec<i32>) -> Vec<i32> {{\n    {end}\n}}\n");
        let faults = Repository::new().faults_with("solution.rs", &ends);
        let fault = only(&faults);
        assert!(fault.contains("ended the process"), "{fault}");
        assert!(cfg!(not(unix)) || fault.contains(told), "{fault}");
    }
}

#[test]
fn a_program_that_floods_the_terminal_is_stopped() {
    let floods = "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    loop {\n        println!(\"Ring!\");\n    }\n}\n";
    let faults = Repository::new().faults_with("solution.rs", floods);
    let Fault::Unsolved {
        came: Outcome::Failed { failed, .. },
        ..
    } = &faults[0]
    else {
        panic!("{faults:#?}");
    };
    assert!(matches!(failed[0].how, How::TooMuch(_)), "{failed:#?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_takes_all_memory_is_stopped() {
    let greedy = "pub fn doubled(_: Vec<i32>) -> Vec<i32> {\n    Vec::with_capacity(1 << 31)\n}\n";
    let told = only(&Repository::new().faults_with("solution.rs", greedy));
    assert!(told.contains("ended the process"), "{told}");
}

#[test]
fn a_program_that_waits_for_input_finds_its_end() {
    let reads = SOLUTION.replace(
        "    numbers",
        "    let mut line = String::new();\n    assert_eq!(std::io::stdin().read_line(&mut line).unwrap(), 0);\n    numbers",
    );
    let faults = Repository::new().faults_with("solution.rs", &reads);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_is_wrong_with_a_description_is_told_with_its_line() {
    for (from, to, line, cause) in [
        ("hints = [", "hints = ", 3, ""),
        ("learned", "lerned", 4, "unknown field `lerned`"),
        (
            "[\"first hint\", \"second hint\"]",
            "[]",
            3,
            "one to three hints",
        ),
        ("\"E0382\"", "\"the usual\"", 2, "`fails` is error codes"),
        (
            "\"E0382\"",
            "{ check = \"each_number_is_doubled\" }",
            2,
            "`fails` is error codes",
        ),
        (
            "\"A loop takes what it walks over.\"",
            "\" \"",
            4,
            "must not be empty",
        ),
        ("wrong.rs", "gone.rs", 7, "no such file"),
    ] {
        let repository = Repository::new();
        repository.write(
            "exercises/part/first/double/exercise.toml",
            &description(from, to),
        );
        let error = repository.course().expect_err("a broken description");
        let told = error.to_string();
        assert!(told.contains(&format!("exercise.toml:{line}: ")), "{told}");
        assert!(told.contains(cause), "{told}");
    }
}

#[test]
fn a_missing_file_is_named() {
    for file in ["exercise.toml", "task.rs", "check.rs", "solution.rs"] {
        let repository = Repository::new();
        repository.remove(&format!("exercises/part/first/double/{file}"));
        let error = repository.course().expect_err("a missing file");
        assert!(error.to_string().contains(file), "{error}");
    }
}

#[test]
fn a_file_that_nothing_is_done_with_is_named() {
    let repository = Repository::new();
    repository.write("exercises/part/first/double/notes.txt", "");
    let error = repository.course().expect_err("a stray file");
    assert!(
        matches!(&error, Error::Layout { path, .. } if path.ends_with("notes.txt")),
        "{error}"
    );
}

#[test]
fn exercises_and_pages_that_do_not_name_each_other_are_strays() {
    let stray = |path: &str, text: &str, told: &str| {
        let repository = Repository::new();
        repository.write(path, text);
        let strays = repository.course().unwrap().strays;
        assert!(
            strays.iter().any(|stray| stray.contains(told)),
            "{strays:#?}"
        );
    };
    assert!(Repository::new().course().unwrap().strays.is_empty());
    stray(
        "src/part/second.md",
        "# The second\n",
        "src/part/second.md doesn't say `cargo exercise again`",
    );
    stray(
        "src/part/second.md",
        "# The second\n\n`cargo exercise again`, `cargo exercise hint lost`",
        "src/part/second.md names an exercise that isn't there: lost",
    );
    stray(
        "src/SUMMARY.md",
        "- [First](part/first.md)\n",
        "SUMMARY.md has no chapter part/second.md",
    );
    for (place, told) in [
        ("part/second/double", "two exercises are called `double`"),
        ("part/second/hint", "`hint` can't be an exercise's name"),
        (
            "part/second/Two_words",
            "`Two_words` can't be an exercise's name",
        ),
    ] {
        let repository = Repository::new();
        for file in [
            "task.rs",
            "check.rs",
            "solution.rs",
            "another.rs",
            "wrong.rs",
            "exercise.toml",
        ] {
            let text = repository.read(&format!("exercises/part/first/double/{file}"));
            repository.write(&format!("exercises/{place}/{file}"), &text);
        }
        let strays = repository.course().unwrap().strays;
        assert!(
            strays.iter().any(|stray| stray.contains(told)),
            "{strays:#?}"
        );
    }
}
