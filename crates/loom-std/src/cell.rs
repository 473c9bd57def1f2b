//! As `std::cell`.

/// Loom's cell behind the face of the standard library's.
pub struct UnsafeCell<T>(loom::cell::UnsafeCell<T>);

impl<T> UnsafeCell<T> {
    /// As the standard one's.
    pub fn new(value: T) -> UnsafeCell<T> {
        UnsafeCell(loom::cell::UnsafeCell::new(value))
    }

    /// As the standard one's. Loom takes each call for a write that is over when
    /// it returns.
    pub fn get(&self) -> *mut T {
        self.0.with_mut(|pointer| pointer)
    }
}
