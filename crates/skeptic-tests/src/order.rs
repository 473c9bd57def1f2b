//! What the compiler has to know of a block and skeptic has no word for.

use mdbook_verdict::{Block, Promise};

/// How a line with an order begins.
const SIGN: &str = "// block-rustc:";
const TEST_HARNESS: &str = "test-harness";
const REJECTED: &str = "rejected";

/// How a block is to be compiled. It travels as the last line of the block's program, where it
/// moves no other line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The year of its edition.
    pub edition: String,
    /// It is a set of `#[test]` functions.
    pub test_harness: bool,
    /// It must be rejected. Some errors only come with code generation, so the compiler must go
    /// that far before the block counts as accepted.
    pub rejected: bool,
}

impl Order {
    /// The order that a block's tags give.
    pub fn of(block: &Block) -> Order {
        Order {
            edition: block.edition.year().to_owned(),
            test_harness: block.tags.test_harness,
            rejected: matches!(Promise::of(block), Promise::Rejected(_)),
        }
    }

    /// The order as a line of a program.
    pub fn line(&self) -> String {
        let mut words = vec![SIGN, &self.edition];
        words.extend(self.test_harness.then_some(TEST_HARNESS));
        words.extend(self.rejected.then_some(REJECTED));
        words.join(" ")
    }

    /// The order on the last line of a program, if one stands there.
    pub fn read(program: &str) -> Option<Order> {
        let line = program.lines().next_back()?;
        let mut words = line.strip_prefix(SIGN)?.split_whitespace();
        let edition = words.next()?.to_owned();
        let rest: Vec<&str> = words.collect();
        Some(Order {
            edition,
            test_harness: rest.contains(&TEST_HARNESS),
            rejected: rest.contains(&REJECTED),
        })
    }
}
