use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

static DATA: AtomicU32 = AtomicU32::new(0);
static READY: AtomicBool = AtomicBool::new(false);

fn main() {
    thread::spawn(|| {
        DATA.store(7, Ordering::Relaxed);
        READY.store(true, Ordering::Release);
    });
    if READY.load(Ordering::Acquire) {
        println!("{}", DATA.load(Ordering::Relaxed));
    } else {
        println!("not yet");
    }
}
