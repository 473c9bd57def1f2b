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
    fn bound(&self, know: &Know, made: bool, read: bool) -> usize {
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

    fn anchors(&self, level: usize) -> Anchors {
        let store = &self.stores[level / 2];
        if level.is_multiple_of(2) {
            store.written
        } else {
            store.read
        }
    }

    fn anchors_mut(&mut self, level: usize) -> &mut Anchors {
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

    fn location(&self, cell: Cell) -> &Location {
        self.locations.get(cell).expect("located before it is used")
    }

    fn location_mut(&mut self, cell: Cell) -> &mut Location {
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
    fn hear(&mut self, thread: u8, cell: Cell, at: usize, order: Ordering) -> Vec<Ev> {
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
    fn message(&self, thread: u8, order: Ordering) -> Option<Rc<Know>> {
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

    fn insert(
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

    /// Of the nodes before something, those that the rules put before a fence
    /// or an operation.
    fn told(&self, from: Nodes, to_fence: bool) -> Nodes {
        let (operation, fence) = match to_fence {
            true => (Rule::OperationFence, Rule::FenceFence),
            false => (Rule::OperationOperation, Rule::FenceOperation),
        };
        self.select(from, self.rules.has(operation), self.rules.has(fence))
    }

    fn select(&self, nodes: Nodes, operations: bool, fences: bool) -> Nodes {
        if operations && fences {
            return nodes;
        }
        let wanted = |node: &usize| {
            if self.nodes[*node].fence {
                fences
            } else {
                operations
            }
        };
        each(nodes)
            .filter(wanted)
            .fold(0, |all, node| all | 1 << node)
    }

    /// A new node of S, if the event is `seq_cst`.
    fn node(&mut self, ev: Ev, order: Ordering, fence: bool) -> Result<Option<Nodes>, Bad> {
        if order != Ordering::SeqCst {
            return Ok(None);
        }
        let at = self.nodes.len();
        if at == Nodes::BITS as usize {
            return Err(Bad::Full);
        }
        self.nodes.push(Node {
            ev,
            fence,
            before: 0,
        });
        if let Some(log) = &mut self.log {
            log.seq_cst(ev);
        }
        Ok(Some(1 << at))
    }

    /// The nodes that strongly happen before the thread's next event: of each
    /// thread the last, which the others are before.
    fn strong(&self, thread: u8) -> Nodes {
        if !self.rules.has(Rule::Strongly) {
            return 0;
        }
        let clocks = &self.threads[usize::from(thread)];
        self.strongly(&clocks.now, Some(thread))
    }

    /// The last node of each thread that strongly happens before a point.
    pub(crate) fn strongly(&self, know: &Know, own: Option<u8>) -> Nodes {
        self.last(|ev| {
            ev.index < know.strongly(ev.thread) || (own == Some(ev.thread) && know.has(ev))
        })
    }

    /// The last fence of each thread that happens before a point.
    pub(crate) fn fences(&self, know: &Know) -> Nodes {
        let fences = self.nodes.iter().enumerate().filter(|(_, node)| node.fence);
        last_of_each(fences.filter(|(_, node)| know.has(node.ev)))
    }

    fn last(&self, wanted: impl Fn(Ev) -> bool) -> Nodes {
        last_of_each(
            self.nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| wanted(node.ev)),
        )
    }

    /// [atomics.order]/4: what the new access at this level of the location
    /// makes of S.
    fn arrange(
        &mut self,
        cell: Cell,
        level: usize,
        ev: Ev,
        node: Option<Nodes>,
        strong: Nodes,
    ) -> Result<(), Bad> {
        if self.nodes.is_empty() {
            return Ok(());
        }
        let own = node.unwrap_or(0);
        let fences = self.fences(self.know(ev.thread));
        let location = self.location(cell);
        let (before, after) = (location.before(level), location.after(level));
        let anchors = self.location_mut(cell).anchors_mut(level);
        anchors.from |= own | fences;
        anchors.to |= own;
        if let Some(node) = node {
            self.connect(strong, node)?;
            if !self.rules.has(Rule::OnlyStrongly) {
                let know = self.know(ev.thread);
                let before = self.last(|other| other != ev && know.has(other));
                self.connect(before, node)?;
            }
            // 4.1 and 4.3, to this operation.
            self.connect(self.told(before, false), node)?;
            // 4.1 and 4.2, from it.
            let operation = self.rules.has(Rule::OperationOperation);
            let to = self.select(after, operation, self.rules.has(Rule::OperationFence));
            self.connect(node, to)?;
        }
        // 4.3 and 4.4, from the fences before it.
        let operation = self.rules.has(Rule::FenceOperation);
        let to = self.select(after, operation, self.rules.has(Rule::FenceFence));
        self.connect(fences, to)
    }

    /// All of `from` are before all of `to` in S.
    fn connect(&mut self, from: Nodes, to: Nodes) -> Result<(), Bad> {
        if from == 0 || to == 0 {
            return Ok(());
        }
        if let Some(log) = &mut self.log {
            for a in each(from) {
                for b in each(to) {
                    log.before(self.nodes[a].ev, self.nodes[b].ev);
                }
            }
        }
        let reached = each(to).fold(to, |all, node| all | self.nodes[node].before);
        if reached & from != 0 {
            return Err(Bad::Forbidden);
        }
        for at in 0..self.nodes.len() {
            let node = &mut self.nodes[at];
            if (1 << at | node.before) & from != 0 {
                node.before |= reached;
            }
        }
        Ok(())
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

    /// An access that may race; the accesses that it races with, if there are any.
    pub(crate) fn access(&mut self, access: Access) -> Vec<(Span, Span)> {
        let know = self.threads[usize::from(access.ev.thread)].now.clone();
        let mut races = Vec::new();
        for other in self
            .accesses
            .iter()
            .filter(|other| other.cell == access.cell)
        {
            let conflict = (other.write || access.write) && !(other.atomic && access.atomic);
            if conflict && !know.has(other.ev) && self.rules.has(Rule::Race) {
                races.push((other.span.min(access.span), other.span.max(access.span)));
            }
        }
        // What is ordered before this one races with nothing that this doesn't.
        self.accesses.retain(|other| {
            let covers = (access.write || !other.write) && (!access.atomic || other.atomic);
            other.cell != access.cell || !know.has(other.ev) || !covers
        });
        self.accesses.push(access);
        self.accesses
            .sort_by_key(|access| (access.cell, access.ev, access.write));
        races
    }

    /// The object's end: what it races with.
    pub(crate) fn free(&mut self, ev: Ev, object: Object, span: Span) -> Vec<(Span, Span)> {
        let know = self.know(ev.thread).clone();
        let on_it = |access: &&Access| access.cell.object == object && !know.has(access.ev);
        if let Some(log) = &mut self.log {
            log.free(object);
        }
        let races = self.accesses.iter().filter(on_it);
        let races = races
            .map(|other| (other.span.min(span), other.span.max(span)))
            .collect();
        self.accesses.retain(|access| access.cell.object != object);
        self.locations.retain(|cell| cell.object != object);
        self.last.retain(|(cell, _)| cell.object != object);
        self.holders.retain(|holder| match holder {
            Holder::Lock(cell) | Holder::Readers(cell) | Holder::Barrier(cell) => {
                cell.object != object
            }
            Holder::Count(known) => known != object,
            Holder::Token(_) => true,
        });
        if !self.rules.has(Rule::Race) {
            Vec::new()
        } else {
            races
        }
    }

    /// Forgets what can't matter any more: what all of `live` (what the
    /// threads that go on will know at their next step) have behind them.
    pub(crate) fn forget(&mut self, live: &[Rc<Know>]) {
        let all = |ev: Ev| live.iter().all(|know| know.has(ev));
        self.accesses.retain(|access| !all(access.ev));
        let gone: Vec<_> = self
            .last
            .0
            .iter()
            .filter(|(_, ev)| all(*ev))
            .map(|(k, _)| *k)
            .collect();
        self.last.retain(|key| !gone.contains(&key));
        let whole = self.rules == Rules::default();
        for (_, location) in &mut self.locations.0 {
            let oldest = live
                .iter()
                .map(|know| location.bound(know, true, true))
                .min();
            let oldest = oldest.unwrap_or(location.stores.len() - 1);
            if oldest == 0 || !whole {
                continue;
            }
            let location = Rc::make_mut(location);
            for store in location.stores.drain(..oldest) {
                location.floor |= store.written.from | store.read.from;
            }
            location.stores[0].written.to = 0;
            location.stores[0].read.to = 0;
        }
        if !self.nodes.is_empty() && whole {
            self.forget_nodes();
        }
    }

    /// Takes out of every set the nodes that others of it stand for, and then
    /// the nodes that are in no set.
    fn forget_nodes(&mut self) {
        let mut used = 0;
        let mut locations = std::mem::take(&mut self.locations);
        for (_, location) in &mut locations.0 {
            let location = Rc::make_mut(location);
            location.floor = self.latest(location.floor);
            used |= location.floor;
            for store in &mut location.stores {
                for anchors in [&mut store.written, &mut store.read] {
                    anchors.from = self.latest(anchors.from);
                    anchors.to = self.earliest(anchors.to);
                    used |= anchors.from | anchors.to;
                }
                if let Some(message) = &store.message {
                    used |= self.strongly(message, None) | self.fences(message);
                }
            }
        }
        self.locations = locations;
        for (thread, clocks) in self.threads.iter().enumerate() {
            used |= self.strongly(&clocks.now, Some(thread as u8)) | self.fences(&clocks.now);
            for know in [&clocks.released, &clocks.seen].into_iter().flatten() {
                used |= self.strongly(know, None) | self.fences(know);
            }
        }
        let messages = self
            .messages
            .0
            .iter()
            .flat_map(|(_, queue)| queue)
            .map(|(_, know)| know);
        for know in self.holders.0.iter().map(|(_, know)| know).chain(messages) {
            used |= self.strongly(know, None) | self.fences(know);
        }
        let everything = if self.nodes.len() == 128 {
            !0
        } else {
            (1 << self.nodes.len()) - 1
        };
        if used != everything {
            self.keep_nodes(used);
        }
    }

    fn keep_nodes(&mut self, used: Nodes) {
        let keep: Vec<usize> = each(used).collect();
        let moved = |nodes: Nodes| {
            let bits = keep.iter().enumerate();
            bits.fold(0, |all, (to, from)| all | (nodes >> from & 1) << to)
        };
        self.nodes = keep
            .iter()
            .map(|&at| Node {
                before: moved(self.nodes[at].before),
                ..self.nodes[at]
            })
            .collect();
        for (_, location) in &mut self.locations.0 {
            let location = Rc::make_mut(location);
            location.floor = moved(location.floor);
            for store in &mut location.stores {
                for anchors in [&mut store.written, &mut store.read] {
                    *anchors = Anchors {
                        from: moved(anchors.from),
                        to: moved(anchors.to),
                    };
                }
            }
        }
    }

    /// The nodes of a set that are before no other of it.
    fn latest(&self, nodes: Nodes) -> Nodes {
        let last = |node: &usize| self.nodes[*node].before & nodes == 0;
        each(nodes)
            .filter(last)
            .fold(0, |all, node| all | 1 << node)
    }

    /// The nodes of a set that no other of it is before.
    fn earliest(&self, nodes: Nodes) -> Nodes {
        each(nodes).fold(nodes, |all, node| all & !self.nodes[node].before)
    }
}

/// The numbers of a set.
pub(crate) fn each(mut nodes: Nodes) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (nodes != 0).then(|| {
            let first = nodes.trailing_zeros() as usize;
            nodes &= nodes - 1;
            first
        })
    })
}

fn last_of_each<'a>(nodes: impl Iterator<Item = (usize, &'a Node)>) -> Nodes {
    let mut last: Vec<(u8, u32, usize)> = Vec::new();
    for (at, node) in nodes {
        match last
            .iter_mut()
            .find(|(thread, ..)| *thread == node.ev.thread)
        {
            Some(known) if known.1 < node.ev.index => *known = (node.ev.thread, node.ev.index, at),
            Some(_) => {}
            None => last.push((node.ev.thread, node.ev.index, at)),
        }
    }
    last.into_iter().fold(0, |all, (.., at)| all | 1 << at)
}
