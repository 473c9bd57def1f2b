//! The faults that mdbook-admonish lets pass.

use crate::kind::{self, Meanings, Unreadable};
use crate::markdown::{Container, Fence, Piece, Reader, fences, line_of, pieces};
use crate::mend::{Opening, prepare};
use crate::settings::Settings;
use crate::{Error, Rule, engine};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// A fault and its line in the chapter's text, from 1.
pub(crate) type Found = (usize, Rule);

/// The admonitions of a chapter: fences that mdBook and mdbook-admonish both
/// see, and that begin with its word.
pub(crate) fn admonitions(markdown: &str, settings: &Settings) -> Vec<Fence> {
    let theirs: BTreeSet<usize> = fences(markdown, Reader::Admonish)
        .iter()
        .map(|fence| fence.span.start)
        .collect();
    fences(markdown, settings.page())
        .into_iter()
        .filter(|fence| fence.has_the_keyword() && theirs.contains(&fence.span.start))
        .collect()
}

/// The faults of one chapter that can be seen in its text alone.
pub(crate) fn written(markdown: &str, settings: &Settings, meanings: &Meanings) -> Vec<Found> {
    let boxes = admonitions(markdown, settings);
    let mut found = not_seen(markdown, settings, &boxes);
    let mut ids = Ids::of_chapter(markdown, settings);
    let mut closed_early = false;
    for fence in &boxes {
        let line = line_of(markdown, fence.span.start);
        if !fence.closed {
            found.push((line, Rule::Unclosed));
            closed_early = true;
        }
        for setting in kind::unknown_settings(&fence.info) {
            found.push((line, Rule::UnknownSetting(setting)));
        }
        match meanings.get(&fence.opening) {
            Some(Err(Unreadable::Kind(kind))) => {
                found.push((line, Rule::UnknownKind(kind.clone())))
            }
            Some(Err(Unreadable::Syntax(why))) => found.push((line, Rule::Syntax(why.clone()))),
            Some(Ok(meaning)) => {
                if let Some(id) = meaning.id.as_ref().filter(|id| !ids.take(id)) {
                    found.push((line, Rule::Id(id.clone())));
                }
            }
            None => {}
        }
        for inner in fences(&fence.body, settings.page()) {
            let inner_line = line + line_of(&fence.body, inner.span.start);
            if !inner.closed && fence.closed {
                found.push((line, Rule::ClosedEarly));
                closed_early = true;
            }
            if inner.is_meant_as_admonition() {
                found.push((inner_line, Rule::Nested));
            }
            if let Some(why) = settings.hides_rust().filter(|_| inner.is_tested_rust()) {
                found.push((inner_line, Rule::HiddenRust(why)));
            }
        }
    }
    if let (Some(first), false) = (boxes.first(), closed_early) {
        let stray = fences(markdown, settings.page())
            .into_iter()
            .find(|fence| !fence.closed && fence.span.start > first.span.end);
        if let Some(fence) = stray {
            found.push((line_of(markdown, fence.span.start), Rule::StrayFence));
        }
    }
    found.sort_by_key(|(line, _)| *line);
    found
}

