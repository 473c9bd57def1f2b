//! The search for every execution, the shortest first.

use super::grow::{Action, End, Grow, Grown, State};
use super::key::Keys;
use super::rules::Rules;
use crate::explore::{Exploration, Kind, Limits, Outcome};
use crate::hash::Map;
use crate::machine::Machine;
use crate::search::circles;
use crate::value::{Cell, Span, ThreadId, Value};
use crate::words;
use crate::world::{Rest, Status, Table, World};
use crate::{Error, Program};
use std::collections::{BTreeMap, VecDeque};
use std::time::Instant;

/// How a state was reached: from which, and by what.
type Origin = (u32, Action);

/// The states met so far.
struct States {
    keys: Keys,
    memories: Map<Table<Cell, Value>, u32>,
    rests: Map<Rest, u32>,
    known: Map<Box<[u32]>, u32>,
    origins: Vec<Option<Origin>>,
    bytes: usize,
}

impl States {
    /// The state's number, and whether it is new.
    fn intern(&mut self, state: &State, origin: Option<Origin>) -> (u32, bool) {
        let World {
            threads,
            memory,
            rest,
        } = &state.world;
        let memory = intern(
            &mut self.memories,
            memory,
            &mut self.bytes,
            60 * memory.0.len(),
        );
        let rest = intern(
            &mut self.rests,
            rest,
            &mut self.bytes,
            300 + 60 * threads.len(),
        );
        let mut key = vec![memory, rest, threads.len() as u32];
        key.extend(threads);
        key.extend(self.keys.of(&state.graph));
        if let Some(&known) = self.known.get(&key[..]) {
            return (known, false);
        }
        let id = self.origins.len() as u32;
        self.bytes += 4 * key.len() + 80;
        self.known.insert(key.into_boxed_slice(), id);
        self.origins.push(origin);
        (id, true)
    }

    /// The actions that lead to the state.
    fn way(&self, state: u32) -> Vec<Action> {
        let mut way = Vec::new();
        let mut at = state;
        while let Some((from, action)) = self.origins[at as usize] {
            way.push(action);
            at = from;
        }
        way.reverse();
        way
    }
}

fn intern<T: std::hash::Hash + Eq + Clone>(
    known: &mut Map<T, u32>,
    part: &T,
    bytes: &mut usize,
    size: usize,
) -> u32 {
    if let Some(&known) = known.get(part) {
        return known;
    }
    let id = known.len() as u32;
    *bytes += size + 60;
    known.insert(part.clone(), id);
    id
}

/// The outcomes found, and the way to each.
type Found = BTreeMap<(Kind, String), Vec<Action>>;

struct Search<'p> {
    grow: Grow<'p>,
    states: States,
    found: Found,
    /// Steps that can be relied on, backwards.
    edges: Vec<(u32, u32)>,
    ends: Vec<u32>,
    complete: bool,
}

/// Visits every execution within the limits. `merge`: prefixes with equal
/// futures are visited once; off only to check that this loses nothing.
pub(crate) fn search(
    program: &Program,
    limits: &Limits,
    rules: Rules,
    merge: bool,
) -> Result<Exploration, Error> {
    let begin = Instant::now();
    let grow = Grow::new(program, limits.reduce, merge, rules);
    let keys = Keys::new(grow.fences, merge);
    let states = States {
        keys,
        memories: Map::default(),
        rests: Map::default(),
        known: Map::default(),
        origins: Vec::new(),
        bytes: 0,
    };
    let found = Found::new();
    let mut search = Search {
        grow,
        states,
        found,
        edges: Vec::new(),
        ends: Vec::new(),
        complete: true,
    };
    let mut queue = VecDeque::new();
    let (state, grown) = search.grow.start(false)?;
    match grown {
        Grown::On => {
            search.states.intern(&state, None);
            queue.push_back(state);
        }
        other => search.stop(0, None, other),
    }
    let mut at = 0;
    while let Some(state) = queue.pop_front() {
        // What waits keeps its graph, some kilobytes of it.
        let bytes = search.states.bytes
            + search.grow.machine.bytes
            + search.edges.len() * 8
            + queue.len() * 4096;
        let late = at % 64 == 0 && begin.elapsed() > limits.time;
        if search.states.origins.len() > limits.states || bytes > limits.memory || late {
            search.complete = false;
            break;
        }
        search.expand(at, &state, &mut queue)?;
        at += 1;
    }
    if search.complete {
        search.livelocks()?;
    }
    let (complete, count) = (search.complete, search.states.origins.len().max(1) as u64);
    let outcomes = search.outcomes()?;
    Ok(Exploration {
        complete,
        outcomes,
        states: Some(count),
        executions: None,
    })
}

