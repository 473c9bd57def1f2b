//! First it waits. Then it locks, reads, writes and unlocks, in one statement.

use std::sync::Mutex;

pub fn deposit(
    total: &Mutex<i64>,
    amount: impl Future<Output = i64> + Send,
) -> impl Future<Output = ()> + Send {
    async move {
        let amount = amount.await;
        *total.lock().unwrap() += amount;
    }
}
