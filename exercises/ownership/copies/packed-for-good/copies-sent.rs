//! A clone leaves the parcel whole, but the things in it are others.

#[derive(Debug)]
pub enum Parcel {
    Open(Vec<String>),
    Sealed(Vec<String>),
}

impl Parcel {
    pub fn seal(&mut self) {
        if let Parcel::Open(things) = self {
            *self = Parcel::Sealed(things.clone());
        }
    }
}
