//! A scope doesn't return before its last thread has ended, whatever its
//! closure and its children do.

use scoped_threads::{ScopedJoinHandle, scope};
use std::any::Any;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;

fn message(panic: &(dyn Any + Send)) -> &str {
    panic.downcast_ref::<&str>().expect("a message")
}

#[test]
fn the_parents_vector_is_lent_in_pieces_and_comes_back() {
    let mut numbers: Vec<u32> = (0..1000).collect();
    scope(|s| {
        for piece in numbers.chunks_mut(100) {
            s.spawn(move || piece.iter_mut().for_each(|n| *n += 1));
        }
    });
    numbers.push(1001);
    assert!(numbers.into_iter().eq(1..=1001));
}

#[test]
fn a_child_returns_a_borrow_from_outside() {
    let words = [String::from("long"), String::from("longest")];
    let longest: &str = scope(|s| {
        let child = s.spawn(|| words.iter().max_by_key(|word| word.len()).unwrap());
        child.join().unwrap()
    });
    assert_eq!(longest, "longest");
}

#[test]
fn the_closures_value_is_the_scopes() {
    assert_eq!(scope(|_| 7), 7);
}

#[test]
fn a_child_that_nobody_joins_has_ended_when_the_scope_returns() {
    let ended = AtomicBool::new(false);
    let (go, wait) = mpsc::channel::<()>();
    scope(|s| {
        let ended = &ended;
        s.spawn(move || {
            wait.recv().unwrap_err();
            ended.store(true, SeqCst);
        });
        drop(go); // the last thing the closure does
    });
    assert!(ended.load(SeqCst));
}

#[test]
fn a_forgotten_handle_neither_frees_its_thread_nor_stops_the_scope() {
    let mut ended = false;
    let (go, wait) = mpsc::channel::<()>();
    scope(|s| {
        let ended = &mut ended;
        mem::forget(s.spawn(move || {
            wait.recv().unwrap_err();
            *ended = true;
        }));
        drop(go);
    });
    assert!(ended);
}

#[test]
fn a_panic_of_the_closure_waits_for_the_children() {
    let ended = AtomicUsize::new(0);
    let (go, wait) = mpsc::channel::<()>();
    let ended_then = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            let ended = &ended;
            s.spawn(move || {
                // Let go by the unwinding that drops `go`.
                wait.recv().unwrap_err();
                ended.fetch_add(1, SeqCst);
            });
            let _go = go;
            panic!("the closure's own");
        })
    }));
    assert_eq!(message(&*ended_then.unwrap_err()), "the closure's own");
    assert_eq!(ended.load(SeqCst), 1);
}

#[test]
fn a_childs_panic_goes_on_in_the_parent_after_all_have_ended() {
    let ended = AtomicUsize::new(0);
    let panic = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            s.spawn(|| panic_any("the child's own"));
            for _ in 0..8 {
                s.spawn(|| ended.fetch_add(1, SeqCst));
            }
        })
    }));
    assert_eq!(message(&*panic.unwrap_err()), "the child's own");
    assert_eq!(ended.load(SeqCst), 8);
}

#[test]
fn a_panic_that_was_joined_is_not_raised_again() {
    let answer = scope(|s| {
        let child: ScopedJoinHandle<'_, ()> = s.spawn(|| panic_any("the child's own"));
        let panic = child.join().unwrap_err();
        message(&*panic).to_owned()
    });
    assert_eq!(answer, "the child's own");
}

#[test]
fn a_panic_whose_handle_was_forgotten_is_still_raised() {
    let panic = catch_unwind(|| {
        scope(|s| mem::forget(s.spawn(|| panic_any("the child's own"))));
    });
    assert_eq!(message(&*panic.unwrap_err()), "the child's own");
}

#[test]
fn of_several_panics_the_closures_comes_first_and_then_the_earliest_childs() {
    let of_children = catch_unwind(|| {
        scope(|s| {
            s.spawn(|| panic_any("first"));
            s.spawn(|| panic_any("second"));
        });
    });
    assert_eq!(message(&*of_children.unwrap_err()), "first");

    let of_all = catch_unwind(|| {
        scope(|s| {
            s.spawn(|| panic_any("first"));
            panic_any("the closure's own")
        })
    });
    let of_all: Box<dyn Any + Send> = match of_all {
        Ok(()) => panic!("the closure panicked"),
        Err(panic) => panic,
    };
    assert_eq!(message(&*of_all), "the closure's own");
}

/// Panics when dropped, as a panic's payload or a thread's result may.
struct Trap<'a>(&'a AtomicBool);

impl Drop for Trap<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
        panic_any("the trap's own");
    }
}

#[test]
fn a_result_that_panics_when_dropped_counts_as_the_childs_panic() {
    let sprung = AtomicBool::new(false);
    let (go, wait) = mpsc::channel::<()>();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            let sprung = &sprung;
            let child = s.spawn(move || {
                wait.recv().unwrap_err();
                Trap(sprung)
            });
            drop(child); // so that the child drops its own result
            drop(go);
        })
    }));
    assert_eq!(message(&*panic.unwrap_err()), "the trap's own");
    assert!(sprung.load(SeqCst));
}

