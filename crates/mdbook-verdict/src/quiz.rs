//! Quizzes: questions about a block, which the compiler or a run answers.

mod form;
pub(crate) mod page;

use crate::blocks::{Block, ResultBlock};
use crate::compile::Compiled;
use crate::fence::Evidence;
use crate::finding::{Finding, Rule};
use crate::normalise;
use crate::run::Ran;
use crate::source::Location;

use form::{Form, Kind, Slip};

/// The kind of the fences that hold a quiz: the `quiz` of `toml,quiz`.
pub(crate) const KIND: &str = "quiz";

/// The script that checks a reader's choice; pages work without.
pub const SCRIPT: &str = include_str!("quiz/quiz.js");

/// A question with its answer, as it was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked: plain text, with code between backticks.
    pub prompt: String,
    /// What a reader may choose from.
    pub choices: Vec<Choice>,
    /// Which of the choices is right.
    pub right: usize,
    /// The answer in a sentence.
    pub answer: String,
    /// The first line of each of the compiler's errors, where it rejects the block.
    pub errors: Vec<String>,
    /// Why it is so: Markdown.
    pub explanation: String,
}

/// One of the answers that a reader may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Words: `Yes`.
    Words(&'static str),
    /// A line of the block, by its number among those that are shown, and its code.
    Line(usize, String),
    /// An output; it may have several lines.
    Output(String),
}

/// Whether a quiz stands behind a block.
pub(crate) fn is_asked(block: &Block) -> bool {
    block.fences.iter().any(|fence| fence.tag.kind == KIND)
}

/// What is wrong with a quiz that has no block before it.
pub(crate) fn stray(result: &ResultBlock) -> Finding {
    let came = "there is no Rust block before this quiz in its chapter";
    at(result.location.clone(), Rule::QuizAnswer, came)
}

/// Asks the quiz in a fence; without evidence the block is ignored.
///
/// # Errors
///
/// What is wrong with the quiz.
pub(crate) fn ask(
    result: &ResultBlock,
    evidence: Option<&Evidence<'_>>,
) -> Result<Question, Finding> {
    if !result.tag.arguments.is_empty() {
        let came = format!("`{}`: a quiz takes no argument", result.tag.written());
        return Err(at(result.location.clone(), Rule::QuizForm, came));
    }
    let form = Form::read(&result.text)
        .map_err(|Slip { line, what }| at(inside(result, line), Rule::QuizForm, what))?;
    let no_answer = |came: String| at(result.location.clone(), Rule::QuizAnswer, came);
    let Some(evidence) = evidence else {
        return Err(no_answer("the block before it is ignored".to_owned()));
    };
    let first = evidence
        .block
        .fences
        .iter()
        .find(|fence| fence.tag.kind == KIND);
    if first.is_some_and(|first| first.location != result.location) {
        let came = "the block before it has a quiz already, whose answer would tell this one's";
        return Err(no_answer(came.to_owned()));
    }
    let (choices, right, answer) = match &form.kind {
        Kind::Compiles => compiles(evidence.compiled).map_err(no_answer)?,
        Kind::Line => refused_line(evidence).map_err(no_answer)?,
        Kind::Panics => panics(ran(evidence).map_err(no_answer)?),
        Kind::Prints(distractors) => {
            let output = output(&ran(evidence).map_err(no_answer)?.stdout);
            let choices = outputs(&output, distractors)
                .map_err(|(line, came)| at(inside(result, line), Rule::QuizDistractors, came))?;
            let right = choices.iter().position(|choice| *choice == output);
            let choices = choices.into_iter().map(Choice::Output).collect();
            (choices, right.unwrap_or(0), "It prints:".to_owned())
        }
    };
    let file = evidence.block.shown_file();
    let errors = evidence.compiled.errors().iter().filter_map(|error| {
        let rendered = normalise::diagnostic(&error.rendered, &file);
        rendered.lines().next().map(str::to_owned)
    });
    Ok(Question {
        prompt: form.prompt.unwrap_or_else(|| form.kind.prompt().to_owned()),
        choices,
        right,
        answer,
        errors: errors.collect(),
        explanation: form.explanation,
    })
}

impl Kind {
    /// The question where the author asks none.
    fn prompt(&self) -> &'static str {
        match self {
            Kind::Compiles => "Does this program compile?",
            Kind::Line => "The compiler refuses one line. Which one?",
            Kind::Prints(_) => "What does this program print?",
            Kind::Panics => "This program compiles. Does it end with a panic?",
        }
    }
}

type Answered = (Vec<Choice>, usize, String);

