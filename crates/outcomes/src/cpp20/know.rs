//! What happens before a point of an execution, as clocks.

use std::rc::Rc;

/// An event by its thread, and by its place among that thread's events.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Ev {
    pub(crate) thread: u8,
    pub(crate) index: u32,
}

/// The events that happen before a point: of each thread the first so many,
/// since what is sequenced before goes along.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Know {
    /// What happens before.
    hb: Vec<u32>,
    /// What is sequenced before something that happens before. That is what
    /// strongly happens before the next event of the thread ([intro.races]/12).
    pre: Vec<u32>,
}

impl Know {
    pub(crate) fn has(&self, event: Ev) -> bool {
        self.hb
            .get(usize::from(event.thread))
            .is_some_and(|&n| n > event.index)
    }

    /// How many events of the thread strongly happen before.
    pub(crate) fn strongly(&self, thread: u8) -> u32 {
        self.pre.get(usize::from(thread)).copied().unwrap_or(0)
    }

    pub(crate) fn join(&mut self, other: &Know) {
        join(&mut self.hb, &other.hb);
        join(&mut self.pre, &other.pre);
    }

    /// The thread's own next event.
    pub(crate) fn step(&mut self, event: Ev) {
        let at = usize::from(event.thread);
        for (clock, n) in [
            (&mut self.hb, event.index + 1),
            (&mut self.pre, event.index),
        ] {
            if clock.len() <= at {
                clock.resize(at + 1, 0);
            }
            clock[at] = n;
        }
    }
}

fn join(a: &mut Vec<u32>, b: &[u32]) {
    if a.len() < b.len() {
        a.resize(b.len(), 0);
    }
    for (a, b) in a.iter_mut().zip(b) {
        *a = (*a).max(*b);
    }
}

/// Adds what is known to what a holder may hold.
pub(crate) fn tell(holder: &mut Option<Rc<Know>>, know: &Rc<Know>) {
    match holder {
        Some(known) => Rc::make_mut(known).join(know),
        None => *holder = Some(know.clone()),
    }
}