impl Search<'_> {
    fn expand(&mut self, at: u32, state: &State, queue: &mut VecDeque<State>) -> Result<(), Error> {
        let mut actions = Vec::new();
        self.grow.actions(state, &mut actions);
        if actions
            .iter()
            .all(|action| action.is_luck(state, &self.grow))
        {
            let text = self.waiting(&state.world);
            let states = &self.states;
            self.found
                .entry((Kind::Deadlock, text))
                .or_insert_with(|| states.way(at));
            self.ends.push(at);
        }
        for action in actions {
            let luck = action.is_luck(state, &self.grow);
            let mut next = state.clone();
            match self.grow.grow(&mut next, action)? {
                Grown::On => {
                    let (to, new) = self.states.intern(&next, Some((at, action)));
                    if new {
                        queue.push_back(next);
                    }
                    if !luck {
                        self.edges.push((to, at));
                    }
                }
                other => {
                    let ends = !luck && matches!(other, Grown::End(_));
                    if ends {
                        self.ends.push(at);
                    }
                    self.stop(at, Some(action), other);
                }
            }
        }
        Ok(())
    }

    fn stop(&mut self, at: u32, action: Option<Action>, grown: Grown) {
        let names = match grown {
            Grown::On | Grown::Forbidden => return,
            Grown::Full => {
                self.complete = false;
                return;
            }
            Grown::End(end) => names(&end),
        };
        for name in names {
            let states = &self.states;
            self.found.entry(name).or_insert_with(|| {
                let Some(action) = action else {
                    return Vec::new();
                };
                let mut way = states.way(at);
                way.push(action);
                way
            });
        }
    }

    /// `t1 waits for a, t2 waits for b`.
    fn waiting(&self, world: &World) -> String {
        let threads = Machine::threads(world)
            .filter(|thread| !matches!(world.rest.status[usize::from(thread.0)], Status::Done(_)));
        let waits = threads.map(|thread| self.waits(world, thread));
        waits.collect::<Vec<_>>().join(", ")
    }

    fn waits(&self, world: &World, thread: ThreadId) -> String {
        let step = self.grow.machine.step_of(world, thread);
        let whom = words::waits_for(self.grow.program, world, thread, step);
        format!("{thread} waits for {whom}")
    }

    /// States from which no end can be relied on, and that are never left.
    fn livelocks(&mut self) -> Result<(), Error> {
        let mut ending = vec![false; self.states.origins.len()];
        self.edges.sort_unstable();
        let mut stack = self.ends.clone();
        while let Some(state) = stack.pop() {
            if std::mem::replace(&mut ending[state as usize], true) {
                continue;
            }
            let from = self.edges.partition_point(|(to, _)| *to < state);
            let origins = self.edges[from..].iter().take_while(|(to, _)| *to == state);
            stack.extend(origins.map(|(_, origin)| *origin));
        }
        if ending.iter().all(|ends| *ends) {
            return Ok(());
        }
        let stuck = self
            .edges
            .iter()
            .filter(|(_, from)| !ending[*from as usize]);
        let mut next: Vec<(u32, u32)> = stuck.map(|(to, from)| (*from, *to)).collect();
        next.sort_unstable();
        for circle in circles(&ending, &next) {
            let text = self.going_round(&circle)?;
            let first = circle.iter().copied().min().expect("a circle has a state");
            let way = self.states.way(first);
            self.found.entry((Kind::Livelock, text)).or_insert(way);
        }
        Ok(())
    }

    /// `t0 waits for t1, t1 goes round at 7:9`.
    fn going_round(&mut self, circle: &[u32]) -> Result<String, Error> {
        let mut moves: BTreeMap<ThreadId, (bool, Span)> = BTreeMap::new();
        let mut actions = Vec::new();
        let mut shown = None;
        for &at in circle.iter().take(1_000) {
            let state = self.replay(&self.states.way(at), false)?;
            self.grow.actions(&state, &mut actions);
            for thread in Machine::threads(&state.world) {
                let span = self.grow.machine.step_of(&state.world, thread).span;
                let mut own = actions.iter().filter(|action| action.thread == thread);
                let can = own.any(|action| !action.is_luck(&state, &self.grow));
                let known = moves.entry(thread).or_insert((can, span));
                known.1 = if can && (!known.0 || span < known.1) {
                    span
                } else {
                    known.1
                };
                known.0 |= can;
            }
            shown.get_or_insert(state);
        }
        let world = shown.expect("a circle has a state").world;
        let mut parts = Vec::new();
        for (thread, (can, span)) in moves {
            let status = world.rest.status.get(usize::from(thread.0));
            if matches!(status, Some(Status::Done(_))) {
                continue;
            }
            parts.push(match can {
                true => format!("{thread} goes round at {span}"),
                false => self.waits(&world, thread),
            });
        }
        Ok(parts.join(", "))
    }

    /// The way once more.
    fn replay(&mut self, way: &[Action], logged: bool) -> Result<State, Error> {
        let (mut state, _) = self.grow.start(logged)?;
        for &action in way {
            self.grow.grow(&mut state, action)?;
        }
        Ok(state)
    }

    /// What was found, with what happens on the way there.
    fn outcomes(&mut self) -> Result<Vec<Outcome>, Error> {
        let mut outcomes = Vec::new();
        for ((kind, text), way) in std::mem::take(&mut self.found) {
            let state = self.replay(&way, true)?;
            let log = state.graph.log.expect("it was asked for");
            let (graph, witness) = log.shown();
            outcomes.push(Outcome {
                kind,
                text,
                witness,
                graph: Some(graph),
            });
        }
        Ok(outcomes)
    }
}

fn names(end: &End) -> Vec<(Kind, String)> {
    match end {
        End::Output(text) => {
            vec![(
                Kind::Output,
                text.strip_suffix('\n').unwrap_or(text).to_owned(),
            )]
        }
        End::Panic(message) => vec![(Kind::Panic, message.to_string())],
        End::Races(races) => races
            .iter()
            .map(|(a, b)| (Kind::Race, format!("{a} with {b}")))
            .collect(),
    }
}
