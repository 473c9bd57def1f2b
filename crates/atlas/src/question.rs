//! The questions, and the two programs that put them to the compiler.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::list::{Entry, parameters, with_parameters};
use crate::marker::{Marker, Trait};

/// The head of both programs: the probe and the markers.
pub const PRELUDE: &str = include_str!("prelude.rs");

/// One type with a marker in each parameter's place.
#[derive(Debug, Clone)]
pub struct Question {
    /// The place of the entry in the list.
    pub entry: usize,
    /// Which of the entry's types.
    pub member: usize,
    /// What stands in the parameters' places.
    pub markers: Vec<Marker>,
    /// The type as Rust.
    pub about: String,
}

/// All questions about all entries.
pub fn questions(entries: &[Entry]) -> Vec<Question> {
    let mut questions = Vec::new();
    for (entry, Entry { types, .. }) in entries.iter().enumerate() {
        for (member, each) in types.iter().enumerate() {
            let names = parameters(each);
            for markers in Marker::assignments(names.len()) {
                let marked = |place: usize| format!("{:?}<{}>", markers[place], names[place]);
                questions.push(Question {
                    entry,
                    member,
                    about: with_parameters(each, marked),
                    markers,
                });
            }
        }
    }
    questions
}

/// The program whose *output* is the answer: for each question, in its order, whether the type is
/// `Send`, whether it is `Sync`, and what the compiler calls it.
pub fn probes(prelude: &str, questions: &[Question]) -> String {
    let mut text = head(prelude, questions);
    text.push_str("static ANSWERS: &[(bool, bool)] = &[\n");
    for Question { about, .. } in questions {
        writeln!(
            text,
            "    (Probe::<{about}>::SEND, Probe::<{about}>::SYNC),"
        )
        .expect("a string");
    }
    text.push_str("];\n\nfn main() {\n    let names = [\n");
    for Question { about, .. } in questions {
        writeln!(text, "        std::any::type_name::<{about}>(),").expect("a string");
    }
    text.push_str(
        "    ];\n    for ((send, sync), name) in ANSWERS.iter().zip(names) {\n        println!(\"{send} {sync} {name}\");\n    }\n}\n",
    );
    text
}

/// The program whose *rejections* are the answer: one demand a line. Gives also the first of those
/// lines: the demand for `Send` of the first question, then for `Sync`, and so on.
pub fn demands(prelude: &str, questions: &[Question]) -> (String, usize) {
    let mut text = head(prelude, questions);
    text.push_str("fn send<T: ?Sized + Send>() {}\nfn sync<T: ?Sized + Sync>() {}\nfn main() {}\n");
    let first = text.lines().count() + 1;
    // A function for each, since rustc may leave out an error that follows from another in the
    // same body.
    for (number, Question { about, .. }) in questions.iter().enumerate() {
        for which in Trait::ALL {
            let demand = which.to_string().to_lowercase();
            writeln!(text, "fn {demand}_{number}() {{ {demand}::<{about}>() }}").expect("a string");
        }
    }
    (text, first)
}

/// The prelude, and a type for each parameter's name.
fn head(prelude: &str, questions: &[Question]) -> String {
    let names: BTreeSet<String> = questions
        .iter()
        .flat_map(|question| parameters(&question.about))
        .collect();
    let mut text = format!("{prelude}\n");
    for name in names {
        writeln!(text, "enum {name} {{}}").expect("a string");
    }
    text
}
