//! One thread as a deterministic evaluator: it runs to its next [`Request`] and waits for the answer.

use crate::code::{BinOp, Edge, IntFn, Op, Program, SyncOp, VecOp, text, whole};
use crate::request::{Entry, Naming, Request, Step};
use crate::types::IntType;
use crate::value::{Cell, Object, Pointer, Span, ThreadId, Value};
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

/// Whether the operands are what the step needs. They are in any program that
/// rustc accepts; of others we don't know that what was moved isn't used.
fn fits(op: &Op, stack: &[Value]) -> bool {
    let at = |below: usize| stack.len().checked_sub(1 + below).map(|at| &stack[at]);
    let pointer = |below| matches!(at(below), Some(Value::Pointer(_)));
    let int = |below| matches!(at(below), Some(Value::Int(_)));
    let bool = |below| matches!(at(below), Some(Value::Bool(_)));
    let whole = |below| at(below).is_some_and(Value::is_whole);
    match op {
        Op::Field { .. } | Op::Enter(_) | Op::Load(_) | Op::Move(_) | Op::Free => pointer(0),
        Op::Index { .. } | Op::IndexVec => int(0) && pointer(1),
        Op::Store(_) => pointer(1),
        Op::Vec(op) => pointer(op.operands()) && (0..op.operands()).all(whole),
        Op::Bin(BinOp::And | BinOp::Or | BinOp::Xor, _, None) => bool(0) && bool(1),
        Op::Bin(_, _, Some(_)) => int(0) && int(1),
        Op::Bin(..) => whole(0) && whole(1),
        Op::JumpIf(_) | Op::JumpIfNot(_) | Op::Not(None) => bool(0),
        Op::Not(Some(_)) | Op::Neg(..) | Op::Int(..) => int(0),
        Op::Cast(_) => int(0) || bool(0),
        Op::Tag => matches!(at(0), Some(Value::Variant(..))),
        Op::Part(index) => at(0).is_some_and(|value| value.part(&[*index as u16]).is_some()),
        Op::IntoInner => at(0).is_some_and(|value| value.part(&[1]).is_some()),
        Op::Show(_, n) => (0..*n as usize).all(whole),
        Op::Print | Op::Panic => matches!(at(0), Some(Value::Str(_))),
        Op::Sync(SyncOp::Join | SyncOp::Unpark) => matches!(at(0), Some(Value::Thread(_))),
        Op::Sync(SyncOp::Channel { bounded, .. }) => !bounded || int(0),
        Op::Sync(SyncOp::Wait) => pointer(0) && pointer(1),
        Op::Sync(SyncOp::Rmw(_, _, Some(_))) => int(0) && pointer(1),
        Op::Sync(SyncOp::Rmw(_, op, None)) => (bool(0) || *op == crate::RmwOp::Swap) && pointer(1),
        Op::Sync(SyncOp::CompareExchange { .. }) => whole(0) && whole(1) && pointer(2),
        Op::Sync(op) => match op.operands() {
            0 => true,
            n => pointer(n - 1),
        },
        _ => true,
    }
}

/// The answer as the standard library's method gives it.
fn as_std(request: &Request, answer: Value) -> Value {
    let guard = |lock: Cell| Value::Pointer(Pointer::to_cell(lock));
    let poisoned = |lock| Value::many(vec![guard(lock)]);
    match (request, answer) {
        (
            Request::Lock(lock) | Request::RwLock(lock, _) | Request::Wait { mutex: lock, .. },
            answer,
        ) => match answer.bool() {
            false => Value::ok(guard(*lock)),
            true => Value::err(poisoned(*lock)),
        },
        (Request::TryLock(lock) | Request::TryRwLock(lock, _), answer) => match answer.int() {
            0 => Value::ok(guard(*lock)),
            1 => Value::err(Value::variant(0, vec![poisoned(*lock)])),
            _ => Value::err(Value::variant(1, Vec::new())),
        },
        (Request::Send(..), Value::Variant(1, value)) => Value::err(Value::Many(value)),
        (Request::Receive(_), Value::Variant(1, _)) => Value::err(Value::many(Vec::new())),
        (_, answer) => answer,
    }
}

