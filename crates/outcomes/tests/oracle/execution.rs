//! Candidate executions: what the threads did, with every choice of who reads
//! from whom and of each atomic's modification order.

use super::axioms::{Fault, Rules};
use super::candidates::{Act, Candidate, Event, EventId};
use super::program::{Kind, Location};

/// A relation over events: for each the set of those it relates to, a bit each.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Relation(Vec<u128>);

impl Relation {
    pub(super) fn new(events: usize) -> Relation {
        assert!(events <= 128, "a litmus program has at most 128 events");
        Relation(vec![0; events])
    }

    pub(super) fn add(&mut self, a: EventId, b: EventId) {
        self.0[a] |= 1 << b;
    }

    pub(super) fn has(&self, a: EventId, b: EventId) -> bool {
        self.0[a] >> b & 1 == 1
    }

    pub(super) fn or(mut self, other: &Relation) -> Relation {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    /// Everything reached in one or more steps.
    pub(super) fn closure(mut self) -> Relation {
        for middle in 0..self.0.len() {
            let beyond = self.0[middle];
            for row in &mut self.0 {
                if *row >> middle & 1 == 1 {
                    *row |= beyond;
                }
            }
        }
        self
    }

    /// One step of the first, then one of the second.
    pub(super) fn then(&self, second: &Relation) -> Relation {
        let mut both = Relation::new(self.0.len());
        for (a, row) in self.0.iter().enumerate() {
            for b in 0..self.0.len() {
                if row >> b & 1 == 1 {
                    both.0[a] |= second.0[b];
                }
            }
        }
        both
    }

    pub(super) fn is_irreflexive(&self) -> bool {
        (0..self.0.len()).all(|e| !self.has(e, e))
    }

    pub(super) fn is_acyclic(&self) -> bool {
        self.clone().closure().is_irreflexive()
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (EventId, EventId)> {
        let events = self.0.len();
        (0..events).flat_map(move |a| {
            (0..events)
                .filter(move |&b| self.has(a, b))
                .map(move |b| (a, b))
        })
    }
}

/// One candidate execution.
pub(super) struct Execution<'c> {
    pub(super) candidate: &'c Candidate,
    /// Sequenced before: the order of one thread.
    pub(super) sb: Relation,
    /// A thread's start and end, seen by the one that starts and joins it.
    pub(super) starts: Relation,
    pub(super) ends: Relation,
    /// The write that a read takes its value from.
    pub(super) reads_from: Vec<Option<EventId>>,
    /// Per atomic location, its writes in modification order.
    pub(super) modifications: Vec<Vec<EventId>>,
    /// The same as a relation.
    pub(super) mo: Relation,
}

impl Execution<'_> {
    pub(super) fn events(&self) -> &[Event] {
        &self.candidate.events
    }

    /// Write → read.
    pub(super) fn rf(&self) -> Relation {
        let mut rf = Relation::new(self.events().len());
        for (read, write) in self.reads_from.iter().enumerate() {
            if let Some(write) = write {
                rf.add(*write, read);
            }
        }
        rf
    }

    /// No cycle of what threads do one after the other and of who reads from
    /// whom: Lahav et al. 2017, §3.2, NO-THIN-AIR. The standard only recommends
    /// a part of it ([atomics.order]/8).
    pub(super) fn has_no_cycle(&self) -> bool {
        self.sb
            .clone()
            .or(&self.starts)
            .or(&self.ends)
            .or(&self.rf())
            .is_acyclic()
    }

    /// [atomics.order]/10: a read-modify-write reads the last value written
    /// before its own write, in this modification order.
    pub(super) fn is_atomic(&self, order: &[EventId]) -> bool {
        order.iter().enumerate().all(|(place, &write)| {
            let last = place.checked_sub(1).map(|before| order[before]);
            !self.events()[write].is_rmw() || self.reads_from[write] == last
        })
    }
}

