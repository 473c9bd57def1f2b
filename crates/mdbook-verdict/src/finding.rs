//! What was found: a promise that doesn't hold, and where it was made.

use std::fmt;

use crate::near;
use crate::source::Location;

/// A rule that a block, a result fence or an include can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A block that isn't `compile_fail` compiles.
    Compiles,
    /// A block that runs ends successfully, or panics where it says `should_panic`.
    Runs,
    /// A rejected block is rejected with exactly the error codes it names.
    ExactCodes,
    /// A rejection isn't just the lack of a crate.
    MissingCrate,
    /// An include names a file, anchor or range that exists.
    MissingInclude,
    /// Every chapter that `SUMMARY.md` names can be read.
    MissingChapter,
    /// A block ends within the time limit.
    Timeout,
    /// An `output` fence holds what the block prints.
    Output,
    /// A `stderr` fence holds what the block writes to standard error.
    Stderr,
    /// A `diagnostic` fence holds what the compiler says.
    Diagnostic,
    /// A `leases` fence holds what the compiler answers about each variable.
    Leases,
    /// An `asm` fence holds the machine code of the block's functions.
    Asm,
    /// What a fence holds can be told on this machine.
    Unchecked,
    /// A fence that only this crate's extensions know holds what they find.
    Extension,
    /// A tag that nothing knows, where it changes what is tested.
    UnknownTag,
    /// A `compile_fail` block names a code, or shows the compiler's message.
    UncodedRejection,
    /// A block says `ignore` only where it wouldn't hold without.
    StaleIgnore,
    /// A quiz's TOML says what it must, and no more.
    QuizForm,
    /// The block before a quiz answers it.
    QuizAnswer,
    /// A quiz's distractors are wrong answers, and each another.
    QuizDistractors,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 20] = [
        Rule::Compiles,
        Rule::Runs,
        Rule::ExactCodes,
        Rule::MissingCrate,
        Rule::MissingInclude,
        Rule::MissingChapter,
        Rule::Timeout,
        Rule::Output,
        Rule::Stderr,
        Rule::Diagnostic,
        Rule::Leases,
        Rule::Asm,
        Rule::Unchecked,
        Rule::Extension,
        Rule::UnknownTag,
        Rule::UncodedRejection,
        Rule::StaleIgnore,
        Rule::QuizForm,
        Rule::QuizAnswer,
        Rule::QuizDistractors,
    ];

    /// Its name in reports and in book.toml.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Compiles => "compiles",
            Rule::Runs => "runs",
            Rule::ExactCodes => "exact-codes",
            Rule::MissingCrate => "missing-crate",
            Rule::MissingInclude => "missing-include",
            Rule::MissingChapter => "missing-chapter",
            Rule::Timeout => "timeout",
            Rule::Output => "output",
            Rule::Stderr => "stderr",
            Rule::Diagnostic => "diagnostic",
            Rule::Leases => "leases",
            Rule::Asm => "asm",
            Rule::Unchecked => "unchecked",
            Rule::Extension => "extension",
            Rule::UnknownTag => "unknown-tag",
            Rule::UncodedRejection => "uncoded-rejection",
            Rule::StaleIgnore => "stale-ignore",
            Rule::QuizForm => "quiz-form",
            Rule::QuizAnswer => "quiz-answer",
            Rule::QuizDistractors => "quiz-distractors",
        }
    }

    /// The rule of that name.
    ///
    /// # Errors
    ///
    /// That there is none, and which may be meant.
    pub fn named(name: &str) -> Result<Rule, String> {
        if let Some(rule) = Rule::ALL.into_iter().find(|rule| rule.name() == name) {
            return Ok(rule);
        }
        let all = Rule::ALL.map(Rule::name);
        Err(match near::nearest(name, all) {
            Some(meant) => format!("there is no such rule; is `{meant}` meant?"),
            None => format!("there is no such rule; there are {}", all.join(", ")),
        })
    }

    /// How grave a broken rule is where book.toml doesn't say.
    pub fn default_level(self) -> Level {
        match self {
            Rule::UnknownTag | Rule::Unchecked => Level::Warn,
            Rule::UncodedRejection | Rule::StaleIgnore => Level::Off,
            _ => Level::Error,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How grave a broken rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not looked at.
    Off,
    /// Reported, but nothing fails.
    Warn,
    /// The check fails.
    Error,
}

/// A broken promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule it breaks.
    pub rule: Rule,
    /// Where the promise was made.
    pub location: Location,
    /// What was promised.
    pub promised: String,
    /// What came instead, in a line.
    pub came: String,
    /// What came instead, whole: an output, the compiler's messages.
    pub detail: Option<String>,
    /// A warning, not a failure.
    pub warning: bool,
}

impl Finding {
    /// A finding without detail.
    pub fn new(
        rule: Rule,
        location: Location,
        promised: impl Into<String>,
        came: impl Into<String>,
    ) -> Self {
        Finding {
            rule,
            location,
            promised: promised.into(),
            came: came.into(),
            detail: None,
            warning: false,
        }
    }

    /// The same with the whole of what came.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
