//! Tasks that take turns on one thread, with a scheduler of a dozen lines.

#[path = "green_threads/scheduler.rs"]
mod scheduler;

use scheduler::{count, run, task};

// ANCHOR: main
fn main() {
    let before = std::thread::current().id();
    run([task(count("a", 2)), task(count("b", 3))]);
    run([task(async move {
        let same = std::thread::current().id() == before;
        println!("one operating system thread: {same}");
    })]);
}
// ANCHOR_END: main
