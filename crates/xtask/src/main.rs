//! The project's own commands: cargo book, cargo xtask.

fn main() {}
