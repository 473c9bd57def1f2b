//! Which candidate executions the C++20 standard allows: one function per
//! rule, each beside its clause, and the rules as flags, so that each can be
//! broken to see whether a program notices.

use super::Race;
use super::candidates::{Act, Event, EventId};
use super::execution::{Execution, Relation};
use std::collections::BTreeSet;

/// The rules in force.
#[derive(Clone, Debug)]
pub struct Rules {
    fault: Option<Fault>,
}

/// One way in which the rules can be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Without write-write coherence.
    WriteWrite,
    /// Without read-read coherence.
    ReadRead,
    /// Without read-write coherence.
    ReadWrite,
    /// Without write-read coherence.
    WriteRead,
    /// A read-modify-write needn't read the write before its own.
    Atomicity,
    /// A release doesn't synchronise with an acquire.
    ReleaseAcquire,
    /// A release sequence is its head alone.
    ReleaseSequence,
    /// A release sequence goes on through stores of its own thread (as before C++20).
    OldReleaseSequence,
    /// A release sequence goes on through anybody's stores.
    AnyReleaseSequence,
    /// A release fence doesn't synchronise with an acquire fence.
    FenceToFence,
    /// A release fence doesn't synchronise with an acquire operation.
    FenceToOperation,
    /// A release operation doesn't synchronise with an acquire fence.
    OperationToFence,
    /// Starting a thread doesn't synchronise.
    Start,
    /// Joining a thread doesn't synchronise.
    Join,
    /// Locks don't synchronise.
    Locks,
    /// A non-atomic read takes its value from any write.
    VisibleSideEffect,
    /// The order of one thread isn't in S.
    SequencedInS,
    /// Only the order of one thread is in S, not what happens before across threads.
    StronglyInS,
    /// All that happens before is in S (as before C++20).
    HappensBeforeInS,
    /// Coherence-ordered before isn't transitive (as repaired C11's condition, in effect).
    CoherenceOrderInSteps,
    /// Coherence-ordered before without reads-from, alone or in a chain.
    CoherenceOrderWithoutReadsFrom,
    /// Coherence-ordered before without modification order.
    CoherenceOrderWithoutWrites,
    /// Coherence-ordered before without a read's write being overwritten.
    CoherenceOrderWithoutReads,
    /// S ignores two operations' coherence order.
    OperationOperationInS,
    /// S ignores an operation's coherence order with what a fence follows.
    OperationFenceInS,
    /// S ignores what follows a fence's coherence order with an operation.
    FenceOperationInS,
    /// S ignores the coherence order of what stands around two fences.
    FenceFenceInS,
    /// Sequenced-before and reads-from may form a cycle.
    Cycle,
    /// seq_cst loads are acquire loads.
    LoadsNotInS,
    /// seq_cst stores are release stores.
    StoresNotInS,
    /// Nobody looks for data races.
    Races,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 31] = [
        Fault::WriteWrite,
        Fault::ReadRead,
        Fault::ReadWrite,
        Fault::WriteRead,
        Fault::Atomicity,
        Fault::ReleaseAcquire,
        Fault::ReleaseSequence,
        Fault::OldReleaseSequence,
        Fault::AnyReleaseSequence,
        Fault::FenceToFence,
        Fault::FenceToOperation,
        Fault::OperationToFence,
        Fault::Start,
        Fault::Join,
        Fault::Locks,
        Fault::VisibleSideEffect,
        Fault::SequencedInS,
        Fault::StronglyInS,
        Fault::HappensBeforeInS,
        Fault::CoherenceOrderInSteps,
        Fault::CoherenceOrderWithoutReadsFrom,
        Fault::CoherenceOrderWithoutWrites,
        Fault::CoherenceOrderWithoutReads,
        Fault::OperationOperationInS,
        Fault::OperationFenceInS,
        Fault::FenceOperationInS,
        Fault::FenceFenceInS,
        Fault::Cycle,
        Fault::LoadsNotInS,
        Fault::StoresNotInS,
        Fault::Races,
    ];
}

