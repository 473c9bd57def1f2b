use std::sync::atomic::{AtomicUsize, Ordering::*};
use std::thread;
static X: AtomicUsize = AtomicUsize::new(0);
static Y: AtomicUsize = AtomicUsize::new(0);
fn main() {
    let a = thread::spawn(|| { X.store(1, Relaxed); Y.load(Relaxed) });
    let b = thread::spawn(|| { Y.store(1, Relaxed); X.load(Relaxed) });
    let (r1, r2) = (a.join().unwrap(), b.join().unwrap());
    println!("{r1} {r2}");
}
