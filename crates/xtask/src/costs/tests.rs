//! From a record to the pages, and what is said of a record or a page that is wrong.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::cited::{CITED, contradictions};
use super::question::GROUPS;
use super::record::{Case, Machine, Record, VERSION};
use super::{DATA, FIGURES, RATIOS, check, page, plot, write};

/// A record in which everything takes as long as everything else, on one thread and on two.
fn record() -> Record {
    let names = GROUPS
        .iter()
        .flat_map(|group| group.cases.iter().map(|(case, _)| (group.name, *case)));
    let case = |(group, case): (&str, &str), threads| Case {
        group: group.to_owned(),
        case: case.to_owned(),
        threads,
        median_ns: vec![10.0; 4],
        p5_ns: vec![9.0; 4],
        p95_ns: vec![11.0; 4],
    };
    Record {
        version: VERSION,
        made_by: "cargo xtask costs".to_owned(),
        machine: Machine {
            processor: "a processor".to_owned(),
            cores: 2,
            system: "a system".to_owned(),
        },
        toolchain: "rustc 1.95.0 (of that day)".to_owned(),
        day: "2026-01-31".to_owned(),
        method: "by hand".to_owned(),
        rounds: 4,
        cases: names
            .flat_map(|name| [case(name, 1), case(name, 2)])
            .collect(),
    }
}

impl Record {
    /// The same record, with other medians for one measurement.
    fn with(mut self, group: &str, case: &str, threads: usize, median_ns: [f64; 4]) -> Record {
        let mut cases = self.cases.iter_mut();
        let found = cases
            .find(|known| (&*known.group, &*known.case, known.threads) == (group, case, threads));
        found.unwrap().median_ns = median_ns.to_vec();
        self
    }
}

/// One that bears out all that the chapters say.
fn borne_out() -> Record {
    let slow = [40.0, 41.0, 42.0, 43.0];
    record()
        .with("owners", "rc", 1, [1.0; 4])
        .with("owners", "arc", 2, slow)
        .with("orderings", "add-plain", 1, [1.0; 4])
        .with("counters", "one", 2, slow)
        .with("counters", "crowded", 2, slow)
        .with("locks", "std", 2, slow)
        .with("jobs", "spawn", 1, slow)
}

/// A repository with that record, and with what follows from it.
fn repository(record: &Record) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in ["data", "src/atomics"] {
        fs::create_dir_all(folder.path().join(path)).unwrap();
    }
    fs::write(folder.path().join(DATA), record.json().unwrap()).unwrap();
    write(folder.path()).unwrap();
    folder
}

/// What the pages get at an anchor.
fn at(text: &str, anchor: &str) -> String {
    let (start, end) = (
        format!("ANCHOR: {anchor} -->\n"),
        format!("\n<!-- ANCHOR_END: {anchor}"),
    );
    let text = text.split(&start).nth(1).unwrap();
    text.split(&end).next().unwrap().to_owned()
}

#[test]
fn what_is_written_holds_and_is_the_same_each_time() {
    let repository = repository(&borne_out());
    assert!(check(repository.path()).unwrap());
    let record = Record::read(repository.path()).unwrap();
    assert_eq!(page::figures(&record), page::figures(&borne_out()));
}

#[test]
fn a_ratio_changed_by_hand_is_caught() {
    let repository = repository(&borne_out());
    changed(
        repository.path(),
        RATIOS,
        "about 10 times",
        "about 9.0 times",
    );
    assert!(!check(repository.path()).unwrap());
}

#[test]
fn a_figure_changed_by_hand_is_caught() {
    let repository = repository(&borne_out());
    changed(
        repository.path(),
        FIGURES,
        "<td>equal</td>",
        "<td>more</td>",
    );
    assert!(!check(repository.path()).unwrap());
}

#[test]
fn a_record_changed_by_hand_is_caught() {
    let repository = repository(&borne_out());
    changed(repository.path(), DATA, "43.0", "48.0");
    assert!(!check(repository.path()).unwrap());
}

fn changed(root: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(path)).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    fs::write(root.join(path), text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_ratio_is_that_of_each_round_and_not_of_the_medians() {
    // A machine that is ten times as slow in one round is so for both.
    let record = borne_out()
        .with("locks", "std", 1, [10.0, 100.0, 10.0, 10.0])
        .with("locks", "parking", 1, [30.0, 300.0, 30.0, 30.0]);
    let words = at(&page::ratios(&record), "lock-parking");
    assert_eq!(words, "about 3.0 times the time (3.0 to 3.0)");
}

#[test]
fn overlapping_spreads_are_called_equal_in_ratio_figure_and_table() {
    let record = borne_out().with("locks", "parking", 1, [9.0, 30.0, 31.0, 9.5]);
    let words = at(&page::ratios(&record), "lock-parking");
    assert_eq!(words, "equal time (0.91 to 3.1)");
    let figure = at(&page::figures(&record), "locks");
    assert!(figure.contains(">equal (0.91 to 3.1)</text>"), "{figure}");
    assert!(
        figure.contains("<td>2.0</td><td>0.91 to 3.1</td><td>equal</td>"),
        "{figure}"
    );
}

#[test]
fn spreads_that_lie_apart_are_told_as_figures() {
    let figure = at(&page::figures(&borne_out()), "locks");
    assert!(figure.contains(">4.2 (4.0 to 4.3)</text>"), "{figure}");
    assert!(
        figure.contains("<td>4.2</td><td>4.0 to 4.3</td><td>more</td>"),
        "{figure}"
    );
}

#[test]
fn a_record_that_does_not_bear_out_a_chapter_is_caught() {
    let record = borne_out().with("jobs", "spawn", 1, [8.0, 11.0, 10.0, 9.0]);
    let said = contradictions(&record);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("thread::spawn") && said[0].contains("equal time"),
        "{said:?}"
    );
    assert!(!check(repository(&record).path()).unwrap());
    assert!(contradictions(&borne_out()).is_empty());
}

