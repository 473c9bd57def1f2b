//! The search for every state of a machine, the nearest ones first.

use crate::explore::{Exploration, Kind, Limits, Outcome, WitnessStep};
use crate::hash::Map;
use crate::machine::{Action, End, Machine};
use crate::value::ThreadId;
use crate::words;
use crate::world::{Rest, Status, Table, World};
use crate::{Cell, Error, Value};
use std::collections::BTreeMap;
use std::time::Instant;

/// How a state was reached: from which, and by what.
#[derive(Clone, Copy)]
struct Origin {
    from: u32,
    action: Action,
}

/// The states met so far, each kept as numbers of its parts.
#[derive(Default)]
struct States {
    memories: Pool<Table<Cell, Value>>,
    rests: Pool<Rest>,
    keys: Map<Box<[u32]>, u32>,
    list: Vec<Box<[u32]>>,
    origins: Vec<Option<Origin>>,
    bytes: usize,
}

struct Pool<T> {
    index: Map<std::rc::Rc<T>, u32>,
    list: Vec<std::rc::Rc<T>>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool {
            index: Map::default(),
            list: Vec::new(),
        }
    }
}

impl<T: std::hash::Hash + Eq> Pool<T> {
    /// The number of this part, and whether it is new.
    fn intern(&mut self, part: T) -> (u32, bool) {
        if let Some(&known) = self.index.get(&part) {
            return (known, false);
        }
        let part = std::rc::Rc::new(part);
        let id = self.list.len() as u32;
        self.index.insert(part.clone(), id);
        self.list.push(part);
        (id, true)
    }
}

impl States {
    /// The state's number, and whether it is new.
    fn intern(&mut self, world: World, origin: Option<Origin>) -> (u32, bool) {
        let cells = world.memory.0.len();
        let rest = world.rest.locks.0.len() * 24 + world.rest.status.len() * 96 + 300;
        let (memory, new_memory) = self.memories.intern(world.memory);
        let (rest_id, new_rest) = self.rests.intern(world.rest);
        self.bytes += if new_memory { 80 * cells + 60 } else { 0 };
        self.bytes += if new_rest { rest } else { 0 };
        let mut key = Vec::with_capacity(world.threads.len() + 2);
        key.extend([memory, rest_id]);
        key.extend(world.threads);
        let key = key.into_boxed_slice();
        if let Some(&known) = self.keys.get(&key) {
            return (known, false);
        }
        let id = self.list.len() as u32;
        self.bytes += key.len() * 8 + 80;
        self.keys.insert(key.clone(), id);
        self.list.push(key);
        self.origins.push(origin);
        (id, true)
    }

    fn world(&self, state: u32) -> World {
        let key = &self.list[state as usize];
        World {
            memory: (*self.memories.list[key[0] as usize]).clone(),
            rest: (*self.rests.list[key[1] as usize]).clone(),
            threads: key[2..].to_vec(),
        }
    }

    /// The actions that lead to the state.
    fn way(&self, state: u32) -> Vec<Action> {
        let mut way = Vec::new();
        let mut at = state;
        while let Some(origin) = self.origins[at as usize] {
            way.push(origin.action);
            at = origin.from;
        }
        way.reverse();
        way
    }
}

/// An outcome found, and the way to it.
type Found = BTreeMap<(Kind, String), Vec<Action>>;

