use std::sync::atomic::{AtomicU32, Ordering};
fn main() {
    let n = AtomicU32::new(0);
    let how = Ordering::SeqCst; //~
    n.load(how);
}
