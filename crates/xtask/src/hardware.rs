//! What a machine really shows of the explored programs: `cargo xtask hardware` records it, `cargo xtask check` holds it against what is allowed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use clap::Args;
use mdbook_outcomes::{Machine as Recorded, Memory, Record, Records, is_recorded};
use mdbook_verdict::{Block, Book, Toolchain};

use crate::bench::machine::Machine;

/// The pages whose programs are small and about nothing but orderings.
const PAGES: [&str; 3] = [
    "src/atomics/write-buffers.md",
    "src/atomics/orderings.md",
    "src/atomics/one-order.md",
];

/// How to run.
#[derive(Args)]
pub struct Arguments {
    /// How often to run each program
    #[arg(long, default_value_t = 1_000_000)]
    rounds: u64,
}

/// Where it is recorded; book.toml names it for the pages.
fn path(root: &Path) -> PathBuf {
    root.join("data/hardware.json")
}

/// Runs the programs, and writes down what they showed.
///
/// # Errors
///
/// If a program can't be run, or showed what isn't allowed: then nothing is written.
pub fn record(root: &Path, arguments: &Arguments) -> Result<()> {
    let book = Book::load(root)?;
    let toolchain = Toolchain::find(root)?;
    let pages = book.pages(&toolchain.host);
    let blocks = pages.iter().flat_map(|page| &page.blocks.blocks);
    let wanted =
        |block: &&Block| PAGES.contains(&block.shown_file().as_str()) && is_recorded(block);
    let mut runs: Vec<Record> = Vec::new();
    for block in blocks.filter(wanted) {
        eprintln!("running {}", block.name);
        let record = Record::new(block, arguments.rounds);
        let record = record.with_context(|| format!("{} can't be run", block.name))?;
        // A text that stands on two pages is one program.
        if !runs.iter().any(|run| run.program == record.program) {
            runs.push(record);
        }
    }
    let machine = Machine::with(&toolchain.version, None);
    let records = Records {
        machine: Recorded {
            processor: machine.processor,
            system: machine.system,
            cores: machine.cores,
            toolchain: machine.toolchain,
            command: match arguments.rounds {
                1_000_000 => "cargo xtask hardware".to_owned(),
                rounds => format!("cargo xtask hardware --rounds {rounds}"),
            },
            day: machine.day,
        },
        runs,
    };
    let faults = records.faults(&book, &Memory::of_book(&book))?;
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    let text = serde_json::to_string_pretty(&records)? + "\n";
    let path = path(root);
    fs::write(&path, text).with_context(|| format!("can't write {}", path.display()))?;
    println!("{} programs: {}", records.runs.len(), path.display());
    Ok(())
}

/// Whether each record is of a program that stands on a page, and shows only what is allowed; if
/// not, says so. Nothing is run.
pub fn check(root: &Path) -> Result<bool> {
    let book = Book::load(root)?;
    let path = path(root);
    let faults = Records::load(&path)?.faults(&book, &Memory::of_book(&book))?;
    for fault in &faults {
        eprintln!(
            "error: {}: {fault}\n  record again: cargo xtask hardware",
            path.display()
        );
    }
    Ok(faults.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
std::thread::scope(|s| {
    let a = s.spawn(|| { x.store(1, Relaxed); y.store(1, Relaxed); });
    let first = y.load(Relaxed);
    a.join().unwrap();
    println!(\"{first} {}\", x.load(Relaxed));
});
";

    /// A book of one page, and a record of its program.
    fn book(program: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        fs::create_dir_all(folder.path().join("src/atomics")).unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        write(
            "book.toml",
            "[rust]\nedition = \"2024\"\n[preprocessor.verdict]\ncache = \"cache\"\n",
        );
        write("src/SUMMARY.md", "- [A](atomics/orderings.md)\n");
        let fences = "```text,outcomes,cpp20\n0 1\n1 1\n```\n";
        let page = format!("# A\n\n```rust,explore\n{program}```\n\n{fences}");
        write("src/atomics/orderings.md", &page);
        folder
    }

    #[test]
    fn what_is_recorded_holds_until_the_program_or_the_record_is_changed() {
        let folder = book(PROGRAM);
        let root = folder.path();
        assert!(check(root).is_err(), "nothing is recorded yet");
        record(root, &Arguments { rounds: 50 }).unwrap();
        assert!(check(root).unwrap());
        let text = fs::read_to_string(path(root)).unwrap();
        let records: Records = serde_json::from_str(&text).unwrap();
        assert_eq!(records.runs.len(), 1);
        assert_eq!(records.runs[0].seen.values().sum::<u64>(), 50);
        assert_eq!(records.machine.command, "cargo xtask hardware --rounds 50");

        let mut forbidden = records.clone();
        forbidden.runs[0].seen.insert("1 0".to_owned(), 1);
        fs::write(path(root), serde_json::to_string(&forbidden).unwrap()).unwrap();
        assert!(!check(root).unwrap(), "a forbidden outcome");

        let mut stray = records.clone();
        stray.runs[0].program.push(' ');
        fs::write(path(root), serde_json::to_string(&stray).unwrap()).unwrap();
        assert!(!check(root).unwrap(), "a record of no block");

        fs::write(path(root), &text).unwrap();
        assert!(check(root).unwrap());
        let page = root.join("src/atomics/orderings.md");
        let edited = fs::read_to_string(&page)
            .unwrap()
            .replace("x.store(1,", "x.store(2,");
        fs::write(&page, edited).unwrap();
        assert!(!check(root).unwrap(), "an edited program");
    }

    #[test]
    fn the_pages_are_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for page in PAGES {
            assert!(root.join(page).is_file(), "{page}");
        }
    }
}
