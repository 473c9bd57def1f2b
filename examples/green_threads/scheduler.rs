//! Tasks, and a queue of them that takes turns.

// ANCHOR: nothing
// ANCHOR_END: nothing
// ANCHOR: scheduler
use std::collections::VecDeque;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

pub type Task = Pin<Box<dyn Future<Output = ()>>>;

pub fn task(future: impl Future<Output = ()> + 'static) -> Task {
    Box::pin(future)
}

pub fn run(tasks: impl Into<VecDeque<Task>>) {
    let mut tasks = tasks.into();
    let mut context = Context::from_waker(Waker::noop());
    while let Some(mut first) = tasks.pop_front() {
        if first.as_mut().poll(&mut context).is_pending() {
            tasks.push_back(first);
        }
    }
}

/// Gives way once.
pub async fn pause() {
    let mut gave_way = false;
    poll_fn(|_| match mem::replace(&mut gave_way, true) {
        false => Poll::Pending,
        true => Poll::Ready(()),
    })
    .await
}

pub async fn count(name: &str, to: u32) {
    for n in 1..=to {
        println!("{name} {n}");
        pause().await;
    }
}
// ANCHOR_END: scheduler
