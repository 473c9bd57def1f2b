//! Questions for the compiler: copies of a function, each with one question in it, in one crate.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use crate::blocks::Block;
use crate::compile::Messages;
use crate::dependencies::Dependencies;
use crate::toolchain::Toolchain;
use crate::wrap;

use super::function::{Function, Shape, Variable};

/// What is asked at a place. Variables are numbers in the function's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Nothing: the copy must be accepted.
    Nothing,
    /// Is the place ever reached? Where it is, a variable without a value is refused.
    Reached,
    /// May it be read?
    Read(usize),
    /// May it be changed?
    Change(usize),
    /// May it be given away?
    Move(usize),
    /// Does anything read or change it further on? It is hidden by one that may have no value.
    Later(usize),
    /// May the first be changed, and the second be read after that, whatever comes further on?
    Holds(usize, usize),
    /// May the first be changed once the second is gone, without its destructor?
    Frees(usize, usize),
}

/// Questions, and where each is asked.
pub struct Probes {
    asked: Vec<(usize, Question)>,
}

impl Probes {
    /// All questions about a function.
    pub fn of(function: &Function) -> Probes {
        let mut asked = vec![(usize::MAX, Question::Nothing)];
        for point in function.lines.iter().filter_map(|line| line.point) {
            asked.push((point, Question::Reached));
            let there: Vec<usize> = (0..function.variables.len())
                .filter(|v| function.variables[*v].is_in_scope(point))
                .collect();
            for &v in &there {
                let alone = [
                    Question::Read(v),
                    Question::Change(v),
                    Question::Move(v),
                    Question::Later(v),
                ];
                asked.extend(alone.map(|question| (point, question)));
                for &other in there.iter().filter(|other| **other != v) {
                    let both = [Question::Holds(v, other), Question::Frees(v, other)];
                    asked.extend(both.map(|question| (point, question)));
                }
            }
        }
        Probes { asked }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.asked.len()
    }

    /// The number of a question.
    pub fn number(&self, point: usize, question: Question) -> Option<usize> {
        let wanted = (point, question);
        self.asked.iter().position(|asked| *asked == wanted)
    }

    /// A crate that asks them all.
    pub fn program(&self, block: &Block, function: &Function) -> Program {
        let code = block.code.as_str();
        let attributes = wrap::crate_level_end(code);
        let (head, tail) = match &function.shape {
            Shape::Item {
                within_main: false, ..
            } => (format!("{code}\n"), String::new()),
            Shape::Item { .. } => (
                format!("{}\nfn __verdict_main() {{\n", &code[..attributes]),
                format!("{}\n}}\n", &code[attributes..]),
            ),
            Shape::ImplicitMain { .. } => (format!("{}\n", &code[..attributes]), String::new()),
        };
        let mut program = Program {
            text: head,
            places: Vec::new(),
        };
        for (number, (point, question)) in self.asked.iter().enumerate() {
            program.copy(code, &function.shape, number, *point, |written| {
                question.write(&function.variables, written);
            });
        }
        program.text.push_str(&tail);
        program.text.push_str(HELP);
        program
    }
}

/// What the questions use; never run.
///
/// A match on what can't be is the one end of a path that destroys nothing on its way out: a call
/// could unwind, and so could a loop, for all that the borrow checker knows.
const HELP: &str = "enum __VerdictNever {}\nfn __verdict_like<T>(_: &T) -> T { loop {} }\nfn __verdict_maybe() -> bool { loop {} }\nfn __verdict_forget<T>(_: T) { loop {} }\n";

impl Question {
    /// Writes the code that asks it.
    fn write(self, variables: &[Variable], text: &mut String) {
        let name = |v: usize| variables[v].name.as_str();
        let written = match self {
            Question::Nothing => Ok(()),
            Question::Reached => write!(text, "{{ let __verdict: i32; let _ = &__verdict; }}"),
            Question::Read(v) => write!(text, "{{ let _ = &{}; }}", name(v)),
            Question::Change(v) => write!(text, "{{ let _ = &mut {}; }}", name(v)),
            Question::Move(v) => write!(text, "{{ let _moved = {}; }}", name(v)),
            Question::Later(v) => {
                let v = name(v);
                write!(
                    text,
                    "let __verdict = &{v}; let mut {v}; if crate::__verdict_maybe() {{ {v} = crate::__verdict_like(__verdict); }}"
                )
            }
            Question::Holds(v, by) => write!(
                text,
                "{{ let _ = &mut {}; let _ = &{}; unsafe {{ match *(0 as *const crate::__VerdictNever) {{}} }} }}",
                name(v),
                name(by)
            ),
            Question::Frees(v, by) => write!(
                text,
                "{{ crate::__verdict_forget({}); let _ = &mut {}; }}",
                name(by),
                name(v)
            ),
        };
        written.expect("a string can be written to");
    }
}

