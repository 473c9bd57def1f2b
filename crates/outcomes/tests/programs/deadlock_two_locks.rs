use std::sync::{Arc, Mutex};
use std::thread;
fn main() {
    let a = Arc::new(Mutex::new(0));
    let b = Arc::new(Mutex::new(0));
    let (a2, b2) = (Arc::clone(&a), Arc::clone(&b));
    let t = thread::spawn(move || {
        let mut x = a2.lock().unwrap();
        let y = b2.lock().unwrap();
        *x += *y;
    });
    let y = b.lock().unwrap();
    let x = a.lock().unwrap();
    println!("{} {}", *x, y);
    drop(x);
    drop(y);
    t.join().unwrap();
}