/// Fences that are meant as admonitions and would stay code or text.
fn not_seen(markdown: &str, settings: &Settings, boxes: &[Fence]) -> Vec<Found> {
    let seen: BTreeSet<usize> = boxes.iter().map(|fence| fence.span.start).collect();
    let mut found = Vec::new();
    // Where a fence is no fence: code, and text that is shown as it is or not
    // at all. It may be what the author wants there.
    let mut code = Vec::new();
    let mut html = Vec::new();
    for piece in pieces(markdown, settings.page()) {
        match piece {
            Piece::Fence(fence) => {
                if fence.is_meant_as_admonition() && !seen.contains(&fence.span.start) {
                    let why = if fence.has_the_keyword() {
                        "mdbook-admonish takes this place for something other than a fence"
                    } else {
                        "the first word must be `admonish`, in small letters, and a space must follow it"
                    };
                    found.push((line_of(markdown, fence.span.start), Rule::NotSeen(why)));
                }
                code.push(fence.span);
            }
            Piece::IndentedCode(span) => code.push(span),
            Piece::HtmlBlock(span) => {
                let text = markdown[span.clone()].to_ascii_lowercase();
                let verbatim = ["<!", "<?", "<pre", "<script", "<style", "<textarea"];
                if verbatim.iter().any(|tag| text.contains(tag)) {
                    code.push(span);
                } else {
                    html.push(span);
                }
            }
            _ => {}
        }
    }
    let mut start = 0;
    for (number, line) in markdown.split_inclusive('\n').enumerate() {
        let span = start..start + line.len();
        start = span.end;
        let is_in = |places: &[Range<usize>]| {
            let meets = |place: &Range<usize>| place.start < span.end && span.start < place.end;
            places.iter().any(meets)
        };
        let Some(words) = looks_like_a_fence(line).filter(|_| !is_in(&code)) else {
            continue;
        };
        let why = if is_in(&html) {
            "it is inside raw HTML; leave an empty line before it"
        } else if words.contains('`') {
            "with a backtick in its title it is no fence; write ~~~ instead of the backticks before it"
        } else {
            "Markdown sees no fence here"
        };
        found.push((number + 1, Rule::NotSeen(why)));
    }
    found
}

/// The words of a line that an author means as an admonition's fence.
fn looks_like_a_fence(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(|c| " \t>-*+.)0123456789".contains(c));
    let words = line.trim_start_matches(['`', '~']);
    let marks = &line[..line.len() - words.len()];
    // Closed in its own line, it is code in a sentence.
    let fence = marks.len() >= 3 && !words.contains(marks);
    (fence && words.trim_start().starts_with("admon")).then_some(words)
}

/// The faults of chapters that only show in what mdbook-admonish makes of
/// them: boxes that fall out of their containers, Rust that strip loses.
///
/// Only for chapters in which [`written`] found nothing: an unclosed fence can
/// make mdbook-admonish panic.
pub(crate) fn rendered(chapters: &[&str], settings: &Settings) -> Result<Vec<Vec<Found>>, Error> {
    let as_page = chapters.iter().map(|text| prepare(text, settings, true));
    let pages = engine::render_each(&settings.table, as_page)?;
    let as_test = chapters.iter().map(|text| prepare(text, settings, false));
    let tests = engine::strip_each(&settings.table, as_test)?;
    let found = chapters.iter().zip(pages.iter().zip(&tests));
    Ok(found
        .map(|(text, (page, test))| {
            let mut found = fallen_out(text, page, settings);
            found.extend(lost_rust(text, test, settings));
            found.sort_by_key(|(line, _)| *line);
            found
        })
        .collect())
}

/// A place where a box is, or must come to be.
pub(crate) struct Mark {
    pub(crate) within: Vec<Container>,
    /// The admonition that must come out here; none for a box that the author
    /// wrote as HTML.
    pub(crate) fence: Option<Fence>,
}

/// The places of all boxes that a chapter's page must have, in order.
pub(crate) fn marks(markdown: &str, settings: &Settings) -> Vec<Mark> {
    let mut boxes: BTreeMap<usize, Fence> = admonitions(markdown, settings)
        .into_iter()
        .map(|fence| (fence.span.start, fence))
        .collect();
    let mark = |piece| match piece {
        Piece::Fence(fence) => boxes.remove(&fence.span.start).map(|fence| Mark {
            within: fence.within.clone(),
            fence: Some(fence),
        }),
        Piece::Html { span, within } => Opening::read(&markdown[span]).map(|_| Mark {
            within,
            fence: None,
        }),
        _ => None,
    };
    pieces(markdown, settings.page())
        .into_iter()
        .filter_map(mark)
        .collect()
}

