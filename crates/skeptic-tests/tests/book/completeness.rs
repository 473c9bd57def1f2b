//! No block of the book is missing among the tests that this binary has.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use mdbook_verdict::{Book, Promise};
use skeptic_tests::{Purpose, hand_over, named_crates};

use crate::ROOT;

/// The tests of a module, as this binary itself lists them.
fn listed(module: &str) -> BTreeSet<String> {
    let this = std::env::current_exe().expect("a program knows where it is");
    let output = Command::new(this)
        .args(["--list", "--format", "terse"])
        .output()
        .expect("it can be started again");
    String::from_utf8(output.stdout)
        .expect("names are UTF-8")
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .filter_map(|name| name.strip_prefix(module)?.strip_prefix("::"))
        .map(str::to_owned)
        .collect()
}

fn the_book() -> Book {
    Book::load(Path::new(ROOT)).expect("the book can be read")
}

/// Of each block of a book: its name, and the line that its test's name must end with.
fn blocks(book: &Book) -> Vec<(String, usize, Promise)> {
    book.pages(env!("BLOCK_TARGET"))
        .iter()
        .flat_map(|page| &page.blocks.blocks)
        .map(|block| {
            let promise = Promise::of(block);
            (block.name.clone(), block.location.line, promise)
        })
        .collect()
}

/// What is wrong with these tests as the tests of this book: blocks without one, tests without a
/// block.
fn faults(book: &Book, tests: &BTreeSet<String>, rejections: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    let handed = hand_over(book, env!("BLOCK_TARGET"));
    let mut known = BTreeSet::new();
    // Each block has to be met in the order of the book, with nothing left out between two.
    let mut promises = handed.iter().filter(|h| h.purpose == Purpose::Promise);
    for (name, line, promise) in blocks(book) {
        let Some(block) = promises.next().filter(|handed| handed.block.name == name) else {
            faults.push(format!("{name}: it was not handed over"));
            break;
        };
        known.insert(block.test.clone());
        if !block.test.ends_with(&format!("_line_{line}")) {
            faults.push(format!("{name}: its test is called {}", block.test));
        }
        if !tests.contains(&block.test) {
            faults.push(format!("{name}: skeptic has no test {}", block.test));
        }
        let rejected = matches!(promise, Promise::Rejected(_));
        if rejected != rejections.contains(&block.test) {
            faults.push(format!("{name}: rejected or not, its tests say otherwise"));
        }
        let more: Vec<_> = handed
            .iter()
            .filter(|handed| handed.purpose == Purpose::Compiles && handed.block.name == name)
            .map(|handed| handed.test.clone())
            .collect();
        if more.len() != usize::from(promise == Promise::Panics) {
            faults.push(format!("{name}: tests that it compiles: {more:?}"));
        }
        for test in more {
            if !tests.contains(&test) {
                faults.push(format!("{name}: skeptic has no test {test}"));
            }
            known.insert(test);
        }
    }
    faults.extend(promises.map(|block| format!("{}: it is in no chapter", block.block.name)));
    for test in tests
        .union(rejections)
        .filter(|test| !known.contains(*test))
    {
        faults.push(format!("{test}: no block of the book has this test"));
    }
    faults
}

#[test]
fn every_block_of_the_book_has_its_test_and_every_test_its_block() {
    let faults = faults(&the_book(), &listed("book"), &listed("rejected"));
    assert!(
        faults.is_empty(),
        "if the book was edited after these tests were built, run them again\n{}",
        faults.join("\n")
    );
}

#[test]
fn there_are_as_many_tests_as_blocks() {
    let blocks = blocks(&the_book());
    let count = |wanted: fn(&Promise) -> bool| blocks.iter().filter(|b| wanted(&b.2)).count();
    let panics = count(|promise| *promise == Promise::Panics);
    let rejected = count(|promise| matches!(promise, Promise::Rejected(_)));
    let all = blocks.len();
    println!("{all} blocks, {rejected} of them rejected, {panics} that panic");
    assert_eq!(listed("book").len(), all + panics);
    assert_eq!(listed("rejected").len(), rejected);
}

#[test]
fn a_block_without_a_test_and_a_test_without_a_block_are_seen() {
    let book = the_book();
    let (whole, rejections) = (listed("book"), listed("rejected"));
    let first = whole.first().expect("the book has blocks").clone();
    let mut tests = whole.clone();
    tests.remove(&first);
    let missing = faults(&book, &tests, &rejections);
    assert!(missing.iter().any(|fault| fault.ends_with(&first)));
    tests.insert("a_chapter_that_is_gone_line_1".to_owned());
    let without_block = faults(&book, &tests, &rejections);
    assert_eq!(without_block.len(), missing.len() + 1);
    let unjudged = faults(&book, &whole, &BTreeSet::new());
    assert_eq!(unjudged.len(), rejections.len());
}

#[test]
fn every_chapter_and_every_include_is_there() {
    let book = the_book();
    let pages = book.pages(env!("BLOCK_TARGET"));
    let missing: Vec<String> = book
        .faults
        .iter()
        .chain(pages.iter().flat_map(|page| &page.expanded.faults))
        .map(|fault| format!("{}: {}", fault.location, fault.came))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_crate_that_a_block_may_name_is_a_dependency_of_these_tests() {
    let manifest = the_book().config.manifest.expect("book.toml names one");
    let nameable = named_crates(&Path::new(ROOT).join(&manifest)).unwrap();
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let missing: Vec<_> = nameable
        .difference(&named_crates(&ours).unwrap())
        .cloned()
        .collect();
    assert!(
        missing.is_empty(),
        "{} has {missing:?}, and a block may name it: add it to the dev-dependencies of crates/skeptic-tests",
        manifest.display()
    );
}