/// Makes every execution of a candidate.
pub(super) fn for_each(candidate: &Candidate, rules: &Rules, mut each: impl FnMut(&Execution)) {
    let events = &candidate.events;
    let mut sb = Relation::new(events.len());
    let (mut starts, mut ends) = (sb.clone(), sb.clone());
    for (a, first) in events.iter().enumerate() {
        for (b, second) in events.iter().enumerate() {
            // Events stand in the order in which their thread made them.
            if first.thread == second.thread && a < b {
                sb.add(a, b);
            }
            if first.act == Act::Spawn(second.thread) && second.act == Act::Begin {
                starts.add(a, b);
            }
            if first.act == Act::End && second.act == Act::Join(first.thread) {
                ends.add(a, b);
            }
        }
    }
    let mut execution = Execution {
        candidate,
        mo: sb.clone(),
        sb,
        starts,
        ends,
        reads_from: vec![None; events.len()],
        modifications: vec![Vec::new(); candidate.kinds.len()],
    };
    choose_reads(&mut execution, 0, rules, &mut each);
}

fn choose_reads(
    execution: &mut Execution,
    from: EventId,
    rules: &Rules,
    each: &mut impl FnMut(&Execution),
) {
    let events = &execution.candidate.events;
    let Some(read) = (from..events.len()).find(|&e| events[e].reads()) else {
        choose_order(execution, 0, each, rules);
        return;
    };
    for write in 0..events.len() {
        let same = events[write].location == events[read].location;
        // Two read-modify-writes can't both stand right behind one write: to
        // ask that part of [atomics.order]/10 here saves orders.
        let taken = events[read].is_rmw()
            && !rules.has(Fault::Atomicity)
            && (0..read).any(|r| events[r].is_rmw() && execution.reads_from[r] == Some(write));
        if taken {
            continue;
        }
        if same && write != read && events[write].written == events[read].read {
            execution.reads_from[read] = Some(write);
            // That rule needs no modification order; to ask it here saves those.
            if rules.has(Fault::Cycle) || execution.has_no_cycle() {
                choose_reads(execution, read + 1, rules, each);
            }
        }
    }
    execution.reads_from[read] = None;
}

fn choose_order(
    execution: &mut Execution,
    location: Location,
    each: &mut impl FnMut(&Execution),
    rules: &Rules,
) {
    if location == execution.modifications.len() {
        execution.mo = Relation::new(execution.events().len());
        for writes in &execution.modifications {
            for (i, &a) in writes.iter().enumerate() {
                writes[i + 1..].iter().for_each(|&b| execution.mo.add(a, b));
            }
        }
        each(execution);
        return;
    }
    let events = execution.events().iter().enumerate();
    let writes: Vec<_> = events
        .filter(|(_, e)| e.location == Some(location) && e.writes())
        .map(|(id, _)| id)
        .collect();
    if execution.candidate.kinds[location] == Kind::Plain {
        // Only atomic objects have one ([intro.races]/4).
        choose_order(execution, location + 1, each, rules);
        return;
    }
    // An order against what one thread does, or against spawn and join, can
    // only end at write-write coherence: where that holds it isn't tried.
    let known = match rules.has(Fault::WriteWrite) {
        true => Relation::new(execution.events().len()),
        false => execution
            .sb
            .clone()
            .or(&execution.starts)
            .or(&execution.ends)
            .closure(),
    };
    let atomic = |order: &[EventId]| rules.has(Fault::Atomicity) || execution.is_atomic(order);
    let mut all = Vec::new();
    orders(&writes, &known, &atomic, &mut Vec::new(), &mut all);
    for order in all {
        execution.modifications[location] = order;
        choose_order(execution, location + 1, each, rules);
    }
    execution.modifications[location].clear();
}

/// Every order of these events that agrees with `known` and whose every
/// beginning is as it should be.
fn orders(
    events: &[EventId],
    known: &Relation,
    allowed: &impl Fn(&[EventId]) -> bool,
    begun: &mut Vec<EventId>,
    all: &mut Vec<Vec<EventId>>,
) {
    if events.is_empty() {
        all.push(begun.clone());
    }
    for &next in events {
        if events.iter().any(|&other| known.has(other, next)) {
            continue;
        }
        begun.push(next);
        if allowed(begun) {
            let rest: Vec<_> = events.iter().copied().filter(|&e| e != next).collect();
            orders(&rest, known, allowed, begun, all);
        }
        begun.pop();
    }
}
