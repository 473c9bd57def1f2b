//! Sets blocks and their result fences as labelled panes on the page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::asm;
use crate::blocks::{Block, Place, ResultBlock};
use crate::book::Page;
use crate::config::Config;
use crate::figure::{self, Figure};
use crate::files;
use crate::include;
use crate::plan::Promise;
use crate::playground;
use crate::quiz::page::Replaced;
use crate::quiz::{self, Question};

/// The kind of fence that says what every schedule comes to: another program fills its pane.
const EXPLORED: &str = "outcomes";

/// The chapter's text with every Rust block, and the result fences behind it, set as labelled
/// figures, and every quiz as its question; ready for mdBook's `links`. The figures of the blocks
/// whose names are in `playable` say what the Rust Playground needs.
pub fn paned(
    page: &Page,
    questions: &BTreeMap<String, Question>,
    playable: &BTreeSet<String>,
    config: &Config,
) -> String {
    let text = page.expanded.text.as_str();
    let ids = page.block_ids();
    let address = |code: &str| config.code_address(&page.chapter.path, code);
    let mut insertions = Vec::new();
    let mut replaced = Vec::new();
    for (number, block) in page.blocks.blocks.iter().enumerate() {
        if let Some(question) = questions.get(&block.name) {
            let name = quiz::page::name(&page.chapter.path, number);
            let setting = quiz::page::Setting {
                text,
                name: &name,
                id: &ids[number],
                address: &address,
            };
            quiz::page::set(&setting, block, question, &mut insertions, &mut replaced);
            continue;
        }
        if Promise::of(block) == Promise::Ignored || !block.place.fenced {
            continue;
        }
        let group = group(text, block);
        let last = group.last().map_or(&block.place, |fence| &fence.place);
        let (class, caption) = block_caption(block, &address);
        let caption = caption + &files::caption(block, config.files.as_ref());
        let mut figure = open(class, &caption);
        if playable.contains(&block.name) {
            figure = figure.replacen('>', &format!("{}>", playground::attributes(block)), 1);
        }
        before(
            &mut insertions,
            &block.place,
            &format!("<div class=\"verdict\" id=\"{}\">\n{figure}", ids[number]),
        );
        after(&mut insertions, &block.place, "</figure>");
        for (at, result) in block.fences.iter().enumerate() {
            let grouped = group.iter().any(|other| std::ptr::eq(*other, result));
            // Explored under several models, a program has one pane.
            let explored = |at: usize| group.get(at).is_some_and(|it| it.tag.kind == EXPLORED);
            let (begins, ends) = match explored(at) {
                true => (at == 0 || !explored(at - 1), !explored(at + 1)),
                false => (true, true),
            };
            let (class, caption) = fence_caption(result);
            let figure = figure::of(result);
            let opening = match &figure {
                Some(figure) => drawn(figure),
                None => open(class, &caption),
            };
            let close = match &figure {
                Some(_) => "</details>\n</figure>",
                None => "</figure>",
            };
            match grouped {
                true if !begins => {}
                true => before(&mut insertions, &result.place, &opening),
                false => before(
                    &mut insertions,
                    &result.place,
                    &format!("<div class=\"verdict\">\n{opening}"),
                ),
            }
            let end = if grouped { "" } else { "\n</div>" };
            if ends {
                after(&mut insertions, &result.place, &format!("{close}{end}"));
            }
        }
        after(&mut insertions, last, "</div>");
    }
    for block in &page.blocks.included {
        if let Some(caption) = files::caption_of_included(block, config.files.as_ref()) {
            let open = format!("<div class=\"verdict\">\n{}", open("source", &caption));
            before(&mut insertions, &block.place, &open);
            after(&mut insertions, &block.place, "</figure>\n</div>");
        }
    }
    finish(page, insertions, replaced)
}

/// The chapter's text as rustdoc is to see it: blocks of which `ignored` says so are marked.
pub fn with_ignored(page: &Page, ignored: impl Fn(&Block) -> bool) -> String {
    let text = page.expanded.text.as_str();
    let mut insertions = Vec::new();
    for block in page.blocks.blocks.iter().filter(|block| ignored(block)) {
        let fence = &text[block.place.range.start..];
        let tick = fence.chars().next().unwrap_or('`');
        let info = fence.len() - fence.trim_start_matches(tick).len();
        let at = block.place.range.start + info;
        match fence[info..].trim_start().starts_with("rust") {
            true => {
                let rust = fence[info..].find("rust").unwrap_or(0) + "rust".len();
                insertions.push((at + rust, ",ignore".to_owned()));
            }
            false => insertions.push((at, "ignore,".to_owned())),
        }
    }
    finish(page, insertions, Vec::new())
}

/// The chapter's text with parts of it replaced (they don't overlap, and are in order), ready for
/// mdBook's `links`: for programs that set panes of their own.
pub fn replaced(page: &Page, parts: Vec<(Range<usize>, String)>) -> String {
    finish(page, Vec::new(), parts)
}

