//! All that the command says, as plain text.

use std::fmt::Write as _;

use crate::course::Course;
use crate::exercise::Exercise;
use crate::outcome::{FailedCheck, How, Outcome};
use crate::progress::State;

/// How many lines of a program's output are shown.
const MOST_LINES: usize = 30;

/// Said once, when the first exercise is begun.
pub fn welcome(course: &Course) -> String {
    let mut chapters: Vec<_> = course
        .exercises
        .iter()
        .map(|exercise| &exercise.chapter)
        .collect();
    chapters.dedup();
    format!(
        "{}, from {}. Each is a program with a mistake in it.\n\
         You mend a copy in exercises/mine/, which Git ignores; this command tries it and says what came of it.\n",
        count(course.exercises.len(), "exercise"),
        count(chapters.len(), "chapter"),
    )
}

/// Which exercise is being tried, and where its file and its page are.
pub fn heading(course: &Course, place: usize, file: &str, made: bool) -> String {
    let exercise = &course.exercises[place];
    let new = if made {
        "  (new: a copy of the start)"
    } else {
        ""
    };
    format!(
        "{} ({} of {}): {}\n  your file  {file}{new}\n  the page   {}  \"{}\"\n",
        exercise.name,
        place + 1,
        course.exercises.len(),
        exercise.title,
        exercise.page(),
        course.chapter(exercise),
    )
}

/// What came of a try that isn't a pass: the reasons, then the verdict in a line.
pub fn not_yet(outcome: &Outcome, check: &str) -> String {
    let mut text = String::new();
    match outcome {
        Outcome::Passed { .. } => {}
        Outcome::Refused(errors) => {
            for error in errors {
                writeln!(text, "{}", error.rendered.trim_end()).expect("memory");
                text.push('\n');
            }
            let mut codes: Vec<_> = errors
                .iter()
                .filter_map(|error| error.code.as_deref())
                .collect();
            codes.sort_unstable();
            codes.dedup();
            let named = match codes.is_empty() {
                true => String::new(),
                false => format!(" ({})", codes.join(", ")),
            };
            writeln!(text, "Not yet: the compiler refuses it{named}.").expect("memory");
            if errors
                .iter()
                .any(|error| points_into(&error.rendered, check))
            {
                writeln!(
                    text,
                    "The check, {check}, uses the task's public items: they need the names and types that it asks for."
                )
                .expect("memory");
            }
            if let Some(code) = codes.first() {
                writeln!(text, "`rustc --explain {code}` says more about the code.")
                    .expect("memory");
            }
        }
        Outcome::Failed {
            failed,
            passed,
            untried,
        } => {
            for failed in failed {
                text.push_str(&failure(failed));
                text.push('\n');
            }
            let total = failed.len() + passed + untried;
            write!(
                text,
                "Not yet: it compiles, and {passed} of {} passed.",
                count(total, "check")
            )
            .expect("memory");
            if *untried > 0 {
                write!(text, " {untried} behind the endless one: not tried.").expect("memory");
            }
            writeln!(text, "\nThe checks are in {check}.").expect("memory");
        }
    }
    text
}

/// Whether a message is first of all about this file.
fn points_into(rendered: &str, file: &str) -> bool {
    let first = rendered.lines().find(|line| line.contains("-->"));
    first.is_some_and(|line| line.contains(file))
}

fn failure(failed: &FailedCheck) -> String {
    let mut text = format!("the check `{}` ", failed.name);
    match &failed.how {
        How::Panicked if failed.message.is_empty() => text.push_str("failed\n"),
        How::Panicked => text.push_str("failed:\n"),
        How::StillRunning(time) => {
            writeln!(
                text,
                "was still running after {} s, and was stopped",
                time.as_secs()
            )
            .expect("memory");
        }
        How::TooMuch(most) => {
            writeln!(text, "was stopped: it wrote more than {} KiB", most / 1024).expect("memory");
        }
        How::Ended(status) => {
            writeln!(
                text,
                "ended in the middle, with the whole process ({status})"
            )
            .expect("memory");
        }
    }
    text.push_str(&indented(&failed.message));
    if !failed.place.is_empty() {
        writeln!(text, "  at {}", failed.place).expect("memory");
    }
    for (what, lines) in [
        ("it printed", &failed.printed),
        ("on standard error", &failed.complained),
    ] {
        if !lines.trim().is_empty() {
            writeln!(text, "{what}:").expect("memory");
            text.push_str(&indented(lines));
        }
    }
    text
}

/// The last lines of a text, two columns to the right.
fn indented(text: &str) -> String {
    let lines: Vec<_> = text.trim_end().lines().collect();
    let left_out = lines.len().saturating_sub(MOST_LINES);
    let mut indented = String::new();
    if left_out > 0 {
        writeln!(indented, "  ... ({} before)", count(left_out, "line")).expect("memory");
    }
    for line in &lines[left_out..] {
        writeln!(indented, "{}", format!("  {line}").trim_end()).expect("memory");
    }
    indented
}

/// An author's paragraphs, two columns to the right, in lines of a readable width. A line that
/// begins with spaces is code, and stays as it is.
fn filled(text: &str) -> String {
    const WIDTH: usize = 78;
    let (mut filled, mut line) = (String::new(), String::new());
    let mut flush = |line: &mut String| {
        if !line.is_empty() {
            writeln!(filled, "{}", line.trim_end()).expect("memory");
            line.clear();
        }
    };
    for given in text.lines() {
        if given.starts_with(' ') || given.is_empty() {
            flush(&mut line);
            flush(&mut format!("  {given}"));
            continue;
        }
        for word in given.split_whitespace() {
            if line.chars().count() + 1 + word.chars().count() > WIDTH {
                flush(&mut line);
            }
            line.push_str(if line.is_empty() { "  " } else { " " });
            line.push_str(word);
        }
    }
    flush(&mut line);
    filled
}

