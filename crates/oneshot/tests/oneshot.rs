//! What every stage promises when it runs.

use oneshot::{RecvError, SendError, channel, flag, halves};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

#[test]
fn a_message_is_taken_once() {
    let channel = flag::OneShot::empty();
    // SAFETY: sent once, taken by this thread.
    unsafe {
        assert_eq!(channel.take(), None);
        channel.send(7);
        assert_eq!(channel.take(), Some(7));
        assert_eq!(channel.take(), None);
    }
}

#[test]
fn a_message_that_nobody_took_is_dropped_with_its_flag() {
    let witness = Arc::new(());
    let channel = flag::OneShot::empty();
    // SAFETY: sent once.
    unsafe { channel.send(witness.clone()) };
    assert_eq!(Arc::strong_count(&witness), 2);
    drop(channel);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn a_receiver_that_comes_too_early_may_come_again() {
    let (sender, receiver) = halves::channel();
    let receiver = receiver.take().expect_err("nothing was sent");
    sender.send(7);
    assert_eq!(receiver.take().ok(), Some(7));
}

#[test]
fn a_message_that_nobody_took_is_dropped_with_its_halves() {
    let witness = Arc::new(());
    let (sender, receiver) = halves::channel();
    sender.send(witness.clone());
    assert_eq!(Arc::strong_count(&witness), 2);
    drop(receiver);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn a_receiver_waits_for_a_message_that_is_sent_later() {
    let (ask, question) = channel();
    let (tell, answer) = channel();
    thread::scope(|s| {
        // The answer depends on the question, so whoever waits must be woken.
        s.spawn(|| tell.send(question.recv().unwrap() + 1));
        ask.send(41).unwrap();
        assert_eq!(answer.recv(), Ok(42));
    });
}

#[test]
fn a_message_sent_before_anybody_waits_is_received() {
    let (sender, receiver) = channel();
    sender.send(7).unwrap();
    assert_eq!(receiver.recv(), Ok(7));
}

#[test]
fn a_sender_that_goes_or_panics_leaves_nobody_waiting() {
    let (sender, receiver) = channel::<i32>();
    drop(sender);
    assert_eq!(receiver.recv(), Err(RecvError));

    let (sender, receiver) = channel::<i32>();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let _sender = sender;
        panic!("as planned, before it sends");
    }));
    assert!(panicked.is_err());
    assert_eq!(receiver.recv(), Err(RecvError));
}

#[test]
fn a_message_to_a_receiver_that_is_gone_comes_back() {
    let (sender, receiver) = channel();
    drop(receiver);
    assert_eq!(sender.send(7), Err(SendError(7)));
}

#[test]
fn a_message_that_nobody_received_is_dropped_once() {
    let witness = Arc::new(());
    let (sender, receiver) = channel();
    sender.send(witness.clone()).unwrap();
    assert_eq!(Arc::strong_count(&witness), 2);
    drop(receiver);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn a_message_that_can_move_but_not_be_shared_may_cross() {
    let (sender, receiver) = channel();
    thread::scope(|s| {
        s.spawn(|| sender.send(Cell::new(5)).unwrap());
        assert_eq!(receiver.recv().unwrap().get(), 5);
    });
}

#[test]
fn of_many_channels_each_brings_its_own_message() {
    const CHANNELS: usize = 500;
    thread::scope(|s| {
        let (senders, receivers): (Vec<_>, Vec<_>) = (0..CHANNELS).map(|_| channel()).unzip();
        s.spawn(|| {
            for (n, sender) in senders.into_iter().enumerate() {
                sender.send(vec![n; 3]).unwrap();
            }
        });
        for (n, receiver) in receivers.into_iter().enumerate() {
            assert_eq!(receiver.recv().unwrap(), [n; 3]);
        }
    });
}
