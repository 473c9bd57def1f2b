//! The part of an execution that can still matter: what loads may read, where stores may go, and S.

use super::know::{Ev, Know, tell};
use super::rules::{Rule, Rules};
use super::witness::Log;
use crate::request::Ordering;
use crate::value::{Cell, Object, Span, Value};
use crate::world::Table;
use std::rc::Rc;

/// Why an event can't be added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bad {
    /// The rules forbid it.
    Forbidden,
    /// There is no room to keep it: the answer will be partial.
    Full,
}

/// A set of S's nodes.
pub(crate) type Nodes = u128;

/// What is coherence-ordered at one place of a location, as far as S goes.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Anchors {
    /// Nodes before all that is later in coherence order.
    pub(crate) from: Nodes,
    /// Nodes after all that is earlier in coherence order.
    pub(crate) to: Nodes,
}

/// One modification of an atomic.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    pub(crate) value: Value,
    /// `None`: the value that the atomic began with.
    pub(crate) ev: Option<Ev>,
    /// Of each thread that read it, the first event that did.
    pub(crate) readers: Vec<Ev>,
    /// Whether it belongs to a read-modify-write that read the store before.
    pub(crate) rmw: bool,
    /// What an acquire that reads it comes to know.
    pub(crate) message: Option<Rc<Know>>,
    pub(crate) written: Anchors,
    pub(crate) read: Anchors,
}

/// An atomic: its stores in modification order. Those that nobody can reach any
/// more are gone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Location {
    pub(crate) stores: Vec<Store>,
    /// `from` of all that is gone.
    pub(crate) floor: Nodes,
}

impl Location {
    /// The newest store that `know` knows of: of its making, or of its being read.
    pub(super) fn bound(&self, know: &Know, made: bool, read: bool) -> usize {
        let known = |store: &Store| {
            (made && store.ev.is_some_and(|ev| know.has(ev)))
                || (read && store.readers.iter().any(|ev| know.has(*ev)))
        };
        (1..self.stores.len())
            .rev()
            .find(|&at| known(&self.stores[at]))
            .unwrap_or(0)
    }

    /// The level of the newest access that `know` knows of: twice the place of
    /// a store, and one more for what reads it.
    pub(crate) fn level(&self, know: &Know) -> usize {
        let at = self.bound(know, true, true);
        2 * at + usize::from(self.stores[at].readers.iter().any(|ev| know.has(*ev)))
    }

    pub(super) fn anchors(&self, level: usize) -> Anchors {
        let store = &self.stores[level / 2];
        if level.is_multiple_of(2) {
            store.written
        } else {
            store.read
        }
    }

    pub(super) fn anchors_mut(&mut self, level: usize) -> &mut Anchors {
        let store = &mut self.stores[level / 2];
        if level.is_multiple_of(2) {
            &mut store.written
        } else {
            &mut store.read
        }
    }

    /// What S has before all that is above this level.
    pub(crate) fn before(&self, level: usize) -> Nodes {
        (0..level).fold(self.floor, |all, level| all | self.anchors(level).from)
    }

    /// What S has after all that is below this level.
    pub(crate) fn after(&self, level: usize) -> Nodes {
        (level + 1..2 * self.stores.len()).fold(0, |all, level| all | self.anchors(level).to)
    }
}

/// What a thread knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clocks {
    /// How many events it has.
    pub(crate) events: u32,
    pub(crate) now: Rc<Know>,
    /// At its last release fence.
    pub(crate) released: Option<Rc<Know>>,
    /// What its relaxed loads have seen, for an acquire fence to come.
    pub(crate) seen: Option<Rc<Know>>,
}

/// Things other than atomics that hand on what one thread knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Holder {
    Lock(Cell),
    Readers(Cell),
    Barrier(Cell),
    Count(Object),
    Token(u8),
}

/// What a thread will know at least when its next event is there.
#[derive(Clone, Debug)]
pub(crate) struct Future {
    pub(crate) know: Rc<Know>,
    /// Atomics that it can't see before a read-modify-write, which reads only a
    /// store that no other one has read.
    pub(crate) rmws: Vec<Cell>,
}

/// A non-atomic access, or an atomic one where both kinds are mixed.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) cell: Cell,
    pub(crate) ev: Ev,
    pub(crate) write: bool,
    pub(crate) atomic: bool,
    pub(crate) span: Span,
}

/// A `seq_cst` operation or fence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) ev: Ev,
    pub(crate) fence: bool,
    /// What it is before in S.
    pub(crate) before: Nodes,
}

/// How an operation reads, and how it writes.
fn acquires(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Acquire | Ordering::AcqRel | Ordering::SeqCst
    )
}

fn releases(order: Ordering) -> bool {
    matches!(
        order,
        Ordering::Release | Ordering::AcqRel | Ordering::SeqCst
    )
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    pub(crate) rules: Rules,
    pub(crate) threads: Vec<Clocks>,
    pub(crate) locations: Table<Cell, Rc<Location>>,
    pub(crate) holders: Table<Holder, Rc<Know>>,
    /// Of each message in a channel, what its receiver comes to know, and its sending.
    pub(crate) messages: Table<Object, Vec<(Ev, Rc<Know>)>>,
    /// The last event that changed something that may be looked at without waiting.
    pub(crate) last: Table<(Cell, bool), Ev>,
    pub(crate) accesses: Vec<Access>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) log: Option<Box<Log>>,
}

