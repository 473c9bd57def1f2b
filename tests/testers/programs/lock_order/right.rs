//! Two threads move money between two accounts, and lock them in the same order.

use std::sync::{Arc, Mutex};
use std::thread;

struct Accounts {
    one: Mutex<i32>,
    two: Mutex<i32>,
}

pub fn main() {
    let accounts = Arc::new(Accounts {
        one: Mutex::new(10),
        two: Mutex::new(10),
    });
    let other = {
        let accounts = accounts.clone();
        thread::spawn(move || {
            let mut one = accounts.one.lock().unwrap();
            let mut two = accounts.two.lock().unwrap();
            *two -= 1;
            *one += 1;
        })
    };
    {
        let mut one = accounts.one.lock().unwrap();
        let mut two = accounts.two.lock().unwrap();
        *one -= 2;
        *two += 2;
    }
    other.join().unwrap();
    assert_eq!(*accounts.one.lock().unwrap(), 9);
}
