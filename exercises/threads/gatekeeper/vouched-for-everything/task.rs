//! `Owner` owns a value as a `Box` does, by a raw pointer. Wherever its value may go, the
//! owner may go too, and nowhere else.
//!
//! "Nobody but me has this pointer, so I can vouch for it. It is in a comment, and all
//! programs that used it have worked."

pub struct Owner<T>(*mut T);

// SAFETY: nobody else has the pointer.
unsafe impl<T> Send for Owner<T> {}

// SAFETY: as above.
unsafe impl<T> Sync for Owner<T> {}

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
