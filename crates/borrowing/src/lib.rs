//! Lending a vector: many readers, or one writer.
//!
//! A function that only looks at a vector needn't own it. It borrows it, for
//! as long as the reference is used, and the owner keeps it. While a vector is
//! lent, either nobody changes it, or the one borrower that may is the only
//! one to reach it.
//!
//! ```
//! use borrowing::{print_vec, push_all};
//!
//! let squares = vec![1, 4, 9];
//! let mut all = vec![0];
//! push_all(&squares, &mut all); // one vector to read, another to change
//! print_vec(&all); // lent twice,
//! print_vec(&all); // and still ours
//! ```
//!
//! One vector can't be both the one that is read and the one that is changed:
//! a push may move its buffer away from under the loop that reads it
//! ([`push_moves`] shows when).
//!
//! ```compile_fail,E0502
//! use borrowing::push_all;
//!
//! let mut vec = vec![1, 4, 9];
//! push_all(&vec, &mut vec);
//! ```

mod growth;

pub use growth::{AlwaysMoves, push_moves};

/// Prints one item per line.
///
/// It asks for a slice, not for `&Vec<i32>`: to read the items is all it
/// needs. A caller with a vector still writes `print_vec(&vec)`; a caller with
/// an array, or with half a vector, can call it too.
// ANCHOR: print_vec
pub fn print_vec(items: &[i32]) {
    for item in items {
        println!("{item}");
    }
}
// ANCHOR_END: print_vec

/// Appends a copy of each item of `from` to `to`.
///
/// `from` would better be a slice: more callers could use it, and it couldn't
/// be misused any more than this one.
///
/// ```compile_fail,E0502
/// fn push_all(from: &[i32], to: &mut Vec<i32>) {
///     to.extend(from);
/// }
///
/// let mut vec = vec![1, 4, 9];
/// push_all(&[16, 25], &mut vec); // an array: fine now
/// push_all(&vec, &mut vec); // the same vector twice: still refused
/// ```
#[expect(
    clippy::ptr_arg,
    reason = "the same type lent in both ways is the point; `print_vec` shows the better signature"
)]
// ANCHOR: push_all
pub fn push_all(from: &Vec<i32>, to: &mut Vec<i32>) {
    for item in from.iter() {
        to.push(*item);
    }
}
// ANCHOR_END: push_all
