//! A field that says what it is: with a `Box` there is nothing to vouch for.

pub struct Owner<T>(Box<T>);

impl<T> Owner<T> {
    pub fn new(value: T) -> Owner<T> {
        Owner(Box::new(value))
    }

    pub fn get(&self) -> &T {
        &self.0
    }
}
