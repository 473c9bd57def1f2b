//! Which call gives a vector's memory back, seen from below: by an allocator
//! that counts the blocks it hands out and takes back.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use ownership::{given, kept};

/// The system's allocator, counting what can only be a vector of `i32`:
/// `println!` and the test harness's capture of it allocate bytes, which are
/// aligned to 1.
struct Counting;

/// The alignment that tells a vector of `i32` from a buffer of text.
const ALIGN: usize = align_of::<i32>();

thread_local! {
    // Each test has a thread of its own, so tests don't disturb each other.
    static MADE: Cell<usize> = const { Cell::new(0) };
    static FREED: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is handed on to `System` unchanged. The counters are
// `const` and have no destructor, so that touching them allocates nothing.
// `realloc` is the trait's own, made of the two functions below.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() == ALIGN {
            MADE.set(MADE.get() + 1);
        }
        // SAFETY: the caller's promise about `layout` is `System`'s too.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.align() == ALIGN {
            FREED.set(FREED.get() + 1);
        }
        // SAFETY: `block` came from `alloc` above, so from `System`.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Blocks made but not freed on this thread so far.
fn held() -> usize {
    MADE.get() - FREED.get()
}

#[test]
fn a_kept_vector_is_freed_before_make_vec_returns() {
    let made = MADE.get();
    kept::make_vec();
    assert!(MADE.get() > made, "make_vec allocates a vector");
    assert_eq!(held(), 0);
}

#[test]
fn a_returned_vector_is_not_freed() {
    let vec = given::make_vec();
    assert_eq!(vec, [1, 4, 9]);
    assert_eq!(held(), 1);
    drop(vec);
    assert_eq!(held(), 0);
}

#[test]
fn print_vec_frees_the_vector_it_is_given() {
    let vec = given::make_vec();
    assert_eq!(held(), 1);
    given::print_vec(vec);
    assert_eq!(held(), 0);
}

#[test]
fn use_vec_frees_each_block_once() {
    let (made, freed) = (MADE.get(), FREED.get());
    given::use_vec();
    assert!(MADE.get() > made);
    assert_eq!(FREED.get() - freed, MADE.get() - made);
}

#[test]
fn a_move_neither_allocates_nor_frees() {
    let vec = given::make_vec();
    let (made, freed, buffer) = (MADE.get(), FREED.get(), vec.as_ptr());
    let moved = vec;
    assert_eq!(moved.as_ptr(), buffer);
    assert_eq!((MADE.get(), FREED.get()), (made, freed));
}