impl Rules {
    /// The standard's, with the rule against cycles.
    pub fn cpp20() -> Rules {
        Rules { fault: None }
    }

    /// The same with one fault.
    pub fn with(fault: Fault) -> Rules {
        Rules { fault: Some(fault) }
    }

    pub(super) fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }
}

/// Whether the rules allow this execution.
pub(super) fn consistent(x: &Execution, rules: &Rules) -> bool {
    let atomic = x.modifications.iter().all(|order| x.is_atomic(order));
    if !rules.has(Fault::Atomicity) && !atomic {
        return false;
    }
    let sw = synchronizes_with(x, rules);
    let hb = x.sb.clone().or(&sw).closure();
    // [intro.races]/10: no execution shows a cycle in happens before.
    hb.is_irreflexive()
        && coherent(x, &hb, rules)
        && (rules.has(Fault::VisibleSideEffect) || reads_are_visible(x, &hb))
        && (rules.has(Fault::Cycle) || x.has_no_cycle())
        && has_total_order(x, &sw, &hb, rules)
}

/// [intro.races]/5: the release sequence headed by a write: the longest run in
/// modification order behind it of read-modify-writes, anybody's.
fn release_sequence(x: &Execution, head: EventId, rules: &Rules) -> Vec<EventId> {
    let location = x.events()[head].location.expect("a write has one");
    let writes = &x.modifications[location];
    let place = writes
        .iter()
        .position(|&w| w == head)
        .expect("it is in its order");
    let goes_on = |&&write: &&EventId| {
        let event = &x.events()[write];
        let own = event.thread == x.events()[head].thread;
        !rules.has(Fault::ReleaseSequence)
            && (event.is_rmw()
                || (own && rules.has(Fault::OldReleaseSequence))
                || rules.has(Fault::AnyReleaseSequence))
    };
    let rest = writes[place + 1..].iter().take_while(goes_on).copied();
    std::iter::once(head).chain(rest).collect()
}

/// Which evaluations synchronise with which.
fn synchronizes_with(x: &Execution, rules: &Rules) -> Relation {
    let mut sw = Relation::new(x.events().len());
    // [thread.thread.constr]/6: the thread's creation synchronises with its start;
    // [thread.thread.member]/4: its end with the join's return.
    if !rules.has(Fault::Start) {
        sw = sw.or(&x.starts);
    }
    if !rules.has(Fault::Join) {
        sw = sw.or(&x.ends);
    }
    for (reader, writer) in x.reads_from.iter().enumerate() {
        let Some(writer) = *writer else { continue };
        if x.events()[reader].is_plain() {
            continue;
        }
        let location = x.events()[writer].location.expect("a write has one");
        for &head in &x.modifications[location] {
            if release_sequence(x, head, rules).contains(&writer) {
                synchronize(x, head, reader, rules, &mut sw);
            }
        }
    }
    sw
}

/// `reader` reads from the release sequence that `head` heads, or would head if
/// it were a release operation.
fn synchronize(x: &Execution, head: EventId, reader: EventId, rules: &Rules, sw: &mut Relation) {
    let events = x.events();
    let (release, acquire) = (&events[head], &events[reader]);
    let locks = release.act == Act::Unlock && acquire.act == Act::Lock;
    // [atomics.order]/2; for locks [thread.mutex.requirements.mutex]/25 and /31, whose
    // calls are in one total order, here the modification order of the lock.
    let fault = if locks {
        Fault::Locks
    } else {
        Fault::ReleaseAcquire
    };
    if release.releases() && acquire.acquires() && !rules.has(fault) {
        sw.add(head, reader);
    }
    if locks {
        return;
    }
    let before = (0..events.len())
        .filter(|&f| events[f].is_fence() && events[f].releases() && x.sb.has(f, head));
    let after = (0..events.len())
        .filter(|&f| events[f].is_fence() && events[f].acquires() && x.sb.has(reader, f));
    for fence in before {
        // [atomics.fences]/2: a release fence and an acquire fence.
        if !rules.has(Fault::FenceToFence) {
            after.clone().for_each(|other| sw.add(fence, other));
        }
        // [atomics.fences]/3: a release fence and an acquire operation.
        if acquire.acquires() && !rules.has(Fault::FenceToOperation) {
            sw.add(fence, reader);
        }
    }
    // [atomics.fences]/4: a release operation and an acquire fence.
    if release.releases() && !rules.has(Fault::OperationToFence) {
        after.for_each(|fence| sw.add(head, fence));
    }
}

