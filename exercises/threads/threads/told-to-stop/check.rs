use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use crate::task::Ticker;

#[test]
fn it_ticks_until_it_is_stopped() {
    let (tick, ticks) = mpsc::channel();
    let ticker = Ticker::start(move || {
        let _ = tick.send(());
        thread::yield_now();
    });
    for count in 1..=3 {
        let came = ticks.recv_timeout(Duration::from_secs(5)).is_ok();
        assert!(came, "tick number {count} didn't come");
    }
    ticker.stop();
}

#[test]
fn when_stop_returns_the_thread_has_ended() {
    let (begin, begun) = mpsc::channel();
    let (stopped, after_the_stop) = mpsc::channel::<()>();
    let owned = Arc::new(());
    let own = Arc::clone(&owned);
    let ticker = Ticker::start(move || {
        let _own = &own;
        let _ = begin.send(());
        // A tick takes its time, so that nobody is done with it by accident.
        let _ = after_the_stop.recv_timeout(Duration::from_millis(500));
    });
    begun.recv().unwrap();
    ticker.stop();
    let owners = Arc::strong_count(&owned);
    drop(stopped);
    assert_eq!(owners, 1, "the owners of what the tick owned");
}
