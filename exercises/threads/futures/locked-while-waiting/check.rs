use std::future::poll_fn;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use std::thread;

use crate::task::deposit;

/// Isn't ready until somebody has put an amount there.
async fn comes_later(amount: &Mutex<Option<i64>>) -> i64 {
    poll_fn(|_| match *amount.lock().unwrap() {
        Some(amount) => Poll::Ready(amount),
        None => Poll::Pending,
    })
    .await
}

#[test]
fn two_deposits_that_wait_at_the_same_time_both_count() {
    let (total, amounts) = (Mutex::new(100), [Mutex::new(None), Mutex::new(None)]);
    let mut first = pin!(deposit(&total, comes_later(&amounts[0])));
    let mut second = pin!(deposit(&total, comes_later(&amounts[1])));
    let mut context = Context::from_waker(Waker::noop());
    assert!(
        first.as_mut().poll(&mut context).is_pending(),
        "it didn't wait for its amount"
    );
    assert!(
        total.try_lock().is_ok(),
        "the total is locked while a deposit waits"
    );
    assert!(
        second.as_mut().poll(&mut context).is_pending(),
        "it didn't wait for its amount"
    );
    *amounts[0].lock().unwrap() = Some(10);
    *amounts[1].lock().unwrap() = Some(5);
    // The second goes on in another thread.
    let ready = thread::scope(|s| {
        let go_on = move || second.poll(&mut Context::from_waker(Waker::noop()));
        let child = s.spawn(move || go_on().is_ready());
        child.join().unwrap()
    });
    assert!(
        ready,
        "the second deposit didn't end, though its amount is there"
    );
    assert!(
        first.poll(&mut context).is_ready(),
        "the first deposit didn't end, though its amount is there"
    );
    assert_eq!(*total.lock().unwrap(), 115, "100 and 10 and 5");
}
