//! What borrowers may do, and what is left to the owner.

use borrowing::{AlwaysMoves, print_vec, push_all, push_moves};
use std::alloc::{GlobalAlloc, Layout};

#[global_allocator]
static ALLOCATOR: AlwaysMoves = AlwaysMoves;

/// A vector without any room left.
fn full() -> Vec<i32> {
    let mut vec = vec![1, 4, 9];
    while vec.len() < vec.capacity() {
        vec.push(0);
    }
    vec
}

#[test]
fn a_lent_vector_is_still_its_owners() {
    let vec = vec![1, 4, 9];
    print_vec(&vec);
    print_vec(&vec);
    assert_eq!(vec, [1, 4, 9]);
}

#[test]
fn a_slice_parameter_takes_a_vector_a_part_of_one_and_an_array() {
    let vec = vec![1, 4, 9];
    print_vec(&vec);
    print_vec(&vec[1..]);
    print_vec(&[16, 25]);
}

#[test]
fn push_all_appends_in_order_and_leaves_the_source_alone() {
    let from = vec![1, 4, 9];
    let mut to = vec![0];
    push_all(&from, &mut to);
    assert_eq!(to, [0, 1, 4, 9]);
    assert_eq!(from, [1, 4, 9]);
}

#[test]
fn push_all_of_nothing_changes_nothing() {
    let mut to = vec![0];
    push_all(&Vec::new(), &mut to);
    assert_eq!(to, [0]);
}

#[test]
fn a_vector_appended_to_itself_needs_a_copy_first() {
    let mut vec = vec![1, 4, 9];
    let copy = vec.clone();
    push_all(&copy, &mut vec);
    assert_eq!(vec, [1, 4, 9, 1, 4, 9]);
}

#[test]
fn a_push_with_room_left_stays_where_it_is() {
    let mut vec = full();
    vec.reserve(1);
    assert!(!push_moves(&mut vec, 16));
    assert_eq!(vec.last(), Some(&16));
}

#[test]
fn a_push_without_room_moves_the_buffer() {
    let mut vec = full();
    assert!(push_moves(&mut vec, 16));
    assert_eq!(vec.last(), Some(&16));
}

#[test]
fn a_block_is_aligned_as_it_was_asked_for() {
    let layout = Layout::from_size_align(64, 4096).unwrap();
    // SAFETY: the size isn't 0; each block is given back once, with its layout.
    unsafe {
        let blocks = [(); 8].map(|()| AlwaysMoves.alloc(layout));
        for block in blocks {
            assert!(!block.is_null());
            assert!(block.addr().is_multiple_of(4096));
            AlwaysMoves.dealloc(block, layout);
        }
    }
}

/// Of a block so large, and untouched, the system has nothing but the address.
#[cfg(target_os = "linux")]
#[test]
fn a_block_that_is_given_back_is_the_systems_again() {
    fn addresses() -> usize {
        let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
        let pages = statm.split(' ').next().unwrap();
        pages.parse::<usize>().unwrap() * 4096 // at the least
    }
    const SIZE: usize = 1 << 30;
    let layout = Layout::from_size_align(SIZE, 8).unwrap();
    let before = addresses();
    // SAFETY: the size isn't 0; the block is given back once, with its layout.
    unsafe {
        let block = AlwaysMoves.alloc(layout);
        assert!(!block.is_null());
        assert!(addresses() >= before + SIZE);
        AlwaysMoves.dealloc(block, layout);
    }
    // The threads of other tests may have taken some.
    assert!(addresses() < before + SIZE);
}
