//! One state of a running program, under sc or tso.

use crate::races::Races;
use crate::request::Naming;
use crate::value::{Cell, Object, ThreadId, Value};
use std::sync::Arc;

/// Everything but the threads' own states, which the machine keeps once each.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct World {
    /// Each thread's state, by its number in the machine's table.
    pub(crate) threads: Vec<u32>,
    pub(crate) memory: Table<Cell, Value>,
    pub(crate) rest: Rest,
}

/// What isn't memory.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(crate) struct Rest {
    pub(crate) status: Vec<Status>,
    /// Per thread whether its park token is there.
    pub(crate) tokens: Vec<bool>,
    /// Per thread the stores that wait, oldest first (tso).
    pub(crate) buffers: Vec<Vec<(Cell, Value)>>,
    pub(crate) locks: Table<Cell, Lock>,
    pub(crate) channels: Table<Object, Channel>,
    pub(crate) counts: Table<Object, u32>,
    pub(crate) names: Table<Object, Naming>,
    pub(crate) output: Arc<str>,
    pub(crate) races: Races,
}

/// What a thread is in the middle of.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Status {
    Running,
    /// Waits on a condition variable.
    Waiting {
        condvar: Cell,
    },
    /// Was woken, and wants its mutex back.
    Relocking,
    AtBarrier(Cell),
    /// Its message lies in a rendezvous channel.
    Offering(Object),
    Done(Result<Value, Arc<str>>),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Lock {
    /// A mutex or a writer: who holds it.
    Held(ThreadId),
    /// Readers, in order of their numbers.
    Read(Vec<ThreadId>),
    /// A `Once` whose initialiser runs.
    Running(ThreadId),
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Channel {
    pub(crate) queue: Vec<(ThreadId, Value)>,
    pub(crate) senders: u32,
    pub(crate) receiver: bool,
    pub(crate) bound: Option<usize>,
}

/// A small map in order of its keys: equal contents, equal tables.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Table<K, V>(pub(crate) Vec<(K, V)>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Table(Vec::new())
    }
}

impl<K: Ord + Copy, V> Table<K, V> {
    pub(crate) fn get(&self, key: K) -> Option<&V> {
        let at = self.0.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(&self.0[at].1)
    }

    pub(crate) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        let at = self.0.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(&mut self.0[at].1)
    }

    pub(crate) fn set(&mut self, key: K, value: V) {
        match self.0.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    pub(crate) fn remove(&mut self, key: K) -> Option<V> {
        let at = self.0.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(K) -> bool) {
        self.0.retain(|(key, _)| keep(*key));
    }
}
