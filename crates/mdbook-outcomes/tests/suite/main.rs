//! mdbook-outcomes as a user has it: small books, and the real binary.

mod book;
mod checking;
mod executions;
mod house;
mod pages;
mod remembering;
