use std::sync::{Mutex, TryLockError};
use std::thread;

fn main() {
    let m = Mutex::new(0);
    thread::scope(|s| {
        s.spawn(|| {
            *m.lock().unwrap() += 1;
        });
        match m.try_lock() {
            Ok(guard) => println!("got {guard}"),
            Err(TryLockError::WouldBlock) => println!("busy"),
            Err(TryLockError::Poisoned(_)) => println!("poisoned"),
        }
    });
}
