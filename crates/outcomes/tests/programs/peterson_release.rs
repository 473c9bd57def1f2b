use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::thread;

static WANTS: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];
static TURN: AtomicUsize = AtomicUsize::new(0);
static COUNT: AtomicUsize = AtomicUsize::new(0);

fn enter(me: usize) {
    WANTS[me].store(true, Release);
    TURN.store(1 - me, Release);
    while WANTS[1 - me].load(SeqCst) && TURN.load(SeqCst) == 1 - me {}
    let now = COUNT.load(Relaxed);
    COUNT.store(now + 1, Relaxed);
    WANTS[me].store(false, SeqCst);
}

fn main() {
    let other = thread::spawn(|| enter(1));
    enter(0);
    other.join().unwrap();
    println!("{}", COUNT.load(SeqCst));
}
