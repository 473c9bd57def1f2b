//! The states of a small program under sc or tso, for those who want to walk from one to the next.

use crate::explore::{Kind, Model, Outcome, WitnessStep};
use crate::hash::Map;
use crate::machine::{Action, End, Machine};
use crate::request::Request;
use crate::search::{name, waiting};
use crate::value::{Span, ThreadId, Value};
use crate::words;
use crate::world::{Lock, Status, World};
use crate::{Error, Exploration, Limits, Program};
use std::collections::{BTreeMap, BTreeSet};

/// Every state that a program can be in, and every step from one to another.
///
/// A step is one that other threads can notice, with all that follows from it at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Graph {
    /// What was done before anybody had a choice.
    pub before: Vec<WitnessStep>,
    /// The states; the first one is where a run begins.
    pub states: Vec<State>,
    /// The outcomes' lines, in byte order.
    pub outcomes: Vec<String>,
}

/// One state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// What the variables hold that threads share, by name; who has which lock.
    pub memory: Vec<(String, String)>,
    /// What was printed.
    pub output: String,
    /// The threads that there are, main first.
    pub threads: Vec<Standing>,
    /// What can be done next.
    pub moves: Vec<Move>,
    /// It ends here: which outcome this is.
    pub outcome: Option<usize>,
    /// Which outcomes can still come.
    pub reachable: BTreeSet<usize>,
}

/// Where a thread stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Where in the source.
    pub span: Span,
    /// What it does next, in words.
    pub next: String,
    /// What it waits for, if it can't.
    pub waits_for: Option<String>,
    /// It is over.
    pub ended: bool,
    /// Its stores that haven't reached memory (tso), oldest first.
    pub buffer: Vec<String>,
}

/// A step that is possible.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// Whose.
    pub thread: ThreadId,
    /// What it is, in words.
    pub what: String,
    /// What happened then, with all that followed at once.
    pub did: Vec<WitnessStep>,
    /// The state that it leads to.
    pub to: usize,
}

/// The program's states in the model; none where there are more than `most`, or the model has no
/// states.
///
/// # Errors
/// As [`explore()`](crate::explore()).
pub fn graph(program: &Program, model: Model, most: usize) -> Result<Option<Graph>, Error> {
    // A model that grows execution graphs has no states.
    let tso = model == Model::Tso;
    if !tso && model != Model::Sc {
        return Ok(None);
    }
    let limits = Limits {
        states: most,
        ..Limits::default()
    };
    let all = crate::explore(program, model, &limits)?;
    if !all.complete {
        return Ok(None);
    }
    let mut walk = Walk {
        machine: Machine::new(program, tso, true),
        all: &all,
        worlds: Vec::new(),
        known: Map::default(),
        states: Vec::new(),
        most,
    };
    let mut log = Some(Vec::new());
    let (world, end) = walk.machine.start_logged(&mut log)?;
    if end.is_some() {
        return Ok(None);
    }
    walk.number(world);
    let whole = walk.all()?;
    if !whole {
        return Ok(None);
    }
    let mut graph = Graph {
        before: log.unwrap_or_default(),
        states: walk.states,
        outcomes: Vec::new(),
    };
    graph.outcomes = all.outcomes.iter().map(Outcome::line).collect();
    graph.look_ahead(&all);
    Ok(Some(graph))
}

struct Walk<'p> {
    machine: Machine<'p>,
    all: &'p Exploration,
    worlds: Vec<World>,
    known: Map<World, usize>,
    states: Vec<State>,
    most: usize,
}

