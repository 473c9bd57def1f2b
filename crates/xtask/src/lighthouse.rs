//! What Lighthouse says of a page of each kind: a gate, and on demand the table in docs/reading.md.

mod report;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde::Deserialize;
use serde_json::json;

use crate::browse;

/// What `cargo xtask lighthouse` is asked for.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub pages: crate::Pages,
    /// Measure all there is, three times, and write docs/reading.md
    #[arg(long)]
    report: bool,
    /// Measure a page of another book, which is built already, in the same run
    #[arg(long, num_args = 3, value_names = ["NAME", "FOLDER", "PAGE"], requires = "report")]
    beside: Vec<String>,
}

/// What Lighthouse must find on the page in which all is wrong: a colour that is too faint, an input
/// without a label, an error in a script, no description.
const PLANTED: [&str; 4] = [
    "color-contrast",
    "label",
    "errors-in-console",
    "meta-description",
];

/// Which medians a report shows.
const RUNS: usize = 3;

/// What measure.js wrote.
#[derive(Deserialize)]
struct Measured {
    versions: Versions,
    pages: Vec<Page>,
    others: Vec<Page>,
    /// What was lost on a page in which all is wrong.
    planted: Vec<String>,
}

#[derive(Deserialize)]
struct Versions {
    lighthouse: String,
    chromium: String,
    axe: String,
}

/// One page, and what was found on it.
#[derive(Deserialize)]
struct Page {
    /// What kind of page, or which book.
    kind: String,
    name: String,
    scores: Scores,
    /// The audits that cost points, without performance's.
    lost: Vec<String>,
    bytes: u64,
    requests: u64,
    shift: Option<f64>,
    axe: Option<Axe>,
}

/// From 0 to 100.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Scores {
    performance: Option<u8>,
    accessibility: Option<u8>,
    best_practices: u8,
    seo: u8,
}

/// The rules that axe finds broken, by theme.
#[derive(Deserialize)]
struct Axe {
    light: Vec<String>,
    navy: Vec<String>,
}

impl Page {
    /// What costs points and shouldn't. The whole book on one page is kept from the indexes, since
    /// all of it has an address of its own.
    fn faults(&self) -> impl Iterator<Item = &String> {
        let print = self.kind == "print";
        let meant = move |fault: &str| print && fault.starts_with("is-crawlable:");
        self.lost.iter().filter(move |fault| !meant(fault))
    }
}

/// Measures a page of each kind of the built book; whether none loses a point for accessibility,
/// best practices or what search engines need.
///
/// # Errors
///
/// If Node, npm or a Chromium is missing, if a page can't be measured, or the report not written.
pub fn pages(root: &Path, pages: &Path, arguments: &Arguments) -> Result<bool> {
    let measured = measured(root, pages, arguments)?;
    if let Some(missed) = missed(&measured.planted) {
        bail!("Lighthouse doesn't find what was planted for it: {missed}");
    }
    let mut good = true;
    for page in &measured.pages {
        for fault in page.faults() {
            println!("{} ({}): {fault}", page.kind, page.name);
            good = false;
        }
    }
    let verdict = if good { "none" } else { "the above" };
    println!(
        "points lost on {} pages for accessibility, best practices and search engines: {verdict}",
        measured.pages.len()
    );
    if arguments.report {
        let path = root.join("docs/reading.md");
        let text = report::markdown(&measured);
        fs::write(&path, text).with_context(|| format!("can't write {}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(good)
}

/// A planted fault that was not found.
fn missed(lost: &[String]) -> Option<&'static str> {
    let found = |planted: &str| {
        let mut names = lost.iter().filter_map(|fault| fault.split(':').next());
        names.any(|name| name == planted)
    };
    PLANTED.into_iter().find(|planted| !found(planted))
}

fn measured(root: &Path, pages: &Path, arguments: &Arguments) -> Result<Measured> {
    // Its checks by axe, and its server, are the browser tests'.
    browse::node_with(&fs::canonicalize(root.join("tests/browser"))?)?;
    let folder = fs::canonicalize(root.join("tests/lighthouse"))?;
    let mut command = browse::node_with(&folder)?;
    command.env("BOOK", fs::canonicalize(pages)?);
    let mut child = command
        .arg("measure.js")
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("can't run Node")?;
    let asked = json!({
        "runs": if arguments.report { RUNS } else { 1 },
        "quick": !arguments.report,
        "beside": beside(&arguments.beside)?,
    });
    let mut input = child.stdin.take().context("Node without an input")?;
    input.write_all(asked.to_string().as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("the pages could not be measured");
    }
    serde_json::from_slice(&output.stdout).context("what measure.js wrote is not understood")
}

fn beside(words: &[String]) -> Result<Vec<serde_json::Value>> {
    let book = |words: &[String]| {
        let folder = fs::canonicalize(PathBuf::from(&words[1]))
            .with_context(|| format!("can't find the book in {}", words[1]))?;
        Ok(json!({ "name": words[0], "folder": folder, "page": words[2] }))
    };
    words.chunks_exact(3).map(book).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn page(kind: &str, lost: &[&str]) -> Page {
        Page {
            kind: kind.to_owned(),
            name: "a.html".to_owned(),
            scores: Scores {
                performance: Some(99),
                accessibility: Some(100),
                best_practices: 100,
                seo: 98,
            },
            lost: lost.iter().map(|&it| it.to_owned()).collect(),
            bytes: 50 * 1024,
            requests: 5,
            shift: Some(0.0),
            axe: Some(Axe {
                light: Vec::new(),
                navy: vec!["region".to_owned()],
            }),
        }
    }

    #[test]
    fn a_lost_point_is_a_fault_but_for_the_whole_book_which_is_kept_from_indexes() {
        let lost = ["is-crawlable: Page is blocked", "label: No label"];
        assert_eq!(page("prose", &lost).faults().count(), 2);
        let print = page("print", &lost);
        assert_eq!(print.faults().collect::<Vec<_>>(), ["label: No label"]);
        assert_eq!(page("prose", &[]).faults().count(), 0);
    }

    #[test]
    fn what_measure_js_writes_is_understood() {
        let text = r#"{"versions": {"lighthouse": "1", "chromium": "2", "axe": "3"},
            "pages": [{"kind": "prose", "name": "index.html", "lost": [], "bytes": 1, "requests": 2,
            "scores": {"accessibility": 100, "best-practices": 99, "seo": 98}, "shift": null,
            "axe": null}], "others": [], "planted": ["label: No label"]}"#;
        let measured: Measured = serde_json::from_str(text).unwrap();
        assert_eq!(measured.pages[0].scores.best_practices, 99);
        assert!(measured.pages[0].scores.performance.is_none());
    }

    #[test]
    fn a_lighthouse_that_misses_what_was_planted_is_noticed() {
        let mut lost: Vec<_> = PLANTED.map(|name| format!("{name}: some words")).into();
        assert_eq!(missed(&lost), None);
        lost.remove(1);
        assert_eq!(missed(&lost), Some("label"));
        assert_eq!(missed(&[]), Some("color-contrast"));
    }

    #[test]
    fn another_book_is_named_by_three_words() {
        let words = ["A book", ".", "a.html"].map(str::to_owned);
        assert_eq!(beside(&words).unwrap()[0]["page"], "a.html");
        let words = ["A book", "no/such/folder", "a.html"].map(str::to_owned);
        assert!(beside(&words).is_err());
    }
}
