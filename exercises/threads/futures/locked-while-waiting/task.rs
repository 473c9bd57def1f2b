//! `deposit` waits for an amount and adds it to the total. Its future may go to another
//! thread, and while it waits, others may add to the total as well.
//!
//! "I lock first, so that nobody comes between my reading and my writing. That is what
//! locks are for. And it isn't me who sends anything!"

use std::sync::Mutex;

pub fn deposit(
    total: &Mutex<i64>,
    amount: impl Future<Output = i64> + Send,
) -> impl Future<Output = ()> + Send {
    async move {
        let mut total = total.lock().unwrap();
        let amount = amount.await;
        *total += amount;
    }
}
