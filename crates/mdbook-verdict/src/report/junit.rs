//! JUnit's XML, which most CI systems read: a suite for each file, a case for each block, fence and include.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::time::Duration;

use super::Reporter;
use crate::finding::Finding;
use crate::summary::{Status, Summary, Verdict};

/// Gathers verdicts, of one book or several, and writes them as one document.
#[derive(Debug)]
pub struct Junit<W> {
    out: W,
    books: usize,
    /// Each with the suite that it belongs to, in the order in which verdicts came.
    cases: Vec<(Suite, Case)>,
}

/// A file of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Suite {
    book: usize,
    file: String,
}

/// A test case, written, and what it counts as.
#[derive(Debug)]
struct Case {
    xml: String,
    failed: bool,
    skipped: bool,
    took: Duration,
}

impl<W: Write> Junit<W> {
    /// A reporter that writes to `out` when it is told to [`finish`](Junit::finish).
    pub fn new(out: W) -> Self {
        Junit {
            out,
            books: 0,
            cases: Vec::new(),
        }
    }

    /// Writes the document.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn finish(mut self) -> io::Result<()> {
        let mut suites: Vec<&Suite> = Vec::new();
        for (suite, _) in &self.cases {
            if !suites.contains(&suite) {
                suites.push(suite);
            }
        }
        let all: Vec<&Case> = self.cases.iter().map(|(_, case)| case).collect();
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let counts = counts(&all);
        // Writing to a string can't fail.
        let _ = writeln!(xml, "<testsuites name=\"mdbook-verdict\"{counts}>");
        for suite in suites {
            let cases = self.cases.iter().filter(|(other, _)| other == suite);
            let cases: Vec<&Case> = cases.map(|(_, case)| case).collect();
            let counts = self::counts(&cases);
            let name = escaped(&suite.file);
            let _ = writeln!(xml, "  <testsuite name=\"{name}\"{counts}>");
            for case in cases {
                xml.push_str(&case.xml);
            }
            xml.push_str("  </testsuite>\n");
        }
        xml.push_str("</testsuites>\n");
        self.out.write_all(xml.as_bytes())?;
        self.out.flush()
    }
}

fn counts(cases: &[&Case]) -> String {
    format!(
        " tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" time=\"{}\"",
        cases.len(),
        cases.iter().filter(|case| case.failed).count(),
        cases.iter().filter(|case| case.skipped).count(),
        seconds(cases.iter().map(|case| case.took).sum()),
    )
}

impl Case {
    fn of(verdict: &Verdict) -> Case {
        let file = verdict.location.shown_file();
        let failed = matches!(verdict.status, Status::Fail | Status::Timeout);
        let skipped = matches!(
            verdict.status,
            Status::Ignored | Status::Unchecked | Status::NotRust
        );
        let mut xml = format!(
            "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\" time=\"{}\">\n",
            escaped(&file),
            escaped(&format!("{}:{}", verdict.location.line, verdict.kind)),
            escaped(&file),
            verdict.location.line,
            seconds(verdict.took),
        );
        let (warnings, errors): (Vec<_>, Vec<_>) =
            verdict.findings.iter().partition(|finding| finding.warning);
        // A case holds one failure at most, for the readers' sake.
        if let Some(first) = errors.first() {
            let texts: Vec<_> = errors.iter().map(|finding| told(finding)).collect();
            let _ = writeln!(
                xml,
                "      <failure type=\"{}\" message=\"{}\">{}</failure>",
                escaped(first.rule.name()),
                escaped(&first.came),
                content(&texts.join("\n\n")),
            );
        }
        if skipped {
            let why = match verdict.status {
                Status::Unchecked => "it can't be checked on this machine",
                Status::NotRust => "its tags keep it from being tested",
                _ => "it is ignored",
            };
            let _ = writeln!(xml, "      <skipped message=\"{why}\"/>");
        }
        if !warnings.is_empty() {
            let texts: Vec<_> = warnings.iter().map(|finding| told(finding)).collect();
            let text = content(&texts.join("\n\n"));
            let _ = writeln!(xml, "      <system-out>{text}</system-out>");
        }
        xml.push_str("    </testcase>\n");
        Case {
            xml,
            failed,
            skipped,
            took: verdict.took,
        }
    }
}

/// A finding in words, with its place and all that came.
fn told(finding: &Finding) -> String {
    let level = match finding.warning {
        true => "warning",
        false => "error",
    };
    let mut text = format!(
        "{level}[{}]: {}\n --> {}\npromised: {}",
        finding.rule, finding.came, finding.location, finding.promised
    );
    if let Some(detail) = finding.detail.as_ref().filter(|detail| !detail.is_empty()) {
        text.push_str("\nwhat came:\n");
        text.push_str(detail.trim_end());
    }
    text
}

fn seconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64())
}

/// A text as an attribute's quotes hold it.
///
/// Line ends and tabs are written as references: a reader would make spaces of them.
fn escaped(text: &str) -> String {
    content(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// A text as an element holds it.
///
/// What XML can't hold at all, such as the escapes of colours, is shown as Rust would.
fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.extend(c.escape_unicode());
            }
            _ => out.push(c),
        }
    }
    out
}

impl<W: Write> Reporter for Junit<W> {
    fn started(&mut self, _blocks: usize) {
        self.books += 1;
    }

    fn verdict(&mut self, verdict: &Verdict) {
        let suite = Suite {
            book: self.books,
            file: verdict.location.shown_file(),
        };
        self.cases.push((suite, Case::of(verdict)));
    }

    fn finished(&mut self, _summary: &Summary) {}
}