/// Applies insertions and replacements, and makes the text safe for mdBook's `links`: it is expanded already.
fn finish(page: &Page, mut insertions: Vec<(usize, String)>, replaced: Replaced) -> String {
    let text = page.expanded.text.as_str();
    for at in include::escapes(text) {
        insertions.push((at, "\\".to_owned()));
    }
    let inserted = insertions.into_iter().map(|(at, text)| (at..at, text));
    let mut edits: Vec<_> = inserted.chain(replaced).collect();
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() * 2);
    let mut copied = 0;
    for (range, inserted) in edits {
        if range.start < copied {
            continue; // in a part that is replaced
        }
        out.push_str(&text[copied..range.start]);
        out.push_str(&inserted);
        copied = range.end;
    }
    out.push_str(&text[copied..]);
    if let Some(title) = &page.expanded.title {
        out.push_str(&format!("\n\n{{{{#title {title}}}}}\n"));
    }
    out
}

/// The result fences that follow a block with nothing but blank lines between.
pub(crate) fn group<'b>(text: &str, block: &'b Block) -> Vec<&'b ResultBlock> {
    let mut end = block.place.range.end;
    let mut group = Vec::new();
    for fence in &block.fences {
        let between = &text[end..fence.place.range.start];
        if !between.chars().all(|c| c.is_whitespace() || c == '>') {
            break;
        }
        end = fence.place.range.end;
        group.push(fence);
    }
    group
}

pub(crate) fn before(insertions: &mut Vec<(usize, String)>, place: &Place, html: &str) {
    let prefix = &place.prefix;
    let lines = html
        .lines()
        .collect::<Vec<_>>()
        .join(&format!("\n{prefix}"));
    insertions.push((
        place.range.start,
        format!("{lines}\n{}\n{prefix}", prefix.trim_end()),
    ));
}

pub(crate) fn after(insertions: &mut Vec<(usize, String)>, place: &Place, html: &str) {
    let prefix = &place.prefix;
    let blank = format!("\n{}", prefix.trim_end());
    let lines = html
        .lines()
        .collect::<Vec<_>>()
        .join(&format!("\n{prefix}"));
    insertions.push((place.range.end, format!("{blank}\n{prefix}{lines}{blank}")));
}

pub(crate) fn open(class: &str, caption: &str) -> String {
    format!("<figure class=\"pane pane-{class}\">\n<figcaption>{caption}</figcaption>")
}

/// The opening of a figure: its picture, and the text that it is drawn from, folded.
fn drawn(figure: &Figure) -> String {
    format!(
        "{}\n<div class=\"figure\" style=\"overflow-x:auto\">{}</div>\n<details>\n<summary>As text</summary>",
        open("figure", &figure.caption),
        figure.svg
    )
}

fn block_caption(block: &Block, address: &dyn Fn(&str) -> String) -> (&'static str, String) {
    match Promise::of(block) {
        Promise::Rejected(codes) if codes.is_empty() => ("rejected", "Rejected".to_owned()),
        Promise::Rejected(codes) => {
            let links: Vec<_> = codes
                .iter()
                .map(|code| format!("<a href=\"{}\">{code}</a>", address(code)))
                .collect();
            ("rejected", format!("Rejected: {}", links.join(", ")))
        }
        Promise::Panics => ("panics", "Compiles, and panics".to_owned()),
        Promise::Compiles => ("accepted", "Compiles".to_owned()),
        Promise::Runs | Promise::Ignored => ("accepted", "Compiles and runs".to_owned()),
    }
}

