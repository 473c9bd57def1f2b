//! Checks other people's books with rustdoc and with our verifier, block by block, and writes
//! where the two differ: what no test of ours thought of stands in a book that nobody wrote for us.

mod compare;
mod page;
mod rustdoc;
mod verdicts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use mdbook_verdict::{Book, Toolchain};

use self::compare::Compared;
use crate::meter::Cost;

/// One book, checked twice.
struct Checked {
    name: String,
    repository: String,
    commit: String,
    edition: &'static str,
    compared: Compared,
    rustdoc_cost: Cost,
    our_cost: Cost,
}

/// Checks the books in these folders and writes `docs/real-books.md`.
///
/// A folder that isn't there is named and left out. The answer is whether the two agree wherever
/// no stricter rule of ours speaks.
///
/// # Errors
///
/// If there is no verifier, or a book, its chapters or the page can't be read or written.
pub fn check(root: &Path, folders: &[PathBuf]) -> Result<bool> {
    let verifier = verdicts::build(root)?;
    let mut books = Vec::new();
    for folder in folders {
        if !folder.join("book.toml").exists() {
            eprintln!("{}: there is no book; left out", folder.display());
            continue;
        }
        books.push(checked(folder, &verifier)?);
    }
    if books.is_empty() {
        bail!("there is no book to check");
    }
    let toolchain = Toolchain::find(root)?;
    let page = root.join("docs/real-books.md");
    fs::create_dir_all(root.join("docs"))?;
    fs::write(&page, page::written(&books, &toolchain.version)?)
        .with_context(|| format!("can't write {}", page.display()))?;
    println!("{}", page.display());
    Ok(books.iter().all(|book| book.compared.agrees()))
}

fn checked(folder: &Path, verifier: &Path) -> Result<Checked> {
    let book = Book::load(folder)?;
    let toolchain = Toolchain::find(folder)?;
    let name = title(folder);
    eprintln!("{name}: our verifier");
    let (verdicts, our_cost) = verdicts::of(verifier, folder)?;
    eprintln!("{name}: rustdoc");
    let (chapters, rustdoc_cost) = rustdoc::tests(folder, &book)?;
    let compared = compare::compare(&book.pages(&toolchain.host), verdicts, &chapters);
    let git = |arguments: &[&str]| git(folder, arguments).unwrap_or_default();
    let remote = git(&["remote", "get-url", "origin"]);
    let within = git(&["rev-parse", "--show-prefix"]);
    let (name, repository) = match within.trim_end_matches('/') {
        "" => (name, remote),
        within => (
            format!("{name}, {within}"),
            format!("{remote}, folder {within}"),
        ),
    };
    Ok(Checked {
        commit: git(&["log", "-1", "--format=%h of %cs", "--abbrev=12"]),
        edition: book.config.edition.year(),
        name,
        repository,
        compared,
        rustdoc_cost,
        our_cost,
    })
}

/// The book's title; without one, its folder's name.
fn title(folder: &Path) -> String {
    let title = || -> Option<String> {
        let text = fs::read_to_string(folder.join("book.toml")).ok()?;
        let settings: toml::Table = text.parse().ok()?;
        Some(settings.get("book")?.get("title")?.as_str()?.to_owned())
    };
    title().unwrap_or_else(|| {
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        name.to_string_lossy().into_owned()
    })
}

fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let said = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .output()
        .ok()?;
    let said = said.status.success().then_some(said.stdout)?;
    Some(String::from_utf8_lossy(&said).trim().to_owned())
}
