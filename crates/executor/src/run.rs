//! Futures run to their end, here or on a thread of their own.

// ANCHOR: nothing
// ANCHOR_END: nothing
// ANCHOR: block_on
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};

/// Polls a future on this thread until it is ready, and sleeps in between.
///
/// # Panics
///
/// With the future's panic.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let sleeper = Arc::new(Sleeper {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&sleeper));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        sleeper.sleep();
    }
}

/// A thread that sleeps until it is woken.
struct Sleeper {
    thread: Thread,
    woken: AtomicBool,
}

impl Sleeper {
    /// Returns once for all the wakes since it returned last, at once if there
    /// were some. The flag says so, not `park`: anybody may unpark a thread,
    /// and a future that parks in its `poll` uses up our unpark.
    fn sleep(&self) {
        while !self.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        // A swap and not a store, so that the sleeper sees what *each* of two
        // wakers did before, and not only what the later one did.
        self.woken.swap(true, Ordering::Release);
        self.thread.unpark();
    }
}
// ANCHOR_END: block_on

// ANCHOR: spawn
/// Runs a future on a new thread.
///
/// # Panics
///
/// If the operating system can't start a thread.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    thread::spawn(move || block_on(future))
}
// ANCHOR_END: spawn

// ANCHOR: pause
/// Is not ready the first time, and is the second.
pub async fn pause() {
    let mut paused = false;
    std::future::poll_fn(|context| {
        if paused {
            return Poll::Ready(());
        }
        paused = true;
        context.waker().wake_by_ref(); // ask me again
        Poll::Pending
    })
    .await
}
// ANCHOR_END: pause
