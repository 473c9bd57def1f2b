//! Tells what came out: to people on a terminal, and to programs as JSON.

mod human;
mod json;

use crate::summary::{Summary, Verdict};

pub use human::Human;
pub use json::Json;

/// Is told of a check as it goes.
pub trait Reporter {
    /// It begins, with this many blocks.
    fn started(&mut self, blocks: usize);

    /// A verdict is in; they come in reading order.
    fn verdict(&mut self, verdict: &Verdict);

    /// It is over.
    fn finished(&mut self, summary: &Summary);
}
