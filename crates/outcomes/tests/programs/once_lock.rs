use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

static CELL: OnceLock<u32> = OnceLock::new();
static RUNS: AtomicU32 = AtomicU32::new(0);

fn get() -> u32 {
    *CELL.get_or_init(|| {
        RUNS.fetch_add(1, Ordering::Relaxed);
        42
    })
}

fn main() {
    let handles: Vec<_> = (0..2).map(|_| thread::spawn(get)).collect();
    for handle in handles {
        assert_eq!(handle.join().unwrap(), 42);
    }
    println!("{} {:?}", RUNS.load(Ordering::Relaxed), CELL.get());
}
