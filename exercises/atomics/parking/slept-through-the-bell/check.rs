use crate::task::Bell;
use std::sync::Arc;
use std::thread;

#[test]
fn a_bell_that_rings_while_somebody_asks_is_heard() {
    let bell = Arc::new(Bell::new());
    let mut asked = 0;
    bell.wait_until(|| {
        asked += 1;
        let answer = asked > 1;
        // Somebody changes what was asked for, and rings.
        let bell = bell.clone();
        thread::spawn(move || bell.ring()).join().unwrap();
        answer
    });
    assert_eq!(asked, 2, "how often the condition was asked");
}

#[test]
fn who_is_woken_asks_again() {
    let bell = Bell::new();
    let mut asked = 0;
    bell.wait_until(|| {
        asked += 1;
        bell.ring();
        thread::current().unpark(); // and something else wakes it
        asked == 3
    });
    assert_eq!(asked, 3, "how often the condition was asked");
}
