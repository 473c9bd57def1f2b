//! A `Span` notes in a log when a piece of work begins and, as it is destroyed, when
//! it ends. `bake` should do its steps inside one span: `begin bake`, the steps,
//! `end bake`. A step that is empty stops the work at once, and the span ends then.
//!
//! "Everything is in the log. But `end bake` stands before the first step! I
//! called the span `_` because I never use it."

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

impl Drop for Span<'_> {
    fn drop(&mut self) {
        self.log.note(&format!("end {}", self.name));
    }
}

pub fn bake(log: &Log, steps: &[&str]) {
    let _ = Span::begin(log, "bake");
    for step in steps {
        if step.is_empty() {
            return;
        }
        log.note(step);
    }
}
