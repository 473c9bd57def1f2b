//! A vector that never leaves the scope that made it.

/// Makes a vector, fills it, prints it, and destroys it at the closing brace.
// ANCHOR: make_vec
pub fn make_vec() {
    let mut vec = Vec::new(); // owned by this scope
    for n in 1..=3 {
        vec.push(n * n);
    }
    println!("made {vec:?}");
} // the scope ends: the vector is destroyed
// ANCHOR_END: make_vec
