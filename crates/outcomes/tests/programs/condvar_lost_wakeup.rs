use std::sync::{Condvar, Mutex};
use std::thread;
fn main() {
    let ready = Mutex::new(false);
    let bell = Condvar::new();
    thread::scope(|s| {
        s.spawn(|| { *ready.lock().unwrap() = true; bell.notify_one(); });
        let is = *ready.lock().unwrap();
        if !is {
            let g = ready.lock().unwrap();
            let g = bell.wait(g).unwrap();
            println!("woken {}", *g);
        } else { println!("was ready"); }
    });
}
