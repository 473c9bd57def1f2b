//! What a push can do to a vector's buffer: move it.

use std::alloc::{GlobalAlloc, Layout, System};

/// Pushes `item`, and says whether the buffer is at another address now.
///
/// With room left, a push never moves the buffer. Without, that's up to the
/// allocator: under [`AlwaysMoves`] it always does.
// ANCHOR: push_moves
pub fn push_moves(vec: &mut Vec<i32>, item: i32) -> bool {
    let before = vec.as_ptr().addr(); // only a number
    vec.push(item);
    vec.as_ptr().addr() != before
}
// ANCHOR_END: push_moves

/// The system's allocator, except that no block ever grows where it stands.
///
/// An allocator may grow a block in place if there happens to be room behind
/// it. A program that depends on this one way or the other is wrong only
/// sometimes; with this allocator it gives the same answer on every machine.
pub struct AlwaysMoves;

// SAFETY: both calls are handed on to `System` unchanged. `realloc` is the
// trait's own: it gets the new block while it still holds the old one, so the
// two addresses differ.
unsafe impl GlobalAlloc for AlwaysMoves {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise about `layout` is `System`'s too.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `block` came from `alloc` above, so from `System`.
        unsafe { System.dealloc(block, layout) }
    }
}
