//! How the events that are shown are related: the explorer's relations, and what follows for them from those that aren't shown.

use std::collections::BTreeMap;

use outcomes::ExecutionGraph;

/// A kind of arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Relation {
    /// A store, and the load that reads it.
    ReadsFrom,
    /// A release, and the acquire that sees it; or two steps of a lock, a channel.
    SynchronizesWith,
    /// A store, and the next of the same atomic.
    ModificationOrder,
    /// By events that aren't shown: spawns and joins.
    HappensBefore,
}

impl Relation {
    pub(super) const ALL: [Relation; 4] = [
        Relation::ReadsFrom,
        Relation::SynchronizesWith,
        Relation::ModificationOrder,
        Relation::HappensBefore,
    ];

    /// As papers write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Relation::ReadsFrom => "rf",
            Relation::SynchronizesWith => "sw",
            Relation::ModificationOrder => "mo",
            Relation::HappensBefore => "hb",
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Relation::ReadsFrom => "reads from, from a store to the load that sees it",
            Relation::SynchronizesWith => {
                "synchronises with, so that all before its tail happens before all behind its head"
            }
            Relation::ModificationOrder => {
                "modification order, from a store to the next of the same atomic"
            }
            Relation::HappensBefore => "happens before, by a spawn or a join",
        }
    }
}

/// An arrow between two events, or from an atomic's first value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: Option<usize>,
    pub(super) to: usize,
    /// In order, at least one.
    pub(super) relations: Vec<Relation>,
}

/// The relations among these events, an edge for each pair that is related.
pub(super) fn of(graph: &ExecutionGraph, events: &[usize]) -> Vec<Edge> {
    let mut pairs: BTreeMap<(Option<usize>, usize), Vec<Relation>> = BTreeMap::new();
    let is_shown = |at: usize| events.binary_search(&at).is_ok();
    let mut add = |from: Option<usize>, to: usize, relation| {
        if from.is_none_or(is_shown) && is_shown(to) {
            pairs.entry((from, to)).or_default().push(relation);
        }
    };
    for &(from, to) in &graph.reads_from {
        add(from, to, Relation::ReadsFrom);
    }
    for &(from, to) in &graph.synchronizes_with {
        add(Some(from), to, Relation::SynchronizesWith);
    }
    for (_, stores) in &graph.modification_order {
        for pair in stores.windows(2) {
            add(Some(pair[0]), pair[1], Relation::ModificationOrder);
        }
    }
    for (from, to) in by_others(graph, events) {
        add(Some(from), to, Relation::HappensBefore);
    }
    let edges = pairs.into_iter().map(|((from, to), mut relations)| {
        relations.sort_unstable();
        relations.dedup();
        Edge {
            from,
            to,
            relations,
        }
    });
    edges.collect()
}

/// Which shown events happen before which only because of events that aren't shown; what follows
/// from the others is left out.
fn by_others(graph: &ExecutionGraph, events: &[usize]) -> Vec<(usize, usize)> {
    let all: Vec<usize> = (0..graph.events.len()).collect();
    let whole = before(graph, &all, &[]);
    let mut added = Vec::new();
    let mut known = before(graph, events, &added);
    for &to in events {
        // The nearest first: they may say the others too.
        for &from in events.iter().rev().filter(|from| **from < to) {
            if whole[to][from] && !known[to][from] {
                added.push((from, to));
                known = before(graph, events, &added);
            }
        }
    }
    added
}

/// Of each event which ones happen before it, as far as these events and `more` say.
///
/// The events stand in an order that sequenced-before and synchronizes-with agree with.
fn before(graph: &ExecutionGraph, events: &[usize], more: &[(usize, usize)]) -> Vec<Vec<bool>> {
    let count = graph.events.len();
    let mut before = vec![vec![false; count]; count];
    for (place, &to) in events.iter().enumerate() {
        let thread = graph.events[to].thread;
        let mut earlier = events[..place].iter().rev();
        let own = earlier.find(|at| graph.events[**at].thread == thread);
        let synchronized = graph.synchronizes_with.iter().chain(more);
        let others = synchronized
            .filter(|(_, at)| *at == to)
            .map(|(from, _)| from);
        let others = others.filter(|from| events.binary_search(from).is_ok());
        let direct: Vec<usize> = own.into_iter().chain(others).copied().collect();
        for from in direct {
            let past = before[from].clone();
            for (at, is_past) in past.into_iter().enumerate() {
                before[to][at] |= is_past;
            }
            before[to][from] = true;
        }
    }
    before
}