impl Graph {
    pub(crate) fn know(&self, thread: u8) -> &Know {
        &self.threads[usize::from(thread)].now
    }

    /// A new event of the thread, behind all that it knows.
    pub(crate) fn event(&mut self, thread: u8) -> Ev {
        let clocks = &mut self.threads[usize::from(thread)];
        let ev = Ev {
            thread,
            index: clocks.events,
        };
        clocks.events += 1;
        Rc::make_mut(&mut clocks.now).step(ev);
        if let Some(log) = &mut self.log {
            log.event(ev);
        }
        ev
    }

    /// The atomic, which begins with `value` if it is new.
    pub(crate) fn locate(&mut self, cell: Cell, value: impl FnOnce() -> Value) {
        if self.locations.get(cell).is_none() {
            let store = Store {
                value: value(),
                ev: None,
                readers: Vec::new(),
                rmw: false,
                message: None,
                written: Anchors::default(),
                read: Anchors::default(),
            };
            let location = Location {
                stores: vec![store],
                floor: 0,
            };
            self.locations.set(cell, Rc::new(location));
        }
    }

    pub(super) fn location(&self, cell: Cell) -> &Location {
        self.locations.get(cell).expect("located before it is used")
    }

    pub(super) fn location_mut(&mut self, cell: Cell) -> &mut Location {
        Rc::make_mut(
            self.locations
                .get_mut(cell)
                .expect("located before it is used"),
        )
    }

    /// The stores that the thread's next load may read, as far as coherence
    /// goes ([intro.races]/16 and /18).
    pub(crate) fn readable(&self, thread: u8, cell: Cell) -> std::ops::Range<usize> {
        let location = self.location(cell);
        let (made, read) = (
            self.rules.has(Rule::WriteRead),
            self.rules.has(Rule::ReadRead),
        );
        location.bound(self.know(thread), made, read)..location.stores.len()
    }

    /// The stores behind which the thread's next store may go, as far as
    /// coherence goes ([intro.races]/15 and /17).
    pub(crate) fn placeable(&self, thread: u8, cell: Cell) -> std::ops::Range<usize> {
        let location = self.location(cell);
        let (made, read) = (
            self.rules.has(Rule::WriteWrite),
            self.rules.has(Rule::ReadWrite),
        );
        location.bound(self.know(thread), made, read)..location.stores.len()
    }

    /// Whether a store may go right behind this one ([atomics.order]/10).
    pub(crate) fn is_free(&self, cell: Cell, at: usize) -> bool {
        let next = self.location(cell).stores.get(at + 1);
        !next.is_some_and(|next| next.rmw) || !self.rules.has(Rule::Atomicity)
    }

    pub(crate) fn value(&self, cell: Cell, at: usize) -> &Value {
        &self.location(cell).stores[at].value
    }

    /// The thread takes in what the store's message says, now or at an acquire fence.
    pub(super) fn hear(&mut self, thread: u8, cell: Cell, at: usize, order: Ordering) -> Vec<Ev> {
        let store = &self.location(cell).stores[at];
        let (message, source) = (store.message.clone(), store.ev);
        let Some(message) = message else {
            return Vec::new();
        };
        let heads = self
            .log
            .as_ref()
            .map(|log| log.heads(source))
            .unwrap_or_default();
        let clocks = &mut self.threads[usize::from(thread)];
        if acquires(order) {
            if self.rules.has(Rule::ReleaseAcquire) {
                Rc::make_mut(&mut clocks.now).join(&message);
                return heads;
            }
        } else if self.rules.has(Rule::AcquireFence) {
            tell(&mut clocks.seen, &message);
            if let Some(log) = &mut self.log {
                log.pend(thread, &heads);
            }
        }
        Vec::new()
    }

    /// What the store of this event hands to those who acquire from it.
    pub(super) fn message(&self, thread: u8, order: Ordering) -> Option<Rc<Know>> {
        let clocks = &self.threads[usize::from(thread)];
        match releases(order) {
            true => Some(clocks.now.clone()),
            false => clocks.released.clone(),
        }
    }

    /// A load that reads the store at this place.
    pub(crate) fn load(
        &mut self,
        thread: u8,
        cell: Cell,
        at: usize,
        order: Ordering,
    ) -> Result<Ev, Bad> {
        let strong = self.strong(thread);
        let heads = self.hear(thread, cell, at, order);
        let ev = self.event(thread);
        let node = self.node(ev, order, false)?;
        let store = &mut self.location_mut(cell).stores[at];
        if !store.readers.iter().any(|reader| reader.thread == thread) {
            store.readers.push(ev);
        }
        let source = store.ev;
        if let Some(log) = &mut self.log {
            log.read(ev, cell, source, &heads);
        }
        self.arrange(cell, 2 * at + 1, ev, node, strong)?;
        Ok(ev)
    }

