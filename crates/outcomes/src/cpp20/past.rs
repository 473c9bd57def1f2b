//! Accesses that a later one may race with, and forgetting what is past.

use super::graph::{Access, Future, Graph, Holder};
use super::know::Ev;
use super::rules::{Rule, Rules};
use crate::value::{Object, Span};
use std::rc::Rc;

impl Graph {
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
    pub(crate) fn forget(&mut self, live: &[Future]) {
        let all = |ev: Ev| live.iter().all(|future| future.know.has(ev));
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
        for (cell, location) in &mut self.locations.0 {
            let oldest = live
                .iter()
                .map(|future| {
                    let bound = location.bound(&future.know, true, true);
                    let rmw = future.rmws.contains(cell);
                    let free = (bound..location.stores.len())
                        .find(|at| !rmw || !location.stores.get(at + 1).is_some_and(|s| s.rmw));
                    free.expect("nothing stands behind the newest store")
                })
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
}
