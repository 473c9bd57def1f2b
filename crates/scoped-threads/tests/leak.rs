//! A guard's destructor joins; leaking the guard is safe; so the guard proves
//! nothing. What is lent here really lives for ever, so nothing dangles.

use scoped_threads::{JoinGuard, scoped};
use std::cell::RefCell;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{self, Receiver, Sender};

/// A child that runs until it is let go, and says so.
struct Child {
    running: AtomicBool,
}

/// The two ends by which a test lets a child go and hears that it has ended.
struct Reins {
    go: Sender<()>,
    ended: Receiver<()>,
}

/// What the guard's lifetime is bound to: where it may be moved, the compiler
/// counts the lease as over.
struct Lease;

impl Lease {
    fn end(self) {}
}

/// Lends `child`, which lives for ever, for no longer than `'a`.
fn lend<'a>(_until: &'a Lease, child: &'static Child) -> (JoinGuard<'a>, Reins) {
    let (go, wait) = mpsc::channel();
    let (say_ended, ended) = mpsc::channel::<()>();
    let (say_started, started) = mpsc::channel();
    let lent: &'a Child = child;
    let life = move || {
        lent.running.store(true, SeqCst);
        say_started.send(()).unwrap();
        wait.recv().unwrap();
        lent.running.store(false, SeqCst);
        drop(say_ended);
    };
    // SAFETY: all that `life` borrows is `*child`, which is never freed.
    let guard = unsafe { scoped(life) };
    started.recv().unwrap();
    (guard, Reins { go, ended })
}

fn a_child() -> &'static Child {
    Box::leak(Box::new(Child {
        running: AtomicBool::new(false),
    }))
}

/// Leaks the guard of a child, and asks whether the lease was kept.
fn runs_after_its_lease(leak: impl FnOnce(JoinGuard<'_>)) {
    let child = a_child();
    let lease = Lease;
    let (guard, reins) = lend(&lease, child);
    leak(guard);
    lease.end(); // accepted, so it is over
    assert!(child.running.load(SeqCst), "the child still has it");

    reins.go.send(()).unwrap();
    reins.ended.recv().unwrap_err(); // its end of the channel is gone
    assert!(!child.running.load(SeqCst));
}

#[test]
fn a_guard_that_is_dropped_has_joined_its_thread() {
    let child = a_child();
    let lease = Lease;
    let (guard, reins) = lend(&lease, child);
    assert!(child.running.load(SeqCst));
    reins.go.send(()).unwrap();
    drop(guard);
    assert!(!child.running.load(SeqCst));
    lease.end();
}

#[test]
fn a_forgotten_guard_lets_its_thread_run_past_the_lease() {
    runs_after_its_lease(|guard| mem::forget(guard));
}

#[test]
fn a_guard_in_a_cycle_of_counted_pointers_lets_its_thread_run_past_the_lease() {
    struct Node<'a> {
        _guard: JoinGuard<'a>,
        itself: RefCell<Option<Rc<Node<'a>>>>,
    }
    runs_after_its_lease(|guard| {
        let node = Rc::new(Node {
            _guard: guard,
            itself: RefCell::new(None),
        });
        *node.itself.borrow_mut() = Some(Rc::clone(&node));
    });
}

#[test]
fn a_dropped_guard_passes_on_the_panic_of_its_thread() {
    // SAFETY: the closure borrows nothing.
    let guard = unsafe { scoped(|| panic!("the child's own")) };
    let panic = catch_unwind(AssertUnwindSafe(|| drop(guard))).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"the guarded thread panicked"));
}

#[test]
fn an_unwinding_parent_is_not_stopped_by_a_panic_of_its_guarded_thread() {
    let panic = catch_unwind(|| {
        // SAFETY: the closure borrows nothing.
        let _guard = unsafe { scoped(|| panic!("the child's own")) };
        panic!("the parent's own");
    });
    // A second panic would have ended the process.
    assert_eq!(panic.unwrap_err().downcast_ref(), Some(&"the parent's own"));
}

#[test]
fn an_unwinding_parent_waits_for_its_guarded_thread() {
    static ENDED: AtomicBool = AtomicBool::new(false);
    static BOTH: Barrier = Barrier::new(2);
    let panic = catch_unwind(|| {
        // SAFETY: the closure borrows statics alone.
        let _guard = unsafe {
            scoped(|| {
                BOTH.wait();
                ENDED.store(true, SeqCst);
            })
        };
        BOTH.wait();
        panic!("the parent's own");
    });
    assert_eq!(panic.unwrap_err().downcast_ref(), Some(&"the parent's own"));
    assert!(ENDED.load(SeqCst));
}
