//! What borrowers may do, and what is left to the owner.

use borrowing::{AlwaysMoves, print_vec, push_all, push_moves};

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
