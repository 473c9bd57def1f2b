//! A lock that asks what you want: many readers at once, or one writer alone.
//! `cargo run --example rwlock`.

// ANCHOR: program
use std::sync::{Barrier, RwLock};
use std::thread;

fn main() {
    let names = RwLock::new(vec!["Ada"]);
    let all_inside = Barrier::new(3);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let reader = names.read().unwrap();
                all_inside.wait(); // goes on when three threads are here
                let writer = names.try_write().is_ok();
                println!("reading {reader:?}, a writer may enter: {writer}");
            });
        }
    });

    let mut writer = names.write().unwrap();
    writer.push("Grace");
    let reader = names.try_read().is_ok();
    println!("writing {writer:?}, a reader may enter: {reader}");
}
// ANCHOR_END: program
