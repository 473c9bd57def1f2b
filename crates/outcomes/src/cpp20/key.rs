//! What of a prefix can still matter, in one form: equal keys, equal futures.
//!
//! Clocks count events, and two prefixes with equal futures may count
//! differently. So a key has no clock, but what clocks are asked: of every
//! holder of knowledge how far in each location it knows, and which accesses
//! and changes it knows of. Of S it has which of the places that a new event
//! can come before reach which of those that it can come behind: an event that
//! closes a cycle closes it between two of those.

use super::graph::{Graph, Holder, Location, Nodes, each};
use super::know::Know;
use crate::hash::Map;
use crate::value::{Cell, Value};
use std::rc::Rc;

/// The graph part of a state's key.
pub(crate) struct Keys {
    values: Map<Value, u32>,
    cells: Map<Cell, u32>,
    fences: bool,
    merge: bool,
}

struct Writer<'a> {
    graph: &'a Graph,
    cells: &'a mut Map<Cell, u32>,
    fences: bool,
    key: Vec<u32>,
    /// Sets of nodes that new events come behind.
    exits: Vec<Nodes>,
}

impl Keys {
    pub(crate) fn new(fences: bool, merge: bool) -> Keys {
        Keys {
            values: Map::default(),
            cells: Map::default(),
            fences,
            merge,
        }
    }

    /// The key of a graph.
    pub(crate) fn of(&mut self, graph: &Graph) -> Vec<u32> {
        if !self.merge {
            return format!("{graph:?}").chars().map(u32::from).collect();
        }
        let values = &mut self.values;
        let mut value = |value: &Value| match values.get(value) {
            Some(known) => *known,
            None => {
                let id = values.len() as u32;
                values.insert(value.clone(), id);
                id
            }
        };
        let mut w = Writer {
            graph,
            cells: &mut self.cells,
            fences: self.fences,
            key: Vec::new(),
            exits: Vec::new(),
        };
        w.count(graph.locations.0.len());
        for (cell, location) in &graph.locations.0 {
            w.tagged(location.stores.len(), *cell);
            for store in &location.stores {
                w.key.push(value(&store.value) << 1 | u32::from(store.rmw));
                w.maybe(store.message.as_ref());
            }
        }
        for (thread, clocks) in graph.threads.iter().enumerate() {
            w.know(&clocks.now, Some(thread as u8));
            w.maybe(clocks.released.as_ref());
            w.maybe(clocks.seen.as_ref());
        }
        w.holders();
        w.count(graph.messages.0.len());
        for (object, queue) in &graph.messages.0 {
            w.tagged(
                queue.len(),
                Cell {
                    object: *object,
                    offset: 0,
                },
            );
            queue.iter().for_each(|(_, know)| w.know(know, None));
        }
        w.count(graph.accesses.len());
        for access in &graph.accesses {
            let kind = u32::from(access.write) << 1 | u32::from(access.atomic);
            w.tagged(
                usize::from(access.ev.thread) << 2 | kind as usize,
                access.cell,
            );
            w.key.extend([access.span.line, access.span.column]);
        }
        w.count(graph.last.0.len());
        for ((cell, kind), _) in &graph.last.0 {
            w.tagged(usize::from(*kind), *cell);
        }
        w.s();
        w.key
    }
}

impl Writer<'_> {
    fn count(&mut self, n: usize) {
        self.key.push(n as u32);
    }

    fn tagged(&mut self, tag: usize, cell: Cell) {
        let next = self.cells.len() as u32;
        let cell = *self.cells.entry(cell).or_insert(next);
        self.key.extend([tag as u32, cell]);
    }

    fn holders(&mut self) {
        let graph = self.graph;
        let bottom = self.row(&Know::default());
        let at = self.key.len();
        self.count(0);
        for (holder, know) in &graph.holders.0 {
            // One that tells nothing is as good as none.
            if self.row(know) == bottom && self.sets(know, None) == (0, 0) {
                continue;
            }
            self.key[at] += 1;
            let object = |object| Cell { object, offset: 0 };
            match holder {
                Holder::Lock(cell) => self.tagged(1, *cell),
                Holder::Readers(cell) => self.tagged(2, *cell),
                Holder::Barrier(cell) => self.tagged(3, *cell),
                Holder::Count(counted) => self.tagged(4, object(*counted)),
                Holder::Token(thread) => self.key.extend([5, u32::from(*thread)]),
            }
            self.know(know, None);
        }
    }

    fn maybe(&mut self, know: Option<&Rc<Know>>) {
        match know {
            Some(know) => self.know(know, None),
            None => self.know(&Know::default(), None),
        }
    }

    /// How far a holder knows.
    fn row(&self, know: &Know) -> Vec<u32> {
        let mut row = Vec::new();
        for (_, location) in &self.graph.locations.0 {
            row.push(self.level(location, know) as u32);
        }
        let facts = self.graph.accesses.iter().map(|access| access.ev);
        let facts = facts.chain(self.graph.last.0.iter().map(|(_, ev)| *ev));
        let mut word = 1;
        for ev in facts {
            word = word << 1 | u32::from(know.has(ev));
            if word >> 31 == 1 {
                row.push(word);
                word = 1;
            }
        }
        row.push(word);
        row
    }

    /// Whether something was read matters only to a fence, and only behind a store in S.
    fn level(&self, location: &Location, know: &Know) -> usize {
        if location.stores.len() == 1 && !self.fences {
            return 0;
        }
        let level = location.level(know);
        match self.fences && location.stores[level / 2].written.from != 0 {
            true => level,
            false => level & !1,
        }
    }

    /// What of S is strongly before, and which fences are.
    fn sets(&self, know: &Know, own: Option<u8>) -> (Nodes, Nodes) {
        if self.graph.nodes.is_empty() {
            return (0, 0);
        }
        let fences = if self.fences {
            self.graph.fences(know)
        } else {
            0
        };
        (self.graph.strongly(know, own), fences)
    }

    fn know(&mut self, know: &Know, own: Option<u8>) {
        let row = self.row(know);
        self.key.extend(row);
        let (strongly, fences) = self.sets(know, own);
        self.exits.extend([strongly, fences]);
    }

    /// Which entries of S reach which exits.
    fn s(&mut self) {
        if self.graph.nodes.is_empty() {
            return;
        }
        for (_, location) in &self.graph.locations.0 {
            for level in 0..=2 * location.stores.len() {
                self.exits.push(location.before(level));
            }
        }
        for (_, location) in &self.graph.locations.0 {
            for level in 1..2 * location.stores.len() {
                let entry = location.after(level);
                if entry == 0 {
                    self.key.push(0);
                    continue;
                }
                let reached =
                    each(entry).fold(entry, |all, node| all | self.graph.nodes[node].before);
                let mut word = 1;
                for exit in &self.exits {
                    word = word << 1 | u32::from(exit & reached != 0);
                    if word >> 31 == 1 {
                        self.key.push(word);
                        word = 1;
                    }
                }
                self.key.push(word);
            }
        }
    }
}
