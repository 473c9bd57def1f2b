//! No promise, no hole. And no thread may have one, whatever it owns.

pub struct Owner<T>(*mut T);

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
