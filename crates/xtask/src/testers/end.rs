//! How a tool's try of one program ended, and what that is worth.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

/// What came of a try. It doesn't depend on what there was to be found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum End {
    /// The tool reported a fault.
    Reported {
        /// In which execution, schedule, seed or round, counted from 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        at: Option<u64>,
        /// Its words.
        said: String,
    },
    /// The tool came to its end and had nothing to report.
    Quiet {
        /// Executions, schedules, seeds or rounds.
        #[serde(skip_serializing_if = "Option::is_none")]
        tries: Option<u64>,
        /// What went wrong in the run all the same, and was none of the tool's reports.
        #[serde(skip_serializing_if = "Option::is_none")]
        besides: Option<String>,
    },
    /// It had to be stopped, or gave up; until then there was nothing.
    Unfinished {
        /// Why.
        why: String,
    },
    /// The program is none for this tool.
    CannotExpress {
        /// Why.
        why: String,
    },
}

/// What an end is worth, once one knows whether there was something to find.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Worth {
    Found,
    Missed,
    FalseAlarm,
    Quiet,
    Unfinished,
    CannotExpress,
}

impl End {
    /// Of the program with the fault, or of the one without.
    pub fn worth(&self, is_wrong: bool) -> Worth {
        match (self, is_wrong) {
            (End::Reported { .. }, true) => Worth::Found,
            (End::Reported { .. }, false) => Worth::FalseAlarm,
            (End::Quiet { .. }, true) => Worth::Missed,
            (End::Quiet { .. }, false) => Worth::Quiet,
            (End::Unfinished { .. }, _) => Worth::Unfinished,
            (End::CannotExpress { .. }, _) => Worth::CannotExpress,
        }
    }

    /// Reads the last line that one of the programs in `tests/testers` says of a try. Without such
    /// a line the try has crashed, and that is no answer.
    ///
    /// # Errors
    ///
    /// If there is no such line.
    pub fn read(said: &str) -> Result<End> {
        for line in said.lines().rev() {
            let (how, rest) = match line.split_once(' ') {
                Some(("too", rest)) => ("too long", rest.trim_start_matches("long ")),
                Some(split) => split,
                None => continue,
            };
            let (count, text) = rest.split_once(": ").unwrap_or((rest, ""));
            let Ok(count) = count.parse::<u64>() else {
                continue;
            };
            return Ok(match how {
                "done" => End::Quiet {
                    tries: Some(count),
                    besides: None,
                },
                "too long" => End::Unfinished {
                    why: format!("stopped after {count} executions, for want of time"),
                },
                "stopped" if is_a_limit(text) => End::Unfinished {
                    why: sentence(text),
                },
                "stopped" => End::Reported {
                    at: Some(count),
                    said: sentence(text),
                },
                "stuck" => End::Reported {
                    at: Some(count),
                    said: "nothing goes on any more".to_owned(),
                },
                _ => continue,
            });
        }
        bail!("it crashed: it says nothing of how it ended:\n{said}")
    }
}

/// Whether a checker reports its own limit, and no fault of the program.
fn is_a_limit(text: &str) -> bool {
    text.starts_with("Model exceeded maximum number of branches")
        || text.starts_with("exceeded max_steps bound")
}

/// The first part of a message.
fn sentence(text: &str) -> String {
    let end = text.find(". ").map_or(text.len(), |end| end + 1);
    text[..end].to_owned()
}
