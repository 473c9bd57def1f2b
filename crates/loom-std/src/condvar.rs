//! As `std::sync::Condvar`, whose `wait_while` loom's doesn't have.

use loom::sync::MutexGuard;
use std::sync::LockResult;

/// As the standard library's.
#[derive(Default)]
pub struct Condvar(loom::sync::Condvar);

impl Condvar {
    /// As the standard library's.
    pub fn new() -> Condvar {
        Condvar::default()
    }

    /// As the standard library's, but that it never ends for no reason.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.0.wait(guard)
    }

    /// As the standard library's.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// As the standard library's.
    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    /// As the standard library's.
    pub fn notify_all(&self) {
        self.0.notify_all();
    }
}