    /// A store behind the one at this place.
    pub(crate) fn store(
        &mut self,
        thread: u8,
        cell: Cell,
        at: usize,
        order: Ordering,
        value: Value,
    ) -> Result<Ev, Bad> {
        let strong = self.strong(thread);
        let ev = self.event(thread);
        let node = self.node(ev, order, false)?;
        let message = self.message(thread, order);
        self.insert(ev, cell, at, value, message, false);
        if let Some(log) = &mut self.log {
            log.head(ev, releases(order), None);
        }
        self.arrange(cell, 2 * at + 2, ev, node, strong)?;
        Ok(ev)
    }

    /// A read-modify-write that reads the store at this place and goes right
    /// behind it.
    pub(crate) fn exchange(
        &mut self,
        thread: u8,
        cell: Cell,
        at: usize,
        order: Ordering,
        value: Value,
    ) -> Result<Ev, Bad> {
        let strong = self.strong(thread);
        let heads = self.hear(thread, cell, at, order);
        let ev = self.event(thread);
        let node = self.node(ev, order, false)?;
        let old = &self.location(cell).stores[at];
        let (source, mut message) = (old.ev, old.message.clone());
        if !self.rules.has(Rule::ReleaseSequence) {
            message = None;
        }
        if let Some(own) = self.message(thread, order) {
            tell(&mut message, &own);
        }
        self.insert(ev, cell, at, value, message, true);
        if let Some(log) = &mut self.log {
            log.read(ev, cell, source, &heads);
            log.head(ev, releases(order), Some(source));
        }
        self.arrange(cell, 2 * at + 2, ev, node, strong)?;
        Ok(ev)
    }

    /// A non-atomic write to an atomic, as through `&mut`: behind all others.
    pub(crate) fn overwrite(&mut self, ev: Ev, cell: Cell, value: Value) {
        let at = self.location(cell).stores.len() - 1;
        self.insert(ev, cell, at, value, None, false);
    }

    pub(super) fn insert(
        &mut self,
        ev: Ev,
        cell: Cell,
        at: usize,
        value: Value,
        message: Option<Rc<Know>>,
        rmw: bool,
    ) {
        let location = self.location_mut(cell);
        let before = location.stores[at].ev;
        let store = Store {
            value,
            ev: Some(ev),
            readers: Vec::new(),
            rmw,
            message,
            written: Anchors::default(),
            read: Anchors::default(),
        };
        location.stores.insert(at + 1, store);
        if let Some(log) = &mut self.log {
            log.write(ev, cell, before);
        }
    }

    /// A fence.
    pub(crate) fn fence(&mut self, thread: u8, order: Ordering) -> Result<Ev, Bad> {
        let strong = self.strong(thread);
        let clocks = &mut self.threads[usize::from(thread)];
        let mut heads = Vec::new();
        if acquires(order)
            && let Some(seen) = clocks.seen.take()
        {
            Rc::make_mut(&mut clocks.now).join(&seen);
            heads = self
                .log
                .as_mut()
                .map(|log| log.take_pending(thread))
                .unwrap_or_default();
        }
        let ev = self.event(thread);
        let clocks = &mut self.threads[usize::from(thread)];
        if releases(order) && self.rules.has(Rule::ReleaseFence) {
            clocks.released = Some(clocks.now.clone());
        }
        if let Some(log) = &mut self.log {
            log.fence(ev, releases(order), &heads);
        }
        let Some(node) = self.node(ev, order, true)? else {
            return Ok(ev);
        };
        self.connect(strong, node)?;
        // [atomics.order]/4.2 and 4.4: behind what is coherence-ordered before
        // an access that happens before this fence.
        let know = self.threads[usize::from(thread)].now.clone();
        for i in 0..self.locations.0.len() {
            let (cell, location) = &self.locations.0[i];
            let cell = *cell;
            let level = location.level(&know);
            let from = self.told(location.before(level), true);
            self.location_mut(cell).anchors_mut(level).to |= node;
            self.connect(from, node)?;
        }
        Ok(ev)
    }

    /// What the thread knows goes to the holder.
    pub(crate) fn give(&mut self, thread: u8, ev: Ev, holder: Holder) {
        if matches!(holder, Holder::Lock(_)) && !self.rules.has(Rule::Lock) {
            return;
        }
        let know = self.threads[usize::from(thread)].now.clone();
        let mut held = self.holders.remove(holder);
        tell(&mut held, &know);
        self.holders.set(holder, held.expect("it was told"));
        if let Some(log) = &mut self.log {
            log.give(ev, holder);
        }
    }

    /// The thread comes to know what the holder has.
    pub(crate) fn take(&mut self, thread: u8, holder: Holder) {
        if let Some(held) = self.holders.get(holder) {
            Rc::make_mut(&mut self.threads[usize::from(thread)].now).join(held);
            if let Some(log) = &mut self.log {
                log.take(thread, holder);
            }
        }
    }

    pub(crate) fn learn(&mut self, thread: u8, know: &Know, from: Ev) {
        Rc::make_mut(&mut self.threads[usize::from(thread)].now).join(know);
        if let Some(log) = &mut self.log {
            log.learn(thread, from);
        }
    }
}
