//! A book that is measured: where it lies, its blocks, and one of them to change.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mdbook_verdict::{Block, Book, Edition, Options, Promise, Verifier};

/// A book that is measured. It lies in a folder of the bench, so that it may be changed.
pub struct Subject {
    /// What the tables call it.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// The edition of blocks that name none.
    pub edition: Edition,
    /// Its blocks, and the chapter of each.
    pub blocks: Vec<(usize, Block)>,
    /// What rustc is told so that it finds the crates that blocks may name.
    pub flags: Vec<OsString>,
    /// The names of blocks that use such a crate.
    outside: BTreeSet<String>,
    /// The block that is broken, or edited.
    pub chosen: Chosen,
}

/// A block that runs, to be changed in its Markdown.
#[derive(Clone)]
pub struct Chosen {
    file: PathBuf,
    /// The file as it is.
    text: String,
    /// How many lines stand before the block's code.
    lines: usize,
    /// Its number among the book's blocks.
    pub number: usize,
}

impl Subject {
    /// Reads the book in a folder.
    ///
    /// # Errors
    ///
    /// If it can't be read, or has no block that could be changed.
    pub fn load(name: &str, folder: &Path) -> Result<Subject> {
        let book = Book::load(folder)?;
        let options = Options {
            no_cache: true,
            ..Options::default()
        };
        let verifier = Verifier::new(folder, &book.config, &options)?;
        let outside = verifier.outside(&book)?;
        let pages = book.pages(&verifier.toolchain().host);
        let blocks: Vec<(usize, Block)> = pages
            .into_iter()
            .enumerate()
            .flat_map(|(chapter, page)| {
                page.blocks
                    .blocks
                    .into_iter()
                    .map(move |block| (chapter, block))
            })
            .collect();
        let chosen = Chosen::number(&blocks).context("it has no block that could be changed")?;
        Ok(Subject {
            name: name.to_owned(),
            folder: folder.to_owned(),
            edition: book.config.edition,
            flags: verifier.dependencies().flags(),
            chosen: Chosen::load(folder, &blocks[chosen].1, chosen)?,
            outside,
            blocks,
        })
    }

    /// The blocks that promise something like this.
    pub fn that(&self, wanted: impl Fn(&Promise) -> bool) -> impl Iterator<Item = &Block> {
        let blocks = self.blocks.iter().map(|(_, block)| block);
        blocks.filter(move |block| wanted(&Promise::of(block)))
    }

    /// Its blocks as plain Markdown, a text for each chapter: fences as they are, includes in
    /// place, nothing else. Stock tools know no crates: what needs one is for them to ignore.
    pub fn plain(&self) -> Vec<String> {
        let chapters = self.blocks.last().map_or(0, |(chapter, _)| chapter + 1);
        let mut texts = vec![String::new(); chapters];
        for (chapter, block) in &self.blocks {
            let fence = "`".repeat(10);
            let ignore = if self.outside.contains(&block.name) {
                ",ignore"
            } else {
                ""
            };
            let info = format!("{}{ignore}", block.info);
            let end = if block.code.ends_with('\n') { "" } else { "\n" };
            texts[*chapter] += &format!("{fence}{info}\n{}{end}{fence}\n\n", block.code);
        }
        texts
    }
}

impl Chosen {
    /// The number of a block from the middle of the book that runs, shows nothing, and stands in
    /// its chapter's file, not in a list or a quote.
    fn number(blocks: &[(usize, Block)]) -> Option<usize> {
        let fits = |block: &Block| {
            let (fence, first) = (&block.location, block.origins.first());
            Promise::of(block) == Promise::Runs
                && block.fences.is_empty()
                && block.place.fenced
                && block.place.prefix.is_empty()
                && !block.code.contains("#!")
                && first.is_some_and(|at| at.file == fence.file && at.line == fence.line + 1)
        };
        let fitting: Vec<usize> = (0..blocks.len())
            .filter(|number| fits(&blocks[*number].1))
            .collect();
        fitting.get(fitting.len() / 2).copied()
    }

    fn load(root: &Path, block: &Block, number: usize) -> Result<Chosen> {
        let file = root.join(&block.location.file);
        let text =
            fs::read_to_string(&file).with_context(|| format!("can't read {}", file.display()))?;
        Ok(Chosen {
            file,
            text,
            lines: block.location.line,
            number,
        })
    }

    /// Puts a line before the block's first, and takes it out again when the answer is dropped.
    ///
    /// # Errors
    ///
    /// If the file can't be written.
    pub fn change(&self, line: &str) -> Result<Changed> {
        let mut lines: Vec<&str> = self.text.split_inclusive('\n').collect();
        let line = format!("{line}\n");
        lines.insert(self.lines, &line);
        fs::write(&self.file, lines.concat())
            .with_context(|| format!("can't write {}", self.file.display()))?;
        Ok(Changed(self.clone()))
    }
}

/// A changed chapter; as it was once this is dropped.
pub struct Changed(Chosen);

impl Drop for Changed {
    fn drop(&mut self) {
        if let Err(error) = fs::write(&self.0.file, &self.0.text) {
            eprintln!("warning: {} stays changed: {error}", self.0.file.display());
        }
    }
}
