//! What a message costs, from a thread to itself and from one to another.

use std::hint::black_box;
use std::sync::{Mutex, mpsc};

use criterion::{BenchmarkId, Criterion};

use crate::{Group, group, turns};

const TIMES: u64 = 2_000;

pub fn measure(criterion: &mut Criterion) {
    let mut group = group(criterion, "channels", TIMES);

    let ours = channel::channel();
    let (send, receive) = (|n| channel::send(&ours, n), || channel::recv(&ours));
    carry(&mut group, "ours", send, receive);

    let (sender, receiver) = mpsc::channel();
    // One thread receives; the lock is taken once in each turn, so that the compiler knows.
    let receiver = Mutex::new(receiver);
    alone(
        &mut group,
        "std",
        |n| sender.send(n).unwrap(),
        || receiver.lock().unwrap().recv().unwrap(),
    );
    across(
        &mut group,
        "std",
        |n| sender.send(n).unwrap(),
        || {
            let receiver = receiver.lock().unwrap();
            (0..TIMES).for_each(|_| {
                black_box(receiver.recv().unwrap());
            });
        },
    );

    let (sender, receiver) = crossbeam::channel::unbounded();
    let (send, receive) = (|n| sender.send(n).unwrap(), || receiver.recv().unwrap());
    carry(&mut group, "crossbeam", send, receive);
}

fn carry(
    group: &mut Group<'_>,
    name: &str,
    send: impl Fn(u64) + Sync,
    receive: impl Fn() -> u64 + Sync,
) {
    alone(group, name, &send, &receive);
    across(group, name, &send, || {
        (0..TIMES).for_each(|_| {
            black_box(receive());
        })
    });
}

/// A thread sends a message, and receives it.
fn alone(group: &mut Group<'_>, name: &str, send: impl Fn(u64), receive: impl Fn() -> u64) {
    group.bench_function(BenchmarkId::new(name, 1), |b| {
        b.iter(|| {
            for n in 0..TIMES {
                send(n);
                receive();
            }
        });
    });
}

/// One thread sends all messages, and another one receives them.
fn across(
    group: &mut Group<'_>,
    name: &str,
    send: impl Fn(u64) + Sync,
    receive_all: impl Fn() + Sync,
) {
    let work = |number| match number {
        0 => (0..TIMES).for_each(&send),
        _ => receive_all(),
    };
    turns(group, name, 2, work);
}