/// The request that a step stands for.
fn ask(
    op: SyncOp,
    operands: Vec<Value>,
    poison: bool,
    fresh: &mut impl FnMut() -> Object,
) -> Option<Request> {
    let mut operands = operands.into_iter();
    let mut next = || operands.next().expect("emit.rs pushes them");
    if let SyncOp::Fence(_) | SyncOp::Park | SyncOp::Yield = op {
        return Some(match op {
            SyncOp::Fence(order) => Request::Fence(order),
            SyncOp::Park => Request::Park,
            _ => Request::Yield,
        });
    }
    if let SyncOp::Channel { naming, bounded } = op {
        let bound = bounded.then(|| next().int() as usize);
        return Some(Request::Channel(fresh(), Naming(naming), bound));
    }
    let first = next();
    if let (SyncOp::Join | SyncOp::Unpark, Value::Thread(thread)) = (op, &first) {
        return Some(match op {
            SyncOp::Join => Request::Join(*thread),
            _ => Request::Unpark(*thread),
        });
    }
    let cell = whole(&first);
    if cell.object == Object::NULL || first.pointer().is_inside() {
        return None;
    }
    let object = cell.object;
    Some(match op {
        SyncOp::Load(order) => Request::Load(cell, order),
        SyncOp::Store(order) => Request::Store(cell, order, next()),
        SyncOp::Rmw(order, rmw, int) => Request::Rmw(cell, order, rmw, int, next()),
        SyncOp::CompareExchange {
            success,
            failure,
            weak,
        } => Request::CompareExchange {
            cell,
            success,
            failure,
            expected: next(),
            new: next(),
            weak,
        },
        SyncOp::Lock => Request::Lock(cell),
        SyncOp::TryLock => Request::TryLock(cell),
        SyncOp::Unlock => Request::Unlock { lock: cell, poison },
        SyncOp::RwLock(write) => Request::RwLock(cell, write),
        SyncOp::TryRwLock(write) => Request::TryRwLock(cell, write),
        SyncOp::RwUnlock(write) => Request::RwUnlock {
            lock: cell,
            write,
            poison: poison && write,
        },
        SyncOp::Wait => Request::Wait {
            condvar: cell,
            mutex: whole(&next()),
        },
        SyncOp::Notify(all) => Request::Notify { condvar: cell, all },
        SyncOp::Barrier => Request::Barrier(cell),
        SyncOp::Send => Request::Send(object, next()),
        SyncOp::Receive => Request::Receive(object),
        SyncOp::TryReceive => Request::TryReceive(object),
        SyncOp::SenderCloned => Request::SenderCloned(object),
        SyncOp::SenderDropped => Request::SenderDropped(object),
        SyncOp::ReceiverDropped => Request::ReceiverDropped(object),
        SyncOp::Retain => Request::Retain(object),
        SyncOp::Release => Request::Release(object),
        SyncOp::ReleaseIfLast => Request::ReleaseIfLast(object),
        SyncOp::Once => Request::Once(cell),
        SyncOp::OnceDone => Request::OnceDone { once: cell, poison },
        SyncOp::OnceIsDone => Request::OnceIsDone(cell),
        _ => unreachable!("handled above"),
    })
}

