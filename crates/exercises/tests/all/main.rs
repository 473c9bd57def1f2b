//! The exercises of the book, and the command that leads through them.

mod course;
mod learner;
mod planted;
mod proof;
