//! Result fences: what stands behind a block, and how it is worked out from it.

use crate::blocks::Block;
use crate::compare;
use crate::compile::Compiled;
use crate::finding::Rule;
use crate::lanes::{self, Lanes};
use crate::near;
use crate::normalise;
use crate::quiz;
use crate::run::Ran;
use crate::source::Location;

/// The kinds of result fence that there are, here and in programs that add theirs.
const KINDS: [&str; 7] = [
    "output",
    "stderr",
    "diagnostic",
    "leases",
    "outcomes",
    "asm",
    "quiz",
];

/// The first word of a kind's info string: what is written in the fence.
fn language(kind: &str) -> &'static str {
    match kind {
        quiz::KIND => "toml",
        _ => "text",
    }
}

/// The tag of a result fence: `text,output,any-order` has the kind `output` and the argument
/// `any-order`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FenceTag {
    /// What the fence holds.
    pub kind: String,
    /// What the kind is told further.
    pub arguments: Vec<String>,
}

impl FenceTag {
    /// Reads an info string: a fence is ours if it says `text`, a comma and one of our kinds; a
    /// quiz says `toml`.
    pub fn parse(info: &str) -> Option<FenceTag> {
        let mut parts = info.trim().split(',');
        let (first, kind) = (parts.next()?, parts.next()?);
        if !KINDS.contains(&kind) || first != language(kind) {
            return None;
        }
        Some(FenceTag {
            kind: kind.to_owned(),
            arguments: parts.map(str::to_owned).collect(),
        })
    }

    /// The tag that may be meant by an info string that only looks like one of ours.
    pub(crate) fn meant(info: &str) -> Option<String> {
        let mut parts = info.trim().split(',');
        let (first, word) = (parts.next()?.trim(), parts.next()?.trim());
        let kind = match word {
            "stdout" => "output",
            word => near::nearest(word, KINDS)?,
        };
        let ours = FenceTag::parse(info).is_some();
        let right = language(kind) == first || (first, word) == ("text", quiz::KIND);
        (right && !ours).then(|| format!("{},{kind}", language(kind)))
    }

    /// The tag as it is written.
    pub fn written(&self) -> String {
        let mut written = format!("{},{}", language(&self.kind), self.kind);
        for argument in &self.arguments {
            written.push(',');
            written.push_str(argument);
        }
        written
    }
}

/// What came of a block: all that a result fence can be worked out from.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    /// The block.
    pub block: &'a Block,
    /// What the compiler made of it.
    pub compiled: &'a Compiled,
    /// What its run gave; none where it wasn't run.
    pub ran: Option<&'a Ran>,
    /// It was found out just now, with the block alone: what a fence finds out by itself must be
    /// too, for this is what a fault is told by.
    pub alone: bool,
}

/// What a result fence must hold, if that can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// This text.
    Came(String),
    /// There can be no such result; why.
    Never(String),
    /// There may be, but this machine lacks what it takes to find it out: what, and how to get it.
    NotHere(String),
}

/// A kind of result fence.
pub trait ResultFence: Send + Sync {
    /// The kind of the fences it answers for: the `output` of `text,output`.
    fn kind(&self) -> &str;

    /// The rule that a wrong fence breaks.
    fn rule(&self) -> Rule {
        Rule::Extension
    }

    /// What the fence must hold.
    ///
    /// # Errors
    ///
    /// Why there can be no such result: the block isn't run, or isn't rejected, or an argument
    /// is unknown.
    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String>;

    /// The same, for a kind that some machines can't tell.
    fn told(&self, arguments: &[String], evidence: &Evidence<'_>) -> Told {
        match self.actual(arguments, evidence) {
            Ok(actual) => Told::Came(actual),
            Err(cause) => Told::Never(cause),
        }
    }

    /// Where the cause lies if there can be no such result, unless at the fence itself.
    fn blamed(&self, _arguments: &[String], _evidence: &Evidence<'_>) -> Option<Location> {
        None
    }

    /// What is wrong with a block that asks for a fence of this kind and has none.
    fn lacking(&self, _block: &Block) -> Option<String> {
        None
    }

    /// The first line of the fence's text (from 0) that is not what came, and what is wrong, for a
    /// kind that can tell: else it is said of the fence as a whole.
    fn difference(&self, _text: &str, _actual: &str) -> Option<(usize, String)> {
        None
    }

    /// Whether the fence's text says the same as what came.
    fn holds(&self, _arguments: &[String], text: &str, actual: &str) -> bool {
        compare::matches(text, actual)
    }
}

/// The kinds that this crate brings.
pub fn builtin() -> Vec<Box<dyn ResultFence>> {
    vec![Box::new(Output), Box::new(Stderr), Box::new(Diagnostic)]
}

/// `text,output`: the whole standard output.
struct Output;

impl ResultFence for Output {
    fn kind(&self) -> &str {
        "output"
    }

    fn rule(&self) -> Rule {
        Rule::Output
    }

    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        match arguments {
            [] => {}
            [one] if one == "any-order" || one == lanes::TAG => {}
            _ => {
                return Err(format!(
                    "`{}` is not known: only `any-order` and `{}` are, one at a time",
                    arguments.join(","),
                    lanes::TAG
                ));
            }
        }
        let ran = evidence
            .ran
            .ok_or("the block before it isn't run, so it prints nothing")?;
        let output = normalise::text(&ran.stdout);
        if arguments == [lanes::TAG] {
            Lanes::read(&output)?;
        }
        Ok(output)
    }

    fn holds(&self, arguments: &[String], text: &str, actual: &str) -> bool {
        match arguments {
            [] => compare::matches(text, actual),
            // A picture is drawn of the text: nothing may stand for something else.
            [one] if one == lanes::TAG => text == actual.trim_end_matches('\n'),
            _ => compare::matches_in_any_order(text, actual),
        }
    }
}

/// `text,stderr`: the whole standard error, such as a panic's message.
struct Stderr;

impl ResultFence for Stderr {
    fn kind(&self) -> &str {
        "stderr"
    }

    fn rule(&self) -> Rule {
        Rule::Stderr
    }

    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        no_arguments(arguments)?;
        let ran = evidence
            .ran
            .ok_or("the block before it isn't run, so it prints nothing")?;
        Ok(normalise::stderr(&ran.stderr, &evidence.block.shown_file()))
    }
}

/// `text,diagnostic`: the compiler's errors.
struct Diagnostic;

impl ResultFence for Diagnostic {
    fn kind(&self) -> &str {
        "diagnostic"
    }

    fn rule(&self) -> Rule {
        Rule::Diagnostic
    }

    fn actual(&self, arguments: &[String], evidence: &Evidence<'_>) -> Result<String, String> {
        no_arguments(arguments)?;
        let errors = evidence.compiled.errors();
        if errors.is_empty() {
            return Err("the block before it compiles, so there is no message".to_owned());
        }
        let file = evidence.block.shown_file();
        let rendered: Vec<_> = errors
            .iter()
            .map(|error| normalise::diagnostic(&error.rendered, &file))
            .collect();
        Ok(rendered.join("\n\n"))
    }
}

fn no_arguments(arguments: &[String]) -> Result<(), String> {
    match arguments {
        [] => Ok(()),
        _ => Err(format!(
            "`{}` is not known: this fence takes no argument",
            arguments.join(",")
        )),
    }
}
