//! Every Rust block of the book, by skeptic; and that none is missing, and that a fault is seen.

mod codes;
mod compiler;
mod completeness;
mod faults;
mod names;

/// The book's root.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// skeptic's tests: `book::CHAPTER_line_N`.
mod book {
    use crate::compiler as skeptic;

    include!(concat!(env!("OUT_DIR"), "/book.rs"));
}

/// The exact error codes of the rejected blocks: `rejected::CHAPTER_line_N`.
mod rejected {
    include!(concat!(env!("OUT_DIR"), "/rejected.rs"));
}

/// skeptic's tests for the planted book, as functions that nothing runs by itself.
mod planted {
    use crate::compiler as skeptic;

    /// What skeptic made a test.
    #[derive(Debug)]
    pub struct Test {
        pub name: &'static str,
        pub ignored: bool,
        pub should_panic: bool,
        pub run: fn(),
    }

    include!(concat!(env!("OUT_DIR"), "/planted.rs"));
}
