//! Would the tests notice? Each mutant of `mutants.toml` is one guard taken out of a *copy* of the
//! concept crates, and the test that the table names must fail for it.

mod catcher;
pub mod counts;
#[cfg(test)]
mod house;
mod mutant;
mod page;
mod sandbox;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use regex::Regex;

use catcher::{Catcher, Fate};
use mutant::{Expected, Mutant};
use sandbox::Sandbox;
use table::Table;

/// What a run is told.
pub struct Arguments {
    /// Only mutants whose file, text or catcher matches.
    pub filter: Option<Regex>,
    /// Only those that aren't on the page yet.
    pub new: bool,
    /// The folder of the copy and of what is built from it; `target/mutants` if not named.
    pub folder: Option<PathBuf>,
    /// How long a test may take before it is stopped.
    pub limit: Duration,
}

/// More than any test needs, the programs' own limit included.
pub const LIMIT: Duration = Duration::from_secs(180);

/// Tries the mutants, one after the other, and says of each who caught it.
///
/// True if every mutant had the fate that the table promises. After a run without a filter that
/// ended so, `docs/mutants.md` is written. With `new`, those that are on it are taken for tried.
///
/// # Errors
///
/// If the table is broken, or a catcher fails for the original.
pub fn run(root: &Path, arguments: &Arguments) -> Result<bool> {
    let table = Table::read(root)?;
    let mut wanted = table.matching(arguments.filter.as_ref());
    if arguments.new {
        let page = fs::read_to_string(page::path(root)).unwrap_or_default();
        wanted.retain(|mutant| !page::has(&page, mutant));
        if wanted.is_empty() {
            // What was taken out of the table goes out of the page.
            return write(root, &table).map(|()| true);
        }
    }
    if wanted.is_empty() {
        bail!("no mutant's file, text or catcher matches");
    }
    let folder = arguments.folder.as_deref();
    let sandbox = Sandbox::new(root, folder, &packages(&wanted), arguments.limit)?;
    catch_nothing_in_the_original(&sandbox, &wanted)?;
    let mut tally = Tally::default();
    for mutant in &wanted {
        let fate = mutate(&sandbox, mutant)?;
        let held = report(mutant, &fate);
        tally.count(mutant, held);
    }
    println!("{tally}");
    if tally.failed == 0 && arguments.filter.is_none() {
        write(root, &table)?;
    }
    Ok(tally.failed == 0)
}

/// Whether `docs/mutants.md` is what a run over the table would write; if not, says so.
pub fn check(root: &Path) -> Result<bool> {
    let page = page::path(root);
    let same = fs::read_to_string(&page).is_ok_and(|old| {
        Table::read(root).is_ok_and(|table| page::of(&table).is_ok_and(|new| new == old))
    });
    if !same {
        eprintln!(
            "error: {}: this isn't what a run over {} would write any more\n  try them all: cargo xtask mutants",
            page.display(),
            table::FILE
        );
    }
    Ok(same)
}

fn write(root: &Path, table: &Table) -> Result<()> {
    let path = page::path(root);
    let page = page::of(table)?;
    if fs::read_to_string(&path).is_ok_and(|old| old == page) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, page).with_context(|| format!("can't write {}", path.display()))
}

/// The packages that the mutants lie in, and those whose tests must notice.
fn packages(mutants: &[&Mutant]) -> BTreeSet<String> {
    let theirs = mutants.iter().map(|mutant| mutant.package().to_owned());
    let catchers = mutants.iter().filter_map(|mutant| match &mutant.expected {
        Expected::Caught(catcher) => Some(catcher.package.clone()),
        Expected::Equivalent(_) => None,
    });
    theirs
        .chain(catchers)
        .filter(|package| !package.is_empty())
        .collect()
}

/// A test that fails anyway proves nothing by failing.
fn catch_nothing_in_the_original(sandbox: &Sandbox, mutants: &[&Mutant]) -> Result<()> {
    let mut originals: Vec<Catcher> = vec![];
    for mutant in mutants {
        if let Expected::Caught(catcher) = &mutant.expected {
            let catcher = catcher.on_the_original();
            if !originals.iter_mut().any(|one| one.takes_in(&catcher)) {
                originals.push(catcher);
            }
        }
    }
    for catcher in originals {
        eprintln!("the original: {catcher}");
        match catcher.try_on(sandbox)? {
            Fate::Survived => {}
            fate => bail!("the original itself doesn't pass `{catcher}`: {fate}"),
        }
    }
    Ok(())
}

fn mutate(sandbox: &Sandbox, mutant: &Mutant) -> Result<Fate> {
    let original = sandbox.read(&mutant.file)?;
    let changed = original.replacen(&mutant.text, &mutant.replacement, 1);
    sandbox.write(&mutant.file, &changed)?;
    let fate = match &mutant.expected {
        Expected::Caught(catcher) => catcher.try_on(sandbox),
        Expected::Equivalent(_) => Catcher::every_test_of(mutant.package()).try_on(sandbox),
    };
    sandbox.write(&mutant.file, &original)?;
    fate
}

/// Prints what became of a mutant; whether that is what the table promises.
fn report(mutant: &Mutant, fate: &Fate) -> bool {
    let change = mutant.change();
    match (&mutant.expected, fate) {
        (Expected::Caught(catcher), Fate::Caught) => {
            println!("caught      {change}\n            by {catcher}");
            true
        }
        (Expected::Equivalent(_), Fate::Survived) => {
            println!("equivalent  {change}");
            true
        }
        (Expected::Caught(catcher), fate) => {
            println!("survived    {change}\n            {fate}: {catcher}");
            println!("{}", mutant.by_hand(&catcher.command()));
            false
        }
        (Expected::Equivalent(_), fate) => {
            let every = Catcher::every_test_of(mutant.package());
            println!("not equivalent  {change}\n            {fate}: {every}");
            println!("{}", mutant.by_hand(&every.command()));
            false
        }
    }
}

#[derive(Default)]
struct Tally {
    caught: usize,
    equivalent: usize,
    failed: usize,
}

impl Tally {
    fn count(&mut self, mutant: &Mutant, held: bool) {
        match (&mutant.expected, held) {
            (_, false) => self.failed += 1,
            (Expected::Caught(_), true) => self.caught += 1,
            (Expected::Equivalent(_), true) => self.equivalent += 1,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} caught, {} equivalent, {} not as the table says",
            self.caught, self.equivalent, self.failed
        )
    }
}