/// [intro.races]/14 to /18, for every pair of operations on one atomic where
/// one happens before the other.
fn coherent(x: &Execution, hb: &Relation, rules: &Rules) -> bool {
    let on_one_atomic = |a: &Event, b: &Event| {
        a.location.is_some() && a.location == b.location && !a.is_plain() && !b.is_plain()
    };
    hb.pairs()
        .filter(|&(a, b)| on_one_atomic(&x.events()[a], &x.events()[b]))
        .all(|(a, b)| {
            let (first, second) = (&x.events()[a], &x.events()[b]);
            let same_or_later = |w: EventId, than: EventId| w == than || x.mo.has(than, w);
            // /15, write-write coherence: a is earlier in modification order.
            let write_write = !(first.writes() && second.writes()) || x.mo.has(a, b);
            // /16, read-read coherence: b reads what a reads, or something later.
            let read_read = match (x.reads_from[a], x.reads_from[b]) {
                (Some(of_a), Some(of_b)) => same_or_later(of_b, of_a),
                _ => true,
            };
            // /17, read-write coherence: a reads something earlier than b. With it
            // goes /14: nobody reads from what it happens before.
            let read_write = match x.reads_from[a] {
                Some(of_a) if second.writes() => x.mo.has(of_a, b),
                _ => true,
            };
            // /18, write-read coherence: b reads a, or something later.
            let write_read = match x.reads_from[b] {
                Some(of_b) if first.writes() => same_or_later(of_b, a),
                _ => true,
            };
            (write_write || rules.has(Fault::WriteWrite))
                && (read_read || rules.has(Fault::ReadRead))
                && (read_write || rules.has(Fault::ReadWrite))
                && (write_read || rules.has(Fault::WriteRead))
        })
}

/// [intro.races]/13: a non-atomic read takes its value from a visible side
/// effect: one that happens before it, with none in between.
fn reads_are_visible(x: &Execution, hb: &Relation) -> bool {
    let events = x.events();
    let plain = (0..events.len()).filter(|&e| events[e].act == Act::Read);
    plain
        .map(|read| (read, x.reads_from[read].expect("it reads")))
        .all(|(read, write)| {
            hb.has(write, read)
                && !(0..events.len()).any(|between| {
                    events[between].location == events[read].location
                        && events[between].writes()
                        && hb.has(write, between)
                        && hb.has(between, read)
                })
        })
}

/// [atomics.order]/4: there is one total order S over the seq_cst operations
/// and fences. There is one if what it must agree with has no cycle.
fn has_total_order(x: &Execution, sw: &Relation, hb: &Relation, rules: &Rules) -> bool {
    let events = x.events();
    let in_s = |e: EventId| {
        let event = &events[e];
        event.is_seq_cst()
            && !(rules.has(Fault::LoadsNotInS) && event.act == Act::Load)
            && !(rules.has(Fault::StoresNotInS) && event.act == Act::Store)
    };
    let fence = |e: EventId| in_s(e) && events[e].is_fence();
    let operation = |e: EventId| in_s(e) && !events[e].is_fence();
    let mut s = Relation::new(events.len());
    for (a, b) in strongly_happens_before(x, sw, hb, rules).pairs() {
        if in_s(a) && in_s(b) {
            s.add(a, b);
        }
    }
    let fences: Vec<_> = (0..events.len()).filter(|&e| fence(e)).collect();
    for (a, b) in coherence_ordered_before(x, rules).pairs() {
        // /4.1: both are in S.
        if operation(a) && operation(b) && !rules.has(Fault::OperationOperationInS) {
            s.add(a, b);
        }
        for &first in &fences {
            // /4.2: b happens before a fence.
            if operation(a) && hb.has(b, first) && !rules.has(Fault::OperationFenceInS) {
                s.add(a, first);
            }
            // /4.3: a fence happens before a.
            if hb.has(first, a) && operation(b) && !rules.has(Fault::FenceOperationInS) {
                s.add(first, b);
            }
            // /4.4: a fence happens before a, and b before a fence.
            for &second in &fences {
                if hb.has(first, a) && hb.has(b, second) && !rules.has(Fault::FenceFenceInS) {
                    s.add(first, second);
                }
            }
        }
    }
    s.is_acyclic()
}

