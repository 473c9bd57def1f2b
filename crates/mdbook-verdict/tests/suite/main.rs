//! Tests of the whole verifier: each plants a fault in a small book and sees it reported.

mod bless;
mod book_test;
mod cases;
mod codes;
mod command;
mod dependencies;
mod includes;
mod limits;
mod preprocessor;
mod program;
mod results;
mod rules;
mod rustdoc;
