//! What the channel promises, one thread at a time and then with many.

use channel::{Channel, channel, recv, send};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

#[test]
fn messages_come_out_in_the_order_they_went_in() {
    let numbers = channel();
    for n in 0..5 {
        send(&numbers, n);
    }
    let received: Vec<i32> = (0..5).map(|_| recv(&numbers)).collect();
    assert_eq!(received, [0, 1, 2, 3, 4]);
}

#[test]
fn a_message_is_moved_and_never_copied() {
    let boxes = channel();
    let message = Box::new(7);
    let address = &raw const *message;
    send(&boxes, message);
    assert_eq!(&raw const *recv(&boxes), address);
}

#[test]
fn a_receiver_waits_for_a_message_that_is_sent_later() {
    let (question, answer) = (channel(), channel());
    thread::scope(|s| {
        // The answer depends on the question, so whoever waits must be woken.
        s.spawn(|| send(&answer, recv(&question) + 1));
        send(&question, 41);
        assert_eq!(recv(&answer), 42);
    });
}

#[test]
fn a_message_that_nobody_received_is_dropped_with_its_channel() {
    let witness = Arc::new(());
    let messages = channel();
    send(&messages, witness.clone());
    assert_eq!(Arc::strong_count(&witness), 2);
    drop(messages);
    assert_eq!(Arc::strong_count(&witness), 1);
}

#[test]
fn a_message_that_can_move_but_not_be_shared_may_cross() {
    let cells = channel();
    thread::scope(|s| {
        s.spawn(|| send(&cells, Cell::new(5)));
        assert_eq!(recv(&cells).get(), 5);
    });
}

#[test]
fn a_message_whose_destructor_panics_leaves_the_channel_usable() {
    struct Bomb(bool);
    impl Drop for Bomb {
        fn drop(&mut self) {
            assert!(!self.0, "as planned");
        }
    }

    let messages = channel();
    send(&messages, Bomb(true));
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(recv(&messages))));
    assert!(dropped.is_err());

    send(&messages, Bomb(false));
    assert!(!recv(&messages).0);
}

#[test]
fn every_message_arrives_exactly_once_and_in_its_senders_order() {
    const SENDERS: usize = 4;
    const RECEIVERS: usize = 3;
    const EACH: usize = 3_000;

    let messages: Channel<(usize, usize)> = channel();
    let share = SENDERS * EACH / RECEIVERS;
    let received: Vec<Vec<(usize, usize)>> = thread::scope(|s| {
        for sender in 0..SENDERS {
            let messages = &messages;
            s.spawn(move || (0..EACH).for_each(|n| send(messages, (sender, n))));
        }
        let receivers: Vec<_> = (0..RECEIVERS)
            .map(|_| s.spawn(|| (0..share).map(|_| recv(&messages)).collect()))
            .collect();
        receivers.into_iter().map(|r| r.join().unwrap()).collect()
    });

    for received in &received {
        for sender in 0..SENDERS {
            let from_one = received.iter().filter(|m| m.0 == sender);
            assert!(from_one.is_sorted(), "a sender's messages overtook another");
        }
    }
    let mut all = received.concat();
    all.sort_unstable();
    let sent = (0..SENDERS).flat_map(|sender| (0..EACH).map(move |n| (sender, n)));
    assert!(all.into_iter().eq(sent), "lost or doubled");
}
