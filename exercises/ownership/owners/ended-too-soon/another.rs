//! One way out of the function, and there the span is given away to be destroyed.

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
    let span = Span::begin(log, "bake");
    let until = steps.iter().position(|step| step.is_empty());
    for step in &steps[..until.unwrap_or(steps.len())] {
        log.note(step);
    }
    drop(span);
}
