//! Stage 3: the receiver sleeps until the sender is done, and hears if it is
//! gone.

use crate::cell::UnsafeCell;
use crate::sync::Arc;
use crate::sync::atomic::AtomicU8;
use crate::sync::atomic::Ordering::{AcqRel, Acquire, Release};
use crate::thread::{self, Thread};
use std::error::Error;
use std::fmt;

// ANCHOR: oneshot
/// The one who may send. There is no other, and it sends once.
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

/// The one who may receive.
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

// ANCHOR: states
struct Shared<T> {
    state: AtomicU8,
    message: UnsafeCell<Option<T>>,
    receiver: UnsafeCell<Option<Thread>>,
}

/// The sender is there. It alone may touch `message`, the receiver `receiver`.
const OPEN: u8 = 0;
/// The same, but `receiver` says who sleeps, and is the sender's from now on.
const WAITING: u8 = 1;
/// The sender is gone, and `message` is the receiver's: sent, or `None`.
const DONE: u8 = 2;
// ANCHOR_END: states

// SAFETY: `state` says which half may touch which cell, and there is one of
// each half. So message and handle move from one thread to another, which is
// what `T: Send` allows; a `Thread` is `Send` as it is.
unsafe impl<T: Send> Sync for Shared<T> {}

/// Makes the two halves of a channel.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        state: AtomicU8::new(OPEN),
        message: UnsafeCell::new(None),
        receiver: UnsafeCell::new(None),
    });
    let sender = Sender {
        shared: shared.clone(),
    };
    (sender, Receiver { shared })
}

// ANCHOR: send
impl<T> Sender<T> {
    /// Gives `message` away, and the right to send with it.
    ///
    /// A message sent to a receiver that goes without it is dropped.
    ///
    /// # Errors
    ///
    /// If the receiver is gone already, the message comes back.
    pub fn send(self, message: T) -> Result<(), SendError<T>> {
        if Arc::strong_count(&self.shared) == 1 {
            return Err(SendError(message));
        }
        // SAFETY: the state isn't `DONE` before this sender ends.
        unsafe { *self.shared.message.get() = Some(message) };
        Ok(()) // `self` ends here, and tells the receiver
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        // Release, to show the receiver the message; Acquire, to see `receiver`.
        if self.shared.state.swap(DONE, AcqRel) == WAITING {
            // SAFETY: it is the sender's since the state was `WAITING`.
            let receiver = unsafe { (*self.shared.receiver.get()).take() };
            receiver.expect("written before it waits").unpark();
        }
    }
}
// ANCHOR_END: send

// ANCHOR: recv
impl<T> Receiver<T> {
    /// Takes the message; waits, asleep, while the sender is there.
    ///
    /// # Errors
    ///
    /// If the sender went without sending.
    pub fn recv(self) -> Result<T, RecvError> {
        let state = &self.shared.state;
        // SAFETY: it is the receiver's until the state is `WAITING`.
        unsafe { *self.shared.receiver.get() = Some(thread::current()) };
        // Release, to show the sender whom to wake; or, if it was done before,
        // Acquire, to see the message.
        if state
            .compare_exchange(OPEN, WAITING, Release, Acquire)
            .is_ok()
        {
            // Again and again: a park may end for no reason, or for another.
            // Acquire, to see the message.
            while state.load(Acquire) == WAITING {
                thread::park();
            }
        }
        // SAFETY: the state is `DONE`, and the message the receiver's.
        unsafe { (*self.shared.message.get()).take() }.ok_or(RecvError)
    }
}
// ANCHOR_END: recv
// ANCHOR_END: oneshot

/// There is no receiver any more. Gives the message back.
#[derive(Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// There is no sender any more, and no message.
#[derive(Debug, PartialEq, Eq)]
pub struct RecvError;

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the receiver is gone")
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sender is gone, and sent nothing")
    }
}

impl<T: fmt::Debug> Error for SendError<T> {}
impl Error for RecvError {}

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
