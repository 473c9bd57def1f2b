use std::sync::{Condvar, Mutex, mpsc};
use std::thread;

use crate::task::wait_until;

#[test]
fn a_bell_for_something_else_is_slept_through() {
    let (value, bell) = (&Mutex::new(0), &Condvar::new());
    let (tell, looks) = mpsc::channel();
    thread::scope(|s| {
        let sleeper = s.spawn(move || {
            let wanted = |value: &i32| {
                tell.send(*value).unwrap();
                *value == 2
            };
            *wait_until(value, bell, wanted)
        });
        for next in 0..2 {
            while looks.recv() != Ok(next) {
                // A sleeper that is gone looks no more.
                assert!(
                    !sleeper.is_finished(),
                    "it went on before the value was as wanted"
                );
            }
            *value.lock().unwrap() = next + 1;
            bell.notify_all();
        }
        assert_eq!(sleeper.join().unwrap(), 2, "the value when it went on");
    });
    // The value is right already, and nobody rings.
    let guard = wait_until(value, bell, |value| *value == 2);
    assert_eq!(*guard, 2, "the value");
}
