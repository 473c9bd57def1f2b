//! An execution as a graph that can be shown: its events, and how they are related.

use super::graph::Holder;
use super::know::Ev;
use crate::Program;
use crate::explore::WitnessStep;
use crate::request::{Request, Step};
use crate::value::{Cell, Object, Span, ThreadId, Value};
use crate::words;
use crate::world::World;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An execution that the model allows. Events are numbered by their place in
/// [`events`](ExecutionGraph::events).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ExecutionGraph {
    /// Every event that is worth showing, in an order in which the execution
    /// can have come about: none is before what it is sequenced after, reads
    /// from or synchronises with. Those of one thread are sequenced as they
    /// stand here.
    pub events: Vec<GraphEvent>,
    /// Who reads what: the store (`None`: the value that the location began
    /// with), and the load or read-modify-write.
    pub reads_from: Vec<(Option<usize>, usize)>,
    /// Of each atomic its stores in modification order, the oldest first; the
    /// value that it began with is before them.
    pub modification_order: Vec<(String, Vec<usize>)>,
    /// Who synchronises with whom, also by locks, channels, spawns and joins.
    pub synchronizes_with: Vec<(usize, usize)>,
    /// The `seq_cst` operations and fences in their order S (one that is
    /// possible). Empty if there are fewer than two.
    pub seq_cst: Vec<usize>,
}

/// What kind of event it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// An atomic load, or a `compare_exchange` that failed.
    Load,
    /// An atomic store.
    Store,
    /// An atomic read-modify-write.
    ReadModifyWrite,
    /// A fence.
    Fence,
    /// A non-atomic read.
    Read,
    /// A non-atomic write.
    Write,
    /// A step of a lock, a channel, a thread and the like, or output.
    Other,
}

/// One event of an execution.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GraphEvent {
    /// Who.
    pub thread: ThreadId,
    /// Where in the source: line.
    pub line: u32,
    /// Where in the source: column.
    pub column: u32,
    /// What kind of event it is.
    pub kind: EventKind,
    /// In a few characters, as papers write it: `W(Release) x=1`.
    pub label: String,
    /// In words.
    pub what: String,
    /// What the source calls the location, if it has one.
    pub location: Option<String>,
    /// The ordering, if it has one.
    pub order: Option<String>,
    /// What it reads.
    pub reads: Option<String>,
    /// What it writes.
    pub writes: Option<String>,
}

/// What an event is called.
pub(crate) struct Label {
    kind: EventKind,
    label: String,
    location: Option<String>,
    order: Option<String>,
    reads: Option<String>,
    writes: Option<String>,
}

impl Label {
    pub(crate) fn of(
        program: &Program,
        world: &World,
        step: &Step,
        answer: Option<&Value>,
    ) -> Label {
        let text = |value: &Value| words::value(value);
        let (mut order, mut reads, mut writes) = (None, None, None);
        let kind = match &step.request {
            Request::Load(_, how) => {
                (order, reads) = (Some(*how), answer.map(text));
                EventKind::Load
            }
            Request::Store(_, how, new) => {
                (order, writes) = (Some(*how), Some(text(new)));
                EventKind::Store
            }
            Request::Rmw(_, how, op, int, operand) => {
                (order, reads) = (Some(*how), answer.map(text));
                writes = answer.map(|old| text(&op.apply(*int, old, operand)));
                EventKind::ReadModifyWrite
            }
            Request::CompareExchange {
                success,
                failure,
                new,
                ..
            } => {
                let Some(Value::Variant(failed, old)) = answer else {
                    unreachable!("it has one")
                };
                reads = old.first().map(text);
                if *failed == 1 {
                    order = Some(*failure);
                    EventKind::Load
                } else {
                    (order, writes) = (Some(*success), Some(text(new)));
                    EventKind::ReadModifyWrite
                }
            }
            Request::Fence(how) => {
                order = Some(*how);
                EventKind::Fence
            }
            Request::Read(_) => {
                reads = answer.map(text);
                EventKind::Read
            }
            Request::Write(_, new) => {
                writes = Some(text(new));
                EventKind::Write
            }
            _ => EventKind::Other,
        };
        let named = |cell: Cell| world.rest.names.get(cell.object).is_some();
        let location = step.request.cell().filter(|cell| named(*cell));
        let location = location.map(|cell| words::cell(program, world, cell));
        let order = order.map(|order| format!("{order:?}"));
        let letter = match kind {
            EventKind::Load => "R",
            EventKind::Store => "W",
            EventKind::ReadModifyWrite => "U",
            EventKind::Fence => "F",
            EventKind::Read => "Rna",
            EventKind::Write => "Wna",
            EventKind::Other => "",
        };
        let mut label = letter.to_owned();
        if let Some(order) = &order {
            label += &format!("({order})");
        }
        if kind != EventKind::Other {
            if let Some(location) = &location {
                label += &format!(" {location}=");
            }
            label += &match (&reads, &writes) {
                (Some(old), Some(new)) => format!("{old}→{new}"),
                (Some(one), None) | (None, Some(one)) => one.clone(),
                (None, None) => String::new(),
            };
        }
        Label {
            kind,
            label,
            location,
            order,
            reads,
            writes,
        }
    }
}

