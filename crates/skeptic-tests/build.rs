//! Writes the book's blocks into files that skeptic understands, and has it make tests of them.
//!
//! It calls no cargo: one inside a build script waits for the build's lock for ever.

// The same sources as the library's, which can't be built before its own build script has run.
#[path = "src/crates.rs"]
mod crates;
#[allow(dead_code, reason = "what failed to be included is the tests' part")]
#[path = "src/handover.rs"]
mod handover;
#[allow(dead_code, reason = "reading an order is block-rustc's part")]
#[path = "src/order.rs"]
mod order;

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use handover::{Handed, Purpose, hand_over};
use mdbook_verdict::{Book, Promise};

fn main() {
    let package = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let root = package.ancestors().nth(2).expect("it is in crates/");
    let out = PathBuf::from(variable("OUT_DIR"));
    let target = variable("TARGET");

    // The planted book's faults are tried by tests of our own, so its tests are plain functions.
    let planted_book = load(&package.join("tests/planted"));
    let planted = hand_over(&planted_book, &target);
    let tests = skeptic_tests(&planted, &out, "planted");
    write_if_new(&out.join("planted.rs"), &as_functions(&tests));

    let book = load(root);
    let blocks = hand_over(&book, &target);
    let tests = skeptic_tests(&blocks, &out, "book");
    write_if_new(&out.join("book.rs"), &tests);
    write_if_new(&out.join("rejected.rs"), &rejection_tests(&blocks));

    let crates = match &book.config.manifest {
        Some(manifest) => crates::named_crates(&root.join(manifest)).unwrap_or_else(|e| fail(&e)),
        None => BTreeSet::new(),
    };
    let crates: Vec<&str> = crates.iter().map(String::as_str).collect();
    println!("cargo::rustc-env=BLOCK_CRATES={}", crates.join(", "));
    println!("cargo::rustc-env=BLOCK_RUSTC={}", variable("RUSTC"));
    println!("cargo::rustc-env=BLOCK_TARGET={target}");
    watch(root, &package, &book, &blocks);
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|error| fail(&format!("{name}: {error}")))
}

fn fail(cause: &str) -> ! {
    println!("cargo::error={}", cause.replace('\n', " "));
    std::process::exit(1)
}

fn load(root: &Path) -> Book {
    Book::load(root).unwrap_or_else(|error| fail(&error.to_string()))
}

/// Hands the blocks to skeptic in files below `folder`; its tests.
fn skeptic_tests(handed: &[Handed], out: &Path, folder: &str) -> String {
    let folder = out.join(folder);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the last build's files can be removed");
    }
    let mut files = Vec::new();
    for block in handed {
        // skeptic puts the text between these.
        if block.markdown.contains("\"####") {
            let name = &block.block.name;
            fail(&format!("{name}: skeptic can't hold `\"####` in a block"));
        }
        let file = folder.join(&block.file);
        write_as_old(&file, &block.markdown).expect("a file can be written to OUT_DIR");
        files.push(file);
    }
    if files.is_empty() {
        fail("there is no Rust block in the book");
    }
    skeptic::generate_doc_tests(&files);
    let made = fs::read_to_string(out.join("skeptic-tests.rs")).expect("skeptic wrote its tests");
    // Without this line, `skeptic` is what the file is included beside: our way to skeptic, which
    // first says which compiler to use.
    match made.strip_prefix("extern crate skeptic;\n") {
        Some(tests) => tests.to_owned(),
        None => fail("skeptic's tests don't begin with `extern crate skeptic;` any more"),
    }
}

/// Writes a file with an old date. skeptic has cargo watch what it reads, and what is younger
/// than the build script's start would have it run once more.
fn write_as_old(path: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().expect("it is in a folder"))?;
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1))
}

/// A file that stays as it is stays as old as it is: the tests needn't be built anew.
fn write_if_new(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::write(path, text).expect("a file can be written to OUT_DIR");
}

/// Makes functions of skeptic's tests, and a list of them. Only for a book of ours, in which no
/// block's line looks like one of skeptic's.
fn as_functions(tests: &str) -> String {
    let (mut functions, mut list) = (String::new(), String::new());
    let (mut ignored, mut should_panic) = (false, false);
    for line in tests.split_inclusive('\n') {
        if line == "#[ignore]\n" {
            ignored = true;
        } else if line == "#[should_panic]\n" {
            should_panic = true;
        } else if let Some(rest) = line.strip_prefix("#[test] fn ") {
            let name = rest.split('(').next().unwrap_or(rest);
            list.push_str(&format!(
                "    Test {{ name: {name:?}, ignored: {ignored}, should_panic: {should_panic}, run: {name} }},\n"
            ));
            functions.push_str(&format!("fn {rest}"));
            (ignored, should_panic) = (false, false);
        } else {
            functions.push_str(line);
        }
    }
    format!("{functions}\npub const TESTS: &[Test] = &[\n{list}];\n")
}

/// The tests beside skeptic's: each rejected block is rejected with exactly the codes it names.
fn rejection_tests(blocks: &[Handed]) -> String {
    blocks
        .iter()
        .filter(|handed| handed.purpose == Purpose::Promise)
        .filter(|handed| matches!(Promise::of(&handed.block), Promise::Rejected(_)))
        .map(|Handed { test, .. }| {
            format!("#[test]\nfn {test}() {{\n    crate::codes::of_the_book({test:?});\n}}\n\n")
        })
        .collect()
}

/// Tells cargo what the tests are made from.
fn watch(root: &Path, package: &Path, book: &Book, blocks: &[Handed]) {
    let mut watched = BTreeSet::from([
        root.join("book.toml"),
        root.join(&book.config.src),
        root.join("examples"),
        package.join("build.rs"),
        package.join("src"),
        package.join("tests/planted"),
    ]);
    watched.extend(
        fs::read_dir(root.join("crates"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path().join("src"))
            .filter(|sources| sources.is_dir()),
    );
    // Files that are included from elsewhere.
    watched.extend(
        blocks
            .iter()
            .flat_map(|handed| &handed.block.origins)
            .map(|origin| root.join(&origin.file)),
    );
    for path in watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}
