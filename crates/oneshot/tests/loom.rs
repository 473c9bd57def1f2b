//! Every stage's own source, run by loom under every schedule.

#[path = "../src/flag.rs"]
mod flag;
#[path = "../src/halves.rs"]
mod halves;
#[path = "../src/parked.rs"]
mod parked;

use crate::parked::{RecvError, channel};
use loom::sync::Arc;
use loom::{sync, thread};

/// Loom's cell behind the face of the standard library's.
mod cell {
    pub struct UnsafeCell<T>(loom::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub fn new(value: T) -> UnsafeCell<T> {
            UnsafeCell(loom::cell::UnsafeCell::new(value))
        }

        /// Loom takes each call for a write.
        pub fn get(&self) -> *mut T {
            self.0.with_mut(|pointer| pointer)
        }
    }
}

#[test]
fn a_flag_that_is_up_shows_the_message() {
    loom::model(|| {
        let channel = Arc::new(flag::OneShot::empty());
        let sender = thread::spawn({
            let channel = channel.clone();
            // SAFETY: the only call.
            move || unsafe { channel.send(7) }
        });
        loop {
            // SAFETY: from this thread alone.
            match unsafe { channel.take() } {
                Some(message) => break assert_eq!(message, 7),
                None => thread::yield_now(),
            }
        }
        sender.join().unwrap();
    });
}

#[test]
fn a_receiver_takes_the_message_or_gets_itself_back() {
    loom::model(|| {
        let (sender, mut receiver) = halves::channel();
        let sender = thread::spawn(move || sender.send(7));
        loop {
            match receiver.take() {
                Ok(message) => break assert_eq!(message, 7),
                Err(again) => receiver = again,
            }
            thread::yield_now();
        }
        sender.join().unwrap();
    });
}

// Who receives does so in a thread of its own, which waits nowhere else: loom
// takes an unpark for the end of whatever a thread waits for, such as a join.

#[test]
fn a_receiver_is_woken_by_the_message() {
    loom::model(|| {
        let (sender, receiver) = channel();
        let receiver = thread::spawn(move || receiver.recv());
        assert_eq!(sender.send(7), Ok(()));
        assert_eq!(receiver.join().unwrap(), Ok(7));
    });
}

#[test]
fn a_receiver_is_woken_by_a_sender_that_goes() {
    loom::model(|| {
        let (sender, receiver) = channel::<i32>();
        let receiver = thread::spawn(move || receiver.recv());
        drop(sender);
        assert_eq!(receiver.join().unwrap(), Err(RecvError));
    });
}

#[test]
fn a_receiver_that_is_unparked_for_something_else_goes_on_waiting() {
    loom::model(|| {
        let (sender, receiver) = channel();
        let receiver = thread::spawn(move || receiver.recv());
        receiver.thread().unpark();
        assert_eq!(sender.send(7), Ok(()));
        assert_eq!(receiver.join().unwrap(), Ok(7));
    });
}

#[test]
fn a_message_is_dropped_once_whoever_goes_first() {
    loom::model(|| {
        let witness = Arc::new(());
        let (sender, receiver) = channel();
        let sender = thread::spawn({
            let witness = witness.clone();
            move || drop(sender.send(witness))
        });
        drop(receiver);
        sender.join().unwrap();
        assert_eq!(Arc::strong_count(&witness), 1);
    });
}
