//! A vector that is passed from owner to owner.

/// Makes a vector and gives it to the caller.
// ANCHOR: make_vec
pub fn make_vec() -> Vec<i32> {
    let mut vec = Vec::new();
    for n in 1..=3 {
        vec.push(n * n);
    }
    vec // given to the caller, so not destroyed here
}
// ANCHOR_END: make_vec

/// Takes a vector over, prints it, and destroys it.
// ANCHOR: print_vec
pub fn print_vec(vec: Vec<i32>) {
    for item in vec.iter() {
        println!("{item}");
    }
} // this scope owns the vector now, and destroys it
// ANCHOR_END: print_vec

/// Is given a vector by [`make_vec`], and gives it on to [`print_vec`].
// ANCHOR: use_vec
pub fn use_vec() {
    let vec = make_vec(); // owned by this scope
    print_vec(vec); // given away
} // nothing is left to destroy
// ANCHOR_END: use_vec
