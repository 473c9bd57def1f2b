//! House rules of the book and the repository, as tests.

mod asides;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_verdict::{Block, Book, Chapter, Finding, Options, Page, Promise, Rule, Verifier};
use regex::Regex;

fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.ancestors().nth(2).unwrap().to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn pages() -> Vec<Page> {
    Book::load(&root()).unwrap().pages("")
}

fn blocks() -> Vec<Block> {
    pages()
        .into_iter()
        .flat_map(|page| page.blocks.blocks)
        .collect()
}

/// The names of what lies in a folder.
fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn no_block_of_the_book_is_ignored() {
    for block in blocks() {
        assert!(!block.info.contains("ignore"), "{}", block.name);
    }
}

#[test]
fn a_block_that_is_not_run_says_why() {
    for block in blocks() {
        if Promise::of(&block) == Promise::Compiles {
            assert!(
                block.code.contains("//"),
                "{}: no_run without a comment",
                block.name
            );
        }
    }
}

#[test]
fn under_a_tenth_of_the_blocks_name_an_external_crate() {
    let book = Book::load(&root()).unwrap();
    let verifier = Verifier::new(&root(), &book.config, &Options::default()).unwrap();
    let outside = verifier.outside(&book).unwrap();
    assert!(
        !outside.is_empty(),
        "crossbeam and scoped_threadpool are shown somewhere"
    );
    assert!(outside.len() * 10 < blocks().len(), "{outside:?}");
}

#[test]
fn every_file_of_the_book_is_read() {
    let read: String = names("src").into_iter().collect();
    assert!(read.contains("SUMMARY.md"));
    let summary = self::read("src/SUMMARY.md");
    let everything: String = pages()
        .iter()
        .map(|page| page.chapter.source.text.clone())
        .collect();
    for folder in names("src") {
        if !root().join("src").join(&folder).is_dir() {
            continue;
        }
        for file in names(&format!("src/{folder}")) {
            let read = summary.contains(&format!("{folder}/{file}")) || everything.contains(&file);
            assert!(
                read,
                "src/{folder}/{file} is neither a chapter nor included"
            );
        }
    }
}

#[test]
fn every_chapter_ends_with_its_sources() {
    // Lists that are made from the other pages.
    let lists = ["cheat-sheet", "glossary", "programs", "sources"];
    let lists = lists.map(|name| Path::new("reference").join(name).with_extension("md"));
    for page in pages() {
        let text = &page.chapter.source.text;
        if lists.contains(&page.chapter.path) {
            continue;
        }
        assert!(
            text.contains("\n## Further reading\n"),
            "{}",
            page.chapter.path.display()
        );
    }
}

#[test]
fn every_chapter_asks_and_sets_tasks() {
    for page in pages() {
        let path = &page.chapter.path;
        if path.starts_with("introduction.md") || path.starts_with("reference") {
            continue;
        }
        let path = path.display();
        let text = &page.chapter.source.text;
        let quizzes = text.matches("\n```toml,quiz\n").count();
        let exercises = text.matches("`cargo exercise ").count();
        assert!(
            quizzes >= 2,
            "{path} has too few quizzes: {quizzes}, not two"
        );
        assert!(
            exercises >= 2,
            "{path} has too few exercises: {exercises}, not two"
        );
    }
}

#[test]
fn every_program_is_named_in_the_book_with_its_command() {
    let manifest: toml::Table = read("examples/Cargo.toml").parse().unwrap();
    let book: String = pages()
        .iter()
        .map(|page| page.chapter.source.text.clone())
        .collect();
    for example in manifest["example"].as_array().unwrap() {
        let name = example["name"].as_str().unwrap();
        let command = Regex::new(&format!(r"cargo run --example {name}\b")).unwrap();
        assert!(command.is_match(&book), "{name}");
    }
}

#[test]
fn every_crate_is_on_the_map_with_an_invariant() {
    let map = read("ARCHITECTURE.md");
    for name in names("crates") {
        assert!(
            map.contains(&format!("`crates/{name}`")) || map.contains(&format!("{name}/")),
            "{name}"
        );
    }
    let invariants = map.matches("**Architecture Invariant").count();
    assert!(
        invariants >= names("crates").len(),
        "{invariants} invariants"
    );
}

/// Links between chapters: the file exists, and so does the heading.
#[test]
fn links_between_chapters_lead_somewhere() {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\]\(([^)#\s:]*\.md)?(#[^)\s]+)?\)").unwrap());
    let pages = pages();
    for page in &pages {
        let here = page.chapter.source.path.clone();
        for link in LINK.captures_iter(&page.chapter.source.text) {
            let file = match link.get(1) {
                Some(file) => here.parent().unwrap().join(file.as_str()),
                None => here.clone(),
            };
            let text = fs::read_to_string(&file)
                .unwrap_or_else(|error| panic!("{}: {}: {error}", here.display(), &link[0]));
            if let Some(anchor) = link.get(2) {
                let found = text.lines().any(|line| {
                    line.starts_with('#')
                        && slug(line.trim_start_matches('#').trim()) == anchor.as_str()[1..]
                });
                assert!(found, "{}: {}", here.display(), &link[0]);
            }
        }
    }
}

/// mdBook's id of a heading.
fn slug(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars()
        .filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_')
        .collect()
}

/// rustdoc on stable takes any error for the one that a doc test names; here the code counts.
#[test]
fn rejected_doc_tests_of_the_crates_are_rejected_for_the_code_they_name() {
    let mut book = Book::load(&root()).unwrap();
    book.chapters = documented().map(chapter_of_docs).collect();
    let verifier = Verifier::new(&root(), &book.config, &Options::default()).unwrap();
    let mut checked = 0;
    for page in book.pages(&verifier.toolchain().host) {
        for block in &page.blocks.blocks {
            if !matches!(Promise::of(block), Promise::Rejected(_)) {
                continue;
            }
            for verdict in verifier.judge(block, &[]).unwrap().verdicts {
                // A page would have to show the message; a crate's documentation needn't.
                let needs_no_code = |finding: &Finding| {
                    finding.rule == Rule::UncodedRejection && verdict.codes.is_empty()
                };
                let wrong: Vec<_> = verdict
                    .findings
                    .iter()
                    .filter(|finding| !needs_no_code(finding))
                    .collect();
                assert!(wrong.is_empty(), "{}: {wrong:#?}", block.name);
            }
            checked += 1;
        }
    }
    assert!(
        checked >= 6,
        "each of the six concept crates shows a misuse; {checked} found"
    );
}

/// The Rust sources of the libraries that blocks may name.
fn documented() -> impl Iterator<Item = PathBuf> {
    let manifest: toml::Table = read("examples/Cargo.toml").parse().unwrap();
    let crates = names("crates").into_iter();
    let concepts = crates.filter(move |name| manifest["dependencies"].get(name.as_str()).is_some());
    concepts.flat_map(|name| {
        let folder = format!("crates/{name}/src");
        names(&folder)
            .into_iter()
            .map(move |file| root().join(&folder).join(file))
    })
}

/// A source file's documentation as Markdown, on the same lines.
fn chapter_of_docs(path: PathBuf) -> Chapter {
    let source = fs::read_to_string(&path).unwrap();
    let docs: String = source
        .lines()
        .map(|line| {
            let line = line.trim_start();
            let text = line
                .strip_prefix("//!")
                .or_else(|| line.strip_prefix("///"));
            let text = text.unwrap_or("");
            format!("{}\n", text.strip_prefix(' ').unwrap_or(text))
        })
        .collect();
    Chapter::new(path.clone(), path, &root(), docs)
}
