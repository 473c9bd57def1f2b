//! A vector's whole life in one scope: made, filled, destroyed.
//!
//! `cargo run --example make_vec`

use std::cell::Cell;

use ownership::Counted;
use ownership::kept::make_vec;

fn main() {
    make_vec();

    // The same again with items that count their own destruction.
    let drops = Cell::new(0);
    {
        let mut vec = Vec::new();
        for n in 1..=3 {
            vec.push(Counted(&drops));
            println!("push {n}: {} destroyed", drops.get());
        }
        println!("last line of the scope: {} destroyed", drops.get());
    }
    println!("behind its brace: {} destroyed", drops.get());
}