/// [intro.races]/12: sequenced before; or synchronises with, both seq_cst; or
/// happens before with something sequenced at either end; and so on from there.
/// (Without consume operations simply happens before is happens before.)
fn strongly_happens_before(x: &Execution, sw: &Relation, hb: &Relation, rules: &Rules) -> Relation {
    if rules.has(Fault::HappensBeforeInS) {
        return hb.clone();
    }
    let mut strongly = Relation::new(x.events().len());
    if !rules.has(Fault::SequencedInS) {
        strongly = strongly.or(&x.sb);
    }
    if !rules.has(Fault::StronglyInS) {
        for (a, b) in sw.pairs() {
            if x.events()[a].is_seq_cst() && x.events()[b].is_seq_cst() {
                strongly.add(a, b);
            }
        }
        strongly = strongly.or(&x.sb.then(hb).then(&x.sb));
    }
    strongly.closure()
}

/// [atomics.order]/3. An atomic's initial value counts as its first
/// modification: read to the letter it is none, and then not even a loop of
/// seq_cst stores and loads would be ordered.
fn coherence_ordered_before(x: &Execution, rules: &Rules) -> Relation {
    let events = x.events();
    let mut before = Relation::new(events.len());
    for (read, write) in x.reads_from.iter().enumerate() {
        let Some(write) = *write else { continue };
        // Non-atomic accesses and locks are no atomic operations.
        if events[read].is_plain() || events[read].act == Act::Lock {
            continue;
        }
        // /3.1: b reads the value stored by a.
        if !rules.has(Fault::CoherenceOrderWithoutReadsFrom) {
            before.add(write, read);
        }
        // /3.3: a reads the value of something that precedes b in modification
        // order, and they aren't one read-modify-write.
        for later in (0..events.len()).filter(|&later| x.mo.has(write, later) && later != read) {
            if !rules.has(Fault::CoherenceOrderWithoutReads) {
                before.add(read, later);
            }
        }
    }
    // /3.2: a precedes b in modification order.
    if !rules.has(Fault::CoherenceOrderWithoutWrites) {
        before = before.or(&x.mo);
    }
    // /3.4: and so on from there.
    if rules.has(Fault::CoherenceOrderInSteps) {
        before
    } else {
        before.closure()
    }
}

/// [intro.races]/21: two conflicting actions in different threads, at least one
/// not atomic, neither happens before the other.
pub(super) fn races(x: &Execution, rules: &Rules) -> BTreeSet<Race> {
    let mut races = BTreeSet::new();
    if rules.has(Fault::Races) {
        return races;
    }
    let hb = x.sb.clone().or(&synchronizes_with(x, rules)).closure();
    for (a, first) in x.events().iter().enumerate() {
        for (b, second) in x.events().iter().enumerate().skip(a + 1) {
            let conflict = first.location.is_some()
                && first.location == second.location
                && (first.writes() || second.writes())
                && (first.is_plain() || second.is_plain());
            if conflict && !hb.has(a, b) && !hb.has(b, a) {
                races.insert(Race::between(first.at, second.at));
            }
        }
    }
    races
}
