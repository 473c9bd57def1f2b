//! A vector passed from owner to owner, and destroyed by the last one.
//!
//! `cargo run --example print_vec`

use std::cell::Cell;

use ownership::Counted;
use ownership::given::{make_vec, print_vec, use_vec};

fn main() {
    println!("made in one function, printed in another:");
    use_vec();

    // A move hands over the vector; its items stay where they are in memory.
    let vec = make_vec();
    let buffer = vec.as_ptr();
    let moved = vec;
    println!("a move moves the items: {}", moved.as_ptr() != buffer);
    print_vec(moved);

    // The last owner is the one that destroys, not the first.
    let drops = Cell::new(0);
    let vec = vec![Counted(&drops), Counted(&drops)];
    println!("before the call: {} destroyed", drops.get());
    take(vec, &drops);
    println!("after the call: {} destroyed", drops.get());
}

/// Takes a vector over, as `print_vec` does.
fn take(vec: Vec<Counted<'_>>, drops: &Cell<usize>) {
    println!("owner of {}: {} destroyed", vec.len(), drops.get());
}
