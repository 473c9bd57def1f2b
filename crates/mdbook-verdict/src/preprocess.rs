//! As a preprocessor of mdBook: verifies under `test`, sets panes under `html`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::path::Path;

use mdbook_preprocessor::book::{Book as MdBook, Chapter as MdChapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};

use crate::blocks::ResultBlock;
use crate::book::{Book, Chapter};
use crate::config::Config;
use crate::error::Error;
use crate::files::FileLinks;
use crate::finding::Level;
use crate::panes;
use crate::quiz::{self, Question};
use crate::report::Human;
use crate::toolchain::Toolchain;
use crate::verify::{Options, Verifier};

/// mdbook-verdict as a preprocessor. It must run before `links`, since it needs positions.
#[derive(Debug, Default, Clone, Copy)]
pub struct Verdict;

impl Verdict {
    /// Whether a renderer's book is worth preprocessing.
    pub fn supports(renderer: &str) -> bool {
        matches!(renderer, "html" | "test")
    }

    /// Answers mdBook's request on `input`.
    ///
    /// # Errors
    ///
    /// If the request can't be understood, or the book doesn't hold: reported to standard error.
    pub fn answer(&self, input: impl Read, mut output: impl Write) -> Result<(), Error> {
        let (context, book) =
            parse_input(input).map_err(|error| Error::Protocol(format!("{error:#}")))?;
        let book = self.preprocess(&context, book)?;
        serde_json::to_writer(&mut output, &book)
            .map_err(|error| Error::Protocol(error.to_string()))?;
        output
            .flush()
            .map_err(|error| Error::Protocol(error.to_string()))
    }

    fn preprocess(&self, context: &PreprocessorContext, mut md: MdBook) -> Result<MdBook, Error> {
        let root = &context.root;
        let mut config = Config::load(root)?;
        config.files = FileLinks::of(&context.config, root)?;
        let book = Book {
            root: root.clone(),
            chapters: md
                .chapters()
                .filter_map(|chapter| ours(chapter, root, &config))
                .collect(),
            config,
            faults: Vec::new(),
        };
        let testing = context.renderer == "test";
        let outside = match testing || book.config.verify {
            true => verify(&book)?,
            false => {
                refuse_missing_includes(&book)?;
                BTreeSet::new()
            }
        };
        // Panes need no compiler: the host only decides about `ignore-TARGET`.
        let target = Toolchain::find(root).map_or_else(|_| String::new(), |found| found.host);
        let pages = book.pages(&target).into_iter();
        let questions = match testing {
            true => BTreeMap::new(),
            false => questions(&book, &target)?,
        };
        let playable = match book.config.playground && !testing {
            true => Verifier::new(root, &book.config, &Options::default())?.playable(&book)?,
            false => BTreeSet::new(),
        };
        let mut pages: BTreeMap<_, _> = pages
            .map(|page| (page.chapter.path.clone(), page))
            .collect();
        md.for_each_chapter_mut(|chapter| {
            let page = chapter.path.as_ref().and_then(|path| pages.remove(path));
            let Some(page) = page else { return };
            chapter.content = match testing {
                true => panes::with_ignored(&page, |block| outside.contains(&block.name)),
                false => panes::paned(&page, &questions, &playable, &book.config),
            };
        });
        Ok(md)
    }
}

/// The chapter as we know it; its text is what earlier preprocessors made of the file.
fn ours(chapter: &MdChapter, root: &Path, config: &Config) -> Option<Chapter> {
    let path = chapter.path.clone()?;
    let file = chapter.source_path.as_ref().unwrap_or(&path);
    let file = root.join(&config.src).join(file);
    Some(Chapter::new(path, file, root, chapter.content.clone()))
}

/// Checks the book, and gives the names of the blocks that plain rustdoc can't compile.
fn verify(book: &Book) -> Result<BTreeSet<String>, Error> {
    let options = Options::default();
    let verifier = Verifier::new(&book.root, &book.config, &options)?;
    let summary = verifier.check(book, &options, &mut reporter(book))?;
    if !summary.holds() {
        return Err(Error::Refuted(summary.failed));
    }
    let outside = verifier.outside(book)?;
    if !outside.is_empty() {
        eprintln!(
            "{} of {} blocks name an external crate: verified here, ignored by rustdoc",
            outside.len(),
            summary.counts.blocks
        );
    }
    Ok(outside)
}

fn reporter(book: &Book) -> Human<io::Stderr> {
    Human::new(
        io::stderr(),
        &book.root,
        "mdbook-verdict check --filter",
        "mdbook-verdict check --bless --filter",
    )
    .explained_by("mdbook-verdict --explain")
}

/// The answers of the book's quizzes: nobody has typed them in, so they are found out.
fn questions(book: &Book, target: &str) -> Result<BTreeMap<String, Question>, Error> {
    let pages = book.pages(target);
    let is_quiz = |stray: &ResultBlock| stray.tag.kind == quiz::KIND;
    let asked = pages.iter().any(|page| {
        let (blocks, strays) = (&page.blocks.blocks, &page.blocks.strays);
        blocks.iter().any(quiz::is_asked) || strays.iter().any(is_quiz)
    });
    if !asked {
        return Ok(BTreeMap::new());
    }
    let verifier = Verifier::new(&book.root, &book.config, &Options::default())?;
    verifier.questions(book, &mut reporter(book))
}

/// mdBook itself would only log them, and show an empty block.
fn refuse_missing_includes(book: &Book) -> Result<(), Error> {
    let faults: Vec<_> = book
        .chapters
        .iter()
        .flat_map(|chapter| chapter.expand(&book.root).faults)
        .filter(|fault| book.config.level(fault.rule) == Level::Error)
        .collect();
    for fault in &faults {
        eprintln!("error[{}]: {}: {}", fault.rule, fault.location, fault.came);
    }
    match faults.len() {
        0 => Ok(()),
        count => Err(Error::Refuted(count)),
    }
}

impl Preprocessor for Verdict {
    fn name(&self) -> &str {
        "verdict"
    }

    fn run(&self, context: &PreprocessorContext, book: MdBook) -> anyhow::Result<MdBook> {
        Ok(self.preprocess(context, book)?)
    }

    fn supports_renderer(&self, renderer: &str) -> anyhow::Result<bool> {
        Ok(Verdict::supports(renderer))
    }
}