fn yes_or_no(yes: bool, answer: &str) -> Answered {
    let choices = vec![Choice::Words("Yes"), Choice::Words("No")];
    (choices, usize::from(!yes), answer.to_owned())
}

fn compiles(compiled: &Compiled) -> Result<Answered, String> {
    match compiled {
        Compiled::Accepted(_) => Ok(yes_or_no(true, "Yes: the compiler accepts it.")),
        Compiled::Rejected(_) => Ok(yes_or_no(false, "No: the compiler rejects it.")),
        _ => Err("the compiler gives no answer".to_owned()),
    }
}

fn panics(ran: &Ran) -> Answered {
    match ran.success {
        true => yes_or_no(false, "No: it runs to its end."),
        false => yes_or_no(true, "Yes: it ends with a panic."),
    }
}

/// The block's run, if there was one to its end.
fn ran<'e>(evidence: &Evidence<'e>) -> Result<&'e Ran, String> {
    let ran = evidence
        .ran
        .filter(|ran| ran.timed_out.is_none() && ran.too_much.is_none());
    ran.ok_or_else(|| "the block before it isn't run to its end, which alone could tell".to_owned())
}

fn refused_line(evidence: &Evidence<'_>) -> Result<Answered, String> {
    let errors = evidence.compiled.errors();
    if errors.is_empty() {
        return Err(
            "the compiler doesn't reject the block before it, so it refuses no line".to_owned(),
        );
    }
    let mut lines: Vec<usize> = errors
        .iter()
        .flat_map(|error| error.lines.clone())
        .collect();
    lines.sort_unstable();
    lines.dedup();
    let [line] = lines[..] else {
        let lines: Vec<_> = lines.iter().map(usize::to_string).collect();
        return Err(match lines.is_empty() {
            true => "what the compiler says names no line of the block".to_owned(),
            false => format!(
                "the compiler refuses more than one line of the block: {}",
                lines.join(", ")
            ),
        });
    };
    let choices = choosable(evidence.block);
    let Some(right) = choices.iter().position(|choice| choice.in_block == line) else {
        return Err(format!(
            "the compiler refuses line {line} of the block, which is hidden or has no code"
        ));
    };
    if choices.len() < 2 {
        return Err("the block has only one line to choose".to_owned());
    }
    let answer = format!("Line {}:", choices[right].shown);
    let choices = choices
        .into_iter()
        .map(|line| Choice::Line(line.shown, line.code));
    Ok((choices.collect(), right, answer))
}

/// A line of a block that can be chosen.
struct Line {
    /// Its number, hidden lines counted, from 1.
    in_block: usize,
    /// Its number among those that are shown, from 1.
    shown: usize,
    code: String,
}

/// The shown lines of a block that have more in them than brackets and comments.
fn choosable(block: &Block) -> Vec<Line> {
    let numbered = block.code.lines().zip(&block.shown).enumerate();
    let shown = numbered.filter(|(_, (_, shown))| **shown);
    let lines = shown.enumerate().map(|(shown, (line, (code, _)))| Line {
        in_block: line + 1,
        shown: shown + 1,
        code: code.trim().to_owned(),
    });
    let has_code = |line: &Line| {
        !line.code.starts_with("//") && line.code.contains(|c: char| c.is_alphanumeric())
    };
    lines.filter(has_code).collect()
}

/// A text as it is compared and shown: ends of lines make no difference.
fn output(text: &str) -> String {
    let text = normalise::text(text);
    let lines: Vec<_> = text.trim_end().lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// The real output among the wrong ones, sorted, so that the order tells nothing.
fn outputs(real: &str, distractors: &[(usize, String)]) -> Result<Vec<String>, (usize, String)> {
    let mut choices = vec![real.to_owned()];
    for (line, distractor) in distractors {
        let distractor = output(distractor);
        if distractor == real {
            return Err((
                *line,
                "this distractor is what the block really prints".to_owned(),
            ));
        }
        if choices.contains(&distractor) {
            return Err((*line, "this distractor stands there twice".to_owned()));
        }
        choices.push(distractor);
    }
    choices.sort();
    Ok(choices)
}

fn at(location: Location, rule: Rule, came: impl Into<String>) -> Finding {
    let promised = match rule {
        Rule::QuizForm => "a quiz: a kind, an explanation, and what the kind needs",
        Rule::QuizDistractors => "an answer that is wrong, and wrong in its own way",
        _ => "a question that the block before it answers",
    };
    Finding::new(rule, location, promised, came)
}

/// The place of a line of a quiz's TOML.
fn inside(result: &ResultBlock, line: usize) -> Location {
    let mut location = result.location.clone();
    // What an include brought has its lines elsewhere.
    if result.source.is_some() {
        location.line += line;
    }
    location
}
