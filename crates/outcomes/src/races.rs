//! Who knows of which non-atomic access: happens-before without clocks.
//!
//! A data race is two accesses, one of them a write, that nothing orders.
//! Clocks would tell, but they count, and a state that counts never repeats.
//! So of each access we keep who knows of it: threads, and what they hand to
//! each other (a lock, a message, an atomic's newest value). Knowledge flows
//! as happens-before does.

use crate::value::{Cell, Object, Span, ThreadId};

/// What can know of an access.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) enum Knower {
    Thread(ThreadId),
    /// What the thread knew at its last release fence.
    Released(ThreadId),
    /// What its relaxed loads have seen: an acquire fence takes it in.
    Seen(ThreadId),
    /// A lock, or an atomic's newest value, or the like.
    Cell(Cell),
    /// What the readers of a read-write lock left for its next writer.
    Readers(Cell),
    /// A message by its place in the channel.
    Message(Object, u16),
    /// A thread's park token.
    Token(ThreadId),
    /// A store in a thread's buffer by its place there.
    Buffered(ThreadId, u16),
}

/// A non-atomic access that somebody does not know of yet.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Access {
    cell: Cell,
    thread: ThreadId,
    write: bool,
    span: Span,
    known: Vec<Knower>,
}

impl Access {
    fn knows(&self, who: Knower) -> bool {
        self.known.binary_search(&who).is_ok()
    }

    fn tell(&mut self, who: Knower) {
        if let Err(at) = self.known.binary_search(&who) {
            self.known.insert(at, who);
        }
    }

    fn set(&mut self, who: Knower, knows: bool) {
        match self.known.binary_search(&who) {
            Ok(at) if !knows => _ = self.known.remove(at),
            Err(at) if knows => self.known.insert(at, who),
            _ => {}
        }
    }
}

/// The accesses of one state of the program.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Races {
    accesses: Vec<Access>,
}

impl Races {
    /// A non-atomic access; `Err` if it races with one before.
    pub(crate) fn access(
        &mut self,
        cell: Cell,
        thread: ThreadId,
        write: bool,
        span: Span,
    ) -> Result<(), (Span, Span)> {
        self.check(cell, thread, write, span)?;
        // What is ordered before this one races with nothing that this doesn't.
        let me = Knower::Thread(thread);
        self.accesses
            .retain(|access| access.cell != cell || !access.knows(me) || (access.write && !write));
        let known = vec![me];
        self.accesses.push(Access {
            cell,
            thread,
            write,
            span,
            known,
        });
        self.accesses
            .sort_by_key(|access| (access.cell, access.thread, access.write));
        Ok(())
    }

    /// Whether an access (an atomic one too) races with a non-atomic one before.
    pub(crate) fn check(
        &self,
        cell: Cell,
        thread: ThreadId,
        write: bool,
        span: Span,
    ) -> Result<(), (Span, Span)> {
        let me = Knower::Thread(thread);
        let other = self.accesses.iter().find(|access| {
            access.cell == cell
                && access.thread != thread
                && (access.write || write)
                && !access.knows(me)
        });
        match other {
            Some(other) => Err((other.span.min(span), other.span.max(span))),
            None => Ok(()),
        }
    }

    /// The object is gone: nothing can reach it.
    pub(crate) fn free(&mut self, object: Object) {
        self.accesses.retain(|access| access.cell.object != object);
    }

    /// All that `from` knows `to` knows now too.
    pub(crate) fn flow(&mut self, from: Knower, to: Knower) {
        for access in self.accesses.iter_mut().filter(|access| access.knows(from)) {
            access.tell(to);
        }
    }

    /// `to` knows what `from` knows, and nothing else.
    pub(crate) fn copy(&mut self, from: Knower, to: Knower) {
        for access in &mut self.accesses {
            let knows = access.knows(from);
            access.set(to, knows);
        }
    }

    /// The first of a queue is gone; the others move up.
    pub(crate) fn shift(&mut self, place: impl Fn(u16) -> Knower, len: usize) {
        for access in &mut self.accesses {
            for at in 0..len as u16 {
                let next = access.knows(place(at + 1));
                access.set(place(at), next);
            }
        }
    }

    /// Accesses that all who run know of can't race any more.
    pub(crate) fn settle(&mut self, threads: impl Iterator<Item = ThreadId> + Clone) {
        self.accesses.retain(|access| {
            !threads
                .clone()
                .all(|thread| access.knows(Knower::Thread(thread)))
        });
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.accesses.is_empty()
    }
}
