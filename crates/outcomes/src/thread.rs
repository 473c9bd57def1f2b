//! One thread as a deterministic evaluator: it runs to its next [`Request`] and waits for the answer.

mod ask;
mod memory;
mod plain;

use ask::{as_std, ask, fits};
use plain::plain;

use crate::code::{Op, Program, SyncOp};
use crate::request::{Entry, Naming, Request, Step};
use crate::value::{Object, Pointer, Span, ThreadId, Value};
use std::sync::Arc;

/// Steps that a thread may run without asking anything: a loop that does no
/// more than count is cut there.
const LOCAL_STEPS: u32 = 5_000_000;

/// Frames that a thread may have: recursion deeper than that is cut.
const FRAMES: usize = 2_000;

/// A thread can't go on: the program leaves what can be explored.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Stuck {
    /// Where.
    pub span: Span,
    /// Why, and what to do.
    pub message: String,
}

/// A thread of the program: where it is, and what it holds.
///
/// See [`request`](crate::request) for how a model drives it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Thread {
    id: ThreadId,
    frames: Vec<Frame>,
    /// The message of the panic that unwinds this thread.
    unwinding: Option<Arc<str>>,
    /// The request that it stands at.
    waiting: Option<Step>,
    /// Cells that a step on several cells has seen so far.
    seen: Vec<Value>,
    /// Its live objects on the stack, by number.
    live: Vec<bool>,
    /// How many objects it has made on the heap.
    made: u32,
    /// The threads of its scopes that aren't joined yet.
    scopes: Vec<Scope>,
    /// Whether the join that it stands at is a scope's own.
    scope_ends: bool,
    ended: Option<Result<Value, Arc<str>>>,
    /// Where its last function ended.
    last: Span,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Scope {
    threads: Vec<ThreadId>,
    depth: usize,
    panicked: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Frame {
    function: u32,
    pc: u32,
    slots: Vec<Value>,
    stack: Vec<Value>,
    /// Its result is let go (it drops a value).
    silent: bool,
    /// It runs while the thread unwinds, on behalf of the frame below.
    cleanup: bool,
}

impl Frame {
    fn new(function: u32, program: &Program, args: impl IntoIterator<Item = Value>) -> Frame {
        let mut slots = vec![Value::Gone; program.functions[function as usize].slots.len()];
        for (slot, arg) in slots.iter_mut().zip(args) {
            *slot = arg;
        }
        Frame {
            function,
            pc: 0,
            slots,
            stack: Vec::new(),
            silent: false,
            cleanup: false,
        }
    }

    fn pop(&mut self) -> Value {
        self.stack.pop().expect("emit.rs pushes what a step pops")
    }

    fn pop_many(&mut self, n: usize) -> Vec<Value> {
        self.stack.split_off(self.stack.len() - n)
    }
}

/// What one local step came to.
enum Local {
    On,
    Ask(Request),
    Panic(Arc<str>),
    Stuck(String),
}

impl Thread {
    /// The thread that runs `main`.
    pub fn main(program: &Program) -> Thread {
        Thread::of(ThreadId::MAIN, Frame::new(program.main, program, []))
    }

    /// The thread that a [`Request::Spawn`] asked for.
    pub fn spawned(program: &Program, id: ThreadId, entry: &Entry) -> Thread {
        Thread::of(
            id,
            Frame::new(entry.function, program, entry.env.iter().cloned()),
        )
    }

    fn of(id: ThreadId, frame: Frame) -> Thread {
        Thread {
            id,
            frames: vec![frame],
            unwinding: None,
            waiting: None,
            seen: Vec::new(),
            live: Vec::new(),
            made: 0,
            scopes: Vec::new(),
            scope_ends: false,
            ended: None,
            last: Span::default(),
        }
    }

    /// Its number.
    pub fn id(&self) -> ThreadId {
        self.id
    }

    /// Roughly how many bytes it takes.
    pub(crate) fn size(&self) -> usize {
        let value = size_of::<Value>();
        let frames = self.frames.iter().map(|frame| {
            (frame.slots.capacity() + frame.stack.capacity()) * value + size_of::<Frame>()
        });
        2 * (frames.sum::<usize>() + size_of::<Thread>())
    }

    /// The request that it stands at, once [`Thread::next`] has found it.
    pub fn waiting(&self) -> Option<&Step> {
        self.waiting.as_ref()
    }

    /// Runs to the next request.
    ///
    /// # Errors
    /// [`Stuck`] where the program can't be followed: a loop that asks nothing
    /// and doesn't end, recursion without an end, a pointer that is null.
    pub fn next(&mut self, program: &Program) -> Result<&Step, Stuck> {
        let mut steps = 0;
        while self.waiting.is_none() {
            steps += 1;
            let span = self.span(program);
            let stuck = |message: &str| Stuck {
                span,
                message: message.to_owned(),
            };
            if steps > LOCAL_STEPS {
                return Err(stuck(
                    "this runs on without touching anything that threads share; give it an end",
                ));
            }
            if self.frames.len() > FRAMES {
                return Err(stuck("these calls go too deep; end the recursion earlier"));
            }
            match self.local(program) {
                Local::On => {}
                Local::Ask(request) => self.waiting = Some(Step { request, span }),
                Local::Panic(message) => self.panic(message, span),
                Local::Stuck(message) => return Err(Stuck { span, message }),
            }
        }
        Ok(self.waiting.as_ref().expect("the loop ended with one"))
    }

    /// Where it stands: in the source, not in the prelude.
    fn span(&self, program: &Program) -> Span {
        let spans = self.frames.iter().rev().enumerate().map(|(i, frame)| {
            let function = &program.functions[frame.function as usize];
            // The frames below have gone on to the step after their call.
            let at = (frame.pc as usize).saturating_sub(usize::from(i > 0));
            function
                .spans
                .get(at)
                .or(function.spans.last())
                .copied()
                .unwrap_or_default()
        });
        spans
            .into_iter()
            .find(|span| span.line != 0)
            .unwrap_or(self.last)
    }

    fn panic(&mut self, message: Arc<str>, span: Span) {
        if self.unwinding.is_some() {
            self.waiting = Some(Step {
                request: Request::Abort(message),
                span,
            });
            return;
        }
        self.seen.clear();
        self.unwinding = Some(message);
    }

    /// One step, or one drop of what a panicking frame held.
    fn local(&mut self, program: &Program) -> Local {
        if let Some(result) = &self.ended {
            return Local::Ask(Request::Finish(result.clone()));
        }
        if self.unwinding.is_some() && !self.frames.last().is_some_and(|frame| frame.cleanup) {
            return self.unwind(program);
        }
        let depth = self.frames.len();
        let frame = self
            .frames
            .last_mut()
            .expect("a thread that hasn't ended has a frame");
        let function = &program.functions[frame.function as usize];
        let op = &function.code[frame.pc as usize];
        if !fits(op, &frame.stack) {
            return Local::Stuck(
                "a value is used here that was moved away or never assigned; \
                 does rustc accept this program?"
                    .into(),
            );
        }
        frame.pc += 1;
        match op {
            Op::Call(function, n) => {
                let args = frame.pop_many(*n as usize);
                let cleanup = frame.cleanup;
                let mut callee = Frame::new(*function, program, args);
                callee.cleanup = cleanup;
                self.frames.push(callee);
            }
            Op::Drop(None) => _ = frame.pop(),
            Op::Drop(Some(glue)) => {
                let value = frame.pop();
                if value != Value::Gone {
                    self.drop_value(program, *glue, value);
                }
            }
            Op::DropSlot(slot, glue) => {
                let value = std::mem::replace(&mut frame.slots[*slot as usize], Value::Gone);
                if let (Some(glue), true) = (glue, value != Value::Gone) {
                    self.drop_value(program, *glue, value);
                }
            }
            Op::Return => {
                let value = frame.pop();
                let silent = frame.silent;
                if depth == 1 {
                    self.last = function.spans[frame.pc as usize - 1];
                }
                self.frames.pop();
                match self.frames.last_mut() {
                    None => self.ended = Some(Ok(value)),
                    Some(caller) if !silent => caller.stack.push(value),
                    Some(_) => {}
                }
            }
            Op::ScopeBegin => {
                self.scopes.push(Scope {
                    threads: Vec::new(),
                    depth,
                    panicked: false,
                });
            }
            Op::ScopeEnd => {
                let scope = self.scopes.last_mut().expect("emit.rs pairs them");
                if let Some(&thread) = scope.threads.first() {
                    frame.pc -= 1;
                    self.scope_ends = true;
                    return Local::Ask(Request::Join(thread));
                }
                let panicked = scope.panicked;
                self.scopes.pop();
                if panicked {
                    return Local::Panic("a scoped thread panicked".into());
                }
            }
            Op::Spawn {
                function,
                args,
                scoped,
            } => {
                let env = frame.pop_many(*args as usize);
                let entry = Entry {
                    function: *function,
                    env,
                    scoped: *scoped,
                };
                return Local::Ask(Request::Spawn(entry));
            }
            Op::Panicking => frame.stack.push(Value::Bool(self.unwinding.is_some())),
            Op::Alloc {
                heap,
                layout,
                naming,
            } => {
                let value = frame.pop();
                let mut cells = Vec::new();
                program.layouts[*layout as usize].flatten(value, &mut cells);
                let object = if *heap {
                    self.made += 1;
                    Object::heap(self.id, self.made - 1)
                } else {
                    let free = self
                        .live
                        .iter()
                        .position(|live| !live)
                        .unwrap_or(self.live.len());
                    self.live.resize(self.live.len().max(free + 1), false);
                    self.live[free] = true;
                    Object::stack(self.id, free as u32)
                };
                return Local::Ask(Request::Alloc(object, Naming(*naming), cells));
            }
            Op::Free => {
                let object = frame.pop().pointer().cell.object;
                let free =
                    (0..self.live.len()).find(|&i| Object::stack(self.id, i as u32) == object);
                if let Some(free) = free {
                    self.live[free] = false;
                    while self.live.last() == Some(&false) {
                        self.live.pop();
                    }
                }
                return Local::Ask(Request::Free(object));
            }
            Op::Sync(SyncOp::Current) => frame.stack.push(Value::Thread(self.id)),
            Op::Sync(op) => {
                let operands = frame.pop_many(op.operands());
                let poison = self.unwinding.is_some();
                let made = &mut self.made;
                let mut fresh = || {
                    *made += 1;
                    Object::heap(self.id, *made - 1)
                };
                return match ask(*op, operands, poison, &mut fresh) {
                    Some(request) => Local::Ask(request),
                    None => Local::Stuck("this pointer is null, or points into a Vec or an enum, where nothing is shared".into()),
                };
            }
            Op::Print => {
                let Value::Str(text) = frame.pop() else {
                    unreachable!("emit.rs shows first")
                };
                return Local::Ask(Request::Print(text));
            }
            Op::Panic => {
                let Value::Str(message) = frame.pop() else {
                    unreachable!("emit.rs shows first")
                };
                return Local::Panic(message);
            }
            Op::Unreachable => return Local::Stuck("this point should be out of reach".into()),
            op => return plain(op, frame, &mut self.seen, program),
        }
        Local::On
    }

    fn drop_value(&mut self, program: &Program, glue: u32, value: Value) {
        let cleanup = self.frames.last().is_some_and(|frame| frame.cleanup);
        let frame = Frame::new(glue, program, [value]);
        self.frames.push(Frame {
            silent: true,
            cleanup,
            ..frame
        });
    }

    /// Drops the youngest value of the youngest frame, or leaves that frame.
    fn unwind(&mut self, program: &Program) -> Local {
        let depth = self.frames.len();
        if let Some(scope) = self.scopes.last() {
            // A scope's threads are waited for before its frame's values go.
            if scope.depth == depth {
                if let Some(&thread) = scope.threads.first() {
                    self.scope_ends = true;
                    return Local::Ask(Request::Join(thread));
                }
                self.scopes.pop();
                return Local::On;
            }
        }
        let Some(frame) = self.frames.last_mut() else {
            let message = self.unwinding.take().expect("it is unwinding");
            self.ended = Some(Err(message));
            return Local::On;
        };
        let glue = &program.functions[frame.function as usize].slots;
        for (slot, glue) in glue.iter().enumerate().rev() {
            let value = std::mem::replace(&mut frame.slots[slot], Value::Gone);
            if let (Some(glue), true) = (glue, value != Value::Gone) {
                let glue = Frame::new(*glue, program, [value]);
                self.frames.push(Frame {
                    silent: true,
                    cleanup: true,
                    ..glue
                });
                return Local::On;
            }
        }
        if depth == 1 {
            let function = &program.functions[frame.function as usize];
            self.last = function
                .spans
                .get(frame.pc as usize)
                .copied()
                .unwrap_or_default();
        }
        self.frames.pop();
        Local::On
    }

    /// Gives it the answer to its request.
    pub fn answer(&mut self, answer: Value) {
        let step = self.waiting.take().expect("answered without a request");
        if let (Request::Join(thread), Some(scope)) = (&step.request, self.scopes.last_mut()) {
            scope.threads.retain(|known| known != thread);
            if std::mem::take(&mut self.scope_ends) {
                scope.panicked |= matches!(answer, Value::Variant(1, _));
                return;
            }
        }
        if let (Request::Spawn(Entry { scoped: true, .. }), Value::Thread(thread)) =
            (&step.request, &answer)
        {
            let scope = self
                .scopes
                .last_mut()
                .expect("scoped threads begin in a scope");
            scope.threads.push(*thread);
        }
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        match &step.request {
            Request::Finish(_) | Request::Abort(_) | Request::Free(_) | Request::Print(_) => {}
            Request::Read(_) | Request::Write(..) => self.seen.push(answer),
            Request::Alloc(object, ..) => {
                frame.stack.push(Value::Pointer(Pointer::to(*object)));
            }
            Request::Channel(object, ..) => {
                let end = Value::Pointer(Pointer::to(*object));
                frame.stack.push(Value::many(vec![end.clone(), end]));
            }
            request => {
                let result = as_std(request, answer);
                frame.stack.push(result);
            }
        }
    }
}
