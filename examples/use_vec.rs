//! A vector lent as often as needed, and still its owner's.
//!
//! `cargo run --example use_vec`

use borrowing::print_vec;
use ownership::given::make_vec;

fn main() {
    use_vec();
}

fn use_vec() {
    let mut vec = make_vec();
    let (first, second) = (&vec, &vec); // two readers at once
    println!("{} and {} items", first.len(), second.len());

    let last = &mut vec[2]; // one writer, now that no reader is used any more
    *last *= 100;

    println!("lent whole:");
    print_vec(&vec);
    println!("lent in part:");
    print_vec(&vec[1..]);

    let total: i32 = vec.iter().sum(); // still ours
    println!("total: {total}");
}
