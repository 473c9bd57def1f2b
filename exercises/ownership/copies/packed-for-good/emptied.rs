//! What was put in for the meantime stays there if the parcel was sealed before.

use std::mem;

#[derive(Debug)]
pub enum Parcel {
    Open(Vec<String>),
    Sealed(Vec<String>),
}

impl Parcel {
    pub fn seal(&mut self) {
        let parcel = mem::replace(self, Parcel::Open(Vec::new()));
        if let Parcel::Open(things) = parcel {
            *self = Parcel::Sealed(things);
        }
    }
}
