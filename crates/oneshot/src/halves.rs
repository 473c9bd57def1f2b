//! Stage 2: a sender and a receiver that each can be used only once.

use crate::cell::UnsafeCell;
use crate::sync::Arc;
use crate::sync::atomic::AtomicBool;
use crate::sync::atomic::Ordering::{Acquire, Release};

// ANCHOR: oneshot
/// The one who may send. There is no other, and it sends once.
pub struct Sender<T> {
    shared: Arc<Shared<T>>,
}

/// The one who may take the message.
pub struct Receiver<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    message: UnsafeCell<Option<T>>,
    ready: AtomicBool,
}

// SAFETY: the message is written before the flag goes up, by the only sender,
// and taken after that, by the only receiver. So it moves from one thread to
// another, which is what `T: Send` allows.
unsafe impl<T: Send> Sync for Shared<T> {}

/// Makes the two halves of a channel.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared {
        message: UnsafeCell::new(None),
        ready: AtomicBool::new(false),
    });
    let sender = Sender {
        shared: shared.clone(),
    };
    (sender, Receiver { shared })
}

impl<T> Sender<T> {
    /// Gives `message` away, and the right to send with it.
    pub fn send(self, message: T) {
        // SAFETY: there is one sender, which ends here, and the receiver comes
        // to the message only when the flag is up.
        unsafe { *self.shared.message.get() = Some(message) };
        // Release: who sees the flag up sees the message too.
        self.shared.ready.store(true, Release);
    }
}

impl<T> Receiver<T> {
    /// Takes the message, or gives the receiver back if nothing was sent yet.
    ///
    /// Whether anything ever will be sent, it can't know.
    pub fn take(self) -> Result<T, Receiver<T>> {
        // Acquire: the message was there before the flag was up.
        if !self.shared.ready.load(Acquire) {
            return Err(self);
        }
        // SAFETY: it is sent, the sender is done, and there is one receiver.
        let message = unsafe { (*self.shared.message.get()).take() };
        Ok(message.expect("a receiver that took it is gone"))
    }
}
// ANCHOR_END: oneshot

// A place for the book to include this file at, with every line hidden.
// ANCHOR: hidden
// ANCHOR_END: hidden
