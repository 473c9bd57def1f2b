//! Every Rust block of the book as a skeptic test.
