use std::sync::atomic::{AtomicU32, Ordering};
fn main() {
    let n = AtomicU32::new(0);
    println!("{}", n.load(Ordering::Release)); //~
}
