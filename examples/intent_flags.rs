//! Two threads that each raise a flag and then look at the other's: who sees it
//! down may enter. With SeqCst, never both. With less, both may, and on most
//! machines some do. `cargo run --release --example intent_flags`.

#[path = "rounds/rounds.rs"]
mod rounds;

use std::sync::atomic::{AtomicBool, Ordering, Ordering::*};

const ROUNDS: usize = 20_000;

fn main() {
    for (name, store, load) in [
        ("Relaxed", Relaxed, Relaxed),
        ("Release and Acquire", Release, Acquire),
        ("SeqCst", SeqCst, SeqCst),
    ] {
        let both = both_entered(store, load);
        println!("{name}: both entered in {both} of {ROUNDS} rounds");
    }
}

// ANCHOR: flags
/// A flag, on a cache line of its own.
#[derive(Default)]
#[repr(align(64))]
struct Flag(AtomicBool);

#[derive(Default)]
struct Flags {
    left: Flag,
    right: Flag,
}

fn may_enter(mine: &Flag, theirs: &Flag, store: Ordering, load: Ordering) -> bool {
    mine.0.store(true, store);
    !theirs.0.load(load)
}
// ANCHOR_END: flags

/// In how many rounds both saw the other's flag down.
fn both_entered(store: Ordering, load: Ordering) -> usize {
    let tables: Vec<Flags> = (0..ROUNDS).map(|_| Flags::default()).collect();
    let entered = rounds::play(
        &tables,
        [
            &|flags: &Flags| may_enter(&flags.left, &flags.right, store, load),
            &|flags: &Flags| may_enter(&flags.right, &flags.left, store, load),
        ],
    );
    entered.iter().filter(|both| **both == [true, true]).count()
}