/// A step that needs nothing but the frame, or memory behind a pointer.
fn plain(op: &Op, frame: &mut Frame, seen: &mut Vec<Value>, program: &Program) -> Local {
    match op {
        Op::Const(value) => frame.stack.push(value.clone()),
        Op::Get(slot) => {
            let value = frame.slots[*slot as usize].clone();
            frame.stack.push(value);
        }
        Op::Take(slot) => {
            let value = std::mem::replace(&mut frame.slots[*slot as usize], Value::Gone);
            frame.stack.push(value);
        }
        Op::Set(slot) => {
            let value = frame.pop();
            frame.slots[*slot as usize] = value;
        }
        Op::SlotPtr(slot) => {
            frame
                .stack
                .push(Value::Pointer(Pointer::to(Object::slot(*slot))));
        }
        Op::Fixed(index) => {
            frame
                .stack
                .push(Value::Pointer(Pointer::to(Object::fixed(*index))));
        }
        Op::Pop => _ = frame.pop(),
        Op::Dup => {
            let top = frame.stack.last().expect("emit.rs pushes it").clone();
            frame.stack.push(top);
        }
        Op::Pull(n) => {
            let at = frame.stack.len() - 1 - *n as usize;
            let value = frame.stack.remove(at);
            frame.stack.push(value);
        }
        Op::Field { index, offset } => {
            let pointer = frame.pop().pointer();
            let Some(pointer) = pointer.field(*index, *offset) else {
                return too_deep();
            };
            frame.stack.push(Value::Pointer(pointer));
        }
        Op::Enter(index) => {
            let pointer = frame.pop().pointer();
            let Some(pointer) = pointer.enter(*index) else {
                return too_deep();
            };
            frame.stack.push(Value::Pointer(pointer));
        }
        Op::Index { len, stride } => {
            let index = frame.pop().int();
            let pointer = frame.pop().pointer();
            if index >= i128::from(*len) {
                return out_of_bounds(*len as usize, index);
            }
            let index = index as u32;
            let Some(pointer) = pointer.field(index, index * stride) else {
                return too_deep();
            };
            frame.stack.push(Value::Pointer(pointer));
        }
        Op::Part(index) => {
            let value = frame.pop();
            let part = value
                .part(&[*index as u16])
                .expect("emit.rs knows the parts")
                .clone();
            frame.stack.push(part);
        }
        Op::IntoInner => {
            let value = frame.pop();
            let (poisoned, inner) = (value.part(&[0]), value.part(&[1]));
            let inner = inner.expect("a lock has two parts").clone();
            frame.stack.push(match poisoned.is_some_and(Value::bool) {
                false => Value::ok(inner),
                true => Value::err(Value::many(vec![inner])),
            });
        }
        Op::Many(n) => {
            let parts = frame.pop_many(*n as usize);
            frame.stack.push(Value::many(parts));
        }
        Op::Variant(tag, n) => {
            let parts = frame.pop_many(*n as usize);
            frame.stack.push(Value::variant(*tag, parts));
        }
        Op::Repeat(n) => {
            let value = frame.pop();
            frame.stack.push(Value::many(vec![value; *n as usize]));
        }
        Op::Tag => {
            let Value::Variant(tag, _) = frame.pop() else {
                unreachable!("the front end knows the type")
            };
            frame.stack.push(Value::Int(i128::from(tag)));
        }
        Op::Jump(to) => frame.pc = *to,
        Op::JumpIfNot(to) => {
            if !frame.pop().bool() {
                frame.pc = *to;
            }
        }
        Op::JumpIf(to) => {
            if frame.pop().bool() {
                frame.pc = *to;
            }
        }
        Op::Show(format, n) => {
            let values = frame.pop_many(*n as usize);
            frame
                .stack
                .push(Value::Str(text(program, *format, &values)));
        }
        Op::Not(_) | Op::Neg(..) | Op::Cast(_) | Op::Int(..) | Op::Bin(..) => {
            return number(op, frame);
        }
        Op::Load(_) | Op::Store(_) | Op::Move(_) | Op::IndexVec | Op::Vec(_) => {
            return memory(op, frame, seen, program);
        }
        _ => unreachable!("Thread::local does it"),
    }
    Local::On
}

fn too_deep() -> Local {
    Local::Stuck("this reaches too deep into one value; take it apart with fewer levels".into())
}

fn out_of_bounds(len: usize, index: i128) -> Local {
    let message = format!("index out of bounds: the len is {len} but the index is {index}");
    Local::Panic(message.into())
}