#[test]
fn a_payload_that_panics_when_dropped_frees_no_child() {
    static SPRUNG: AtomicBool = AtomicBool::new(false);
    let ended = AtomicUsize::new(0);
    let panic = catch_unwind(AssertUnwindSafe(|| {
        scope(|s| {
            s.spawn(|| panic_any("first"));
            s.spawn(|| panic_any(Trap(&SPRUNG)));
            for _ in 0..8 {
                s.spawn(|| ended.fetch_add(1, SeqCst));
            }
        })
    }));
    assert!(panic.is_err());
    assert!(SPRUNG.load(SeqCst));
    assert_eq!(ended.load(SeqCst), 8);
}

#[test]
fn children_spawn_in_the_same_scope_after_the_closure_is_over() {
    let count = AtomicUsize::new(0);
    let (go, wait) = mpsc::channel::<()>();
    scope(|s| {
        let count = &count;
        s.spawn(move || {
            wait.recv().unwrap_err();
            for _ in 0..4 {
                s.spawn(move || {
                    s.spawn(move || count.fetch_add(1, SeqCst));
                    count.fetch_add(1, SeqCst);
                });
            }
        });
        drop(go);
    });
    assert_eq!(count.load(SeqCst), 8);
}

#[test]
fn a_child_joins_its_sibling() {
    let sum = scope(|s| {
        let one = s.spawn(|| 1);
        let two = s.spawn(move || one.join().unwrap() + 1);
        two.join().unwrap()
    });
    assert_eq!(sum, 2);
}

#[test]
fn a_sibling_that_joins_is_told_of_the_panic_and_the_scope_is_not() {
    for _ in 0..100 {
        let told = Mutex::new(false);
        scope(|s| {
            let one: ScopedJoinHandle<'_, ()> = s.spawn(|| panic_any("the first child's own"));
            s.spawn(|| *told.lock().unwrap() = one.join().is_err());
        });
        assert!(told.into_inner().unwrap());
    }
}

#[test]
fn scopes_nest_and_the_inner_threads_end_first() {
    let order = Mutex::new(Vec::new());
    scope(|outer| {
        outer.spawn(|| {
            scope(|inner| {
                inner.spawn(|| order.lock().unwrap().push("inner"));
            });
            order.lock().unwrap().push("outer");
        });
    });
    assert_eq!(order.into_inner().unwrap(), ["inner", "outer"]);
}

#[test]
fn nothing_of_a_child_is_alive_when_the_scope_returns() {
    // Each closure owns a count; the one left is the parent's.
    for _ in 0..200 {
        let held = Arc::new(());
        scope(|s| {
            for _ in 0..4 {
                let held = Arc::clone(&held);
                drop(s.spawn(move || held));
            }
        });
        assert_eq!(Arc::strong_count(&held), 1);
    }
}

#[test]
fn a_thousand_children_in_one_scope_all_run() {
    let mut hits = vec![0_u8; 1000];
    scope(|s| {
        for (n, hit) in hits.iter_mut().enumerate() {
            let child = s.spawn(move || *hit += 1);
            if n % 16 == 0 {
                child.join().unwrap();
            }
        }
    });
    assert!(hits.iter().all(|&hit| hit == 1));
}

#[test]
fn scopes_in_many_threads_at_once_keep_their_children_apart() {
    let start = Barrier::new(8);
    thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                start.wait();
                for round in 0..50 {
                    let mut mine = [round; 4];
                    scope(|s| {
                        for slot in &mut mine {
                            s.spawn(|| *slot += 1);
                        }
                    });
                    assert_eq!(mine, [round + 1; 4]);
                }
            });
        }
    });
}

/// Where the system refuses a thread that joins itself, nobody can tell when
/// it ends. Run again as a process of its own, this test must not come back.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn a_child_that_joins_itself_stops_the_process_and_not_the_scope() {
    use std::os::unix::process::ExitStatusExt;
    use std::process::Command;

    const INSIDE: &str = "SCOPED_THREADS_JOINS_ITSELF";
    if std::env::var_os(INSIDE).is_some() {
        scope(|s| {
            let (give, take) = mpsc::channel::<ScopedJoinHandle<'_, ()>>();
            // The scope must not be the first to wait: the closure stays until
            // the process ends.
            let (never, forever) = mpsc::channel::<()>();
            let child = s.spawn(move || {
                let me = take.recv().unwrap();
                me.join().unwrap();
                drop(never);
            });
            give.send(child).unwrap();
            forever.recv().unwrap_err();
            println!("the scope was left");
        });
        return;
    }
    let run = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "--nocapture",
            "a_child_that_joins_itself_stops_the_process_and_not_the_scope",
        ])
        .env(INSIDE, "1")
        .output()
        .unwrap();
    const SIGABRT: i32 = 6;
    assert_eq!(run.status.signal(), Some(SIGABRT), "{run:?}");
    assert!(!String::from_utf8_lossy(&run.stdout).contains("the scope was left"));
}
