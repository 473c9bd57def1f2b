//! Two threads write, each its own number; two others read both, in opposite
//! order. Do the witnesses agree on who wrote first? With SeqCst, always. With
//! Release and Acquire, that is up to the machine.
//! `cargo run --example two_witnesses`.

#[path = "rounds/rounds.rs"]
mod rounds;

use std::sync::atomic::{AtomicU32, Ordering, Ordering::*};

const ROUNDS: usize = 5_000;

fn main() {
    for (name, store, load) in [
        ("Release and Acquire", Release, Acquire),
        ("SeqCst", SeqCst, SeqCst),
    ] {
        let disagreed = disagreed(store, load);
        println!("{name}: the witnesses disagreed in {disagreed} of {ROUNDS} rounds");
    }
}

// ANCHOR: witness
/// A number, on a cache line of its own.
#[derive(Default)]
#[repr(align(64))]
struct Number(AtomicU32);

#[derive(Default)]
struct Scene {
    x: Number,
    y: Number,
}

/// Whether who looked saw the one written and the other not yet.
fn saw_first(one: &Number, other: &Number, load: Ordering) -> bool {
    one.0.load(load) == 1 && other.0.load(load) == 0
}
// ANCHOR_END: witness

/// In how many rounds one saw `x` written before `y`, and the other `y` before
/// `x`.
fn disagreed(store: Ordering, load: Ordering) -> usize {
    let tables: Vec<Scene> = (0..ROUNDS).map(|_| Scene::default()).collect();
    let write = |number: &Number| {
        number.0.store(1, store);
        true
    };
    let saw = rounds::play(
        &tables,
        [
            &|scene: &Scene| write(&scene.x),
            &|scene: &Scene| write(&scene.y),
            &|scene: &Scene| saw_first(&scene.x, &scene.y, load),
            &|scene: &Scene| saw_first(&scene.y, &scene.x, load),
        ],
    );
    saw.iter().filter(|saw| **saw == [true; 4]).count()
}