/// What happens while an execution is grown again to be shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    events: Vec<(Ev, Option<(GraphEvent, String)>)>,
    reads: Vec<(Option<Ev>, Ev)>,
    orders: Vec<(Cell, Vec<Ev>)>,
    /// Orders of objects that are gone.
    past: Vec<Vec<Ev>>,
    syncs: Vec<(Ev, Ev)>,
    seq_cst: Vec<Ev>,
    before: Vec<(Ev, Ev)>,
    /// The heads of the release sequences that a store is in.
    heads: BTreeMap<Ev, Vec<Ev>>,
    released: BTreeMap<u8, Ev>,
    pending: BTreeMap<u8, Vec<Ev>>,
    /// What the thread's next event synchronises with.
    arriving: BTreeMap<u8, Vec<Ev>>,
    given: BTreeMap<Holder, Vec<Ev>>,
}

impl Log {
    pub(crate) fn len(&self) -> usize {
        self.events.len()
    }

    pub(crate) fn event(&mut self, ev: Ev) {
        self.events.push((ev, None));
        let arrived = self.arriving.remove(&ev.thread).unwrap_or_default();
        self.sync(&arrived, ev);
    }

    fn sync(&mut self, from: &[Ev], to: Ev) {
        for &from in from {
            if from.thread != to.thread && !self.syncs.contains(&(from, to)) {
                self.syncs.push((from, to));
            }
        }
    }

    /// What the first event from `at` on is.
    pub(crate) fn label(
        &mut self,
        at: usize,
        span: Span,
        label: Label,
        what: String,
        short: String,
    ) {
        let Label {
            kind,
            label,
            location,
            order,
            reads,
            writes,
        } = label;
        let (ev, event) = &mut self.events[at];
        let label = if kind == EventKind::Other {
            what.clone()
        } else {
            label
        };
        let shown = GraphEvent {
            thread: ThreadId(ev.thread),
            line: span.line,
            column: span.column,
            kind,
            label,
            what,
            location,
            order,
            reads,
            writes,
        };
        *event = Some((shown, short));
    }

    pub(crate) fn heads(&self, store: Option<Ev>) -> Vec<Ev> {
        store
            .and_then(|store| self.heads.get(&store))
            .cloned()
            .unwrap_or_default()
    }

    /// A new store: `rmw`: whether it reads, and what.
    pub(crate) fn head(&mut self, ev: Ev, releases: bool, rmw: Option<Option<Ev>>) {
        let mut heads = rmw.map(|source| self.heads(source)).unwrap_or_default();
        match releases {
            true => heads.push(ev),
            false => heads.extend(self.released.get(&ev.thread)),
        }
        self.heads.insert(ev, heads);
    }

    pub(crate) fn pend(&mut self, thread: u8, heads: &[Ev]) {
        self.pending.entry(thread).or_default().extend(heads);
    }

    pub(crate) fn take_pending(&mut self, thread: u8) -> Vec<Ev> {
        self.pending.remove(&thread).unwrap_or_default()
    }

    pub(crate) fn read(&mut self, ev: Ev, _cell: Cell, source: Option<Ev>, heads: &[Ev]) {
        self.reads.push((source, ev));
        self.sync(heads, ev);
    }

