//! Sets a block and its quiz on the page: the code, the question, and the answer folded.

use std::ops::Range;
use std::path::Path;

use super::{Choice, KIND, Question};
use crate::blocks::{Block, Place, ResultBlock};
use crate::include;
use crate::panes;

/// Texts to be put in the place of parts of a page.
pub(crate) type Replaced = Vec<(Range<usize>, String)>;

/// Where a quiz is set.
pub(crate) struct Setting<'p> {
    /// The page's expanded text.
    pub text: &'p str,
    /// The group of its radio buttons: no other quiz of the book may have it.
    pub name: &'p str,
    /// The block's id on the page.
    pub id: &'p str,
    /// Where an error code is explained.
    pub address: &'p dyn Fn(&str) -> String,
}

/// Sets a block whose quiz has been asked; nothing that is seen before the answer is unfolded
/// tells it.
pub(crate) fn set(
    setting: &Setting<'_>,
    block: &Block,
    question: &Question,
    insertions: &mut Vec<(usize, String)>,
    replaced: &mut Replaced,
) {
    let text = setting.text;
    let (quizzes, others): (Vec<_>, Vec<_>) = block
        .fences
        .iter()
        .partition(|fence| fence.tag.kind == KIND);
    let Some(quiz) = quizzes.first() else { return };
    let group = panes::group(text, block);
    let follows = block.place.fenced && group.iter().any(|fence| std::ptr::eq(*fence, *quiz));
    let begin = format!("<div class=\"verdict quiz\" id=\"{}\">\n", setting.id);
    let begin = begin.as_str();
    if block.place.fenced {
        let open = format!("{begin}{}", panes::open("quiz", "Quiz"));
        panes::before(insertions, &block.place, &open);
        let close = ["</figure>\n</div>", "</figure>"][usize::from(follows)];
        panes::after(insertions, &block.place, close);
        replaced.push((info(text, &block.place), neutral(block)));
    }
    let mut html = question.asked(setting.name);
    html.push_str("\n<details>\n<summary>Answer</summary>\n");
    let shown = others.iter().any(|fence| fence.tag.kind == "diagnostic");
    html.push_str(&question.answered(!shown, setting.address));
    // What else stands behind the block tells the answer too.
    for fence in others {
        html.push_str(&pane(text, fence));
        replaced.push((fence.place.range.clone(), String::new()));
    }
    html.push_str(&format!("\n{}\n\n</details>\n</div>", question.explanation));
    let html = include::escaped(&[["", begin][usize::from(!follows)], &html].concat());
    let prefix = &quiz.place.prefix;
    let lines: Vec<_> = html
        .lines()
        .map(|line| match line.is_empty() {
            true => prefix.trim_end().to_owned(),
            false => format!("{prefix}{line}"),
        })
        .collect();
    // Its first line has its prefix before it.
    let html = lines.join("\n")[prefix.len()..].to_owned();
    replaced.push((quiz.place.range.clone(), html));
}

/// The group of a quiz's radio buttons: the page that prints the whole book has all quizzes.
pub(crate) fn name(chapter: &Path, number: usize) -> String {
    let chapter = chapter.with_extension("").display().to_string();
    let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    format!(
        "quiz-{}-{number}",
        chapter.chars().map(word).collect::<String>()
    )
}

/// A result fence as it stands in the page, in its pane.
fn pane(text: &str, fence: &ResultBlock) -> String {
    let (class, caption) = panes::fence_caption(fence);
    let prefix = &fence.place.prefix;
    let written: Vec<_> = text[fence.place.range.clone()]
        .lines()
        .map(|line| line.strip_prefix(prefix.as_str()).unwrap_or(line))
        .collect();
    format!(
        "\n{}\n\n{}\n\n</figure>\n",
        panes::open(class, &caption),
        written.join("\n")
    )
}

/// The info string of a fence.
fn info(text: &str, place: &Place) -> Range<usize> {
    let fence = &text[place.range.clone()];
    let line = fence.lines().next().unwrap_or_default();
    let ticks = line.len() - line.trim_start_matches(['`', '~']).len();
    place.range.start + ticks..place.range.start + line.len()
}

/// The tags of a block without those that tell what comes of it.
fn neutral(block: &Block) -> String {
    let edition = block
        .tags
        .edition
        .map(|edition| format!("edition{}", edition.year()));
    let unknown = block.tags.unknown.iter().cloned();
    let tags = ["rust".to_owned()]
        .into_iter()
        .chain(edition)
        .chain(unknown);
    tags.collect::<Vec<_>>().join(",")
}

impl Question {
    /// The question and its choices.
    fn asked(&self, name: &str) -> String {
        let mut html = format!(
            "<fieldset data-answer=\"{}\">\n<legend>{}</legend>\n",
            self.right,
            with_code(&self.prompt)
        );
        for (number, choice) in self.choices.iter().enumerate() {
            html.push_str(&format!(
                "<div><label><input type=\"radio\" name=\"{name}\" value=\"{number}\"> {}</label></div>\n",
                choice.html()
            ));
        }
        html.push_str("</fieldset>\n");
        html
    }

    /// The answer, and the first lines of what the compiler said where it isn't shown whole.
    fn answered(&self, errors: bool, address: &dyn Fn(&str) -> String) -> String {
        let mut html = format!("<p>{}", escaped(&self.answer));
        match &self.choices[self.right] {
            Choice::Words(_) => {}
            Choice::Line(_, code) => html.push_str(&format!(" {}", rust(code))),
            choice @ Choice::Output(_) => html.push_str(&format!(" {}", choice.html())),
        }
        for error in self.errors.iter().filter(|_| errors) {
            html.push_str(&format!("<br>{}", linked(error, address)));
        }
        html.push_str("</p>\n");
        html
    }
}

impl Choice {
    fn html(&self) -> String {
        match self {
            Choice::Words(words) => (*words).to_owned(),
            Choice::Line(number, code) => format!("Line {number}: {}", rust(code)),
            Choice::Output(text) if text.is_empty() => "nothing".to_owned(),
            // Its lines stay lines without a stylesheet too.
            Choice::Output(text) => format!(
                "<code class=\"nohighlight\" style=\"white-space: pre-wrap\">{}</code>",
                escaped(text)
            ),
        }
    }
}

fn rust(code: &str) -> String {
    format!("<code class=\"language-rust\">{}</code>", escaped(code))
}

/// The first line of an error, its code a link.
fn linked(error: &str, address: &dyn Fn(&str) -> String) -> String {
    let html = with_code(error);
    let code = html
        .strip_prefix("error[")
        .and_then(|rest| rest.split_once(']'));
    match code {
        Some((code, rest)) => {
            format!("<a href=\"{}\">error[{code}]</a>{rest}", address(code))
        }
        None => html,
    }
}

/// Plain text with code between backticks.
fn with_code(text: &str) -> String {
    let parts: Vec<_> = text.split('`').collect();
    let whole = parts.len() % 2 == 1;
    let html = parts
        .iter()
        .enumerate()
        .map(|(number, part)| match number % 2 {
            1 if whole => format!("<code>{}</code>", escaped(part)),
            1 => format!("`{}", escaped(part)),
            _ if !whole && number > 0 => format!("`{}", escaped(part)),
            _ => escaped(part),
        });
    html.collect()
}

/// Text in HTML, on one line: Markdown ends HTML at an empty one.
fn escaped(text: &str) -> String {
    let mut html = String::new();
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str("&#10;"),
            // mdBook's helpers begin with two.
            '{' => html.push_str("&#123;"),
            _ => html.push(c),
        }
    }
    html
}