impl Walk<'_> {
    fn number(&mut self, world: World) -> usize {
        if let Some(&known) = self.known.get(&world) {
            return known;
        }
        let state = self.state(&world);
        self.known.insert(world.clone(), self.worlds.len());
        self.worlds.push(world);
        self.states.push(state);
        self.worlds.len() - 1
    }

    /// Goes on from every state; whether there are not too many.
    fn all(&mut self) -> Result<bool, Error> {
        let mut at = 0;
        let mut actions = Vec::new();
        while at < self.worlds.len() {
            if self.worlds.len() > self.most {
                return Ok(false);
            }
            let world = self.worlds[at].clone();
            // A state that stands for an end has no next.
            if self.states[at].outcome.is_none() {
                self.machine.actions(&world, &mut actions);
                if actions.iter().all(|action| action.is_luck()) {
                    let text = waiting(&self.machine, &world);
                    self.states[at].outcome = self.outcome(Kind::Deadlock, &text);
                }
                for &action in &actions {
                    let step = self.step(&world, action)?;
                    self.states[at].moves.push(step);
                }
            }
            at += 1;
        }
        Ok(true)
    }

    fn step(&mut self, from: &World, action: Action) -> Result<Move, Error> {
        let what = self.what(from, action);
        let mut log = Some(Vec::new());
        let mut world = from.clone();
        let end = self.machine.act(&mut world, action, &mut log)?;
        let to = match end {
            None => self.number(world),
            Some(end) => self.ended(world, &end),
        };
        Ok(Move {
            thread: action.thread,
            what,
            did: log.unwrap_or_default(),
            to,
        })
    }

    /// The state in which the run is over; no other leads on from it.
    fn ended(&mut self, world: World, end: &End) -> usize {
        let (kind, text) = name(end);
        let mut state = self.state(&world);
        for thread in &mut state.threads {
            thread.ended = true;
            thread.waits_for = None;
        }
        state.outcome = self.outcome(kind, &text);
        let same = |known: &State| known.moves.is_empty() && *known == state;
        if let Some(known) = self.states.iter().position(same) {
            return known;
        }
        self.worlds.push(world);
        self.states.push(state);
        self.states.len() - 1
    }

    fn outcome(&self, kind: Kind, text: &str) -> Option<usize> {
        self.all
            .outcomes
            .iter()
            .position(|known| known.kind == kind && known.text == text)
    }

    /// The step in words, before it is done.
    fn what(&self, world: &World, action: Action) -> String {
        let step = self.machine.step_of(world, action.thread);
        let arrives = action.is_arrival().then_some(action.thread);
        let what = match words::step(self.machine.program, world, step, arrives) {
            Some(words) => words.with(None).0,
            None => unsaid(&step.request).to_owned(),
        };
        match (action.is_arrival(), action.is_luck(), action.choice) {
            (true, ..) | (_, false, 0) => what,
            (_, true, _) => format!("{what} (by chance)"),
            (_, _, way) => format!("{what} (way {})", way + 1),
        }
    }

    fn state(&self, world: &World) -> State {
        let standing = Machine::threads(world).map(|thread| self.standing(world, thread));
        State {
            memory: self.memory(world),
            output: world.rest.output.trim_end().to_owned(),
            threads: standing.collect(),
            moves: Vec::new(),
            outcome: None,
            reachable: BTreeSet::new(),
        }
    }

    fn standing(&self, world: &World, thread: ThreadId) -> Standing {
        let (machine, at) = (&self.machine, usize::from(thread.0));
        let step = machine.step_of(world, thread);
        let next = match words::step(machine.program, world, step, None) {
            Some(words) => words.with(None).0,
            None => unsaid(&step.request).to_owned(),
        };
        let ended = matches!(world.rest.status[at], Status::Done(_));
        let mut actions = Vec::new();
        machine.actions(world, &mut actions);
        let can = actions
            .iter()
            .any(|action| action.thread == thread && !action.is_luck() && !action.is_arrival());
        let waits_for = (!can && !ended).then(|| match world.rest.buffers[at].is_empty() {
            true => words::waits_for(machine.program, world, thread, step),
            false => "its stores to reach memory".to_owned(),
        });
        let buffer = world.rest.buffers[at].iter().map(|(cell, value)| {
            let cell = words::cell(machine.program, world, *cell);
            format!("{cell} = {}", words::value(value))
        });
        Standing {
            span: step.span,
            next,
            waits_for,
            ended,
            buffer: buffer.collect(),
        }
    }

    /// What a reader would call the memory: named, and not the machinery of locks.
    fn memory(&self, world: &World) -> Vec<(String, String)> {
        let program = self.machine.program;
        let mut shown: BTreeMap<String, String> = BTreeMap::new();
        let mut locks: BTreeMap<String, String> = BTreeMap::new();
        for (cell, value) in &world.memory.0 {
            let naming = world.rest.names.get(cell.object);
            let Some(naming) = naming else { continue };
            let name = program.cell_name(*naming, cell.offset);
            let plain = matches!(value, Value::Bool(_) | Value::Int(_) | Value::Str(_));
            let plain = plain || matches!(value, Value::Many(_) | Value::Variant(..));
            if plain && name != "?" && !name.is_empty() {
                shown.insert(name.to_owned(), words::value(value));
            }
        }
        for (cell, lock) in &world.rest.locks.0 {
            let held = match lock {
                Lock::Held(thread) => format!("locked by {thread}"),
                Lock::Running(thread) => format!("{thread} is at it"),
                Lock::Read(readers) => {
                    let names: Vec<_> = readers.iter().map(ToString::to_string).collect();
                    format!("read by {}", names.join(" and "))
                }
            };
            locks.insert(words::cell(program, world, *cell), held);
        }
        // What `*m` is called lies in the lock `m`, whose own cell says whether it is poisoned.
        let inside: Vec<String> = shown
            .keys()
            .filter_map(|name| name.strip_prefix('*'))
            .map(str::to_owned)
            .collect();
        for lock in inside {
            let value = shown.remove(&format!("*{lock}")).unwrap_or_default();
            let poisoned = shown.get(&lock).is_some_and(|flag| flag == "true");
            let mut parts = vec![value];
            parts.extend(poisoned.then(|| "poisoned".to_owned()));
            parts.extend(locks.remove(&lock));
            shown.insert(lock, parts.join(", "));
        }
        shown.extend(locks);
        shown.into_iter().collect()
    }
}