    pub(crate) fn write(&mut self, ev: Ev, cell: Cell, behind: Option<Ev>) {
        if !self.orders.iter().any(|(known, _)| *known == cell) {
            self.orders.push((cell, Vec::new()));
        }
        let order = self.orders.iter_mut().find(|(known, _)| *known == cell);
        let (_, order) = order.expect("it was put there");
        let at = order
            .iter()
            .position(|known| Some(*known) == behind)
            .map_or(0, |at| at + 1);
        order.insert(at, ev);
    }

    pub(crate) fn fence(&mut self, ev: Ev, releases: bool, heads: &[Ev]) {
        self.sync(heads, ev);
        if releases {
            self.released.insert(ev.thread, ev);
        }
    }

    pub(crate) fn seq_cst(&mut self, ev: Ev) {
        self.seq_cst.push(ev);
    }

    pub(crate) fn before(&mut self, a: Ev, b: Ev) {
        self.before.push((a, b));
    }

    pub(crate) fn give(&mut self, ev: Ev, holder: Holder) {
        let given = self.given.entry(holder).or_default();
        if matches!(holder, Holder::Lock(_)) {
            given.clear();
        }
        given.push(ev);
    }

    pub(crate) fn take(&mut self, thread: u8, holder: Holder) {
        let given = self.given.get(&holder).cloned().unwrap_or_default();
        self.arriving.entry(thread).or_default().extend(given);
    }

    pub(crate) fn learn(&mut self, thread: u8, from: Ev) {
        self.arriving.entry(thread).or_default().push(from);
    }

    /// What has arrived belongs to this event, which is there already.
    pub(crate) fn arrived(&mut self, ev: Ev) {
        let arrived = self.arriving.remove(&ev.thread).unwrap_or_default();
        self.sync(&arrived, ev);
    }

    pub(crate) fn free(&mut self, object: Object) {
        let (gone, kept) = std::mem::take(&mut self.orders)
            .into_iter()
            .partition(|(cell, _)| cell.object == object);
        let gone: Vec<(Cell, Vec<Ev>)> = gone;
        self.orders = kept;
        self.past.extend(gone.into_iter().map(|(_, order)| order));
    }

    /// The graph, and the same told step by step.
    pub(crate) fn shown(self) -> (ExecutionGraph, Vec<WitnessStep>) {
        let mut places = BTreeMap::new();
        let mut graph = ExecutionGraph::default();
        let mut steps = Vec::new();
        for (ev, event) in &self.events {
            let Some((event, short)) = event else {
                continue;
            };
            places.insert(*ev, graph.events.len());
            steps.push(WitnessStep {
                thread: event.thread,
                span: Span {
                    line: event.line,
                    column: event.column,
                },
                what: event.what.clone(),
                short: short.clone(),
            });
            graph.events.push(event.clone());
        }
        let place = |ev: &Ev| places.get(ev).copied();
        let reads = self
            .reads
            .iter()
            .filter_map(|(from, to)| Some((from.as_ref().and_then(place), place(to)?)));
        graph.reads_from = reads.collect();
        for order in self
            .past
            .iter()
            .chain(self.orders.iter().map(|(_, order)| order))
        {
            let order: Vec<usize> = order.iter().filter_map(place).collect();
            let name = order
                .first()
                .and_then(|&first| graph.events[first].location.clone());
            if let Some(name) = name {
                graph.modification_order.push((name, order));
            }
        }
        let syncs = self
            .syncs
            .iter()
            .filter_map(|(a, b)| Some((place(a)?, place(b)?)));
        graph.synchronizes_with = syncs.collect();
        graph.synchronizes_with.sort_unstable();
        if self.seq_cst.len() > 1 {
            graph.seq_cst = self.total_order().iter().filter_map(place).collect();
        }
        (graph, steps)
    }

    /// S: of the nodes that nothing left is before always the one that came first.
    fn total_order(&self) -> Vec<Ev> {
        let mut left = self.seq_cst.clone();
        let mut order = Vec::new();
        while !left.is_empty() {
            let free = left.iter().position(|node| {
                !self
                    .before
                    .iter()
                    .any(|(a, b)| b == node && a != node && left.contains(a))
            });
            order.push(left.remove(free.unwrap_or(0)));
        }
        order
    }
}
