//! Leaked, so that nothing can go too early. Nothing goes at all.

use std::mem::ManuallyDrop;

pub struct Owner<T>(ManuallyDrop<Box<T>>);

impl<T> Owner<T> {
    pub fn new(value: T) -> Owner<T> {
        Owner(ManuallyDrop::new(Box::new(value)))
    }

    pub fn get(&self) -> &T {
        &self.0
    }
}
