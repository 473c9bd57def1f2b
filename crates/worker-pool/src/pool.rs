//! Workers at one queue, and the tickets for what they find out.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

// ANCHOR: pool
// ANCHOR: fields
/// Threads that do the jobs they are given, in the order they were given.
pub struct Pool {
    // The order counts, for fields are dropped from the top: first the jobs'
    // only sender, which lets the workers end, then the workers.
    jobs: SyncSender<Box<dyn Run>>,
    workers: Workers,
}

/// The threads of a pool that takes no more jobs. Dropping it joins them.
pub struct Workers(Vec<JoinHandle<()>>);
// ANCHOR_END: fields

/// The right to what one job gives back.
#[must_use = "nobody else learns what became of the job"]
pub struct Ticket<T>(Receiver<thread::Result<T>>);

/// The queue was full: here is your job again.
pub struct Full<F>(pub F);

impl Pool {
    /// Starts the workers. At most `room` jobs wait in the queue; with no room,
    /// a job is handed over only to a worker who is idle.
    ///
    /// # Panics
    ///
    /// If there are to be no workers, or if a thread can't be started.
    pub fn new(workers: usize, room: usize) -> Pool {
        assert!(
            workers > 0,
            "without workers, every job would wait for ever"
        );
        let (jobs, queue) = sync_channel(room);
        let queue = Arc::new(Mutex::new(queue));
        let start = |_| {
            let queue = queue.clone();
            thread::spawn(move || work(&queue))
        };
        let workers = Workers((0..workers).map(start).collect());
        Pool { jobs, workers }
    }

    /// Hands in a job; waits while the queue is full.
    pub fn submit<T, F>(&self, job: F) -> Ticket<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (task, ticket) = task(job);
        if self.jobs.send(task).is_err() {
            unreachable!("the workers stay as long as there is a sender");
        }
        ticket
    }

    /// Hands in a job unless the queue is full; never waits.
    ///
    /// # Errors
    ///
    /// The job itself, if there is no room for it now.
    pub fn try_submit<T, F>(&self, job: F) -> Result<Ticket<T>, Full<F>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let (task, ticket) = task(job);
        match self.jobs.try_send(task) {
            Ok(()) => Ok(ticket),
            Err(TrySendError::Full(task)) => {
                let task: Box<dyn Any> = task;
                let task = task.downcast::<Task<T, F>>();
                Err(Full(task.expect("it was put in above").job))
            }
            Err(TrySendError::Disconnected(_)) => {
                unreachable!("the workers stay as long as there is a sender")
            }
        }
    }

    // ANCHOR: close
    /// Takes no more jobs. Those that wait in the queue will still be done.
    pub fn close(self) -> Workers {
        self.workers // and `jobs`, which stays behind, is dropped here
    }
    // ANCHOR_END: close

    /// Takes no more jobs, does all that are waiting, and ends the workers.
    pub fn shutdown(self) {
        self.close().join();
    }
}

impl Workers {
    /// Waits until the queue is empty and every worker has ended.
    pub fn join(self) {} // see `Drop`
}

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in self.0.drain(..) {
            // A job may own the last handle to its pool: no thread can wait
            // for its own end.
            if worker.thread().id() != thread::current().id() {
                // An error is a worker's panic, and `work` lets none out.
                let _ = worker.join();
            }
        }
    }
}

impl<T> Ticket<T> {
    /// Waits until the job is done.
    ///
    /// # Errors
    ///
    /// What the job panicked with, if it did, as [`JoinHandle::join`] has it.
    pub fn wait(self) -> thread::Result<T> {
        self.0.recv().expect("every job in the queue is done")
    }
}
// ANCHOR_END: pool

// ANCHOR: work
/// What each worker does until the queue has ended and is empty.
fn work(queue: &Mutex<Receiver<Box<dyn Run>>>) {
    loop {
        // The guard is gone at the semicolon: the queue is not locked while
        // the job is done.
        let Ok(task) = queue.lock().unwrap().recv() else {
            return;
        };
        task.run();
    }
}
// ANCHOR_END: work

// ANCHOR: task
/// A job and where its outcome goes, whatever their types.
trait Run: Any + Send {
    /// Does the job. Never panics.
    fn run(self: Box<Self>);
}

struct Task<T, F> {
    job: F,
    outcome: SyncSender<thread::Result<T>>,
}

impl<T, F> Run for Task<T, F>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    fn run(self: Box<Self>) {
        let Task { job, outcome } = *self;
        // As with a thread of its own: what the job has moved in goes down with
        // it, and what it shares must stand a panic, as a `Mutex` does.
        let came = catch_unwind(AssertUnwindSafe(job));
        // If nobody has kept the ticket, the outcome is dropped here, and a
        // destructor may panic too.
        let told = catch_unwind(AssertUnwindSafe(|| drop(outcome.send(came))));
        // And so may the destructor of what that panic carries: leak it.
        told.unwrap_or_else(mem::forget);
    }
}

fn task<T, F>(job: F) -> (Box<Task<T, F>>, Ticket<T>) {
    let (outcome, ticket) = sync_channel(1); // room for the one outcome
    (Box::new(Task { job, outcome }), Ticket(ticket))
}
// ANCHOR_END: task

// Whatever the job is, so that `unwrap` and `?` can be used.
impl<F> fmt::Debug for Full<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Full(..)")
    }
}

impl<F> fmt::Display for Full<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is full")
    }
}

impl<F> Error for Full<F> {}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
