//! The guard that joins in its destructor, and so joins only if that runs.

use std::marker::PhantomData;
use std::thread::{self, Builder, JoinHandle};

// ANCHOR: destructor
/// Joins its thread when it is dropped. Until then the thread has a lease
/// on what it borrowed for `'a`.
pub struct JoinGuard<'a> {
    thread: Option<JoinHandle<()>>,
    lease: PhantomData<&'a ()>,
}

impl Drop for JoinGuard<'_> {
    fn drop(&mut self) {
        let ended = self.thread.take().map(JoinHandle::join);
        // A second panic while one is under way would abort the program.
        if let Some(Err(_)) = ended
            && !thread::panicking()
        {
            panic!("the guarded thread panicked");
        }
    }
}
// ANCHOR_END: destructor

/// Starts a thread that may borrow for `'a`.
///
/// # Safety
///
/// All that `f` borrows must stay valid until the thread has ended. It has
/// when the guard's destructor returns. That `'a` is over proves nothing: a
/// guard can be leaked, and then its thread runs on.
///
/// # Panics
///
/// If the operating system can't start a thread; the destructor, if the
/// thread panicked.
// ANCHOR: scoped
pub unsafe fn scoped<'a, F>(f: F) -> JoinGuard<'a>
where
    F: FnOnce() + Send + 'a,
{
    // SAFETY: what the thread borrows outlives it; our caller promised that.
    let thread = unsafe { Builder::new().spawn_unchecked(f) };
    JoinGuard {
        thread: Some(thread.expect("a thread can be started")),
        lease: PhantomData,
    }
}
// ANCHOR_END: scoped
