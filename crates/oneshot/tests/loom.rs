//! Every stage's own source, run by loom under every schedule.

#[path = "../src/flag.rs"]
mod flag;
#[path = "../src/halves.rs"]
mod halves;
#[path = "../src/parked.rs"]
mod parked;

use crate::parked::{RecvError, channel};
use loom_std::sync::Arc;
use loom_std::thread::{spawn, yield_now};
use loom_std::{cell, sync, thread};

#[test]
fn a_flag_that_is_up_shows_the_message() {
    loom::model(|| {
        let channel = Arc::new(flag::OneShot::empty());
        let sender = spawn({
            let channel = channel.clone();
            // SAFETY: the only call.
            move || unsafe { channel.send(7) }
        });
        loop {
            // SAFETY: from this thread alone.
            match unsafe { channel.take() } {
                Some(message) => break assert_eq!(message, 7),
                None => yield_now(),
            }
        }
        sender.join().unwrap();
    });
}

#[test]
fn a_receiver_takes_the_message_or_gets_itself_back() {
    loom::model(|| {
        let (sender, mut receiver) = halves::channel();
        let sender = spawn(move || sender.send(7));
        loop {
            match receiver.take() {
                Ok(message) => break assert_eq!(message, 7),
                Err(again) => receiver = again,
            }
            yield_now();
        }
        sender.join().unwrap();
    });
}

#[test]
fn a_receiver_is_woken_by_the_message() {
    loom::model(|| {
        let (sender, receiver) = channel();
        let receiver = spawn(move || receiver.recv());
        assert_eq!(sender.send(7), Ok(()));
        assert_eq!(receiver.join().unwrap(), Ok(7));
    });
}

#[test]
fn a_receiver_is_woken_by_a_sender_that_goes() {
    loom::model(|| {
        let (sender, receiver) = channel::<i32>();
        let receiver = spawn(move || receiver.recv());
        drop(sender);
        assert_eq!(receiver.join().unwrap(), Err(RecvError));
    });
}

#[test]
fn a_receiver_that_is_unparked_for_something_else_goes_on_waiting() {
    loom::model(|| {
        let (sender, receiver) = channel();
        let receiver = spawn(move || {
            thread::current().unpark(); // by anybody, for any reason
            receiver.recv()
        });
        assert_eq!(sender.send(7), Ok(()));
        assert_eq!(receiver.join().unwrap(), Ok(7));
    });
}

#[test]
fn a_message_is_dropped_once_whoever_goes_first() {
    loom::model(|| {
        let witness = Arc::new(());
        let (sender, receiver) = channel();
        let sender = spawn({
            let witness = witness.clone();
            move || drop(sender.send(witness))
        });
        drop(receiver);
        sender.join().unwrap();
        assert_eq!(Arc::strong_count(&witness), 1);
    });
}
