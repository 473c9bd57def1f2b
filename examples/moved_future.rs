//! A future begun on one thread goes on on another, with all that it holds.

use executor::{pause, spawn};
use std::task::{Context, Waker};
use std::thread;

// ANCHOR: greet
async fn greet(name: String) {
    let begun = thread::current().id();
    println!("hello, {name}");
    pause().await;
    let moved = thread::current().id() != begun;
    println!("good bye, {name}; moved: {moved}");
}

fn main() {
    let mut future = Box::pin(greet(String::from("Ada")));
    let mut context = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_pending());
    println!("half done");
    spawn(future).join().unwrap();
}
// ANCHOR_END: greet
