//! A value that shows when it is destroyed.

// ANCHOR: counted
// ANCHOR: cell
use std::cell::Cell;
// ANCHOR_END: cell

/// Adds one to a count when it is destroyed.
pub struct Counted<'a>(pub &'a Cell<usize>);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}
// ANCHOR_END: counted