/// What the learner may do after a try that isn't a pass.
pub fn what_now(exercise: &Exercise, file: &str, hints_shown: usize) -> String {
    let hint = match (exercise.hints.len(), hints_shown) {
        (all, 0) => format!(
            "`cargo exercise hint` gives the first of {}",
            count(all, "hint")
        ),
        (all, shown) if shown < all => {
            format!("`cargo exercise hint` gives the next hint ({shown} of {all} shown)")
        }
        (all, _) => format!("`cargo exercise hint` shows {} again", count(all, "hint")),
    };
    format!(
        "\nNext: change {file} and run `cargo exercise` again.\nStuck? {hint}; {} explains it.\n",
        exercise.page()
    )
}

/// The exercise passes: what it taught.
pub fn passed(exercise: &Exercise, checks: usize, solutions: usize) -> String {
    format!(
        "Passed ({}).\n\nWhat it taught\n{}\n`cargo exercise solution {}` shows {} to compare with yours.\n",
        count(checks, "check"),
        filled(&exercise.learned),
        exercise.name,
        count(solutions, "solution"),
    )
}

/// The exercise after one that passes.
pub fn next(course: &Course, place: usize, file: &str) -> String {
    let exercise = &course.exercises[place];
    format!(
        "\nNext: {} ({} of {}): {}\n  your file  {file}\n  the page   {}  \"{}\"\nRun `cargo exercise` to try it.\n",
        exercise.name,
        place + 1,
        course.exercises.len(),
        exercise.title,
        exercise.page(),
        course.chapter(exercise),
    )
}

/// No exercise is left.
pub fn all_done(course: &Course) -> String {
    format!(
        "\nAll {} pass: none is left.\n",
        count(course.exercises.len(), "exercise")
    )
}

/// Every exercise with its state, by chapter.
pub fn list(course: &Course, states: &[State], current: Option<usize>) -> String {
    let mut text = String::new();
    let mut chapter = "";
    let widest = course
        .exercises
        .iter()
        .map(|exercise| exercise.name.len())
        .max()
        .unwrap_or(0);
    for (place, (exercise, state)) in course.exercises.iter().zip(states).enumerate() {
        if exercise.chapter != chapter {
            chapter = &exercise.chapter;
            let of_chapter = || {
                course
                    .exercises
                    .iter()
                    .zip(states)
                    .filter(|(e, _)| e.chapter == *chapter)
            };
            let done = of_chapter()
                .filter(|(_, state)| **state == State::Done)
                .count();
            let gap = if text.is_empty() { "" } else { "\n" };
            writeln!(
                text,
                "{gap}{}: {done} of {}  ({})",
                course.chapter(exercise),
                of_chapter().count(),
                exercise.page()
            )
            .expect("memory");
        }
        let state = match state {
            State::Done => "done",
            _ if current == Some(place) => "next",
            State::Begun => "begun",
            State::Open => "open",
        };
        writeln!(
            text,
            "  {state:<5}  {:<widest$}  {}",
            exercise.name, exercise.title
        )
        .expect("memory");
    }
    let done = states.iter().filter(|state| **state == State::Done).count();
    writeln!(
        text,
        "\n{done} of {} done",
        count(course.exercises.len(), "exercise")
    )
    .expect("memory");
    text
}

/// The hints up to the one that is new.
pub fn hints(exercise: &Exercise, shown: usize) -> String {
    let mut text = String::new();
    for (number, hint) in (1..).zip(&exercise.hints[..shown]) {
        writeln!(
            text,
            "{}: hint {number} of {}",
            exercise.name,
            exercise.hints.len()
        )
        .expect("memory");
        text.push_str(&filled(hint));
    }
    let more = match shown < exercise.hints.len() {
        true => "\nRun this again for the next one.\n".to_owned(),
        false => format!(
            "\nThat was the last. {} explains it; `cargo exercise solution {} --anyway` shows how others did it.\n",
            exercise.page(),
            exercise.name
        ),
    };
    text + &more
}

/// The learner's file is as the start again.
pub fn reset(file: &str, kept: Option<&str>) -> String {
    match kept {
        Some(kept) => format!("{file} is as it was at the start.\nWhat you had is in {kept}.\n"),
        None => format!("{file} is as it was at the start; there was nothing else to keep.\n"),
    }
}

/// Solutions aren't shown yet.
pub fn no_solution_yet(exercise: &Exercise) -> String {
    let name = &exercise.name;
    format!(
        "{name} doesn't pass yet. Its solutions are shown when it does.\n\
         `cargo exercise hint {name}` gives a hint; `cargo exercise solution {name} --anyway` shows them now.\n"
    )
}

/// One solution, whole.
pub fn solution(file: &str, text: &str) -> String {
    format!("// {file}\n\n{}\n\n", text.trim_end())
}

/// Said on standard error between tries.
pub const WAITING: &str = "waiting for a save (stop with Ctrl-C)";

fn count(number: usize, what: &str) -> String {
    match number {
        1 => format!("1 {what}"),
        _ => format!("{number} {what}s"),
    }
}
