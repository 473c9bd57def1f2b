//! The order S of `seq_cst` operations and fences: what must be before what.
//!
//! Its nodes are kept with all that each is before. What is asked of a set of
//! nodes is only whether one of them is before, or behind, something: so one of
//! them may stand for others, and those that are in no set are forgotten.

use super::graph::{Anchors, Bad, Graph, Node, Nodes};
use super::know::{Ev, Know};
use super::rules::Rule;
use crate::request::Ordering;
use crate::value::Cell;
use std::rc::Rc;

impl Graph {
    /// Of the nodes before something, those that the rules put before a fence
    /// or an operation.
    pub(super) fn told(&self, from: Nodes, to_fence: bool) -> Nodes {
        let (operation, fence) = match to_fence {
            true => (Rule::OperationFence, Rule::FenceFence),
            false => (Rule::OperationOperation, Rule::FenceOperation),
        };
        self.select(from, self.rules.has(operation), self.rules.has(fence))
    }

    pub(super) fn select(&self, nodes: Nodes, operations: bool, fences: bool) -> Nodes {
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
    pub(super) fn node(
        &mut self,
        ev: Ev,
        order: Ordering,
        fence: bool,
    ) -> Result<Option<Nodes>, Bad> {
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
    pub(super) fn strong(&self, thread: u8) -> Nodes {
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

    pub(super) fn last(&self, wanted: impl Fn(Ev) -> bool) -> Nodes {
        last_of_each(
            self.nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| wanted(node.ev)),
        )
    }

    /// [atomics.order]/4: what the new access at this level of the location
    /// makes of S.
    pub(super) fn arrange(
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
    pub(super) fn connect(&mut self, from: Nodes, to: Nodes) -> Result<(), Bad> {
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

    /// Takes out of every set the nodes that others of it stand for, and then
    /// the nodes that are in no set.
    pub(super) fn forget_nodes(&mut self) {
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

    pub(super) fn keep_nodes(&mut self, used: Nodes) {
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
    pub(super) fn latest(&self, nodes: Nodes) -> Nodes {
        let last = |node: &usize| self.nodes[*node].before & nodes == 0;
        each(nodes)
            .filter(last)
            .fold(0, |all, node| all | 1 << node)
    }

    /// The nodes of a set that no other of it is before.
    pub(super) fn earliest(&self, nodes: Nodes) -> Nodes {
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