pub(crate) fn fence_caption(result: &ResultBlock) -> (&'static str, Cow<'static, str>) {
    if result.tag.kind == asm::KIND {
        return (asm::KIND, asm::caption(&result.tag.arguments).into());
    }
    let (class, caption) = match (result.tag.kind.as_str(), result.tag.arguments.is_empty()) {
        ("output", true) => ("output", "Output"),
        ("output", false) => ("output", "Output, its lines in any order"),
        ("stderr", _) => ("stderr", "Error output"),
        ("diagnostic", _) => ("diagnostic", "The compiler says"),
        (EXPLORED, _) => ("explored", "Explored: everything that can happen"),
        _ => ("result", "Result"),
    };
    (class, caption.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Chapter;
    use crate::{blocks, tags::Edition};
    use std::path::Path;

    fn page(markdown: &str) -> Page {
        let root = Path::new(".");
        let chapter = Chapter::new("a.md".into(), "a.md".into(), root, markdown.to_owned());
        let expanded = chapter.expand(root);
        Page {
            blocks: blocks::find(&expanded.text, Edition::E2024, "x86_64"),
            chapter,
            expanded,
        }
    }

    #[test]
    fn a_block_and_its_fences_stand_in_one_group() {
        let markdown = "text\n\n```rust\n1;\n```\n\n```text,output\nx\n```\n\nend\n";
        assert_eq!(
            paned(
                &page(markdown),
                &BTreeMap::new(),
                &BTreeSet::new(),
                &Config::default()
            ),
            "text\n\n<div class=\"verdict\" id=\"block-1\">\n<figure class=\"pane pane-accepted\">\n<figcaption>Compiles and runs</figcaption>\n\n```rust\n1;\n```\n\n</figure>\n\n\n<figure class=\"pane pane-output\">\n<figcaption>Output</figcaption>\n\n```text,output\nx\n```\n\n</figure>\n\n\n</div>\n\n\nend\n"
        );
    }

    #[test]
    fn a_code_links_to_the_books_own_page_if_it_has_one() {
        let markdown = "# A\n\n```rust,compile_fail,E0382\n1;\n```\n";
        let mut config = Config::default();
        let stock = paned(&page(markdown), &BTreeMap::new(), &BTreeSet::new(), &config);
        assert!(
            stock.contains("<div class=\"verdict\" id=\"a-block-1\">"),
            "{stock}"
        );
        assert!(stock.contains("https://doc.rust-lang.org/stable/error_codes/E0382.html"));
        config.error_codes = Some("reference/codes.md".into());
        let own = paned(&page(markdown), &BTreeMap::new(), &BTreeSet::new(), &config);
        assert!(
            own.contains("href=\"reference/codes.html#e0382\">E0382<"),
            "{own}"
        );
        let deeper = config.code_address(Path::new("part/a.md"), "E0382");
        assert_eq!(deeper, "../reference/codes.html#e0382");
    }

    #[test]
    fn a_program_explored_under_two_models_has_one_pane() {
        let markdown = "```rust,explore\n1;\n```\n\n```text,outcomes,sc\nx\n```\n\n```text,outcomes,tso\nx\n```\n\n```text,output\nx\n```\n";
        let paned = paned(
            &page(markdown),
            &BTreeMap::new(),
            &BTreeSet::new(),
            &Config::default(),
        );
        assert_eq!(paned.matches("<figure").count(), 3, "{paned}");
        assert_eq!(paned.matches("</figure").count(), 3, "{paned}");
        let explored = paned.split("pane-explored").nth(1).unwrap();
        let pane = explored.split("</figure>").next().unwrap();
        assert!(pane.contains("outcomes,sc") && pane.contains("outcomes,tso"));
    }

    #[test]
    fn a_block_that_may_be_run_elsewhere_says_so() {
        let page = page("```rust\n1;\n```\n\n```rust\n2;\n```\n");
        let playable = BTreeSet::from([page.blocks.blocks[1].name.clone()]);
        let paned = paned(&page, &BTreeMap::new(), &playable, &Config::default());
        assert!(
            paned.contains("<figure class=\"pane pane-accepted\">"),
            "{paned}"
        );
        let pane = "<figure class=\"pane pane-accepted\" data-run=\"2024\" data-before=\"fn main() { \" data-after=\"}\">\n<figcaption>Compiles and runs</figcaption>\n\n```rust\n2;";
        assert!(paned.contains(pane), "{paned}");
    }

    #[test]
    fn machine_code_says_whose_it_is() {
        let paned = paned(
            &page("```rust\n1;\n```\n\n```text,asm,aarch64-apple-darwin\nf:\n```\n"),
            &BTreeMap::new(),
            &BTreeSet::new(),
            &Config::default(),
        );
        let pane = "<figure class=\"pane pane-asm\">\n<figcaption>Machine code, AArch64 (Apple)</figcaption>\n\n```text,asm";
        assert!(paned.contains(pane), "{paned}");
    }

    #[test]
    fn containers_keep_their_prefix() {
        let paned = paned(
            &page("> - ```rust,compile_fail,E0382\n>   1;\n>   ```\n"),
            &BTreeMap::new(),
            &BTreeSet::new(),
            &Config::default(),
        );
        assert!(paned.lines().all(|line| line.starts_with('>')), "{paned}");
        assert!(paned.contains("\n>   <figcaption>Rejected: "), "{paned}");
    }

    #[test]
    fn literal_helpers_stay_literal() {
        let page = page("{{#title A}}\n\\{{#include a.rs}}\n");
        assert_eq!(
            paned(
                &page,
                &BTreeMap::new(),
                &BTreeSet::new(),
                &Config::default()
            ),
            "\n\\{{#include a.rs}}\n\n\n{{#title A}}\n"
        );
    }

    #[test]
    fn only_chosen_blocks_are_ignored() {
        let page = page("```rust,should_panic\n1;\n```\n\n```\n2;\n```\n\n```rust\n3;\n```\n");
        let text = with_ignored(&page, |block| block.code != "3;\n");
        assert_eq!(
            text,
            "```rust,ignore,should_panic\n1;\n```\n\n```ignore,\n2;\n```\n\n```rust\n3;\n```\n"
        );
    }
}