/// A step behind a pointer: several cells are asked for one by one, and what
/// was seen so far is kept in `seen`.
fn memory(op: &Op, frame: &mut Frame, seen: &mut Vec<Value>, program: &Program) -> Local {
    let below = match op {
        Op::Store(_) | Op::IndexVec => 1,
        Op::Vec(op) => op.operands(),
        _ => 0,
    };
    let at = frame.stack.len() - 1 - below;
    let pointer = frame.stack[at].pointer();
    if pointer.cell.object == Object::NULL {
        return Local::Stuck("this pointer is null".into());
    }
    let again = |frame: &mut Frame, request| {
        frame.pc -= 1;
        Local::Ask(request)
    };
    let cells = match op {
        Op::Load(layout) | Op::Store(layout) | Op::Move(layout) if !pointer.is_inside() => {
            program.layouts[*layout as usize].cells() as usize
        }
        _ => 1,
    };
    let nth = |n: usize| {
        let mut cell = pointer.cell;
        cell.offset += n as u32;
        cell
    };
    let slot = pointer.cell.object.as_slot();

    // The new value of whole cells needs no look at the old one.
    if let (Op::Store(layout), None, false) = (op, slot, pointer.is_inside()) {
        if seen.len() < cells {
            let mut values = Vec::new();
            program.layouts[*layout as usize].flatten(frame.stack[at + 1].clone(), &mut values);
            let value = values.swap_remove(seen.len());
            return again(frame, Request::Write(nth(seen.len()), value));
        }
        seen.clear();
        frame.stack.truncate(at);
        return Local::On;
    }

    // What is there now.
    if slot.is_none() && seen.len() < cells {
        return again(frame, Request::Read(nth(seen.len())));
    }
    if let (Op::Load(layout) | Op::Move(layout), None, false) = (op, slot, pointer.is_inside()) {
        let written = seen.len() - cells;
        if matches!(op, Op::Move(_)) && written < cells {
            return again(frame, Request::Write(nth(written), Value::Gone));
        }
        let mut values = seen.drain(..);
        let value = program.layouts[*layout as usize].build(&mut values);
        drop(values);
        seen.clear();
        frame.stack.truncate(at);
        frame.stack.push(value);
        return Local::On;
    }
    let steps: Vec<u16> = pointer.steps().to_vec();
    let operands: Vec<Value> = frame.stack[at + 1..].to_vec();
    let mut old = match slot {
        Some(slot) => std::mem::replace(&mut frame.slots[slot], Value::Gone),
        None => seen[0].clone(),
    };
    let Some(part) = old.part_mut(&steps) else {
        return Local::Stuck("this pointer dangles: what it points into has changed".into());
    };
    let (result, changed) = match op {
        Op::Load(_) => (Ok(Some(part.clone())), false),
        Op::Move(_) => (Ok(Some(std::mem::replace(part, Value::Gone))), true),
        Op::Store(_) => {
            *part = operands[0].clone();
            (Ok(None), true)
        }
        Op::IndexVec => (index_vec(part, pointer, operands[0].int()).map(Some), false),
        Op::Vec(op) => match op.apply(part, pointer, &operands) {
            Ok((value, changed)) => (Ok(Some(value)), changed),
            Err(local) => (Err(local), false),
        },
        _ => unreachable!("plain sends only these"),
    };
    match slot {
        Some(slot) => frame.slots[slot] = old,
        None if changed && seen.len() == 1 => {
            return again(frame, Request::Write(pointer.cell, old));
        }
        None => {}
    }
    seen.clear();
    frame.stack.truncate(at);
    match result {
        Ok(value) => {
            frame.stack.extend(value);
            Local::On
        }
        Err(local) => local,
    }
}

fn index_vec(vec: &Value, pointer: Pointer, index: i128) -> Result<Value, Local> {
    let Value::Many(elements) = vec else {
        return Err(moved());
    };
    if index >= elements.len() as i128 {
        return Err(out_of_bounds(elements.len(), index));
    }
    pointer
        .enter(index as u32)
        .map(Value::Pointer)
        .ok_or_else(too_deep)
}

fn moved() -> Local {
    Local::Stuck("this was moved away".into())
}

impl VecOp {
    fn operands(self) -> usize {
        match self {
            VecOp::Push
            | VecOp::PushFront
            | VecOp::Remove
            | VecOp::Contains
            | VecOp::SwapRemove => 1,
            VecOp::Insert | VecOp::Swap => 2,
            _ => 0,
        }
    }

