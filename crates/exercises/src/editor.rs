//! A manifest for the learner's files, so that an editor understands them.

use std::fmt::Write as _;

use crate::course::Course;
use crate::desk::{Desk, write_whole};
use crate::error::Error;

/// Writes a Cargo package around the exercises that have been begun: a file that belongs to no
/// package gets no help from rust-analyzer. Nothing is tried by way of it.
///
/// # Errors
///
/// If it can't be written.
pub fn write(course: &Course, desk: &Desk) -> Result<(), Error> {
    let mut manifest = String::from(
        "# Written by `cargo exercise` for your editor: open this folder in it.\n\
         [workspace]\n\n\
         [package]\nname = \"mine\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [lib]\npath = \".lib.rs\"\n",
    );
    for exercise in course
        .exercises
        .iter()
        .filter(|exercise| desk.has(exercise))
    {
        write!(
            manifest,
            "\n[[example]]\nname = {:?}\npath = {:?}\ncrate-type = [\"lib\"]\n",
            exercise.name,
            format!("{}/{}.rs", exercise.chapter, exercise.name)
        )
        .expect("memory");
    }
    write_whole(&desk.folder().join("Cargo.toml"), manifest.as_bytes())?;
    write_whole(
        &desk.folder().join(".lib.rs"),
        b"//! A package needs a library; yours are the examples.\n",
    )
}