fn fallen_out(markdown: &str, page: &str, settings: &Settings) -> Vec<Found> {
    let mut came = pieces(page, settings.page())
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Html { span, within } => Opening::read(&page[span]).map(|_| within),
            _ => None,
        });
    let mut found = Vec::new();
    for mark in marks(markdown, settings) {
        let came_out = came.next();
        let Some(fence) = mark.fence else { continue };
        if came_out.as_ref() != Some(&mark.within) {
            let container = mark.within.last().map_or("place", |inner| inner.name());
            let line = line_of(markdown, fence.span.start);
            found.push((line, Rule::FallsOut(container)));
        }
    }
    found
}

fn lost_rust(markdown: &str, test: &str, settings: &Settings) -> Vec<Found> {
    // What must be tested: the Rust outside of the boxes, and that inside.
    let mut wanted = Vec::new();
    for fence in fences(markdown, Reader::Rustdoc) {
        wanted.push((line_of(markdown, fence.span.start), fence));
    }
    for outer in admonitions(markdown, settings) {
        let line = line_of(markdown, outer.span.start);
        for inner in fences(&outer.body, settings.page()) {
            wanted.push((line + line_of(&outer.body, inner.span.start), inner));
        }
    }
    // How often rustdoc sees each block when the boxes are stripped.
    let mut tested: HashMap<(String, String), usize> = HashMap::new();
    for fence in fences(test, Reader::Rustdoc) {
        *tested.entry(key(&fence)).or_default() += 1;
    }
    let why = "rustdoc finds no such block when the admonitions' fences are stripped";
    let lost = |(line, fence): (usize, Fence)| match tested.get_mut(&key(&fence)) {
        Some(times) if *times > 0 => {
            *times -= 1;
            None
        }
        _ => Some((line, Rule::HiddenRust(why))),
    };
    wanted
        .into_iter()
        .filter(|(_, fence)| fence.is_tested_rust())
        .filter_map(lost)
        .collect()
}

/// What makes a block the same block for rustdoc.
fn key(fence: &Fence) -> (String, String) {
    (fence.info.clone(), fence.body.replace('\r', ""))
}

/// The ids of a page that are taken.
pub(crate) struct Ids(BTreeSet<String>);

impl Ids {
    /// The ids of a chapter's headings and raw HTML.
    pub(crate) fn of_chapter(markdown: &str, settings: &Settings) -> Self {
        let mut taken = BTreeSet::new();
        let mut counter = HashMap::new();
        for piece in pieces(markdown, settings.page()) {
            match piece {
                Piece::Heading { id: Some(id), .. } => {
                    taken.insert(id);
                }
                Piece::Heading { text, id: None } => {
                    let id = mdbook::utils::unique_id_from_content(&text, &mut counter);
                    taken.insert(id);
                }
                Piece::Html { span, .. } | Piece::InlineHtml(span) => {
                    let mut rest = &markdown[span];
                    while let Some((_, value)) = rest.split_once(" id=") {
                        let id = value.trim_start_matches(['"', '\'']);
                        let end = id.find(['"', '\'', '>', ' ', '\n']).unwrap_or(id.len());
                        taken.insert(id[..end].to_owned());
                        rest = value;
                    }
                }
                _ => {}
            }
        }
        Ids(taken)
    }

    /// Takes an id; false if it can't be one or is taken.
    pub(crate) fn take(&mut self, id: &str) -> bool {
        let bad = |c: char| c.is_whitespace() || "\"'<>&".contains(c);
        !id.is_empty() && !id.contains(bad) && self.0.insert(id.to_owned())
    }

    /// Takes this id, or the first free one made from it.
    pub(crate) fn free(&mut self, id: &str) -> String {
        let mut free = id.to_owned();
        let mut number = 1;
        while !self.0.insert(free.clone()) {
            number += 1;
            free = format!("{id}-{number}");
        }
        free
    }
}
