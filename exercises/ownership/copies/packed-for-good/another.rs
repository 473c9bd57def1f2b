//! The whole parcel is taken, so that it can be matched on as a value of our own.

use std::mem;

#[derive(Debug)]
pub enum Parcel {
    Open(Vec<String>),
    Sealed(Vec<String>),
}

impl Parcel {
    pub fn seal(&mut self) {
        let parcel = mem::replace(self, Parcel::Open(Vec::new()));
        *self = match parcel {
            Parcel::Open(things) => Parcel::Sealed(things),
            sealed => sealed,
        };
    }
}
