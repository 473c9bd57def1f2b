use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::task::{Flag, visit};

/// Two flags, and another visitor who comes before the operation numbered `when`: raises
/// theirs, looks at mine, and is inside if that is down, until you are done.
struct Door {
    mine: Cell<bool>,
    theirs: Cell<bool>,
    operations: Cell<u32>,
    when: u32,
    they_are_inside: Cell<bool>,
}

struct Handle {
    door: Rc<Door>,
    is_mine: bool,
}

impl Door {
    /// One with the flags down, and a handle for each of them.
    fn visited(when: u32) -> (Rc<Door>, Handle, Handle) {
        let door = Rc::new(Door {
            mine: Cell::new(false),
            theirs: Cell::new(false),
            operations: Cell::new(0),
            when,
            they_are_inside: Cell::new(false),
        });
        let [mine, theirs] = [true, false].map(|is_mine| Handle {
            door: Rc::clone(&door),
            is_mine,
        });
        (door, mine, theirs)
    }

    fn operation(&self) {
        if self.operations.get() == self.when {
            self.they_come();
        }
        self.operations.set(self.operations.get() + 1);
    }

    fn they_come(&self) {
        self.theirs.set(true);
        self.they_are_inside.set(!self.mine.get());
    }
}

impl Handle {
    fn flag(&self) -> &Cell<bool> {
        self.door.operation();
        match self.is_mine {
            true => &self.door.mine,
            false => &self.door.theirs,
        }
    }
}

impl Flag for Handle {
    fn raise(&self) {
        self.flag().set(true);
    }

    fn lower(&self) {
        self.flag().set(false);
    }

    fn is_up(&self) -> bool {
        self.flag().get()
    }
}

const NEVER: u32 = u32::MAX;

#[test]
fn two_are_never_inside() {
    for when in 0..4 {
        let (door, mine, theirs) = Door::visited(when);
        let both = visit(&mine, &theirs, || {
            // If they haven't come yet, they come now.
            if door.operations.get() <= when {
                door.they_come();
            }
            door.they_are_inside.get()
        });
        assert_ne!(both, Some(true), "whether the other one was inside as well");
    }
}

#[test]
fn the_flag_is_down_after_each_visit() {
    for when in [0, 1, 2, 3, NEVER] {
        let (door, mine, theirs) = Door::visited(when);
        let done = visit(&mine, &theirs, || 7);
        if when == NEVER {
            assert_eq!(done, Some(7), "what a visit did that nobody disturbed");
        }
        assert!(!door.mine.get(), "the flag was still up after a visit");
    }
}

#[test]
fn the_flag_is_down_after_a_panic() {
    let (door, mine, theirs) = Door::visited(NEVER);
    let visit = || visit(&mine, &theirs, || panic!("inside"));
    let panicked = catch_unwind(AssertUnwindSafe(visit)).is_err();
    assert!(panicked, "the panic inside was not passed on");
    assert!(!door.mine.get(), "the flag was still up after a panic");
}
