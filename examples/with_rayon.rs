//! An iterator whose steps are shared out to a pool of threads that borrow: rayon.
//! `cargo run --example with_rayon`.

// ANCHOR: program
use rayon::prelude::*;

fn main() {
    let numbers = vec![1, 2, 3, 4];
    let sum: u64 = numbers.par_iter().map(|n| n * n).sum();
    println!("{sum} from {numbers:?}");
}
// ANCHOR_END: program
