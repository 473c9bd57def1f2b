//! Finds the blocks that need a crate, and those that need none.

use std::collections::BTreeSet;
use std::io;

use regex::Regex;

use super::Verifier;
use crate::blocks::Block;
use crate::book::Book;
use crate::cache::Key;
use crate::compile::{self, Depth};
use crate::dependencies::Dependencies;
use crate::error::Error;
use crate::judge;
use crate::plan::Promise;
use crate::playground;

impl Verifier {
    /// The names of the blocks that should compile, but don't without the book's dependencies.
    ///
    /// # Errors
    ///
    /// If a block can't be given to the compiler.
    pub fn outside(&self, book: &Book) -> Result<BTreeSet<String>, Error> {
        self.needing_a_crate(book, |block| {
            !matches!(Promise::of(block), Promise::Ignored | Promise::Rejected(_))
        })
    }

    /// The names of the blocks that can be compiled, or run, where there is nothing but the standard
    /// library, to see what they promise: on the Rust Playground.
    ///
    /// # Errors
    ///
    /// If a block can't be given to the compiler.
    pub fn playable(&self, book: &Book) -> Result<BTreeSet<String>, Error> {
        let needing = self.needing_a_crate(book, playground::is_worth_it)?;
        let pages = book.pages(&self.toolchain.host).into_iter();
        let blocks = pages.flat_map(|page| page.blocks.blocks);
        let playable = blocks
            .filter(|block| playground::is_worth_it(block) && !needing.contains(&block.name))
            .map(|block| block.name);
        Ok(playable.collect())
    }

    /// The names of those among the wanted blocks that need the book's dependencies.
    fn needing_a_crate(
        &self,
        book: &Book,
        wanted: impl Fn(&Block) -> bool,
    ) -> Result<BTreeSet<String>, Error> {
        let names: Vec<_> = self.dependencies.names().map(regex::escape).collect();
        if names.is_empty() {
            return Ok(BTreeSet::new());
        }
        let named = Regex::new(&format!(r"\b(?:{})\b", names.join("|"))).expect("a valid regex");
        let mut needing = BTreeSet::new();
        for page in book.pages(&self.toolchain.host) {
            for block in page.blocks.blocks {
                if wanted(&block) && named.is_match(&block.code) && self.lacks_a_crate(&block)? {
                    needing.insert(block.name);
                }
            }
        }
        Ok(needing)
    }

    /// Whether rustc misses a crate where the block has none.
    fn lacks_a_crate(&self, block: &Block) -> Result<bool, Error> {
        let key = Key::of([
            b"lacks a crate".as_slice(),
            self.toolchain.identity.as_bytes(),
            block.edition.year().as_bytes(),
            block.code.as_bytes(),
        ]);
        if let Some(lacks) = self.cache.get(&key) {
            return Ok(lacks);
        }
        let cannot = |cause: io::Error| Error::Block {
            name: block.name.clone(),
            cause: cause.to_string(),
        };
        let folder = tempfile::tempdir().map_err(cannot)?;
        let none = Dependencies::default();
        let compiled = compile::compile(block, Depth::Check, &self.toolchain, &none, folder.path());
        let lacks = judge::missing_crate(&compiled.map_err(cannot)?.codes());
        self.cache.put(&key, &lacks);
        Ok(lacks)
    }
}
