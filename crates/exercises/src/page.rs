//! The list of exercises that the book shows.

use std::fmt::Write as _;

use crate::course::Course;

/// The list as Markdown, for a page in `src/reference/`.
pub fn list(course: &Course) -> String {
    let mut text = String::from(
        "<!-- Written by `cargo book --bless`; not to be edited. -->\n| Exercise | What is wrong | Chapter |\n|---|---|---|\n",
    );
    for exercise in &course.exercises {
        writeln!(
            text,
            "| `{}` | {} | [{}](../{}.md) |",
            exercise.name,
            exercise.title.replace('|', "\\|"),
            course.chapter(exercise),
            exercise.chapter
        )
        .expect("memory");
    }
    text
}
