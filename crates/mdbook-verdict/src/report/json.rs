//! One JSON object a line: a first line with the format's version, then one for each block and each result fence.

use std::io::Write;

use serde_json::json;

use super::Reporter;
use crate::summary::{Summary, Verdict};

/// The version of the format; it changes when a key changes its meaning.
pub(crate) const VERSION: u32 = 1;

/// Writes JSON lines.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
}

impl<W: Write> Json<W> {
    /// A reporter that writes to `out`.
    pub fn new(out: W) -> Self {
        Json { out }
    }

    fn line(&mut self, value: &serde_json::Value) {
        // A reader that went away has no use for the rest.
        let _ = writeln!(self.out, "{value}");
    }
}

impl<W: Write> Reporter for Json<W> {
    fn started(&mut self, blocks: usize) {
        self.line(&json!({ "version": VERSION, "blocks": blocks }));
    }

    fn verdict(&mut self, verdict: &Verdict) {
        let finding = verdict.findings.first();
        self.line(&json!({
            "file": verdict.location.shown_file(),
            "line": verdict.location.line,
            "column": verdict.location.column,
            "name": verdict.name,
            "kind": verdict.kind,
            "status": verdict.status.name(),
            "rule": finding.map(|finding| finding.rule.name()),
            "promised": finding.map(|finding| &finding.promised),
            "came": finding.map(|finding| &finding.came),
            "detail": finding.and_then(|finding| finding.detail.as_ref()),
            "codes": verdict.codes,
            "blessed": verdict.blessed,
            "ms": u64::try_from(verdict.took.as_millis()).unwrap_or(u64::MAX),
        }));
    }

    fn finished(&mut self, _summary: &Summary) {
        let _ = self.out.flush();
    }
}
