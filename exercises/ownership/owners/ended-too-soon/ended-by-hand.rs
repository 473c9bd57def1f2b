//! Ending it by a call is forgotten where the function returns early.

use std::cell::RefCell;

#[derive(Default)]
pub struct Log(pub RefCell<Vec<String>>);

impl Log {
    pub fn note(&self, what: &str) {
        self.0.borrow_mut().push(what.to_owned());
    }
}

pub struct Span<'a> {
    log: &'a Log,
    name: &'static str,
}

impl<'a> Span<'a> {
    pub fn begin(log: &'a Log, name: &'static str) -> Span<'a> {
        log.note(&format!("begin {name}"));
        Span { log, name }
    }
}

impl Span<'_> {
    fn end(self) {
        self.log.note(&format!("end {}", self.name));
    }
}

pub fn bake(log: &Log, steps: &[&str]) {
    let span = Span::begin(log, "bake");
    for step in steps {
        if step.is_empty() {
            return;
        }
        log.note(step);
    }
    span.end();
}
