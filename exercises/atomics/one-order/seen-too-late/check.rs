use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use crate::task::{Core, Flag, may_enter};

/// A core with a write buffer, which it empties only when it must: a `SeqCst` fence empties
/// it, and a `SeqCst` load as far as the last `SeqCst` store in it. Before the operation
/// numbered `when`, the other core does all that it has to do.
struct Buffered<'a> {
    memory: &'a [Cell<bool>; 2],
    me: usize,
    /// Which flag, whether it is up, and whether the store was `SeqCst`.
    buffer: RefCell<Vec<(usize, bool, bool)>>,
    operations: Cell<u32>,
    when: u32,
    other: &'a dyn Fn(),
}

const NEVER: u32 = u32::MAX;

impl<'a> Buffered<'a> {
    fn new(memory: &'a [Cell<bool>; 2], me: usize, when: u32, other: &'a dyn Fn()) -> Self {
        Buffered {
            memory,
            me,
            buffer: RefCell::default(),
            operations: Cell::new(0),
            when,
            other,
        }
    }

    fn operation(&self) {
        if self.operations.get() == self.when {
            (self.other)();
        }
        self.operations.set(self.operations.get() + 1);
    }

    fn place(&self, flag: Flag) -> usize {
        match flag {
            Flag::Mine => self.me,
            Flag::Theirs => 1 - self.me,
        }
    }

    fn empty(&self, how_many: usize) {
        for (place, up, _) in self.buffer.borrow_mut().drain(..how_many) {
            self.memory[place].set(up);
        }
    }
}

impl Core for Buffered<'_> {
    fn store(&self, flag: Flag, up: bool, ordering: Ordering) {
        assert!(
            matches!(ordering, Relaxed | Release | SeqCst),
            "a store has no use for {ordering:?}"
        );
        self.operation();
        let store = (self.place(flag), up, ordering == SeqCst);
        self.buffer.borrow_mut().push(store);
    }

    fn load(&self, flag: Flag, ordering: Ordering) -> bool {
        assert!(
            matches!(ordering, Relaxed | Acquire | SeqCst),
            "a load has no use for {ordering:?}"
        );
        self.operation();
        if ordering == SeqCst {
            let last = self.buffer.borrow().iter().rposition(|store| store.2);
            self.empty(last.map_or(0, |last| last + 1));
        }
        let place = self.place(flag);
        let buffer = self.buffer.borrow();
        let own = buffer.iter().rfind(|store| store.0 == place);
        own.map_or(self.memory[place].get(), |store| store.1)
    }

    fn fence(&self, ordering: Ordering) {
        assert!(
            matches!(ordering, Acquire | Release | AcqRel | SeqCst),
            "a fence has no use for {ordering:?}"
        );
        self.operation();
        if ordering == SeqCst {
            let all = self.buffer.borrow().len();
            self.empty(all);
        }
    }
}

#[test]
fn both_never_go_in() {
    for when in 0..6 {
        let memory = [Cell::new(false), Cell::new(false)];
        let they_are_in = Cell::new(false);
        let they_come = || {
            let theirs = Buffered::new(&memory, 1, NEVER, &|| ());
            they_are_in.set(may_enter(&theirs));
        };
        let mine = Buffered::new(&memory, 0, when, &they_come);
        let i_am_in = may_enter(&mine);
        if mine.operations.get() <= when {
            they_come();
        }
        assert!(!(i_am_in && they_are_in.get()), "both went in");
    }
}

#[test]
fn who_comes_alone_goes_in() {
    let memory = [Cell::new(false), Cell::new(false)];
    let alone = Buffered::new(&memory, 0, NEVER, &|| ());
    assert!(may_enter(&alone), "turned back, and nobody else was there");
}
