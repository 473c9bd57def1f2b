//! What the author of a quiz writes: its TOML, read and checked key by key.

use pulldown_cmark::{Event, Parser, Tag};
use toml::de::{DeTable, DeValue};

use crate::config::line;
use crate::near;

/// A quiz as it is written; its answer is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    pub kind: Kind,
    /// The question, if the kind's own won't do.
    pub prompt: Option<String>,
    /// Markdown, for who has answered.
    pub explanation: String,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Does it compile?
    Compiles,
    /// Which line does the compiler refuse?
    Line,
    /// What does it print? Some wrong answers, each with its line in the TOML.
    Prints(Vec<(usize, String)>),
    /// Does it end with a panic?
    Panics,
}

/// What is wrong with a quiz's TOML.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The line in the TOML, counted from 1; 0 where something is missing.
    pub line: usize,
    pub what: String,
}

const KEYS: [&str; 4] = ["kind", "prompt", "distractors", "explanation"];
const KINDS: [&str; 4] = ["compiles", "line", "prints", "panics"];

impl Form {
    /// Reads the text of a `toml,quiz` fence.
    pub fn read(text: &str) -> Result<Form, Slip> {
        let table = DeTable::parse(text).map_err(|error| Slip {
            line: line(text, error.span().map_or(0, |span| span.start)),
            what: format!("it is no TOML: {}", error.message().replace('\n', "; ")),
        })?;
        let form = Table {
            text,
            table: table.get_ref(),
        };
        form.only_known_keys()?;
        let kind = match form.string("kind")? {
            Some((_, "compiles")) => Kind::Compiles,
            Some((_, "line")) => Kind::Line,
            Some((_, "prints")) => Kind::Prints(form.distractors()?),
            Some((_, "panics")) => Kind::Panics,
            Some((line, other)) => return Err(no_such("kind", line, other, &KINDS)),
            None => return Err(missing("kind", &format!("one of {}", KINDS.join(", ")))),
        };
        if let (Some((key, _)), false) = (form.entry("distractors"), kind.has_distractors()) {
            let what =
                "`distractors`: only `prints` takes them; other kinds have their own choices";
            return Err(Slip {
                line: key,
                what: what.to_owned(),
            });
        }
        let Some((at, explanation)) = form.string("explanation")? else {
            return Err(missing("explanation", "why the answer is what it is"));
        };
        if has_code_block(explanation) {
            let what = "`explanation`: it has a code block, which nothing would check; \
                        show that code in a block of its own";
            return Err(Slip {
                line: at,
                what: what.to_owned(),
            });
        }
        Ok(Form {
            kind,
            prompt: form.string("prompt")?.map(|(_, text)| text.to_owned()),
            explanation: explanation.trim().to_owned(),
        })
    }
}

impl Kind {
    fn has_distractors(&self) -> bool {
        matches!(self, Kind::Prints(_))
    }
}

/// The keys of a quiz, and where each stands.
struct Table<'t> {
    text: &'t str,
    table: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    fn only_known_keys(&self) -> Result<(), Slip> {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !KEYS.contains(&name) {
                return Err(no_such(
                    "key",
                    line(self.text, key.span().start),
                    name,
                    &KEYS,
                ));
            }
        }
        Ok(())
    }

    fn entry(&self, key: &str) -> Option<(usize, &'t DeValue<'t>)> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((line(self.text, name.span().start), value.get_ref()))
    }

    /// A key's line and its text, which must have something in it.
    fn string(&self, key: &str) -> Result<Option<(usize, &'t str)>, Slip> {
        let Some((line, value)) = self.entry(key) else {
            return Ok(None);
        };
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Ok(Some((line, text))),
            Some(_) => Err(Slip {
                line,
                what: format!("`{key}`: there is nothing in it"),
            }),
            None => Err(Slip {
                line,
                what: format!("`{key}`: it must be a string"),
            }),
        }
    }

    fn distractors(&self) -> Result<Vec<(usize, String)>, Slip> {
        let meant = "wrong answers to choose from, as `[\"...\", \"...\"]`";
        let Some((at, value)) = self.entry("distractors") else {
            return Err(missing("distractors", meant));
        };
        let wrong = || Slip {
            line: at,
            what: format!("`distractors`: it must be {meant}"),
        };
        let values = value.as_array().filter(|values| !values.is_empty());
        let texts = values.ok_or_else(wrong)?.iter().map(|value| {
            let text = value.get_ref().as_str().ok_or_else(wrong)?;
            Ok((line(self.text, value.span().start), text.to_owned()))
        });
        texts.collect()
    }
}

