// Threads as the standard library's, new in each round.

pub mod thread {
    pub use ::std::thread::*;

    /// As the standard library's; the harness waits for it before the next round.
    pub fn spawn<F, T>(body: F) -> JoinHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        struct Over;
        impl Drop for Over {
            fn drop(&mut self) {
                super::RUNNING.fetch_sub(1, ::std::sync::atomic::Ordering::Release);
            }
        }
        super::RUNNING.fetch_add(1, ::std::sync::atomic::Ordering::Relaxed);
        let over = Over;
        ::std::thread::spawn(move || {
            let result = body();
            drop(over);
            result
        })
    }
}

/// How many threads that aren't of a scope run.
static RUNNING: AtomicU64 = AtomicU64::new(0);

fn threads_over() {
    while RUNNING.load(Ordering::Acquire) > 0 {
        ::std::thread::yield_now();
    }
}
