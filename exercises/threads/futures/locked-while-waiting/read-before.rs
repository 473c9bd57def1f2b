//! No guard is held across the `.await`, but what was read under one is.

use std::sync::Mutex;

pub fn deposit(
    total: &Mutex<i64>,
    amount: impl Future<Output = i64> + Send,
) -> impl Future<Output = ()> + Send {
    async move {
        let before = *total.lock().unwrap();
        let amount = amount.await;
        *total.lock().unwrap() = before + amount;
    }
}
