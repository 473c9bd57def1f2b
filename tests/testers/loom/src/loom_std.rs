//! The pairs under loom as this repository's tests use it.

extern crate std as real;
// To the programs, this file *is* the standard library.
extern crate self as std;

#[path = "../../programs/mod.rs"]
mod programs;
mod run;

pub use loom_std::{cell, hint, sync, thread};

fn main() {
    run::program(programs::named);
}
