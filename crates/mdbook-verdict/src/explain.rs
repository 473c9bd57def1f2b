//! What each rule says: an example that breaks it, how to mend it, and how to turn it off.

use crate::finding::{Level, Rule};

impl Rule {
    /// All there is to say of the rule, as Markdown.
    ///
    /// Its first block tagged `markdown` is a page that breaks the rule, its second the page
    /// mended.
    pub fn explanation(self) -> String {
        let text = self.text().trim_end();
        let level = format!("{:?}", self.default_level()).to_lowercase();
        let (advice, other) = match self.default_level() {
            Level::Off => ("To turn it on, write in book.toml:", "error"),
            Level::Warn => (
                "To turn it off, or make it an error, write in book.toml:",
                "off",
            ),
            Level::Error => (
                "To turn it off, or have it only warn, write in book.toml:",
                "off",
            ),
        };
        format!(
            "# {self}\n\n{text}\n\n## Its level\n\nIt is \"{level}\" where a book doesn't say otherwise. {advice}\n\n```toml\n[preprocessor.verdict.rules]\n{self} = \"{other}\"\n```\n"
        )
    }

    fn text(self) -> &'static str {
        match self {
            Rule::Compiles => include_str!("explain/compiles.md"),
            Rule::Runs => include_str!("explain/runs.md"),
            Rule::ExactCodes => include_str!("explain/exact-codes.md"),
            Rule::MissingCrate => include_str!("explain/missing-crate.md"),
            Rule::MissingInclude => include_str!("explain/missing-include.md"),
            Rule::MissingChapter => include_str!("explain/missing-chapter.md"),
            Rule::Timeout => include_str!("explain/timeout.md"),
            Rule::Output => include_str!("explain/output.md"),
            Rule::Stderr => include_str!("explain/stderr.md"),
            Rule::Diagnostic => include_str!("explain/diagnostic.md"),
            Rule::Leases => include_str!("explain/leases.md"),
            Rule::Asm => include_str!("explain/asm.md"),
            Rule::Unchecked => include_str!("explain/unchecked.md"),
            Rule::Extension => include_str!("explain/extension.md"),
            Rule::UnknownTag => include_str!("explain/unknown-tag.md"),
            Rule::UncodedRejection => include_str!("explain/uncoded-rejection.md"),
            Rule::StaleIgnore => include_str!("explain/stale-ignore.md"),
            Rule::QuizForm => include_str!("explain/quiz-form.md"),
            Rule::QuizAnswer => include_str!("explain/quiz-answer.md"),
            Rule::QuizDistractors => include_str!("explain/quiz-distractors.md"),
        }
    }
}
