use std::sync::{Arc, Mutex};
use std::thread;
fn main() {
    let m = Arc::new(Mutex::new(1u8));
    let m2 = m.clone();
    let r = thread::spawn(move || { let mut g = m2.lock().unwrap(); *g -= 1; assert!(*g > 0, "bad {}", g); }).join();
    println!("{}", r.is_err());
    match m.lock() { Ok(_) => println!("fine"), Err(e) => println!("poisoned {}", e.into_inner()) }
    m.lock().unwrap();
}
