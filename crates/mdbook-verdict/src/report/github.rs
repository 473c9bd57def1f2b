//! Annotations for GitHub Actions: each broken promise at its place in the changed files, and the counts.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::Reporter;
use super::human::{cut, totals};
use crate::finding::Finding;
use crate::source::shown;
use crate::summary::{Summary, Verdict};

/// Writes workflow commands, a line each, which GitHub shows beside the lines they speak of.
///
/// Nothing that a block prints can become a command: line ends inside a message are escaped.
#[derive(Debug)]
pub struct GitHub<W> {
    out: W,
    root: PathBuf,
    workspace: PathBuf,
}

impl<W: Write> GitHub<W> {
    /// A reporter for the book in `root`, that writes to `out`.
    ///
    /// `workspace` is the folder that files are named from: the repository's.
    pub fn new(out: W, root: &Path, workspace: &Path) -> Self {
        GitHub {
            out,
            root: root.to_owned(),
            workspace: workspace.to_owned(),
        }
    }

    fn annotation(&self, finding: &Finding) -> String {
        let command = match finding.warning {
            true => "warning",
            false => "error",
        };
        let place = &finding.location;
        let file = shown(&self.root.join(&place.file), &self.workspace);
        let file = file.display().to_string().replace('\\', "/");
        let mut message = format!("{}\npromised: {}", finding.came, cut(&finding.promised));
        if let Some(detail) = finding.detail.as_ref().filter(|detail| !detail.is_empty()) {
            message.push_str(&format!("\nwhat came:\n{}", cut(detail)));
        }
        format!(
            "::{command} file={},line={},col={},title={}::{}",
            property(&file),
            place.line,
            place.column,
            property(finding.rule.name()),
            data(&message)
        )
    }

    fn line(&mut self, line: &str) {
        // A reader that went away has no use for the rest.
        let _ = writeln!(self.out, "{line}");
    }
}

/// A message as a workflow command holds it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

impl<W: Write> Reporter for GitHub<W> {
    fn started(&mut self, _blocks: usize) {}

    fn verdict(&mut self, verdict: &Verdict) {
        for finding in &verdict.findings {
            self.line(&self.annotation(finding));
        }
    }

    fn finished(&mut self, summary: &Summary) {
        self.line(&totals(summary));
        let _ = self.out.flush();
    }
}
