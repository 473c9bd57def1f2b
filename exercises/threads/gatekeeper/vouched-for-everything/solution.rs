//! Each promise passes the question on. To move the owner moves the value, and to share
//! it lends the value: that is what `get` does.

pub struct Owner<T>(*mut T);

// SAFETY: nobody else has the pointer, so moving it moves the `T`.
unsafe impl<T: Send> Send for Owner<T> {}

// SAFETY: through a shared owner there is only a shared `T` to be had.
unsafe impl<T: Sync> Sync for Owner<T> {}

impl<T> Owner<T> {
    pub fn new(value: T) -> Owner<T> {
        Owner(Box::into_raw(Box::new(value)))
    }

    pub fn get(&self) -> &T {
        // SAFETY: it came from a `Box`, and lives as long as we do.
        unsafe { &*self.0 }
    }
}

impl<T> Drop for Owner<T> {
    fn drop(&mut self) {
        // SAFETY: it came from a `Box`, and nobody uses it any more.
        drop(unsafe { Box::from_raw(self.0) });
    }
}
