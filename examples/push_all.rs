//! One vector to read and another to change; and why they can't be the same.
//!
//! `cargo run --example push_all`

use borrowing::{AlwaysMoves, push_all, push_moves};

// Yours might let a buffer grow where it stands, if there is room behind it:
// this one never does, so the answer is the same on every machine.
#[global_allocator]
static ALLOCATOR: AlwaysMoves = AlwaysMoves;

fn main() {
    let squares = vec![1, 4, 9];
    let mut all = vec![0];
    push_all(&squares, &mut all);
    println!("{squares:?} pushed onto [0]: {all:?}");

    // The same vector twice is refused, so this takes a copy first.
    push_all(&all.clone(), &mut all);
    println!("pushed onto itself: {all:?}");

    // What a loop over `all` would have met in the middle of such pushes.
    all.shrink_to_fit();
    while all.len() < all.capacity() {
        all.push(0);
    }
    println!(
        "a push onto a full vector moved the buffer: {}",
        push_moves(&mut all, 16)
    );
    all.reserve(1);
    println!(
        "a push with room left moved the buffer: {}",
        push_moves(&mut all, 25)
    );
}
