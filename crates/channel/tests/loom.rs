//! The channel's own source, run by loom under every schedule.
//!
//! Loom gives up on a schedule in which nobody can go on: a lost wake-up fails
//! these tests as a deadlock.

#[path = "../src/channel.rs"]
mod channel;

use crate::channel::{channel, recv, send};
use loom_std::sync::Arc;
// The source's `use` lines name the first.
use loom_std::{sync, thread};

#[test]
fn a_receiver_is_always_woken() {
    loom::model(|| {
        let messages = Arc::new(channel());
        let sender = thread::spawn({
            let messages = messages.clone();
            move || send(&messages, 1)
        });
        assert_eq!(recv(&messages), 1);
        sender.join().unwrap();
    });
}

#[test]
fn two_receivers_never_get_the_same_message() {
    loom::model(|| {
        let messages = Arc::new(channel());
        let receiver = thread::spawn({
            let messages = messages.clone();
            move || recv(&messages)
        });
        send(&messages, 1);
        send(&messages, 2);
        let mine = recv(&messages);
        let other = receiver.join().unwrap();
        assert!((mine, other) == (1, 2) || (mine, other) == (2, 1));
    });
}

#[test]
fn a_receiver_whose_message_a_faster_one_took_waits_for_the_next() {
    loom::model(|| {
        let messages = Arc::new(channel());
        let receivers = [(); 2].map(|()| {
            let messages = messages.clone();
            thread::spawn(move || recv(&messages))
        });
        send(&messages, 1);
        send(&messages, 2);
        let mut received = receivers.map(|receiver| receiver.join().unwrap());
        received.sort();
        assert_eq!(received, [1, 2]);
    });
}

#[test]
fn two_senders_both_get_through() {
    loom::model(|| {
        let messages = Arc::new(channel());
        let senders = [1, 2].map(|n| {
            let messages = messages.clone();
            thread::spawn(move || send(&messages, n))
        });
        assert_eq!(recv(&messages) + recv(&messages), 3);
        for sender in senders {
            sender.join().unwrap();
        }
    });
}
