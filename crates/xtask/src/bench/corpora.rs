//! The books that are measured: ours, two made up, and a real one.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context as _, Result};

use super::corpus::{self, Size};
use super::rounds::Entry;
use super::stock::{self, End};
use super::subject::Subject;
use super::toolbox::Toolbox;
use super::{floor, rivals, verdict};
use crate::meter::Meter;

/// Our own book's name in the tables.
pub const OURS: &str = "this book";
/// What the names of made-up books begin with.
pub const MADE_UP: &str = "made up";

/// Gathers what is to be measured, and what can't be.
pub struct Corpora {
    toolbox: Rc<Toolbox>,
    meter: Meter,
    /// What is to be measured.
    pub entries: Vec<Entry>,
    /// What can't be, and why.
    pub skipped: Vec<String>,
}

impl Corpora {
    /// Nothing yet.
    pub fn new(toolbox: Rc<Toolbox>, meter: Meter) -> Corpora {
        Corpora {
            toolbox,
            meter,
            entries: Vec::new(),
            skipped: Vec::new(),
        }
    }

    /// The meter, once all is gathered.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// A copy of our own book, with the crates that it shows and uses.
    ///
    /// # Errors
    ///
    /// If it can't be copied or read.
    pub fn ours(&mut self) -> Result<()> {
        let folder = self.toolbox.empty("ours")?;
        for name in ["src", "crates", "examples"] {
            copy(&self.toolbox.root.join(name), &folder.join(name))?;
        }
        for name in ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"] {
            fs::copy(self.toolbox.root.join(name), folder.join(name))?;
        }
        fs::copy(
            self.toolbox.root.join("book.toml"),
            folder.join("book.toml"),
        )?;
        without_cache(&folder.join("book.toml"))?;
        let subject = Rc::new(Subject::load(OURS, &folder)?);
        let failing = verdict::failing(&self.toolbox, &subject, &self.meter)?;
        let verdict = verdict::entries(&self.toolbox, &subject, failing);
        self.all(OURS, verdict);
        let floor = floor::entries(&self.toolbox, &subject, "floor-ours");
        self.all(OURS, floor);
        let plain = self.toolbox.empty("plain-ours")?;
        stock::plain_book(&subject, &plain)?;
        self.mdbook(OURS, subject.edition.year(), &plain, End::Good);
        let rustdoc = stock::rustdoc(&self.toolbox, &subject, "rustdoc-ours", false);
        self.all(OURS, rustdoc);
        Ok(())
    }

    /// A made-up book. `rivals` also asks the tools that take each block by itself, and so take
    /// ever longer with the blocks.
    ///
    /// # Errors
    ///
    /// If it can't be written, or our tool doesn't hold it true.
    pub fn made_up(&mut self, size: Size, rivals: bool) -> Result<()> {
        let blocks = size.running + size.rejected;
        let name = format!("{MADE_UP}, {blocks} blocks");
        let folder = self.toolbox.empty(&format!("book-{blocks}"))?;
        corpus::write(&folder, size, "2024")?;
        verdict::bless(&self.toolbox, &folder, &self.meter)?;
        let older = self.toolbox.empty(&format!("book-{blocks}-2021"))?;
        copy(&folder, &older)?;
        corpus::write_settings(&older, "2021")?;
        let subject = Rc::new(Subject::load(&name, &folder)?);
        let verdict = verdict::entries(&self.toolbox, &subject, 0);
        self.all(&name, verdict);
        let floor = floor::entries(&self.toolbox, &subject, &format!("floor-{blocks}"));
        self.all(&name, floor);
        let rustdoc = stock::rustdoc(
            &self.toolbox,
            &subject,
            &format!("rustdoc-{blocks}"),
            rivals,
        );
        self.all(&name, rustdoc);
        self.mdbook(&name, "2024", &folder, End::Good);
        self.mdbook(&name, "2021", &older, End::Good);
        if rivals {
            self.one(&name, "skeptic", rivals::skeptic(&self.toolbox, &subject));
            self.one(&name, "trybuild", rivals::trybuild(&self.toolbox, &subject));
            self.one(&name, "ui_test", rivals::ui_test(&self.toolbox, &subject));
        }
        Ok(())
    }

    /// A copy of a real book, whatever does or doesn't hold in it.
    ///
    /// # Errors
    ///
    /// If it can't be copied or read.
    pub fn real(&mut self, from: &Path) -> Result<()> {
        let from =
            fs::canonicalize(from).with_context(|| format!("can't find {}", from.display()))?;
        let name = from
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let folder = self.toolbox.empty("real")?;
        copy(&from, &folder)?;
        without_cache(&folder.join("book.toml"))?;
        let subject = Rc::new(Subject::load(&name, &folder)?);
        let failing = verdict::failing(&self.toolbox, &subject, &self.meter)?;
        let verdict = verdict::entries(&self.toolbox, &subject, failing);
        self.all(&name, verdict);
        let floor = floor::entries(&self.toolbox, &subject, "floor-real");
        self.all(&name, floor);
        self.mdbook(&name, subject.edition.year(), &folder, End::Any);
        Ok(())
    }

    fn mdbook(&mut self, book: &str, edition: &str, folder: &Path, end: End) {
        let entry = match self.toolbox.mdbook {
            Some(_) => Ok(stock::mdbook(
                &self.toolbox,
                book,
                edition,
                folder.to_owned(),
                end,
            )),
            None => Err(anyhow::anyhow!("there is no mdbook on the path")),
        };
        self.one(book, &stock::mdbook_name(edition), entry);
    }

    fn all(&mut self, book: &str, entries: Result<Vec<Entry>>) {
        match entries {
            Ok(entries) => self.entries.extend(entries),
            Err(error) => self.skip(format!("{book}: {error:#}")),
        }
    }

    fn one(&mut self, book: &str, tool: &str, entry: Result<Entry>) {
        match entry {
            Ok(entry) => self.entries.push(entry),
            Err(error) => self.skip(format!("{book}, {tool}: {error:#}")),
        }
    }

    /// Notes something that isn't measured.
    pub fn skip(&mut self, line: String) {
        eprintln!("skipped: {line}");
        self.skipped.push(line);
    }
}

/// Each case has a cache of its own: the book's settings must not name one.
fn without_cache(path: &Path) -> Result<()> {
    let mut toml: toml::Table = fs::read_to_string(path)?.parse()?;
    let verdict = toml
        .get_mut("preprocessor")
        .and_then(|all| all.get_mut("verdict"))
        .and_then(toml::Value::as_table_mut);
    if verdict.is_some_and(|verdict| verdict.remove("cache").is_some()) {
        fs::write(path, toml.to_string())?;
    }
    Ok(())
}

/// Copies a folder, but what was built in it and what git keeps.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from).with_context(|| format!("can't read {}", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let (name, path) = (entry.file_name(), entry.path());
        if name == ".git" || name == "target" {
            continue;
        }
        match path.is_dir() {
            true => copy(&path, &to.join(name))?,
            false => drop(fs::copy(&path, to.join(name))?),
        }
    }
    Ok(())
}
