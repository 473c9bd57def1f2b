//! Tells what came out: to people on a terminal, to programs as JSON or JUnit's XML, to GitHub as annotations.

mod github;
mod human;
mod json;
mod junit;

use crate::summary::{Summary, Verdict};

pub use github::GitHub;
pub use human::Human;
pub use json::Json;
pub(crate) use json::VERSION;
pub use junit::Junit;

/// Is told of a check as it goes.
pub trait Reporter {
    /// It begins, with this many blocks.
    fn started(&mut self, blocks: usize);

    /// A verdict is in; they come in reading order.
    fn verdict(&mut self, verdict: &Verdict);

    /// It is over.
    fn finished(&mut self, summary: &Summary);
}
