//! The steps of a program as data for the page's script: every state that it can be in.

use std::collections::BTreeMap;
use std::convert::Infallible;

use mdbook_verdict::Block;
use outcomes::{Graph, Model, Standing, State, WitnessStep};
use serde::Serialize;

use crate::Memory;
use crate::explored::{self, Explored};
use crate::html;
use crate::pane::words;

/// More than that is no help to a reader.
const MOST_STATES: usize = 1500;
/// More bytes than that are a burden on a page.
const MOST_BYTES: usize = 60_000;

/// What the script is given.
#[derive(Serialize)]
struct Data {
    /// Which of the block's lines a reader sees, as `0` and `1`.
    shown: String,
    models: Vec<Steps>,
}

/// A program's states under one model. Whatever is often the same stands in a list, and its number
/// in its place.
#[derive(Serialize, Default)]
struct Steps {
    name: &'static str,
    words: &'static str,
    /// The outcomes' lines.
    outcomes: Vec<String>,
    strings: Vec<String>,
    /// Name, value, name, value...
    memories: Vec<Vec<usize>>,
    /// Line, next, what it waits for or -1, whether it has ended, its buffer...
    standings: Vec<Vec<isize>>,
    /// Thread, what it did, thread, what it did...; the first is empty.
    deeds: Vec<Vec<usize>>,
    /// Which outcomes can still come.
    reachable: Vec<Vec<usize>>,
    /// What was done before the first state.
    before: usize,
    states: Vec<Row>,
}

/// Memory, output, standings, moves (thread, what, deeds, to), outcome or -1, reachable.
type Row = (usize, usize, Vec<usize>, Vec<[usize; 4]>, isize, usize);

/// The place where a reader steps through the program, folded.
pub(crate) fn stepper(block: &Block, explored: &Explored, memory: &Memory) -> String {
    let has_states = |model: &Model| [Model::Sc, Model::Tso].contains(model);
    if !explored
        .answers()
        .iter()
        .any(|(model, _)| has_states(model))
    {
        return String::new();
    }
    let head = "<details class=\"explorer stepper\"><summary>Step through it</summary>";
    match remembered(block, explored, memory) {
        None => format!(
            "{head}<p>This program has too many states to be carried by a page. The schedules above show each outcome.</p></details>"
        ),
        Some(data) => format!(
            "{head}<noscript><p>This needs scripts. The schedules above show each outcome without.</p></noscript><script type=\"application/json\">{}</script></details>",
            html::json(&data)
        ),
    }
}

fn remembered(block: &Block, explored: &Explored, memory: &Memory) -> Option<String> {
    let shown: String = block.shown.iter().map(|shown| digit(*shown)).collect();
    let models = explored.answers().iter().map(|(model, _)| model.name());
    let models = models.collect::<Vec<_>>().join(" ");
    let parts = [&block.code, block.edition.year(), &shown, &models];
    let made = || Ok::<_, Infallible>(data(block, shown.clone(), explored));
    let Ok(json) = memory.recall("steps", &parts, made);
    json
}

fn digit(shown: bool) -> char {
    if shown { '1' } else { '0' }
}

/// The data of every model whose states are not too many.
fn data(block: &Block, shown: String, explored: &Explored) -> Option<String> {
    // A program that can't be followed has been refused before.
    let program = explored::program(block).ok()?;
    let mut data = Data {
        shown,
        models: Vec::new(),
    };
    for (model, _) in explored.answers() {
        let graph = outcomes::graph(&program, *model, MOST_STATES);
        let graph = graph.ok().flatten();
        data.models.extend(graph.map(|graph| steps(*model, &graph)));
    }
    // Rather one model than none.
    while !data.models.is_empty() {
        let json = serde_json::to_string(&data).expect("it is plain data");
        if json.len() <= MOST_BYTES {
            return Some(json);
        }
        data.models.pop();
    }
    None
}

fn steps(model: Model, graph: &Graph) -> Steps {
    let mut maker = Maker::default();
    // Number 0, so that the script knows it.
    maker.deeds(&[]);
    let before = maker.deeds(&graph.before);
    let states = graph.states.iter().map(|state| maker.row(state)).collect();
    Steps {
        name: model.name(),
        words: words(model),
        outcomes: graph.outcomes.clone(),
        strings: maker.strings.list,
        memories: maker.memories.list,
        standings: maker.standings.list,
        deeds: maker.deeds.list,
        reachable: maker.reachable.list,
        before,
        states,
    }
}

#[derive(Default)]
struct Maker {
    strings: Pool<String>,
    memories: Pool<Vec<usize>>,
    standings: Pool<Vec<isize>>,
    deeds: Pool<Vec<usize>>,
    reachable: Pool<Vec<usize>>,
}

/// Each part once, by its number.
struct Pool<T> {
    list: Vec<T>,
    index: BTreeMap<T, usize>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Pool {
            list: Vec::new(),
            index: BTreeMap::new(),
        }
    }
}

impl<T: Ord + Clone> Pool<T> {
    fn number(&mut self, part: T) -> usize {
        *self.index.entry(part).or_insert_with_key(|part| {
            self.list.push(part.clone());
            self.list.len() - 1
        })
    }
}

impl Maker {
    fn string(&mut self, text: &str) -> usize {
        self.strings.number(text.to_owned())
    }

    fn row(&mut self, state: &State) -> Row {
        let mut memory = Vec::new();
        for (name, value) in &state.memory {
            memory.extend([self.string(name), self.string(value)]);
        }
        let standings = state
            .threads
            .iter()
            .map(|thread| self.standing(thread))
            .collect();
        let mut moves = Vec::new();
        for step in &state.moves {
            let thread = usize::from(step.thread.0);
            moves.push([
                thread,
                self.string(&step.what),
                self.deeds(&step.did),
                step.to,
            ]);
        }
        let outcome = state.outcome.map_or(-1, |outcome| outcome as isize);
        let reachable = self
            .reachable
            .number(state.reachable.iter().copied().collect());
        let (memory, output) = (self.memories.number(memory), self.string(&state.output));
        (memory, output, standings, moves, outcome, reachable)
    }

    fn standing(&mut self, thread: &Standing) -> usize {
        let next = self.string(&thread.next) as isize;
        let waits = thread
            .waits_for
            .as_ref()
            .map_or(-1, |whom| self.string(whom) as isize);
        let mut standing = vec![
            thread.span.line as isize,
            next,
            waits,
            isize::from(thread.ended),
        ];
        standing.extend(
            thread
                .buffer
                .iter()
                .map(|store| self.string(store) as isize),
        );
        self.standings.number(standing)
    }

    fn deeds(&mut self, did: &[WitnessStep]) -> usize {
        let mut deeds = Vec::new();
        for step in did {
            deeds.extend([usize::from(step.thread.0), self.string(&step.what)]);
        }
        self.deeds.number(deeds)
    }
}