/// Visits every state within the limits.
pub(crate) fn search(machine: &mut Machine<'_>, limits: &Limits) -> Result<Exploration, Error> {
    let begin = Instant::now();
    let mut states = States::default();
    let mut found = Found::new();
    let (world, end) = machine.start()?;
    if let Some(end) = end {
        found.insert(name(&end), Vec::new());
        let outcomes = witnessed(machine, found)?;
        return Ok(Exploration {
            complete: true,
            outcomes,
            states: Some(1),
            executions: None,
        });
    }
    states.intern(world, None);
    // Steps that can be relied on, backwards: to find what can't end.
    let mut edges: Vec<(u32, u32)> = Vec::new();
    let mut ends: Vec<u32> = Vec::new();
    let mut actions = Vec::new();
    let mut complete = true;
    let mut at = 0;
    while at < states.list.len() as u32 {
        let bytes = states.bytes + machine.bytes + edges.len() * 8;
        let late = at % 256 == 0 && begin.elapsed() > limits.time;
        if states.list.len() > limits.states || bytes > limits.memory || late {
            complete = false;
            break;
        }
        let world = states.world(at);
        machine.actions(&world, &mut actions);
        if actions.iter().all(|action| action.is_luck()) {
            let text = waiting(machine, &world);
            let known = found.contains_key(&(Kind::Deadlock, text.clone()));
            if !known {
                found.insert((Kind::Deadlock, text), states.way(at));
            }
            ends.push(at);
        }
        for &action in &actions {
            let mut next = world.clone();
            match machine.act(&mut next, action, &mut None)? {
                Some(end) => {
                    if !action.is_luck() {
                        ends.push(at);
                    }
                    found.entry(name(&end)).or_insert_with(|| {
                        let mut way = states.way(at);
                        way.push(action);
                        way
                    });
                }
                None => {
                    let (to, _) = states.intern(next, Some(Origin { from: at, action }));
                    if !action.is_luck() {
                        edges.push((to, at));
                    }
                }
            }
        }
        at += 1;
    }
    if complete {
        livelocks(machine, &states, &mut edges, &ends, &mut found);
    }
    let count = states.list.len() as u64;
    drop(states);
    let outcomes = witnessed(machine, found)?;
    Ok(Exploration {
        complete,
        outcomes,
        states: Some(count),
        executions: None,
    })
}

pub(crate) fn name(end: &End) -> (Kind, String) {
    match end {
        End::Output(text) => (
            Kind::Output,
            text.strip_suffix('\n').unwrap_or(text).to_owned(),
        ),
        End::Panic(message) => (Kind::Panic, message.to_string()),
        End::Race(a, b) => (Kind::Race, format!("{a} with {b}")),
    }
}

/// `t1 waits for a, t2 waits for b`.
pub(crate) fn waiting(machine: &Machine<'_>, world: &World) -> String {
    let threads = Machine::threads(world)
        .filter(|thread| !matches!(world.rest.status[usize::from(thread.0)], Status::Done(_)));
    let waits = threads.map(|thread| {
        let step = machine.step_of(world, thread);
        let whom = words::waits_for(machine.program, world, thread, step);
        format!("{thread} waits for {whom}")
    });
    waits.collect::<Vec<_>>().join(", ")
}

/// Runs the found ways again, and writes down what happens on them.
fn witnessed(machine: &mut Machine<'_>, found: Found) -> Result<Vec<Outcome>, Error> {
    let mut outcomes = Vec::new();
    for ((kind, text), way) in found {
        let mut log: Option<Vec<WitnessStep>> = Some(Vec::new());
        let (mut world, _) = machine.start_logged(&mut log)?;
        for action in way {
            machine.act(&mut world, action, &mut log)?;
        }
        outcomes.push(Outcome {
            kind,
            text,
            witness: log.unwrap_or_default(),
            graph: None,
        });
    }
    Ok(outcomes)
}

/// States from which no end can be relied on, and that are never left.
fn livelocks(
    machine: &Machine<'_>,
    states: &States,
    edges: &mut [(u32, u32)],
    ends: &[u32],
    found: &mut Found,
) {
    let count = states.list.len();
    edges.sort_unstable();
    let mut ending = vec![false; count];
    let mut stack: Vec<u32> = ends.to_vec();
    while let Some(state) = stack.pop() {
        if std::mem::replace(&mut ending[state as usize], true) {
            continue;
        }
        let from = edges.partition_point(|(to, _)| *to < state);
        let origins = edges[from..].iter().take_while(|(to, _)| *to == state);
        stack.extend(origins.map(|(_, origin)| *origin));
    }
    if ending.iter().all(|ends| *ends) {
        return;
    }
    let mut next: Vec<(u32, u32)> = edges
        .iter()
        .filter(|(_, from)| !ending[*from as usize])
        .map(|(to, from)| (*from, *to))
        .collect();
    next.sort_unstable();
    for circle in circles(&ending, &next) {
        let text = going_round(machine, states, &circle);
        let first = circle.iter().copied().min().expect("a circle has a state");
        found
            .entry((Kind::Livelock, text))
            .or_insert_with(|| states.way(first));
    }
}

