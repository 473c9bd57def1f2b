//! The scope that joins in its own code, which nobody can leak.

use std::any::Any;
use std::marker::PhantomData;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, Builder, JoinHandle};

// ANCHOR: scope
/// Runs `f`, then joins every thread that was spawned in the scope.
///
/// `'scope` is the time in which threads may run; `f` must work for any, so
/// nothing that carries it gets out. `'env` is all that outlives this call,
/// and the threads may borrow for that long.
///
/// # Panics
///
/// With `f`'s panic if it panicked, else with that of a thread whose handle
/// wasn't joined; in both cases after the last thread has ended.
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let scope = Scope {
        children: Mutex::new(Vec::new()),
        scope: PhantomData,
        env: PhantomData,
    };
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    let child_panic = scope.join_all();
    match (result, child_panic) {
        (Err(panic), _) | (Ok(_), Some(panic)) => resume_unwind(panic),
        (Ok(value), None) => value,
    }
}
// ANCHOR_END: scope

/// Where threads are spawned that may borrow from outside; see [`scope`].
///
/// Both lifetimes are invariant: neither can be stretched nor cut short.
pub struct Scope<'scope, 'env: 'scope> {
    children: Mutex<Vec<Arc<Child>>>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

impl<'scope> Scope<'scope, '_> {
    /// Starts a thread that is joined, at the latest, at the end of the scope.
    ///
    /// Threads may spawn more: capture the scope's reference by `move`.
    ///
    /// # Panics
    ///
    /// If the operating system can't start a thread.
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        let value = Arc::new(Mutex::new(None));
        let theirs = Arc::clone(&value);
        let run = move || {
            let value = f();
            *lock(&theirs) = Some(value);
        };
        // Held until the child is listed, so that `join_all` can't miss it.
        let mut children = lock(&self.children);
        // Now and then, so that a long scope doesn't hoard ended threads.
        if children.len().is_power_of_two() {
            children.retain(|child| !child.may_be_forgotten());
        }
        // SAFETY: all that `run` holds lives for 'scope, and `scope` doesn't
        // return, so doesn't end 'scope, before it has joined this thread:
        // the child is listed before anyone else can look at the list, taken
        // off only when joined, and a join that fails stops the process.
        let thread = unsafe { Builder::new().spawn_unchecked(run) };
        let child = Arc::new(Child {
            state: Mutex::new(State::Running(thread.expect("a thread can be started"))),
        });
        children.push(Arc::clone(&child));
        ScopedJoinHandle {
            child,
            value,
            scope: PhantomData,
        }
    }

    /// Joins children until there are none, then returns a panic that nobody
    /// has taken, if there is one.
    ///
    /// An empty list is the end: only `f`, which is over, and running children
    /// spawn, and a running child is listed or being waited for right here.
    fn join_all(&self) -> Option<Payload> {
        let mut ended = Vec::new();
        loop {
            // The list is unlocked while we wait: children may be spawning.
            let running = mem::take(&mut *lock(&self.children));
            if running.is_empty() {
                break;
            }
            for child in running {
                child.wait();
                ended.push(child);
            }
        }
        ended.iter().find_map(|child| child.take_panic())
    }
}

/// A spawned thread's result. Dropping or leaking it detaches nothing: the
/// scope still joins the thread.
pub struct ScopedJoinHandle<'scope, T> {
    child: Arc<Child>,
    value: Arc<Mutex<Option<T>>>,
    scope: PhantomData<&'scope ()>,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// Waits for the thread and returns its result, or its panic's payload,
    /// which the scope then doesn't raise again.
    pub fn join(self) -> thread::Result<T> {
        self.child.wait();
        match self.child.take_panic() {
            Some(panic) => Err(panic),
            None => Ok(lock(&self.value).take().expect("it ended without a panic")),
        }
    }
}

type Payload = Box<dyn Any + Send>;

/// What scope and handle share of a thread. It borrows nothing: were `'scope`
/// in it, the scope's list would have to be dropped before `'scope` ends.
struct Child {
    state: Mutex<State>,
}

enum State {
    Running(JoinHandle<()>),
    Panicked(Payload),
    Over,
}

impl State {
    fn join(&mut self) {
        *self = match mem::replace(self, State::Over) {
            State::Running(thread) => match join_for_certain(thread) {
                Ok(()) => State::Over,
                Err(panic) => State::Panicked(panic),
            },
            ended => ended,
        };
    }
}

impl Child {
    /// Blocks until the thread has ended.
    ///
    /// The lock is held for the time of the join, so whoever comes second
    /// waits as well, and then finds the thread ended.
    fn wait(&self) {
        lock(&self.state).join();
    }

    fn take_panic(&self) -> Option<Payload> {
        let mut state = lock(&self.state);
        match mem::replace(&mut *state, State::Over) {
            State::Panicked(panic) => Some(panic),
            other => {
                *state = other;
                None
            }
        }
    }

    /// Whether the scope may forget the thread: it has ended, and left no
    /// panic that someone must hear of. Doesn't wait for a running one.
    fn may_be_forgotten(&self) -> bool {
        let Ok(mut state) = self.state.try_lock() else {
            return false;
        };
        if matches!(&*state, State::Running(thread) if thread.is_finished()) {
            state.join();
        }
        matches!(*state, State::Over)
    }
}

/// Joins, or stops the process. `join` itself panics where the system refuses
/// it, as when two threads wait for each other; the handle is gone then, and
/// nobody could ever know again that the thread has ended.
fn join_for_certain(thread: JoinHandle<()>) -> thread::Result<()> {
    catch_unwind(AssertUnwindSafe(|| thread.join())).unwrap_or_else(|_| process::abort())
}

/// Locks although some thread panicked while it held the lock: no code under
/// these locks leaves half a change behind.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