#[test]
fn a_record_of_another_shape_is_a_clear_error() {
    let text = borne_out().json().unwrap();
    let without = |member: &str| {
        let mut value: serde_json::Value = text.parse().unwrap();
        value.as_object_mut().unwrap().remove(member).unwrap();
        value.to_string()
    };
    let lacks_a_case = {
        let mut record = borne_out();
        record.cases.retain(|case| case.case != "spinlock");
        record.json().unwrap()
    };
    let lacks_a_round = {
        let mut record = borne_out();
        record.cases[0].median_ns.pop();
        record.json().unwrap()
    };
    let unknown = text.replacen("\"rc\"", "\"gc\"", 1);
    for (text, wanted) in [
        ("[]".to_owned(), "no JSON object"),
        (without("version"), "it has no version"),
        (
            text.replacen("\"version\": 1", "\"version\": 2", 1),
            "its version is 2, not 1",
        ),
        (without("machine"), "missing field `machine`"),
        (
            text.replacen("\"rounds\"", "\"turns\"", 1),
            "unknown field `turns`",
        ),
        (lacks_a_case, "locks/spinlock is missing"),
        (lacks_a_round, "owners/rc/1 has 3 rounds of 4"),
        (unknown, "nobody asks for owners/gc"),
        (text.replacen("9.0", "0.0", 1), "a time that is none"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        fs::write(folder.path().join(DATA), &text).unwrap();
        let error = format!("{:#}", check(folder.path()).unwrap_err());
        assert!(error.contains(wanted), "{wanted}: {error}");
        assert!(
            error.contains(DATA) && error.contains("cargo xtask costs"),
            "{error}"
        );
    }
    let nothing = tempfile::tempdir().unwrap();
    let error = format!("{:#}", check(nothing.path()).unwrap_err());
    assert!(error.contains("can't read data/costs.json"), "{error}");
}

/// The repository itself.
fn root() -> std::path::PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap().to_owned()
}

#[test]
fn every_ratio_and_figure_is_on_some_page() {
    let book = mdbook_verdict::Book::load(&root()).unwrap();
    let pages: String = book
        .pages("")
        .iter()
        .map(|page| page.chapter.source.text.clone())
        .collect();
    for cited in CITED {
        assert!(
            pages.contains(&format!("costs-ratios.md:{}}}}}", cited.name)),
            "{}",
            cited.name
        );
    }
    for group in GROUPS {
        assert!(
            pages.contains(&format!("costs-figures.md:{}}}}}", group.name)),
            "{}",
            group.name
        );
    }
}

#[test]
fn the_texts_above_a_bar_have_room() {
    let wide = [256.0, 1234.0, 1234.0, 2345.0];
    let mut record = borne_out();
    for case in record.cases.iter_mut().filter(|case| case.threads == 2) {
        (case.threads, case.median_ns) = (64, wide.to_vec());
    }
    let records = [record, Record::read(&root()).unwrap()];
    for bar in records
        .iter()
        .flat_map(|record| GROUPS.iter().flat_map(|group| page::bars(record, group)))
    {
        let (label, value) = plot::texts(&bar);
        let letters = label.chars().count() + 1 + value.chars().count();
        assert!(
            letters <= plot::LETTERS_IN_A_ROW,
            "{label} {value}: {letters} letters"
        );
    }
}

#[test]
fn a_picture_is_as_high_as_its_bars_and_no_shape_lies_outside() {
    let figure = at(&page::figures(&Record::read(&root()).unwrap()), "orderings");
    let svg = &figure[figure.find("<svg").unwrap()..figure.find("</svg>").unwrap() + 6];
    let svg = roxmltree::Document::parse(svg).unwrap();
    let number = |node: roxmltree::Node<'_, '_>, name: &str| -> f64 {
        node.attribute(name)
            .map_or(0.0, |text| text.parse().unwrap())
    };
    let (width, height) = (
        number(svg.root_element(), "width"),
        number(svg.root_element(), "height"),
    );
    let bars: Vec<_> = svg
        .descendants()
        .filter(|node| node.has_tag_name("rect"))
        .collect();
    assert_eq!(bars.len(), 10);
    for bar in bars {
        assert!(number(bar, "x") + number(bar, "width") <= width);
        assert!(number(bar, "y") + number(bar, "height") <= height);
    }
    let whiskers = svg.descendants().filter(|node| node.has_tag_name("path"));
    assert_eq!(
        whiskers.count(),
        2 * 9,
        "one for each bar but the first, and its ground"
    );
}