/// `t0 waits for t1, t1 goes round at 7:9`.
fn going_round(machine: &Machine<'_>, states: &States, circle: &[u32]) -> String {
    let world = states.world(circle[0]);
    let mut moves: BTreeMap<ThreadId, (bool, crate::Span)> = BTreeMap::new();
    let mut actions = Vec::new();
    for &state in circle.iter().take(10_000) {
        let world = states.world(state);
        machine.actions(&world, &mut actions);
        for thread in Machine::threads(&world) {
            let span = machine.step_of(&world, thread).span;
            let can = actions
                .iter()
                .any(|action| action.thread == thread && !action.is_luck());
            let known = moves.entry(thread).or_insert((can, span));
            known.1 = if can && (!known.0 || span < known.1) {
                span
            } else {
                known.1
            };
            known.0 |= can;
        }
    }
    let mut parts = Vec::new();
    for (thread, (can, span)) in moves {
        let at = usize::from(thread.0);
        if matches!(world.rest.status.get(at), Some(Status::Done(_))) {
            continue;
        }
        parts.push(match can {
            true => format!("{thread} goes round at {span}"),
            false => {
                let step = machine.step_of(&world, thread);
                let whom = words::waits_for(machine.program, &world, thread, step);
                format!("{thread} waits for {whom}")
            }
        });
    }
    parts.join(", ")
}

/// The strongly connected parts of what never ends that nothing leaves
/// (Tarjan 1972, without recursion).
pub(crate) fn circles(ending: &[bool], next: &[(u32, u32)]) -> Vec<Vec<u32>> {
    const NEW: u32 = u32::MAX;
    let successors = |state: u32| {
        let from = next.partition_point(|(from, _)| *from < state);
        let to = next.partition_point(|(from, _)| *from <= state);
        &next[from..to]
    };
    let count = ending.len();
    let mut order = vec![NEW; count];
    let mut low = vec![0; count];
    let mut part = vec![NEW; count];
    let mut counter = 0;
    let mut stack = Vec::new();
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for root in 0..count as u32 {
        if ending[root as usize] || order[root as usize] != NEW {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((state, done)) = calls.pop() {
            let at = state as usize;
            if done == 0 {
                order[at] = counter;
                low[at] = counter;
                counter += 1;
                stack.push(state);
            }
            let all = successors(state);
            if let Some(&(_, to)) = all.get(done) {
                calls.push((state, done + 1));
                if order[to as usize] == NEW {
                    calls.push((to, 0));
                } else if part[to as usize] == NEW {
                    low[at] = low[at].min(order[to as usize]);
                }
                continue;
            }
            if let Some(&(caller, _)) = calls.last() {
                low[caller as usize] = low[caller as usize].min(low[at]);
            }
            if low[at] == order[at] {
                let mut members = Vec::new();
                while let Some(member) = stack.pop() {
                    part[member as usize] = parts.len() as u32;
                    members.push(member);
                    if member == state {
                        break;
                    }
                }
                parts.push(members);
            }
        }
    }
    let stays = |members: &Vec<u32>| {
        members.iter().all(|&state| {
            let all = successors(state);
            !all.is_empty()
                && all
                    .iter()
                    .all(|(_, to)| part[*to as usize] == part[state as usize])
        })
    };
    parts.into_iter().filter(stays).collect()
}
