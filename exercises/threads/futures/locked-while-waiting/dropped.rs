//! Dropping the guard before the `.await` is right, and the compiler isn't convinced.

use std::sync::Mutex;

pub fn deposit(
    total: &Mutex<i64>,
    amount: impl Future<Output = i64> + Send,
) -> impl Future<Output = ()> + Send {
    async move {
        let guard = total.lock().unwrap();
        let before = *guard;
        drop(guard);
        let amount = amount.await;
        *total.lock().unwrap() = before + amount;
    }
}