    /// Its result, and whether the `Vec` (or option) is another one now.
    fn apply(
        self,
        vec: &mut Value,
        pointer: Pointer,
        operands: &[Value],
    ) -> Result<(Value, bool), Local> {
        if self == VecOp::TakeOption {
            return Ok((std::mem::replace(vec, Value::none()), true));
        }
        let Value::Many(elements) = vec else {
            return Err(moved());
        };
        let len = elements.len();
        let index = |n: usize| operands[n].int();
        let option = |value: Option<Value>| value.map_or_else(Value::none, Value::some);
        let end = |at: Option<usize>| match at {
            None => Ok((Value::none(), false)),
            Some(at) => {
                let to = pointer.enter(at as u32).ok_or_else(too_deep)?;
                Ok((Value::some(Value::Pointer(to)), false))
            }
        };
        let within = |at: i128, what: &str, limit: usize| match usize::try_from(at) {
            Ok(at) if at < limit => Ok(at),
            _ => {
                let message = format!("{what} index (is {at}) should be < len (is {len})");
                Err(Local::Panic(message.into()))
            }
        };
        match self {
            VecOp::Len => return Ok((Value::Int(len as i128), false)),
            VecOp::Contains => return Ok((Value::Bool(elements.contains(&operands[0])), false)),
            VecOp::First => return end((len > 0).then_some(0)),
            VecOp::Last => return end(len.checked_sub(1)),
            VecOp::Take => return Ok((std::mem::replace(vec, Value::many(Vec::new())), true)),
            _ => {}
        }
        let elements = Arc::make_mut(elements);
        let result = match self {
            VecOp::Push => {
                elements.push(operands[0].clone());
                Value::Unit
            }
            VecOp::PushFront => {
                elements.insert(0, operands[0].clone());
                Value::Unit
            }
            VecOp::Pop => option(elements.pop()),
            VecOp::PopFront => option((len > 0).then(|| elements.remove(0))),
            VecOp::Remove => elements.remove(within(index(0), "removal", len)?),
            VecOp::SwapRemove => elements.swap_remove(within(index(0), "swap_remove", len)?),
            VecOp::Insert => {
                let at = usize::try_from(index(0)).unwrap_or(usize::MAX);
                if at > len {
                    let message = format!("insertion index (is {at}) should be <= len (is {len})");
                    return Err(Local::Panic(message.into()));
                }
                elements.insert(at, operands[1].clone());
                Value::Unit
            }
            VecOp::Swap => {
                for at in [index(0), index(1)] {
                    if at >= len as i128 {
                        return Err(out_of_bounds(len, at));
                    }
                }
                elements.swap(index(0) as usize, index(1) as usize);
                Value::Unit
            }
            VecOp::Sort => {
                elements.sort();
                Value::Unit
            }
            _ => unreachable!("returned above"),
        };
        Ok((result, true))
    }
}

fn number(op: &Op, frame: &mut Frame) -> Local {
    let value = match op {
        Op::Not(int) => match (int, frame.pop()) {
            (Some(int), value) => Value::Int(int.wrap(!value.int())),
            (None, value) => Value::Bool(!value.bool()),
        },
        Op::Neg(int, edge) => {
            let exact = frame.pop().int().checked_neg();
            match int.settle(exact, *edge, "negate", || 0) {
                Ok(value) => value,
                Err(message) => return Local::Panic(message.into()),
            }
        }
        Op::Cast(int) => Value::Int(int.wrap(frame.pop().int())),
        Op::Int(function, int) => {
            let n = int.bits_of(frame.pop().int());
            match function {
                IntFn::LeadingZeros => {
                    Value::Int(i128::from(n.leading_zeros()) - (128 - i128::from(int.bits)))
                }
                IntFn::TrailingZeros => {
                    Value::Int(i128::from(n.trailing_zeros().min(int.bits.into())))
                }
                IntFn::CountOnes => Value::Int(n.count_ones().into()),
                IntFn::IsPowerOfTwo => Value::Bool(n.is_power_of_two()),
                IntFn::Abs => {
                    let exact = int.wrap(n as i128).checked_abs();
                    match int.settle(exact, Edge::Panic, "negate", || 0) {
                        Ok(value) => value,
                        Err(message) => return Local::Panic(message.into()),
                    }
                }
            }
        }
        Op::Bin(op, edge, int) => {
            let b = frame.pop();
            let a = frame.pop();
            match binary(*op, *edge, *int, &a, &b) {
                Ok(value) => value,
                Err(message) => return Local::Panic(message.into()),
            }
        }
        _ => unreachable!("plain sends only these"),
    };
    frame.stack.push(value);
    Local::On
}

fn binary(
    op: BinOp,
    edge: Edge,
    int: Option<IntType>,
    a: &Value,
    b: &Value,
) -> Result<Value, String> {
    let order = || match int {
        Some(int) => int.compare(a.int(), b.int()),
        None => a.cmp(b),
    };
    let compared = match op {
        BinOp::Eq => Some(a == b),
        BinOp::Ne => Some(a != b),
        BinOp::Lt => Some(order().is_lt()),
        BinOp::Le => Some(order().is_le()),
        BinOp::Gt => Some(order().is_gt()),
        BinOp::Ge => Some(order().is_ge()),
        _ => None,
    };
    if let Some(truth) = compared {
        return Ok(Value::Bool(truth));
    }
    match (int, op) {
        (None, BinOp::And) => Ok(Value::Bool(a.bool() & b.bool())),
        (None, BinOp::Or) => Ok(Value::Bool(a.bool() | b.bool())),
        (None, BinOp::Xor) => Ok(Value::Bool(a.bool() ^ b.bool())),
        (Some(int), _) => int.arithmetic(op, edge, a.int(), b.int()),
        (None, other) => unreachable!("the front end lets no {other:?} through here"),
    }
}
