//! The channel's own source at work, watched for data races: an ordinary
//! test, and where a nightly toolchain is, `cargo test -p xtask sanitizer` runs
//! it under ThreadSanitizer. Each thread is joined by its handle, which that
//! tool needs to see; and it has a `main` of its own, since the usual one of
//! tests comes compiled and looks to that tool like a race.

#[path = "../src/channel.rs"]
mod channel;

// What that file takes for the standard library's.
#[path = "../../mutex/tests/watched/mod.rs"]
mod sync;

use crate::channel::{Channel, channel, recv, send};
use std::thread;

fn main() {
    what_a_message_points_to_is_the_receivers_alone();
}

fn what_a_message_points_to_is_the_receivers_alone() {
    let messages: &'static Channel<Box<u32>> = Box::leak(Box::new(channel()));
    let senders = [(); 2]
        .map(|()| thread::spawn(move || (0..2_000).for_each(|n| send(messages, Box::new(n)))));
    let receivers = [(); 2].map(|()| {
        thread::spawn(move || {
            let mut sum = 0;
            for _ in 0..2_000 {
                let mut message = recv(messages);
                *message += 1; // a write, beside the sender's
                sum += u64::from(*message);
            }
            sum
        })
    });
    for sender in senders {
        sender.join().unwrap();
    }
    let sums = receivers.map(|receiver| receiver.join().unwrap());
    assert_eq!(sums.iter().sum::<u64>(), 2 * (1..=2_000).sum::<u64>());
}
