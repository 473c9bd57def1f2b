//! What a person reads: each broken promise with its place in the Markdown, and the counts.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use indicatif::{ProgressBar, ProgressStyle};

use super::Reporter;
use crate::finding::{Finding, Rule};
use crate::source::Location;
use crate::summary::{Status, Summary, Verdict};

/// Writes for people; on a terminal with colours and a progress bar.
pub struct Human<W> {
    out: W,
    root: PathBuf,
    check: String,
    bless: String,
    explain: Option<String>,
    /// The rules that were broken so far.
    broken: BTreeSet<Rule>,
    renderer: Renderer,
    bar: ProgressBar,
}

/// Longer details are cut: the command that reruns the block is there for the rest.
const MOST_LINES: usize = 60;

impl<W: Write> Human<W> {
    /// A reporter for the book in `root`, that writes to `out`.
    ///
    /// `check` and `bless` are the commands that judge and bless one block, up to its name.
    pub fn new(out: W, root: &Path, check: &str, bless: &str) -> Self {
        let colours = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Human {
            out,
            root: root.to_owned(),
            check: check.to_owned(),
            bless: bless.to_owned(),
            explain: None,
            broken: BTreeSet::new(),
            renderer: match colours {
                true => Renderer::styled(),
                false => Renderer::plain(),
            },
            bar: ProgressBar::hidden(),
        }
    }

    /// Names the command that explains a rule, up to the rule's name.
    #[must_use]
    pub fn explained_by(mut self, explain: &str) -> Self {
        self.explain = Some(explain.to_owned());
        self
    }

    fn finding(&self, verdict: &Verdict, finding: &Finding) -> String {
        let level = match finding.warning {
            true => Level::WARNING,
            false => Level::ERROR,
        };
        let (headline, expected) = match finding.promised.split_once('\n') {
            Some((headline, expected)) => (headline.trim_end_matches(':'), Some(expected)),
            None => (finding.promised.as_str(), None),
        };
        let read = fs::read_to_string(self.root.join(&finding.location.file)).unwrap_or_default();
        let source = read.strip_prefix('\u{feff}').unwrap_or(&read).to_owned();
        let span = span(&source, &finding.location);
        let path = finding.location.shown_file();
        let promised = format!("promised: {headline}");
        let mut group = Group::with_title(
            level
                .primary_title(finding.came.as_str())
                .id(finding.rule.name()),
        )
        .element(
            Snippet::source(source.as_str())
                .path(path.as_str())
                .annotation(AnnotationKind::Primary.span(span).label(promised.as_str())),
        );
        let mut notes = Vec::new();
        if let Some(expected) = expected {
            notes.push(format!("EXPECTED:\n{}", cut(expected)));
        }
        if let Some(detail) = finding.detail.as_ref().filter(|detail| !detail.is_empty()) {
            notes.push(format!("ACTUAL:\n{}", cut(detail)));
        }
        for note in &notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let filter = filter(&verdict.name);
        let again = format!("check it again with: {} {filter}", self.check);
        group = group.element(Level::HELP.message(again.as_str()));
        let bless = format!("if what came is right, write it: {} {filter}", self.bless);
        if verdict.blessable {
            group = group.element(Level::HELP.message(bless.as_str()));
        }
        self.renderer.render(&[group])
    }

    fn say(&mut self, text: &str) {
        let out = &mut self.out;
        self.bar.suspend(|| {
            // Who closes our output has no use for the rest.
            let _ = writeln!(out, "{text}");
        });
    }
}

/// The bytes from a place to the end of its line.
fn span(source: &str, place: &Location) -> Range<usize> {
    let lines = source.split_inclusive('\n');
    let start: usize = lines.clone().take(place.line - 1).map(str::len).sum();
    let line = lines.clone().nth(place.line - 1).unwrap_or_default();
    let end = line.trim_end().len();
    let column = line.char_indices().nth(place.column - 1);
    let column = column.map_or(end, |(at, _)| at).min(end);
    start + column..start + end
}

/// The regular expression that matches a name, as a shell takes it.
fn filter(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/.:_-".contains(c);
    match name.chars().all(plain) {
        true => format!("'{name}$'"),
        false => format!("'{}$'", regex::escape(name).replace('\'', ".")),
    }
}

/// The last lines of a report: what there was, what was written, and how much of it holds.
pub(super) fn totals(summary: &Summary) -> String {
    let counts = &summary.counts;
    let mut kinds = vec![
        format!("{} run", counts.run),
        format!("{} compiled only", counts.compiled),
        format!("{} rejected", counts.rejected),
    ];
    kinds.extend(
        counts
            .fences
            .iter()
            .map(|(kind, count)| match (kind.as_str(), count) {
                ("quiz", 1) => "1 quiz".to_owned(),
                ("quiz", _) => format!("{count} quizzes"),
                _ => counted(*count, &format!("{kind} fence")),
            }),
    );
    if summary.ignored > 0 {
        kinds.push(format!("{} ignored", summary.ignored));
    }
    if summary.unchecked > 0 {
        kinds.push(format!("{} not checked here", summary.unchecked));
    }
    if summary.warnings > 0 {
        kinds.push(counted(summary.warnings, "warning"));
    }
    let blocks = counted(counts.blocks, "Rust block");
    let mut lines = vec![format!("{blocks}: {}", kinds.join(", "))];
    if summary.blessed > 0 {
        lines.push(format!(
            "{} written anew",
            counted(summary.blessed, "fence")
        ));
    }
    lines.push(format!(
        "{} passed, {} failed",
        summary.passed, summary.failed
    ));
    lines.join("\n")
}

/// `1 fence`, `2 fences`.
fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// As much of a text as a report can use.
pub(super) fn cut(text: &str) -> String {
    let text = text.trim_end();
    match text.lines().count() > MOST_LINES {
        true => {
            let kept: Vec<_> = text.lines().take(MOST_LINES).collect();
            format!("{}\n... and more", kept.join("\n"))
        }
        false => text.to_owned(),
    }
}

impl<W: Write> Reporter for Human<W> {
    fn started(&mut self, blocks: usize) {
        if io::stderr().is_terminal() {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} blocks  {msg}")
                .expect("a valid template");
            self.bar = ProgressBar::new(blocks as u64).with_style(style);
        }
    }

    fn verdict(&mut self, verdict: &Verdict) {
        if verdict.kind == "block" {
            self.bar.set_message(verdict.name.clone());
            self.bar.inc(1);
        }
        for finding in &verdict.findings {
            self.broken.insert(finding.rule);
            let text = self.finding(verdict, finding);
            self.say(&format!("{text}\n"));
        }
        if verdict.blessed {
            self.say(&format!(
                "blessed {}:{}",
                verdict.location.shown_file(),
                verdict.location.line
            ));
        }
        if verdict.status == Status::Timeout {
            self.say(&format!(
                "{} was stopped; the other blocks go on",
                verdict.name
            ));
        }
    }

    fn finished(&mut self, summary: &Summary) {
        self.bar.finish_and_clear();
        if !self.broken.is_empty()
            && let Some(explain) = &self.explain
        {
            let rules: Vec<_> = self.broken.iter().map(|rule| rule.name()).collect();
            let text = match rules[..] {
                [rule] => format!("about the rule: {explain} {rule}"),
                _ => format!(
                    "about a rule ({}): {explain} {}",
                    rules.join(", "),
                    rules[0]
                ),
            };
            self.say(&format!("{text}\n"));
        }
        self.say(&totals(summary));
    }
}
