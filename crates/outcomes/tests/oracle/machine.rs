//! The threads and the memory of a program that runs, for the models that run
//! programs a step at a time (sc and tso).

use super::Race;
use super::program::{
    Code, Datum, Kind, Location, Program, Request, Stand, Thread, ThreadId, Unsupported, Value,
};

/// Each thread's answers, and memory.
pub(super) type State = (Vec<Vec<Value>>, Vec<Datum>);

/// A program in the middle of its run.
#[derive(Clone)]
pub(super) struct Machine<'p> {
    program: &'p Program,
    pub(super) threads: Vec<Thread<'p>>,
    pub(super) memory: Vec<(Kind, Datum)>,
}

impl<'p> Machine<'p> {
    pub(super) fn new(program: &'p Program) -> Result<Self, Unsupported> {
        let threads = vec![Thread::new(program, Code::Main)?];
        Ok(Machine {
            program,
            threads,
            memory: Vec::new(),
        })
    }

    /// Takes the steps that no other thread can notice: making a location,
    /// starting a thread, joining one that has ended. To take them at once
    /// loses nothing, since they only ever let more happen. `quiet` says
    /// whether all that a thread has done can be seen by others.
    pub(super) fn settle(&mut self, quiet: impl Fn(ThreadId) -> bool) -> Result<(), Unsupported> {
        let mut thread = 0;
        while thread < self.threads.len() {
            let answer = match &self.threads[thread].stand {
                Stand::At(Request::New(kind, init), _) => {
                    self.memory.push((*kind, *init));
                    Value::Atomic(self.memory.len() - 1)
                }
                Stand::At(Request::Spawn(code), _) if quiet(thread) => {
                    let new = Thread::new(self.program, code.clone())?;
                    self.threads.push(new);
                    Value::Thread(self.threads.len() - 1)
                }
                Stand::At(Request::Join(other), _) if quiet(*other) => {
                    match &self.threads[*other].stand {
                        Stand::Done(value) => value.clone(),
                        _ => {
                            thread += 1;
                            continue;
                        }
                    }
                }
                _ => {
                    thread += 1;
                    continue;
                }
            };
            self.threads[thread].answer(answer)?;
            // This may be what an earlier thread waits for.
            thread = 0;
        }
        Ok(())
    }

    /// All that the rest of the run depends on.
    pub(super) fn state(&self) -> State {
        let answers = self.threads.iter().map(|t| t.answers.clone()).collect();
        (
            answers,
            self.memory.iter().map(|(_, value)| *value).collect(),
        )
    }

    /// Two threads stand at accesses to one location, at least one of them
    /// writes and at least one isn't atomic: whichever goes first, nothing
    /// orders them.
    pub(super) fn races(&self) -> impl Iterator<Item = Race> {
        let accesses: Vec<_> = self.threads.iter().filter_map(access).collect();
        let mut races = Vec::new();
        for (i, a) in accesses.iter().enumerate() {
            for b in &accesses[i + 1..] {
                if a.location == b.location && (a.writes || b.writes) && (a.plain || b.plain) {
                    races.push(Race::between(a.at, b.at));
                }
            }
        }
        races.into_iter()
    }

    /// Main has ended: so has the process.
    pub(super) fn output(&self) -> Option<&str> {
        self.threads[0]
            .is_done()
            .then_some(self.threads[0].output.as_str())
    }
}

struct Access {
    location: Location,
    writes: bool,
    plain: bool,
    at: super::Position,
}

fn access(thread: &Thread) -> Option<Access> {
    let Stand::At(request, at) = &thread.stand else {
        return None;
    };
    let (location, writes, plain) = match request {
        Request::Read(location) => (*location, false, true),
        Request::Write(location, _) => (*location, true, true),
        Request::Load(location, _) => (*location, false, false),
        Request::Store(location, ..) | Request::Modify(location, ..) => (*location, true, false),
        _ => return None,
    };
    Some(Access {
        location,
        writes,
        plain,
        at: *at,
    })
}
