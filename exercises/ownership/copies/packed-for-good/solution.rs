//! The things are taken, and an empty vector stays behind until the parcel is sealed.

use std::mem;

#[derive(Debug)]
pub enum Parcel {
    Open(Vec<String>),
    Sealed(Vec<String>),
}

impl Parcel {
    pub fn seal(&mut self) {
        if let Parcel::Open(things) = self {
            *self = Parcel::Sealed(mem::take(things));
        }
    }
}