fn missing(key: &str, meant: &str) -> Slip {
    Slip {
        line: 0,
        what: format!("`{key}` is missing: {meant}"),
    }
}

fn no_such(what: &str, line: usize, name: &str, known: &[&str]) -> Slip {
    let meant = match near::nearest(name, known.iter().copied()) {
        Some(meant) => format!("is `{meant}` meant?"),
        None => format!("there are {}", known.join(", ")),
    };
    Slip {
        line,
        what: format!("`{name}`: no such {what}; {meant}"),
    }
}

fn has_code_block(markdown: &str) -> bool {
    Parser::new(markdown).any(|event| matches!(event, Event::Start(Tag::CodeBlock(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiz_is_read() {
        let form = Form::read(
            "kind = \"prints\"\nprompt = \"What?\"\ndistractors = [\n  \"a\",\n  \"b\\n\",\n]\nexplanation = \"\"\"\nBecause *so*.\n\"\"\"\n",
        );
        let kind = Kind::Prints(vec![(4, "a".to_owned()), (5, "b\n".to_owned())]);
        assert_eq!(
            form,
            Ok(Form {
                kind,
                prompt: Some("What?".to_owned()),
                explanation: "Because *so*.".to_owned(),
            })
        );
    }

    #[test]
    fn a_slip_is_named_with_its_line_and_what_is_meant() {
        let why = "explanation = \"x\"\n";
        for (text, line, what) in [
            ("kind = line\n", 1, "it is no TOML"),
            ("kind = \"line\"\n\"\"\n", 2, "it is no TOML"),
            ("kind = \"line\"\nkind = \"line\"\n", 2, "it is no TOML"),
            ("kind = \"lines\"\n", 1, "no such kind; is `line` meant?"),
            (
                "kind = \"guess\"\n",
                1,
                "there are compiles, line, prints, panics",
            ),
            ("kind = 1\n", 1, "`kind`: it must be a string"),
            ("# no kind\n", 0, "`kind` is missing"),
            ("kind = \"line\"\npromt = \"x\"\n", 2, "is `prompt` meant?"),
            (
                "kind = \"line\"\nanswer = 4\n",
                2,
                "there are kind, prompt,",
            ),
            (
                "kind = \"line\"\nprompt = \" \"\nexplanation = \"x\"\n",
                2,
                "nothing in it",
            ),
            ("kind = \"line\"\n", 0, "`explanation` is missing"),
            ("kind = \"prints\"\n", 0, "`distractors` is missing"),
            (
                "kind = \"prints\"\ndistractors = []\n",
                2,
                "`distractors`: it must be",
            ),
            (
                "kind = \"prints\"\ndistractors = [1]\n",
                2,
                "`distractors`: it must be",
            ),
            (
                "kind = \"line\"\ndistractors = [\"1\"]\n",
                2,
                "only `prints` takes them",
            ),
            (
                "kind = \"line\"\nexplanation = \"\"\"\n~~~\nx\n~~~\"\"\"\n",
                2,
                "nothing would check",
            ),
        ] {
            let given = match text.contains("explanation") || what.starts_with("`explanation`") {
                true => text.to_owned(),
                false => format!("{text}{why}"),
            };
            let slip = Form::read(&given).expect_err(text);
            assert!(slip.what.contains(what), "{text}: {}", slip.what);
            assert_eq!(slip.line, line, "{text}");
        }
    }
}
