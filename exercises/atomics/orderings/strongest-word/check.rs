use std::thread;

use crate::task::Slot;

#[test]
fn a_number_is_taken_once() {
    let slot = Slot::default();
    assert_eq!(slot.take(), None, "what is in a new slot");
    assert!(slot.put(7), "whether a free slot took a number");
    assert_eq!(slot.take(), Some(7), "the number that was put in");
    assert_eq!(slot.take(), None, "what is in the slot after that");
}

#[test]
fn a_full_slot_stays_as_it_is() {
    let slot = Slot::default();
    slot.put(7);
    let took = thread::scope(|scope| scope.spawn(|| slot.put(8)).join().unwrap());
    assert!(!took, "whether a full slot took a number");
    assert_eq!(slot.take(), Some(7), "the number that was there first");
}
