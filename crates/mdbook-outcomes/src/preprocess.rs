//! As a preprocessor of mdBook: checks under `test`, sets panes under `html`.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::PathBuf;

use mdbook_preprocessor::book::{Book as MdBook, Chapter as MdChapter};
use mdbook_preprocessor::{Preprocessor, PreprocessorContext, parse_input};
use mdbook_verdict::{Block, Book, Chapter, Human, Options, Page, ResultBlock, find, replaced};

use crate::explored::{self, Explored};
use crate::fence::{self, KIND};
use crate::pane::pane;
use crate::{Error, Memory, Records};

/// mdbook-outcomes as a preprocessor. It must run before `links`, and after mdbook-verdict if the
/// book has that too.
#[derive(Debug, Default, Clone, Copy)]
pub struct OutcomesPreprocessor;

impl OutcomesPreprocessor {
    /// Whether a renderer's book is worth preprocessing.
    pub fn supports(renderer: &str) -> bool {
        matches!(renderer, "html" | "test")
    }

    /// Answers mdBook's request on `input`.
    ///
    /// # Errors
    ///
    /// If the request can't be understood, or an outcomes fence doesn't hold.
    pub fn answer(&self, input: impl Read, mut output: impl Write) -> Result<(), Error> {
        let (context, book) =
            parse_input(input).map_err(|error| Error::Protocol(format!("{error:#}")))?;
        let book = self.preprocess(&context, book)?;
        let protocol = |error: String| Error::Protocol(error);
        serde_json::to_writer(&mut output, &book).map_err(|error| protocol(error.to_string()))?;
        output.flush().map_err(|error| protocol(error.to_string()))
    }