/// A crate of copies.
pub struct Program {
    /// Its text.
    pub text: String,
    /// Where each copy stands in it, and in the copy its question.
    places: Vec<(Range<usize>, Range<usize>)>,
}

/// What the borrow checker says. Any other error would keep it from looking at all.
const ITS_CODES: [&str; 23] = [
    "E0373", "E0381", "E0382", "E0384", "E0499", "E0500", "E0501", "E0502", "E0503", "E0505",
    "E0506", "E0507", "E0508", "E0509", "E0510", "E0515", "E0521", "E0594", "E0596", "E0597",
    "E0712", "E0713", "E0716",
];

/// What the compiler said to a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The codes of errors at the question itself.
    pub here: BTreeSet<String>,
    /// The codes of errors elsewhere in the function.
    pub elsewhere: BTreeSet<String>,
    /// An error at the question speaks of a value of which only a part is gone.
    pub in_part: bool,
}

impl Program {
    fn copy(
        &mut self,
        code: &str,
        shape: &Shape,
        number: usize,
        point: usize,
        question: impl FnOnce(&mut String),
    ) {
        let begins = self.text.len();
        let (rest, close) = match shape {
            Shape::Item { whole, name, .. } => {
                self.text.push_str(&code[whole.start..name.start]);
                write!(self.text, "__verdict_{number}").expect("a string can be written to");
                (name.end..whole.end, "\n")
            }
            Shape::ImplicitMain { start } => {
                writeln!(self.text, "fn __verdict_{number}() {{")
                    .expect("a string can be written to");
                (*start..code.len(), "\n}\n")
            }
        };
        let point = point.clamp(rest.start, rest.end);
        self.text.push_str(&code[rest.start..point]);
        self.text.push(' ');
        let asks = self.text.len();
        question(&mut self.text);
        let asked = asks..self.text.len();
        self.text.push(' ');
        self.text.push_str(&code[point..rest.end]);
        self.text.push_str(close);
        self.places.push((begins..self.text.len(), asked));
    }

    /// The answers, one for each question.
    ///
    /// # Errors
    ///
    /// If the compiler can't be started, or says something that is no answer.
    pub fn ask(
        &self,
        block: &Block,
        toolchain: &Toolchain,
        dependencies: &Dependencies,
    ) -> Result<Vec<Answer>, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = toolchain.command();
        command
            .args(["--crate-type", "lib", "--edition", block.edition.year()])
            .args(["--error-format", "json", "--cap-lints", "allow"])
            .args(dependencies.flags())
            .args(["--emit=metadata", "-o"])
            .arg(folder.path().join("questions.rmeta"))
            .arg("-");
        let messages =
            Messages::of(command, Some(&self.text)).map_err(|error| error.to_string())?;
        if !messages.whole() {
            return Err("the compiler broke down over the questions".to_owned());
        }
        let mut answers = vec![Answer::default(); self.places.len()];
        for (error, places) in messages.errors_with_places() {
            let inside = |(_, at): &&(String, usize)| self.places.iter().any(|p| p.0.contains(at));
            let place = places
                .iter()
                .filter(|(file, _)| file == "<anon>")
                .find(inside);
            let code = error.code.filter(|code| ITS_CODES.contains(&code.as_str()));
            let (Some((_, at)), Some(code)) = (place, code) else {
                return Err(format!(
                    "asked about the variables, the compiler says: {}",
                    error.message
                ));
            };
            let number = self.places.iter().position(|place| place.0.contains(at));
            let number = number.expect("the place is in a copy");
            let answer = &mut answers[number];
            match self.places[number].1.contains(at) {
                true => {
                    answer.in_part |= error.message.contains("partially moved");
                    answer.here.insert(code);
                }
                false => {
                    answer.elsewhere.insert(code);
                }
            }
        }
        match &answers[0] {
            nothing if *nothing == Answer::default() => Ok(answers),
            refused => Err(format!(
                "a copy of the function is refused, though nothing is asked in it: {}",
                refused
                    .elsewhere
                    .iter()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(", ")
            )),
        }
    }
}
