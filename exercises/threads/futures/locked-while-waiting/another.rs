//! What needs the lock is a function that isn't `async`: no guard in it can meet an
//! `.await`, whatever is added to it.

use std::sync::Mutex;

fn add(total: &Mutex<i64>, amount: i64) {
    let mut total = total.lock().unwrap();
    *total += amount;
}

pub async fn deposit(total: &Mutex<i64>, amount: impl Future<Output = i64> + Send) {
    add(total, amount.await);
}