    fn preprocess(&self, context: &PreprocessorContext, mut md: MdBook) -> Result<MdBook, Error> {
        if context.renderer == "test" {
            verify(context)?;
            return Ok(md);
        }
        // Explored as they stand on disk: there lines have their numbers.
        let book = Book::load(&context.root)?;
        let memory = Memory::of_book(&book);
        let records = records(context)?;
        let mut panes: BTreeMap<PathBuf, Vec<String>> = BTreeMap::new();
        for page in book.pages("") {
            let set = panes_of(&page, records.as_ref(), &memory)?;
            panes.insert(page.chapter.path, set);
        }
        let mut failed = None;
        md.for_each_chapter_mut(|chapter| match set(chapter, &book, &panes) {
            Ok(Some(content)) => chapter.content = content,
            Ok(None) => {}
            Err(error) => failed = failed.take().or(Some(error)),
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(md),
        }
    }
}

fn verify(context: &PreprocessorContext) -> Result<(), Error> {
    let mut reporter = Human::new(
        io::stderr(),
        &context.root,
        "mdbook-outcomes check --filter",
        "mdbook-outcomes check --bless --filter",
    );
    let summary = crate::check(&context.root, Options::default(), &mut reporter)?;
    match summary.holds() {
        true => Ok(()),
        false => Err(mdbook_verdict::Error::Refuted(summary.failed).into()),
    }
}

/// The runs that are recorded in the file that the book names.
fn records(context: &PreprocessorContext) -> Result<Option<Records>, Error> {
    let named = context
        .config
        .get::<PathBuf>("preprocessor.outcomes.hardware");
    let named = named.map_err(|error| Error::Protocol(format!("{error:#}")))?;
    named
        .map(|path| Records::load(&context.root.join(path)))
        .transpose()
}

/// The pane of each explored block of a page that has an outcomes fence.
fn panes_of(page: &Page, records: Option<&Records>, memory: &Memory) -> Result<Vec<String>, Error> {
    let mut panes = Vec::new();
    for block in page
        .blocks
        .blocks
        .iter()
        .filter(|block| !fences(block).is_empty())
    {
        let explored = Explored::of_fences(block, memory).map_err(|why| Error::Page {
            place: why
                .place
                .map_or_else(|| block.name.clone(), |place| place.to_string()),
            cause: why.cause,
        })?;
        for result in fences(block) {
            let found = explored
                .answers()
                .iter()
                .find(|(model, _)| result.tag.arguments == [model.name()]);
            let cause = match found {
                None => format!("`{}` names no memory model", result.tag.written()),
                Some(_) if !fence::is_explored(block) => {
                    format!("the block before it isn't tagged `{}`", fence::TAG)
                }
                Some((_, found)) if explored::lines(found) != result.text => {
                    "this is not what the explorer finds; mdbook-outcomes check tells more"
                        .to_owned()
                }
                Some(_) => continue,
            };
            return Err(Error::Page {
                place: result.location.to_string(),
                cause,
            });
        }
        let recorded = records.and_then(|records| Some((&records.machine, records.of(block)?)));
        if let Some((_, record)) = recorded
            && let Some(line) = record.forbidden(block, memory)?.first()
        {
            return Err(Error::Page {
                place: block.name.clone(),
                cause: format!("a run is recorded that showed `{line}`, which isn't allowed"),
            });
        }
        panes.push(pane(block, &explored, recorded, memory));
    }
    Ok(panes)
}

fn fences(block: &Block) -> Vec<&ResultBlock> {
    block
        .fences
        .iter()
        .filter(|fence| fence.tag.kind == KIND)
        .collect()
}

/// The chapter's text with panes in the place of fences; none if it has none.
fn set(
    chapter: &MdChapter,
    book: &Book,
    panes: &BTreeMap<PathBuf, Vec<String>>,
) -> Result<Option<String>, Error> {
    let Some(path) = &chapter.path else {
        return Ok(None);
    };
    let Some(panes) = panes.get(path).filter(|panes| !panes.is_empty()) else {
        return Ok(None);
    };
    let file = chapter.source_path.as_ref().unwrap_or(path);
    let file = book.root.join(&book.config.src).join(file);
    let ours = Chapter::new(path.clone(), file, &book.root, chapter.content.clone());
    let expanded = ours.expand(&book.root);
    let blocks = find(&expanded.text, book.config.edition, "");
    let page = Page {
        chapter: ours,
        expanded,
        blocks,
    };
    let all = page
        .blocks
        .blocks
        .iter()
        .filter(|block| !fences(block).is_empty());
    let all: Vec<_> = all.collect();
    if all.len() != panes.len() {
        return Err(Error::Changed(path.clone()));
    }
    let text = page.expanded.text.as_str();
    let mut parts = Vec::new();
    for (block, pane) in all.into_iter().zip(panes) {
        parts.extend(in_place(text, &fences(block), pane));
    }
    Ok(Some(replaced(&page, parts)))
}

/// Puts the pane where the first fence is, and takes the others away.
fn in_place(text: &str, fences: &[&ResultBlock], pane: &str) -> Vec<(Range<usize>, String)> {
    let mut parts = Vec::new();
    for (at, fence) in fences.iter().enumerate() {
        let range = fence.place.range.clone();
        // mdbook-verdict has set the frame already.
        let before = text[..range.start].trim_end_matches([' ', '\t', '\n', '>']);
        let framed = before.ends_with("</figcaption");
        let html = match (at, framed) {
            (0, true) => pane.to_owned(),
            (0, false) => format!(
                "<figure class=\"pane pane-explored\"><figcaption>Explored: everything that can happen</figcaption>{pane}</figure>"
            ),
            _ => String::new(),
        };
        parts.push((range, html));
    }
    parts
}

impl Preprocessor for OutcomesPreprocessor {
    fn name(&self) -> &str {
        "outcomes"
    }

    fn run(&self, context: &PreprocessorContext, book: MdBook) -> anyhow::Result<MdBook> {
        Ok(self.preprocess(context, book)?)
    }

    fn supports_renderer(&self, renderer: &str) -> anyhow::Result<bool> {
        Ok(OutcomesPreprocessor::supports(renderer))
    }
}
