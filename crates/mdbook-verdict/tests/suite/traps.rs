//! A book of planted faults and true controls: every fault is caught, by its own rule, and nothing else.
//!
//! In `tests/traps` a comment before a fence says what is to come of it: `<!-- fault RULE: .. -->`
//! or `<!-- control: .. -->`. `docs/traps.md` holds the figures; `BLESS_TRAPS=1 cargo test -p
//! mdbook-verdict --test suite traps` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::book_test::BookTest;

const CHAPTERS: [&str; 6] = [
    "fences",
    "semantics",
    "codes",
    "run-time",
    "merging",
    "results",
];

/// A fence, and the rule that it breaks, if any.
struct Trap {
    what: String,
    rule: Option<String>,
    /// From the comment to the next one.
    lines: std::ops::Range<u64>,
}

fn traps(chapter: &str) -> Vec<Trap> {
    let mut traps: Vec<Trap> = Vec::new();
    let count = chapter.lines().count() as u64;
    for (number, line) in (1..).zip(chapter.lines()) {
        let Some(said) = line.strip_prefix("<!-- ") else {
            continue;
        };
        let (kind, what) = said.trim_end_matches(" -->").split_once(": ").unwrap();
        let rule = match kind.split_once(' ') {
            Some(("fault", rule)) => Some(rule.to_owned()),
            None if kind == "control" => None,
            _ => panic!("line {number} is neither a fault nor a control: {line}"),
        };
        if let Some(last) = traps.last_mut() {
            last.lines.end = number;
        }
        traps.push(Trap {
            what: what.to_owned(),
            rule,
            lines: number..count + 1,
        });
    }
    traps
}

/// What was found among the traps of a chapter.
#[derive(Default)]
struct Figures {
    faults: usize,
    caught: usize,
    controls: usize,
    false_alarms: usize,
}

#[test]
fn every_planted_fault_is_caught_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traps");
    let mut book = BookTest::empty();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        book = book.file(&name, &fs::read_to_string(path).unwrap());
    }
    let found = book.json(&[]);
    // What holds is remembered by now, and must come out the same.
    let again = book.json(&[]);
    let verdicts = |lines: &[serde_json::Value]| -> Vec<String> {
        let key = |line: &serde_json::Value| {
            format!("{} {} {}", line["name"], line["status"], line["rule"])
        };
        lines.iter().map(key).collect()
    };
    assert_eq!(verdicts(&found), verdicts(&again));

    let mut wrong = String::new();
    let mut table = String::new();
    let mut sum = Figures::default();
    for chapter in CHAPTERS {
        let file = format!("{chapter}.md");
        let text = book.read(&file);
        let mut figures = Figures::default();
        for trap in traps(&text) {
            let here = found[1..].iter().filter(|line| {
                line["file"] == *file && trap.lines.contains(&line["line"].as_u64().unwrap())
            });
            let broken: Vec<&str> = here.filter_map(|line| line["rule"].as_str()).collect();
            let right = match &trap.rule {
                Some(rule) => broken == [rule],
                None => broken.is_empty(),
            };
            if !right {
                let (line, what) = (trap.lines.start, &trap.what);
                writeln!(
                    wrong,
                    "{file}:{line}: {what}: {broken:?} is broken, not {:?}",
                    trap.rule
                )
                .unwrap();
            }
            match trap.rule {
                Some(_) => {
                    figures.faults += 1;
                    figures.caught += usize::from(right);
                }
                None => {
                    figures.controls += 1;
                    figures.false_alarms += usize::from(!right);
                }
            }
        }
        row(&mut table, chapter, &figures);
        sum.faults += figures.faults;
        sum.caught += figures.caught;
        sum.controls += figures.controls;
        sum.false_alarms += figures.false_alarms;
    }
    row(&mut table, "**all**", &sum);
    println!("{table}");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(sum.faults >= 80 && sum.controls >= 80);

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/traps.md");
    let fresh = format!("{INTRODUCTION}{table}");
    if std::env::var_os("BLESS_TRAPS").is_some() {
        fs::create_dir_all(page.parent().unwrap()).unwrap();
        fs::write(&page, &fresh).unwrap();
    }
    let written = fs::read_to_string(&page).unwrap_or_default();
    assert!(
        written == fresh,
        "docs/traps.md isn't what came: BLESS_TRAPS=1 cargo test -p mdbook-verdict --test suite traps"
    );
}

fn row(table: &mut String, name: &str, figures: &Figures) {
    let Figures {
        faults,
        caught,
        controls,
        false_alarms,
    } = figures;
    writeln!(
        table,
        "| {name} | {faults} | {caught} | {controls} | {false_alarms} |"
    )
    .unwrap();
}

const INTRODUCTION: &str = "# Planted faults

`crates/mdbook-verdict/tests/traps` is a book of blocks with a fault of each kind that
`mdbook-verdict` knows, and of blocks that only look as if they had one. They are checked in one
run, merged with each other as any book's blocks are, and once more with all remembered that holds.
A fault counts as caught if it is reported at its own fence, by its own rule, and nothing else is;
a false alarm is anything reported at a block without a fault.

Written by `BLESS_TRAPS=1 cargo test -p mdbook-verdict --test suite traps`; without the variable
the same command fails where this page says something else.

| chapter | faults | caught | without a fault | false alarms |
|---|---|---|---|---|
";
