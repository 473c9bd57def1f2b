//! Every Rust block of the book as a [skeptic](https://docs.rs/skeptic/0.14.2) test, in plain
//! `cargo test`.
//!
//! skeptic 0.14 makes a test of each Rust block in a Markdown file. It knows nothing of mdBook:
//! no includes, no implicit `main`, no `compile_fail`, no edition after 2021. So the build script
//! doesn't hand it the chapters. It reads the book as mdbook-verdict does and writes, for each
//! block, a Markdown file of its own that says the same in skeptic's words ([`hand_over`]):
//!
//! | the block | skeptic gets | beside it |
//! |---|---|---|
//! | is run | `rust` | |
//! | `no_run` | `rust,no_run` | |
//! | `should_panic` | `rust,should_panic` | `rust,no_run`: skeptic also takes a block that doesn't compile for one that panics |
//! | `compile_fail` | `rust,should_panic,no_run` | a test that asserts the exact error codes |
//! | `ignore` | `rust,ignore` | |
//!
//! The tests are `book::CHAPTER_line_N`, where N is the line of the block's opening fence, and
//! `rejected::CHAPTER_line_N` for the exact codes:
//!
//! ```text
//! cargo test -p skeptic-tests ownership_owners
//! ```
//!
//! skeptic calls the compiler that `RUSTC` names. Here that is `block-rustc`, a program of this
//! package: it reads the last line of the block's program ([`Order`]), puts in the edition that
//! stands there, and hides the crates that a block may not name ([`named_crates`]).
//!
//! What a block prints is not looked at: that is mdbook-verdict's work. Nor is there a time limit,
//! since skeptic has none: a block that may not end is `no_run`.

mod crates;
mod handover;
mod order;

pub use crates::named_crates;
pub use handover::{Handed, Purpose, hand_over};
pub use order::Order;