/// Steps that no witness lists, in words.
fn unsaid(request: &Request) -> &'static str {
    match request {
        Request::Retain(_) => "clones its Arc",
        Request::Release(_) | Request::ReleaseIfLast(_) => "gives up its Arc",
        Request::SenderCloned(_) => "clones its sender",
        Request::SenderDropped(_) => "drops its sender",
        Request::ReceiverDropped(_) => "drops the receiver",
        Request::Yield => "lets others go first",
        _ => "goes on",
    }
}

impl Graph {
    /// Finds out from every state what can still come of it.
    fn look_ahead(&mut self, all: &Exploration) {
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.states.len()];
        for (from, state) in self.states.iter().enumerate() {
            for step in &state.moves {
                before[step.to].push(from);
            }
        }
        for outcome in 0..self.outcomes.len() {
            let ends = |state: &usize| self.states[*state].outcome == Some(outcome);
            let mut open: Vec<usize> = (0..self.states.len()).filter(ends).collect();
            while let Some(state) = open.pop() {
                if self.states[state].reachable.insert(outcome) {
                    open.extend(&before[state]);
                }
            }
        }
        self.go_round(all, &before);
    }

    /// What never ends is a livelock; who can still come there, can still come to it.
    fn go_round(&mut self, all: &Exploration, before: &[Vec<usize>]) {
        let round = all
            .outcomes
            .iter()
            .position(|outcome| outcome.kind == Kind::Livelock);
        let Some(round) = round else { return };
        let lost = |state: &usize| self.states[*state].reachable.is_empty();
        let mut open: Vec<usize> = (0..self.states.len()).filter(lost).collect();
        for &state in &open {
            self.states[state].outcome = Some(round);
        }
        while let Some(state) = open.pop() {
            if self.states[state].reachable.insert(round) {
                open.extend(&before[state]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str, model: Model) -> Graph {
        let program = crate::parse(source, crate::Options::default()).unwrap();
        graph(&program, model, 1000).unwrap().unwrap()
    }

    const DEADLOCK: &str = include_str!("../tests/programs/deadlock_two_locks.rs");

    #[test]
    fn at_the_beginning_every_outcome_can_come_and_in_the_end_one() {
        let graph = of(DEADLOCK, Model::Sc);
        assert!(graph.outcomes.len() > 1);
        assert_eq!(graph.states[0].reachable.len(), graph.outcomes.len());
        for state in &graph.states {
            match (state.moves.is_empty(), state.outcome) {
                (true, Some(outcome)) => assert_eq!(state.reachable, [outcome].into()),
                (ended, outcome) => assert!(!ended && outcome.is_none(), "{state:?}"),
            }
            for step in &state.moves {
                assert!(graph.states[step.to].reachable.is_subset(&state.reachable));
            }
        }
    }

    #[test]
    fn a_thread_that_waits_says_for_what() {
        let graph = of(DEADLOCK, Model::Sc);
        let stuck = graph.states.iter().find(|state| {
            state
                .outcome
                .is_some_and(|outcome| graph.outcomes[outcome].starts_with("deadlock"))
        });
        let waits: Vec<_> = stuck
            .unwrap()
            .threads
            .iter()
            .map(|thread| thread.waits_for.clone().unwrap())
            .collect();
        let locked = [("a", "0, locked by t1"), ("b", "0, locked by t0")];
        let locked = locked.map(|(name, what)| (name.to_owned(), what.to_owned()));
        assert_eq!(stuck.unwrap().memory, locked);
        assert!(
            waits.contains(&"a".to_owned()) && waits.contains(&"b".to_owned()),
            "{waits:?}"
        );
    }

    #[test]
    fn a_store_stands_in_its_threads_buffer_before_it_is_in_memory() {
        let source = "use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
            let x = AtomicU32::new(0);
            std::thread::scope(|s| { s.spawn(|| x.store(1, Relaxed)); println!(\"{}\", x.load(Relaxed)); });";
        let graph = of(source, Model::Tso);
        let waits = |state: &&State| {
            state
                .threads
                .iter()
                .any(|thread| thread.buffer == ["x = 1"])
        };
        let state = graph.states.iter().find(waits).unwrap();
        assert!(
            state.memory.contains(&("x".to_owned(), "0".to_owned())),
            "{state:?}"
        );
        assert!(
            state
                .moves
                .iter()
                .any(|step| step.what.contains("reaches memory"))
        );
        let none = |state: &State| state.threads.iter().all(|thread| thread.buffer.is_empty());
        assert!(of(source, Model::Sc).states.iter().all(none));
    }

    #[test]
    fn a_graph_that_is_too_large_is_none() {
        let program = crate::parse(DEADLOCK, crate::Options::default()).unwrap();
        assert_eq!(graph(&program, Model::Sc, 3).unwrap(), None);
    }

    #[test]
    fn what_never_ends_is_a_livelock_from_the_state_on_that_cannot_leave_it() {
        let graph = of(include_str!("../tests/programs/livelock.rs"), Model::Sc);
        let round = graph
            .outcomes
            .iter()
            .position(|line| line.starts_with("livelock"))
            .unwrap();
        assert!(graph.states[0].reachable.contains(&round));
        let lost = graph
            .states
            .iter()
            .find(|state| state.outcome == Some(round))
            .unwrap();
        assert!(!lost.moves.is_empty());
    }
}
