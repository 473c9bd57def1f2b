use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::thread;

static WANTS: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];
static TURN: AtomicUsize = AtomicUsize::new(0);
static mut COUNT: u32 = 0;

fn enter(me: usize) {
    WANTS[me].store(true, SeqCst);
    TURN.store(1 - me, SeqCst);
    while WANTS[1 - me].load(SeqCst) && TURN.load(SeqCst) == 1 - me {}
    // SAFETY: only one of the two is here.
    unsafe { COUNT += 1 };
    WANTS[me].store(false, SeqCst);
}

fn main() {
    let other = thread::spawn(|| enter(1));
    enter(0);
    other.join().unwrap();
    println!("{}", unsafe { COUNT });
}
